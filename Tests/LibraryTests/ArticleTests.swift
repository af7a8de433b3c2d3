import Foundation
import Testing

/// The article of the library's documentation is what compiles and what comes out of it.
@Suite struct ArticleTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func lines(_ path: String) throws -> [String] {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The lines within fences of one language.
  static func fenced(_ language: String) throws -> [String] {
    var inside = false
    return try lines("Sources/Scoring/Scoring.docc/FromAnswersToVerdict.md").filter { line in
      if line.hasPrefix("```") {
        inside = !inside && line == "```\(language)"
        return false
      }
      return inside
    }
  }

  @Test func itsCodeIsWhatIsCompiled() throws {
    let file = try Self.lines("Tests/LibraryTests/ArticleCode.swift")
    let begin = try #require(file.firstIndex { $0.hasSuffix("code begins.") })
    let end = try #require(file.firstIndex { $0.hasSuffix("code ends.") })
    let compiled =
      file.prefix { $0.hasPrefix("import ") }
      + file[(begin + 1)..<end].map { $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }
    func spoken(_ lines: some Sequence<String>) -> [String] { lines.filter { !$0.isEmpty } }
    #expect(spoken(try Self.fenced("swift")) == spoken(compiled))
  }

  @Test func itsOutputIsWhatComesOut() throws {
    var output: [String] = []
    try fromAnswersToVerdict { output.append($0) }
    #expect(try Self.fenced("text") == output, "\(output)")
  }
}
