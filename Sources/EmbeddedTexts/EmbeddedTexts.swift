/// The files of `questionnaires/` and `Resources/`, compiled into the program by EmbedTextsPlugin.
package enum EmbeddedTexts {
  /// The texts by their path below the package, as `questionnaires/outside-in/actions.yaml`.
  package static var files: [(path: String, text: String)] { generatedTexts }

  package static func text(_ path: String) -> String? { files.first { $0.path == path }?.text }
}
