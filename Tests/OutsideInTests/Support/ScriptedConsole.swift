import AssessmentModel
import EmbeddedTexts
import Interchange
import Planning
import QuestionnaireFormat
import Reporting
import Scoring
import Shell
import Storage
import Testing

/// A terminal that types a script and keeps what the screen got.
final class ScriptedConsole: Console {
  let style: TerminalStyle
  private var lines: ArraySlice<String>
  private(set) var screen = ""
  /// What the editor makes of a text.
  var editor: (String) -> Edited = { .text($0) }
  /// Lines that were shown wider than the terminal.
  private(set) var tooWide: [String] = []

  init(_ lines: [String], style: TerminalStyle) {
    self.lines = lines[...]
    self.style = style
  }

  func write(_ text: String) throws(ConsoleError) {
    screen += text
    for line in text.split(separator: "\n")
    // A path stays in one piece, so that it can be copied.
    where !line.hasPrefix("/") && String(line).replacing(/\u{1B}\[[0-9]*m/, with: "").columns > style.width {
      tooWide.append(String(line))
    }
  }

  /// How much time the script has let go by.
  private(set) var secondsGone = 0

  /// The next line; before it, the time that goes by.
  private func next() -> String? {
    while let line = lines.first, line.first == "+", let seconds = Int(line.dropFirst()) {
      secondsGone += seconds
      lines.removeFirst()
    }
    return lines.popFirst()
  }

  func read(prompt: String, initial: String, complete: Completer) -> Entry {
    guard let line = next() else { return .endOfInput }
    screen += "\(prompt)\(initial.isEmpty ? "" : "[\(initial)] ")\(line)\n"
    // What stands in the line is taken, unless something else is typed.
    return .line(line.isEmpty ? initial : line == "(empty)" ? "" : line)
  }

  private(set) var reminders: [(after: Int, text: String)] = []

  func remind(_ reminders: [(after: Int, text: String)]) { self.reminders = reminders }

  func clear() { screen += "(cleared)\n" }

  private var isSecret = false

  func setSecret(_ isSecret: Bool) { self.isSecret = isSecret }

  func readSecret(prompt: String) -> Entry {
    precondition(isSecret, "a secret line is read while keys are shown")
    guard let line = next() else { return .endOfInput }
    screen += "\(prompt)\n"
    return .line(line == "(empty)" ? "" : line)
  }

  func remember(_ command: String) {}

  func page(_ text: String) throws(ConsoleError) { try write(text) }

  func edit(_ text: String, named name: String) -> Edited { editor(text) }

  var isSpent: Bool { lines.isEmpty }
}

/// A shell's store, console and files while it runs over a script, at noon.
private struct Stage {
  let folder: TemporaryFolder
  let store: Store
  let console: ScriptedConsole
  let stored: StoredAssessment

  init(_ script: [String], _ style: TerminalStyle, _ assessment: Assessment, _ pinned: PinnedQuestionnaire)
    throws
  {
    folder = try TemporaryFolder()
    store = try Store(directory: folder.path)
    console = ScriptedConsole(script, style: style)
    stored = try store.insert(
      assessment,
      questionnaire: StoredQuestionnaire(
        digests: pinned.digests, status: .published, canonical: pinned.text,
        items: ScoredItems(of: pinned.questionnaire)), at: noon)
  }

  func environment(
    now: @escaping () -> Timestamp = { noon }, writeFile: @escaping (String, String) -> Void
  ) -> ShellEnvironment {
    ShellEnvironment(
      program: "outside-in", now: now, today: { noon.day }, localTime: { _ in "12:00" },
      writeFile: { path, text in
        writeFile(path, text)
        return "/plans/\(path)"
      },
      inWords: { word, _, questionnaire in
        let pinned = inWords(questionnaire.terms(with: word))
        return (
          pinned.questionnaire, pinned.reference,
          StoredQuestionnaire(
            digests: pinned.digests, status: .published, canonical: pinned.text,
            items: ScoredItems(of: pinned.questionnaire))
        )
      }, metrics: { metrics(in: $0.terms) })
  }
}

/// Runs an interview over a script, at noon and in a store of its own.
@discardableResult
func interview(
  _ script: [String], style: TerminalStyle = TerminalStyle(), assessment: Assessment? = nil,
  pinned: PinnedQuestionnaire = outsideIn,
  editor: ((String) -> Edited)? = nil
) throws -> (console: ScriptedConsole, assessment: Assessment, files: [String: String]) {
  let stage = try Stage(script, style, assessment ?? coreAssessment(pinned: pinned) { _, _ in nil }, pinned)
  if let editor { stage.console.editor = editor }
  var files: [String: String] = [:]
  let shell = InterviewShell(
    console: stage.console, store: stage.store, stored: stage.stored, rater: "r1",
    questionnaire: pinned.questionnaire, library: { actions(in: $0.customer) },
    environment: stage.environment { files[$0] = $1 })
  _ = shell.run()
  return (stage.console, try stage.store.open("TEST").assessment, files)
}

/// A team of nine from four departments.
let nine = [
  ("Ana", "Billing"), ("Ben", "Billing"), ("Cleo", "Sales"), ("Dan", "Sales"), ("Eve", "Service"),
  ("Fay", "Service"), ("Gus", "Service"), ("Hal", "Warehouse"), ("Ida", "Warehouse"),
].enumerated().map { Rater(id: "r\($0 + 1)", name: $1.0, department: $1.1) }

/// A workshop of which nothing has begun.
func workshopAssessment(
  _ raters: [Rater] = nine, anonymous: Bool = false, pinned: PinnedQuestionnaire = outsideIn
) -> Assessment {
  Assessment(
    id: "TEST", organization: "Acme", team: "All", scope: .core, setting: .workshop, startedAt: noon,
    anonymous: anonymous, questionnaire: pinned.reference, raters: raters)
}

/// What is typed before the first question where people and nothing else are known.
let opening = ["(empty)", "no", "(empty)", "(empty)", "(empty)"]

/// Every core question voted on, one expectation and the worst moment entered.
var allVoted: [String] {
  outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.flatMap { item in
    if case .bipolar = item.scored?.form {
      ["goto \(item.id)", "b:9"]
    } else {
      ["goto \(item.id)", "1:5 2:4"]
    }
  } + ["next", "(empty)", "An answer today", "yes", "6 2", "Waiting", "-1", "A window of one hour"]
}

/// What was counted of an item, by level.
func tally(_ assessment: Assessment, _ item: String, round: Int = 1) -> [Int]? {
  assessment.tallies.first { $0.item == item && $0.round == round }?.counts
}

/// Runs a workshop over a script; a line `+90` lets ninety seconds go by.
@discardableResult
func workshop(
  _ script: [String], style: TerminalStyle = TerminalStyle(), assessment: Assessment? = nil,
  pinned: PinnedQuestionnaire = outsideIn, request: WorkshopRequest = WorkshopRequest()
) throws -> (console: ScriptedConsole, stored: StoredAssessment, files: [String: String]) {
  let stage = try Stage(script, style, assessment ?? workshopAssessment(pinned: pinned), pinned)
  var files: [String: String] = [:]
  let console = stage.console
  let shell = WorkshopShell(
    console: console, store: stage.store, stored: stage.stored, questionnaire: pinned.questionnaire,
    request: request, library: { actions(in: $0.customer) },
    environment: stage.environment(now: {
      Timestamp(secondsSince1970: noon.secondsSince1970 + Int64(console.secondsGone))
    }) { files[$0] = $1 })
  _ = shell.run()
  return (console, try stage.store.open("TEST"), files)
}

/// One sitting over a plan: on which day after the assessment was finished, what is done, and what is typed.
struct PlanSitting {
  enum Kind { case edit, check }

  let day: Int
  let kind: Kind
  let script: [String]

  static func edit(_ day: Int, _ script: [String]) -> PlanSitting {
    .init(day: day, kind: .edit, script: script)
  }
  static func check(_ day: Int, _ script: [String]) -> PlanSitting {
    .init(day: day, kind: .check, script: script)
  }
}

/// Runs sittings over the plan of an assessment, one after the other, each on its day, in a store of their own.
@discardableResult
func workOnPlan(
  of assessment: Assessment, _ sittings: [PlanSitting], style: TerminalStyle = TerminalStyle(),
  pinned: PinnedQuestionnaire = outsideIn
) throws -> (screens: [String], consoles: [ScriptedConsole], assessment: Assessment) {
  let folder = try TemporaryFolder()
  let store = try Store(directory: folder.path)
  try store.insert(
    assessment,
    questionnaire: StoredQuestionnaire(
      digests: pinned.digests, status: .published, canonical: pinned.text,
      items: ScoredItems(of: pinned.questionnaire)),
    at: noon)
  let questionnaire = pinned.questionnaire
  var consoles: [ScriptedConsole] = []
  for sitting in sittings {
    let console = ScriptedConsole(sitting.script, style: style)
    let now = Timestamp(secondsSince1970: noon.secondsSince1970 + Int64(sitting.day) * 86_400)
    let environment = ShellEnvironment(
      program: "outside-in", now: { now }, today: { now.day }, localTime: { _ in "12:00" },
      writeFile: { path, _ in path }, metrics: { _ in builtInMetrics },
      readReplies: { text, plan, day in
        let replies = CheckMail.read(text)
        guard replies.replies.contains(where: { $0.place != .none }) else { return nil }
        let outcome = CheckMail.outcome(of: replies, in: plan, on: day)
        return PastedReplies(
          events: outcome.events(in: plan), told: outcome.told, problems: outcome.problems.map(\.message),
          asked: outcome.asked)
      })
    let shell = PlanShell(
      console: console, store: store, stored: try store.open(assessment.id), questionnaire: questionnaire,
      environment: environment,
      makePlan: { try? makePlan($0, questionnaire, score($0, with: questionnaire), library: builtInActions) })
    _ = sitting.kind == .edit ? shell.edit() : shell.check()
    consoles.append(console)
  }
  return (consoles.map(\.screen), consoles, try store.open(assessment.id).assessment)
}

/// The library of metrics as it is compiled in.
let builtInMetrics = metrics(in: ["customer": "customer"])

func metrics(in terms: [String: String]) -> MetricLibrary {
  let path = "Resources/metrics.yaml"
  let reading = readMetrics(Array(EmbeddedTexts.text(path)!.utf8), file: path, terms: terms)
  guard let library = reading.library else {
    fatalError(reading.diagnostics.map(\.text).joined(separator: "\n"))
  }
  return library
}

extension UnrevealedVotes {
  /// All votes on an item, whoever gave them.
  func count(of item: String) -> Int {
    named.keys.count { $0.item == item }
      + tallies.values.reduce(0) { $0 + ($1.item == item ? $1.votes : 0) }
      + forms.values.reduce(0) { $0 + ($1.tally.item == item ? $1.tally.votes : 0) }
  }
}
