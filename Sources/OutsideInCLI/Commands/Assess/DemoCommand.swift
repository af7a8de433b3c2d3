import ArgumentParser
import AssessmentModel
import EmbeddedTexts
import Reporting
import Shell
import Storage

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Look at an example organisation, in a store of its own.")

  @OptionGroup var global: GlobalOptions

  func run() throws {
    // The earlier one first, so that the later one is the last.
    let documents = try ["Resources/demo-march.json", "Resources/demo.json"].map(Self.read)
    var settings = global.settings
    settings.dataDir = settings.dataDirectory + "/demo"
    let store = try settings.openStore()
    let ids = documents.map(\.assessment.id)
    if try stored({ () throws(StoreError) in try store.contains(ids[0]) }) == false,
      let later = try? store.open(ids[1]), later.sequence == 0
    {
      // From before there was an earlier one, and as it was then.
      try stored { () throws(StoreError) in try store.delete(ids[1]) }
    }
    for document in documents where (try? store.open(document.assessment.id)) == nil {
      try stored { () throws(StoreError) in
        try store.insert(document.assessment, questionnaire: document.pinned.stored, at: System.now())
      }
    }
    let id = ids[1]
    guard settings.mayAsk else {
      let opened = try Opened(id, in: store)
      try System.write(
        terminalText(resultReport(opened.subject), style: settings.style) + "\n"
          + planText(
            opened, ComparisonChoice(store: store, catalog: Catalog(folders: [])), format: .text,
            style: settings.style) + "\n"
          + terminalText(
            comparisonReport(
              ComparisonChoice(store: store, catalog: Catalog(folders: [])).subject(ids, samePeople: false)),
            style: settings.style))
      return
    }
    let console = settings.console()
    try console.write(
      terminalText(
        [
          .paragraph(
            Words(
              "An example, in a store of its own: a firm that held two workshops, half a year apart. This is the later result; "
                + "`compare` shows what has changed, `plan` what they took on, `explain` the arithmetic, `quit` leaves.",
              .faint)),
          .gap,
        ], style: console.style))
    try HomeShell(settings: settings, console: console, store: store).run("result \(id)")
  }
  private static func read(_ path: String) throws -> Incoming {
    guard let text = EmbeddedTexts.text(path) else {
      throw Failure(.failed, "The example is missing from this build.")
    }
    var reader = DocumentReader(catalog: Catalog(folders: []))
    return try reader.readJSON(Array(text.utf8), file: path)[0]
  }
}
