import ArgumentParser
import AssessmentModel
import EmbeddedTexts
import Reporting
import Shell
import Storage

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Look at an example organisation, in a store of its own.",
    discussion:
      "`demo workshop` opens a workshop of nine people in the middle, to try `reveal`, `revote` and `settle`."
  )

  enum Part: String, ExpressibleByArgument, CaseIterable {
    case workshop
  }

  @OptionGroup var global: GlobalOptions
  @Argument(help: "workshop for one in the middle; the result of a firm where nothing is given.") var part:
    Part?

  func run() throws {
    if part == .workshop { return try runWorkshop() }
    // The earliest first, so that the latest is the last.
    let documents = try Self.documents.map(Self.read)
    var settings = global.settings
    settings.dataDir = settings.dataDirectory + "/demo"
    let store = try settings.openStore()
    let ids = documents.map(\.assessment.id)
    try putIn(documents, store)
    let id = ids[ids.count - 1]
    guard settings.mayAsk else {
      let opened = try Opened(id, in: store)
      try System.write(
        terminalText(resultReport(opened.subject), style: settings.style) + "\n"
          + planText(
            opened, opened.subject(.released), ComparisonChoice(store: store, catalog: Catalog(folders: [])),
            format: .text,
            style: settings.style) + "\n"
          + terminalText(
            comparisonReport(
              ComparisonChoice(store: store, catalog: Catalog(folders: [])).subject(
                ids, samePeople: false, namesPeople: true)),
            style: settings.style))
      return
    }
    let console = settings.console()
    try console.write(
      terminalText(
        [
          .paragraph(
            Words(
              "An example, in a store of its own: a firm that held three workshops in eighteen months, the last with a newer version of the "
                + "questions and other people in the room. This is the last result; `compare` shows what has changed, `plan` what they took on, "
                + "`report` their pages, `explain` the arithmetic, `quit` leaves.",
              .faint)),
          .gap,
        ], style: console.style))
    try HomeShell(settings: settings, console: console, store: store).run("result \(id)")
  }

  private static let documents = ["may", "february", "november"].map { "Resources/demo-\($0).json" }

  /// Puts in what is not there yet; nothing that somebody has changed is touched.
  private func putIn(_ documents: [Incoming], _ store: Store) throws {
    // Of an earlier release, and as it was then.
    for id in ["DEMO-LINDGREN-HEATING-MARCH", "DEMO-LINDGREN-HEATING"] {
      if let old = try? store.open(id), old.sequence == 0 {
        try stored { () throws(StoreError) in try store.delete([id]) }
      }
    }
    let ids = documents.map(\.assessment.id)
    // All anew where one is missing, so that they stand in their order.
    if ids.contains(where: { (try? store.open($0)) == nil }) {
      for id in ids {
        if let kept = try? store.open(id), kept.sequence == 0 {
          try stored { () throws(StoreError) in try store.delete([id]) }
        }
      }
    }
    for document in documents where (try? store.open(document.assessment.id)) == nil {
      try stored { () throws(StoreError) in
        try store.insert(document.assessment, questionnaire: document.pinned.stored, at: System.now())
      }
    }
  }

  /// A workshop in the middle of a section: nine people have just voted, and nobody has seen it. It begins anew each
  /// time.
  private func runWorkshop() throws {
    guard global.settings.mayAsk else {
      throw Failure(.usage, "demo workshop leads a group at a terminal, and there is none here.")
    }
    var settings = global.settings
    settings.dataDir = settings.dataDirectory + "/demo"
    let store = try settings.openStore()
    let document = try Self.read("Resources/demo-workshop.json")
    var assessment = document.assessment
    // What was voted last is what nobody has seen yet.
    let votes = Array(assessment.responses)
    for vote in votes { assessment.responses[vote.key] = nil }
    let now = System.now()
    assessment.startedAt = Timestamp(secondsSince1970: now.secondsSince1970 - Int64(Self.secondsSpent))
    let begun = assessment
    try stored { () throws(StoreError) in
      if try store.contains(begun.id) { try store.delete([begun.id]) }
      let inserted = try store.insert(begun, questionnaire: document.pinned.stored, at: now)
      let item = votes.first?.key.item ?? ""
      let voters = Set(begun.raters.map(\.id))
      _ = try store.append(
        [
          .convened(minutes: 120, cards: .raised), .spent(section: nil, seconds: Self.secondsSpent),
          .visited(item: item), .roundOpened(item: item, OpenRound(round: 1, voters: voters)),
        ], unrevealed: votes.map { .cast($0) }, to: inserted, at: now)
    }
    let console = settings.console()
    try console.write(
      terminalText(
        [
          .paragraph(
            Words(
              "An example: nine people of a heating firm, in the middle of a workshop. They have just voted on the question below, "
                + "and nobody has seen it. Enter reveals. They lie apart: try `settle 2`, or `revote` and then new counts such as "
                + "0 1 5 3 0. `next` goes on, `help` lists the words, `quit` leaves; each time it begins anew.",
              .faint)),
          .gap,
        ], style: console.style))
    let request = AssessRequest(
      settings: settings, resume: true, id: begun.id, workshop: AssessRequest.WorkshopOptions())
    switch try request.interview(at: console, in: store) {
    case .finished:
      try HomeShell(settings: settings, console: console, store: store).run("result \(begun.id)")
    case .ended(let status): throw Leave(status: status)
    }
  }

  private static let secondsSpent = 37 * 60

  private static func read(_ path: String) throws -> Incoming {
    guard let text = EmbeddedTexts.text(path) else {
      throw Failure(.failed, "The example is missing from this build.")
    }
    var reader = DocumentReader(catalog: Catalog(folders: []))
    return try reader.readJSON(Array(text.utf8), file: path)[0]
  }
}
