import AssessmentModel
import Interchange
import Planning
import Scoring
import Testing

/// The mail of a check, and replies as mail programs make them.
@Suite struct CheckMailTests {
  static let day = noon.day.adding(days: 7)

  static func plan(_ assessment: Assessment = PlanShellTests.finished) throws -> Plan {
    try makePlan(
      assessment, outsideIn.questionnaire, score(assessment, with: outsideIn.questionnaire),
      library: builtInActions)
  }

  static func outcome(_ text: String, _ assessment: Assessment = PlanShellTests.finished) throws
    -> CheckMail.Outcome
  {
    CheckMail.outcome(of: CheckMail.read(text), in: try plan(assessment), on: day)
  }

  @Test func oneTextGoesToAll() throws {
    var assessment = PlanShellTests.finished
    assessment.planEvents = [
      KeptPlanTests.at(1, .entrusted(keeper: "Cy")), KeptPlanTests.at(7, .checked(on: Self.day)),
    ]
    let mail = CheckMail.write(try Self.plan(assessment), name: "Acme", on: Self.day.adding(days: 14))
    for part in [
      "Subject: Our plan, five minutes please: Acme, 2026-02-05", "Hello Ana and Ben,",
      "Ana: Tell customers before we are late, done by 2026-02-24\nFirst step, by 2026-01-20: Count once, before anything changes: of ten customers asked, how many get this: “Tell me before you are late”.\nIt is done when: Seven of ten say so\n[1]: \n",
      "Nobody has said yes to these yet.", "Go through the bill\n[3]: \n",
      "Ana: Calls asking where it is (calls)\n[F1]: \n", "Thank you.\nCy\n",
    ] {
      #expect(mail.contains(part), "\(part)\n---\n\(mail)")
    }
    // Sent back as it went out, it says nothing.
    #expect(CheckMail.read(mail).replies.isEmpty)
    #expect(
      CheckMail.read(
        mail.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }.joined(
          separator: "\n")
      ).replies.isEmpty)
  }

  /// Who is still to be asked is greeted by the name alone.
  @Test func theGreetingNamesPeople() throws {
    var assessment = PlanShellTests.finished
    assessment.commitments?[0].owner = "Zoe, to be asked by Dan"
    let mail = CheckMail.write(try Self.plan(assessment), name: "Acme", on: Self.day)
    #expect(mail.contains("Hello Zoe and Ben,"))
  }

  /// A reply, and what is heard of line 1.
  static let replies: [(String, String, Hearing.Answer, String)] = [
    ("behind the number", "> [1]: doing, half of the list is there", .doing, "half of the list is there"),
    ("unquoted", "[1]: done 18 of 20 kept it", .done, "18 of 20 kept it"),
    ("below the number", "> [1]:\n\ndoing\n", .doing, ""),
    (
      "below, of two lines",
      "> Ana: Tell\n> [1]: \nstuck - the board that hangs in the hall of the second house shows it\nonly at noon\n\n> [2]:",
      .stuck, "the board that hangs in the hall of the second house shows it only at noon"
    ),
    (
      "broken by a mail program",
      "> [1]: doing, half of the list that we made in the second week of it\n> is there\n>\n> [2]: ", .doing,
      "half of the list that we made in the second week of it is there"
    ),
    (
      "above the mail", "1 done, it hangs in the hall\n\nOn Thursday Cy wrote:\n> [1]: \n> [2]: ", .done,
      "it hangs in the hall"
    ),
    ("with a bracket missing", "1. doing so", .doing, "so"),
    (
      "with a header and a signature",
      "From: Ana <ana@acme.example>\nSubject: Re: Our plan\n\n[1] doing so\n\n-- \nAna\n[1]: done", .doing,
      "so"
    ),
    ("bold", "**[1]**: doing so", .doing, "so"), ("outlook's bar", "| [1]: doing so", .doing, "so"),
    ("in other words", "[1]: in progress, so", .doing, "so"), ("started", "[1]: Started: so", .doing, "so"),
    ("a later answer above an older one", "> > [1]: doing\n> [1]: done so", .done, "so"),
    ("the only line of whom sent it", "From: Ana\n\ndoing so", .doing, "so"),
    ("Windows", "> [1]: doing so\r\n> [2]:\r\n", .doing, "so"),
    ("behind a greeting", "Hi Cy, [1]: doing so", .doing, "so"),
  ]

  @Test(arguments: replies.indices)
  func aReplyIsRead(place: Int) throws {
    let (name, text, answer, words) = Self.replies[place]
    let outcome = try Self.outcome(text)
    guard let hearing = outcome.hearings.first, outcome.count == 1 else {
      Issue.record("\(name): \(outcome)")
      return
    }
    #expect(
      hearing.entry == "expectation-1" && hearing.answer == answer && hearing.words == words,
      "\(name): \(hearing)")
    // Quoted and signed.
    #expect(hearing.from == "Ana" && hearing.day == Self.day, "\(name)")
    #expect(
      hearing.shown == (answer == .done ? words : "") && hearing.blocks == (answer == .stuck ? words : ""))
  }

  /// What begins with a word and takes it back is nothing that counts.
  @Test(
    arguments: [
      "not yet", "done not yet, sorry", "dropped? never, still at it", "Done by Friday, I hope",
      "done next week",
      "done, doing, stuck or dropped", "stuck no more, done now", "not yet heard", "doing? done?",
      "done soon",
      "Thanks, all good", "done when I am back",
    ])
  func whatIsTakenBackIsAsked(text: String) throws {
    #expect(HearingReading(text) == nil)
    let outcome = try Self.outcome("[1]: \(text)")
    #expect(outcome.count == 0 && outcome.problems.count == 1)
  }

  /// What goes on so is meant.
  @Test(
    arguments: [
      ("stuck no van until May", .stuck), ("done 18 of 20", .done), ("doing, half is done", .doing),
      ("Given up: no use", .dropped),
      ("done: no complaints any more", .done), ("stuck, waiting until the survey is done", .stuck),
      ("on hold", .stuck),
    ] as [(String, Hearing.Answer)])
  func whatIsMeantIsRead(text: String, answer: Hearing.Answer) {
    #expect(HearingReading(text)?.answer == answer)
  }

  /// What was answered earlier stands quoted, and was heard then; what is answered in two ways is asked.
  @Test func onlyTheLatestOfAChainCounts() throws {
    let outcome = try Self.outcome("> [1]: doing\n> [2]: stuck, on X\n\n[1]: done, all\n")
    #expect(outcome.hearings.map(\.entry) == ["expectation-1"] && outcome.hearings[0].answer == .done)
    let double = try Self.outcome("[1]: done, all\n[1]: doing so\n")
    #expect(double.count == 0 && double.problems[0].message.contains("twice"))
    let thanks = try Self.outcome("[1]: done, all of it\nThanks, Ana\nSent from my phone")
    #expect(thanks.hearings[0].words == "all of it")
  }

  @Test func thePreviewSaysWhatItWillStandAs() throws {
    #expect(
      try Self.outcome("[1]: doing half").told == [
        "1. Tell customers before we are late: open → doing, “half”"
      ])
    #expect(
      try Self.outcome("From: Cy\n\n[1]: done").told == [
        "1. Tell customers before we are late: open → done (says Cy)"
      ])
    #expect(try Self.outcome("[F1]: 28").told == ["Calls asking where it is: 28"])
    #expect(try Self.outcome("[1]: done " + String(repeating: "x", count: 5000)).problems.count == 1)
  }

  @Test func severalMayStandInOneLine() throws {
    let outcome = try Self.outcome("Hello, [1]: done, all rang back [F1] 24 calls [3]: Dan")
    #expect(outcome.count == 3 && outcome.problems.isEmpty, "\(outcome)")
  }

  /// A mail as it was saved, and from a Windows program.
  @Test func savedMailsAreRead() {
    let saved = "Content-Transfer-Encoding: quoted-printable\n\n[1]: doing, M=C3=BCller w=\nas asked=20\n"
    #expect(
      CheckMail.read(CheckMail.text(Array(saved.utf8))).replies.map(\.text) == ["doing, Müller was asked"])
    let windows: [UInt8] = Array("[1]: doing ".utf8) + [0x93, 0xFC, 0x94]
    #expect(CheckMail.read(CheckMail.text(windows)).replies.map(\.text) == ["doing “ü”"])
  }

  @Test func namesAndFiguresAreRead() throws {
    let outcome = try Self.outcome("[3]: Dan Ode\n[F1]: 28 calls\n")
    #expect(outcome.problems.isEmpty && outcome.count == 2)
    #expect(outcome.named.map(\.owner) == ["Dan Ode"])
    #expect(outcome.readings.map(\.metric) == ["Calls asking where it is"])
    #expect(outcome.readings.map(\.reading) == [Metric.Reading(date: Self.day, value: 28)])
  }

  /// What can't be read is named by its line, and nothing is guessed.
  @Test(
    arguments: [
      ("[9]: done", "no line 9"), ("[1]: great", "can't be read as an answer"), ("[F7]: 3", "no figure F7"),
      ("[F1]: many", "many"),
      ("[3]: we will see.", "can't be read as an answer"), ("From: Zoe\n\ndoing so", "not clear which line"),
      ("doing so", "not clear which line"),
    ])
  func whatCantBeReadIsNamed(text: String, words: String) throws {
    let outcome = try Self.outcome(text)
    #expect(outcome.count == 0 && outcome.problems.count == 1)
    #expect(outcome.problems.first?.message.contains(words) == true, "\(outcome.problems)")
  }

  @Test func whatWasHeardAlreadyIsNoNews() throws {
    var assessment = PlanShellTests.finished
    let text = "[1]: doing so\n[F1]: 28"
    let first = try Self.outcome(text)
    assessment.planEvents = try first.events(in: Self.plan()).map { DatedPlanEvent(at: noon, $0) }
    let again = try Self.outcome(text, assessment)
    #expect(again.count == 0 && again.known == 2 && again.problems.isEmpty)
  }

  /// What the program only proposed is taken up by an answer, so that what was heard is of a line there is.
  @Test(arguments: ["[1]: doing so", "[1]: doing so\n[2]: Cy"])
  func anAnswerTakesUpWhatWasProposed(text: String) throws {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    assessment.finishedAt = noon
    let plan = try Self.plan(assessment)
    #expect(plan.isProposed)
    let events = try Self.outcome(text, assessment).events(in: plan)
    assessment.planEvents = events.map { DatedPlanEvent(at: noon, $0) }
    let kept = assessment.keptPlan
    #expect(kept.entries.map(\.id) == plan.commitments.map(\.entry.id))
    #expect(kept.entries.first?.status == .doing)
    let written = AssessmentDocument.write(
      assessment, questionnaire: outsideIn.questionnaire, definition: .null)
    let read = try readDocument(written.text(), assessment.questionnaire, newID: "NEW")
    #expect(read == assessment)
  }

  /// A figure says nothing of the lines.
  @Test func nothingHeardTakesUpNothing() throws {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    assessment.finishedAt = noon
    let plan = try Self.plan(assessment)
    #expect(try Self.outcome("Thank you!", assessment).events(in: plan).isEmpty)
  }

  /// Any bytes are read, or not; nothing crashes, and nothing is taken twice.
  @Test func anyTextIsReadOrNot() throws {
    let pieces = [
      "[1]", "[F1]", ":", "done", "doing", "\n", "> ", ">", " ", "From: Ana", "--", "ü", "[", "]", "9",
      "stuck", "\r\n", "\u{2028}",
    ]
    let plan = try Self.plan()
    for seed in (1...400).map({ UInt64($0) * 37 }) {
      var random = SeededGenerator(state: seed)
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in pieces.randomElement(using: &random)!
      }.joined()
      let replies = CheckMail.read(text)
      #expect(Set(replies.replies.map(\.place)).count == replies.replies.count, "seed \(seed)")
      _ = CheckMail.outcome(of: replies, in: plan, on: Self.day)
    }
  }
}
