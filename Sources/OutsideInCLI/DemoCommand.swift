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
    let directory = global.settings.dataDirectory + "/demo"
    let store = try stored { () throws(StoreError) in try Store(directory: directory) }
    let id = document.assessment.id
    if (try? store.open(id)) == nil {
      try stored { () throws(StoreError) in
        try store.insert(
          document.assessment,
          questionnaire: document.pinned.stored, at: System.now())
      }
    }
    let opened = try Opened(id, in: store)
    let plan = { (style: TerminalStyle) throws(Failure) -> String in
      try planText(
        opened, store: store, catalog: Catalog(folders: []), capacity: nil, format: .text,
        style: style)
    }
    guard global.settings.mayAsk else {
      try System.write(
        terminalText(resultReport(opened.subject), style: global.settings.style) + "\n"
          + plan(global.settings.style))
      return
    }
    let status = BrowseShell(
      console: global.settings.console(), subject: opened.subject,
      plan: { style in (try? plan(style)) ?? "There is no plan." }
    ).run()
    if status != 0 { throw ExitCode(status) }
  }
}
