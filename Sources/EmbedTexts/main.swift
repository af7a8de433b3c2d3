// Writes one Swift file that holds the given text files as raw string literals, keyed by their
// path below the package. Called by EmbedTextsPlugin: `EmbedTexts OUTPUT PACKAGE-DIRECTORY FILE...`.
import Foundation

func literal(_ text: String) -> String {
  // A raw literal ends at a quote followed by as many # as it began with: take one more than the
  // text ever shows in a row, so that no text can end its own literal.
  var longest = 0
  var run = 0
  for byte in text.utf8 {
    run = byte == UInt8(ascii: "#") ? run + 1 : 0
    longest = max(longest, run)
  }
  let hashes = String(repeating: "#", count: longest + 1)
  return "\(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)"
}

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  FileHandle.standardError.write(Data("usage: EmbedTexts OUTPUT PACKAGE-DIRECTORY FILE...\n".utf8))
  exit(64)
}
let root = arguments[2].hasSuffix("/") ? arguments[2] : arguments[2] + "/"

do {
  var source = "let generatedTexts: [(path: String, text: String)] = [\n"
  for file in arguments.dropFirst(3).sorted() {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let path = file.hasPrefix(root) ? String(file.dropFirst(root.count)) : file
    source += "(path: \(literal(path)), text: \(literal(text))),\n"
  }
  source += "]\n"
  try source.write(toFile: arguments[1], atomically: true, encoding: .utf8)
} catch {
  FileHandle.standardError.write(Data("EmbedTexts: \(error)\n".utf8))
  exit(1)
}
