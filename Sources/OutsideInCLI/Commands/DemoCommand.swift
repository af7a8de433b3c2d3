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
    let path = "Resources/demo.json"
    guard let text = EmbeddedTexts.text(path) else {
      throw Failure(.failed, "The example is missing from this build.")
    }
    var reader = DocumentReader(catalog: Catalog(folders: []))
    let document = try reader.readJSON(Array(text.utf8), file: path)[0]
    var settings = global.settings
    settings.dataDir = settings.dataDirectory + "/demo"
    let store = try settings.openStore()
    let id = document.assessment.id
    if (try? store.open(id)) == nil {
      try stored { () throws(StoreError) in
        try store.insert(
          document.assessment,
          questionnaire: document.pinned.stored, at: System.now())
      }
    }
    guard settings.mayAsk else {
      let opened = try Opened(id, in: store)
      try System.write(
        terminalText(resultReport(opened.subject), style: settings.style) + "\n"
          + planText(
            opened, catalog: Catalog(folders: []), capacity: nil, format: .text, style: settings.style))
      return
    }
    try HomeShell(settings: settings, console: settings.console(), store: store).run("result \(id)")
  }
}
