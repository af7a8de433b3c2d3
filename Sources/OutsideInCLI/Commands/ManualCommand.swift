import ArgumentParser
import EmbeddedTexts

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the man page; the README says where it goes.")

  func run() throws {
    guard let page = EmbeddedTexts.text("Resources/outside-in.1") else {
      throw Failure(.failed, "The man page is missing from this build.")
    }
    try System.write(page)
  }
}

/// What a shell offers for an assessment: its id, and `last`.
let savedIDs = CompletionKind.custom { _, _, _ in
  let saved = (try? Settings().openStore().list(most: 200)) ?? []
  return ["last"] + saved.map(\.id)
}
