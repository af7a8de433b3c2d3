import ArgumentParser
import AssessmentModel
import Foundation
import Interview
import QuestionnaireFormat
import Reporting
import Scoring
import Shell
import Storage

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(help: "The folder that assessments are saved in.", completion: .directory)
  var dataDir: String?

  @Option(
    help: "A folder with questionnaires of your own; may be given several times.", completion: .directory)
  var questionnaires: [String] = []

  @Flag(help: "Never ask; what is missing is an error.")
  var noInput = false

  @Flag(help: "No colour; NO_COLOR does the same.")
  var noColor = false

  @Flag(help: "Write what is longer than the window in one piece; PAGER= does the same.")
  var noPager = false

  @Flag(help: "No bars, boxes or colour: words and numbers in reading order.")
  var accessible = false

  func validate() throws {
    // A variable that was not set; the root of the disk is not meant.
    if dataDir == "" { throw ValidationError("--data-dir takes the name of a folder.") }
  }

  var settings: Settings {
    Settings(
      dataDir: dataDir, questionnaires: questionnaires, noInput: noInput, noColor: noColor,
      noPager: noPager, accessible: accessible)
  }
}

/// The options as the program works with them; without arguments nothing needs to be parsed for them.
struct Settings {
  var dataDir: String?
  var questionnaires: [String] = []
  var noInput = false
  var noColor = false
  var noPager = false
  var accessible = false

  /// The options as they would be typed.
  var arguments: [String] {
    (dataDir.map { ["--data-dir", $0] } ?? []) + questionnaires.flatMap { ["--questionnaires", $0] }
      + (noColor ? ["--no-color"] : []) + (noPager ? ["--no-pager"] : [])
      + (accessible ? ["--accessible"] : [])
  }

  var dataDirectory: String {
    if let dataDir { return dataDir }
    if let directory = System.variable("OUTSIDE_IN_DATA_DIR") { return directory }
    if let base = System.variable("XDG_DATA_HOME") { return base + "/outside-in" }
    return (System.variable("HOME") ?? NSHomeDirectory()) + "/.local/share/outside-in"
  }

  var catalog: Catalog {
    Catalog(folders: questionnaires + [dataDirectory + "/questionnaires"])
  }

  var usesColor: Bool {
    !noColor && !accessible && System.variable("NO_COLOR") == nil
      && System.variable("TERM").map { $0 != "dumb" } ?? false
  }

  /// How stdout is written to: 80 columns without colour where it is no terminal.
  var style: TerminalStyle {
    guard System.isScreen else { return TerminalStyle(accessible: accessible) }
    var size = winsize()
    let known = ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return TerminalStyle(
      width: known ? Int(size.ws_col) : 80, color: usesColor, accessible: accessible)
  }

  func openStore() throws(Failure) -> Store {
    let directory = dataDirectory
    return try stored { () throws(StoreError) in try Store(directory: directory) }
  }

  var mayAsk: Bool { !noInput && System.isInteractive }

  func console() -> ReadlineConsole {
    ReadlineConsole(
      color: usesColor, accessible: accessible, folder: dataDirectory, pager: pager)
  }

  private var pager: Pager? { noPager || accessible ? nil : Pager() }

  /// Writes data to stdout, page by page where that is a terminal and its window too small.
  func write(_ text: String) throws {
    if let pager, Pager.isLong(text) {
      let (isShown, ending) = pager.show(text)
      if let ending { throw Leave(status: 128 + ending) }
      if isShown { return }
    }
    try System.write(text)
  }

  /// To a file, or to stdout where there is none. A `rendered` text is fit for a terminal as it is.
  func deliver(_ text: String, to path: String?, rendered: Bool = false) throws {
    if path == "" { throw Failure(.usage, "-o takes the name of a file.") }
    if let path, path != "-" { return try System.writeFile(path, text) }
    // What others wrote may not drive the terminal it is looked at on.
    try write(!rendered && System.isScreen ? System.lineByLine(text) : text)
  }
}

/// An assessment as a command works on it.
struct Opened {
  let stored: StoredAssessment
  let pinned: PinnedQuestionnaire
  /// Keeps others out while something is changed.
  let lock: AssessmentLock?

  var questionnaire: Questionnaire { pinned.questionnaire }

  /// Finds what the user means by an id, and reads the questionnaire that is pinned to it.
  ///
  /// - Parameters:
  ///   - toChange: whether something will be stored; a copy that no longer matches its digest is
  ///     good for reading only.
  ///   - other: one that is open already: what is pinned to both alike is read once.
  init(
    _ text: String, in store: Store, toChange: Bool = false, like other: Opened? = nil
  ) throws(Failure) {
    let id = try OutsideInCLI.stored { () throws(StoreError) in try store.resolve(text) }
    let stored = try OutsideInCLI.stored { () throws(StoreError) in try store.open(id) }
    self.stored = stored
    if let other, other.stored.questionnaire == stored.questionnaire,
      other.stored.assessment.questionnaire == stored.assessment.questionnaire
    {
      pinned = other.pinned
    } else {
      pinned = try Self.pinned(to: stored.assessment.questionnaire, stored.questionnaire, of: id)
    }
    lock =
      toChange
      ? try OutsideInCLI.stored { () throws(StoreError) in try store.hold(id, at: System.now()) } : nil
    guard !pinned.isIntact else { return }
    let damage = "The questionnaire kept with \(id) no longer matches its digest"
    if toChange {
      throw Failure(
        .inputOutput,
        "\(damage): the assessment can be read, not changed. Take the store from a backup.")
    }
    System.tell("\(damage): what follows may not be what was asked.")
  }

  /// The questionnaire that is kept, read.
  ///
  /// - Parameter id: The assessment it is kept with, for a message.
  static func pinned(
    to reference: QuestionnaireReference, _ kept: StoredQuestionnaire, of id: String
  ) throws(Failure) -> PinnedQuestionnaire {
    do throws(PinnedQuestionnaireError) {
      return try PinnedQuestionnaire(
        reading: kept.canonical, digests: kept.digests, status: kept.status, published: reference.published)
    } catch {
      throw Failure(
        .inputOutput,
        "The questionnaire kept with \(id) can't be used: \(error.reason). Nothing was "
          + "changed; take the store from a backup.")
    }
  }

  /// Says so where the version that was asked has another text by now. What is kept here counts.
  func tellWhetherChanged(_ catalog: Catalog) {
    let reference = pinned.reference
    guard let installed = catalog.digests(of: reference.id, reference.version),
      installed.content != reference.published ?? reference.digests.content
    else { return }
    System.tell(
      "\(reference.id) \(reference.version) as installed has another text than the one asked here; "
        + "this assessment keeps its own.")
  }

  init(stored: StoredAssessment, pinned: PinnedQuestionnaire, lock: AssessmentLock?) {
    self.stored = stored
    self.pinned = pinned
    self.lock = lock
  }

  var assessment: Assessment { stored.assessment }

  /// As a group's, with what nobody may see yet.
  var workshop: Workshop {
    Workshop(
      Interview(questionnaire: questionnaire, rater: nil, session: stored.session),
      unrevealed: stored.unrevealed)
  }

  var subject: Subject { subject() }

  /// - Parameter outgoing: what of the texts typed beside the answers it may say.
  func subject(_ outgoing: Outgoing = .all) -> Subject {
    Subject(
      assessment, questionnaire, score(assessment, with: questionnaire),
      staying: assessment.staying(outgoing, in: questionnaire))
  }
}
