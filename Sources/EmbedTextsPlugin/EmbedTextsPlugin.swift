import Foundation
import PackagePlugin

/// Hands every text of `questionnaires/` and `Resources/` to EmbedTexts.
///
/// SwiftPM caches the list of inputs: build with `--disable-build-manifest-caching`, or a new or
/// deleted file goes unnoticed.
@main struct EmbedTextsPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let root = context.package.directoryURL
    let inputs = ["questionnaires", "Resources"].flatMap { folder -> [URL] in
      let enumerator = FileManager.default.enumerator(
        at: root.appending(path: folder), includingPropertiesForKeys: [.isRegularFileKey],
        options: [.skipsHiddenFiles])
      return (enumerator?.allObjects as? [URL] ?? []).filter {
        (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
      }
    }.sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "GeneratedTexts.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(inputs.count) texts",
        executable: try context.tool(named: "EmbedTexts").url,
        arguments: [output.path, root.path] + inputs.map(\.path),
        inputFiles: inputs, outputFiles: [output])
    ]
  }
}
