import Foundation
import Testing

/// Compares a text with the one that is kept in `Golden/`; with `OUTSIDE_IN_RECORD=1` it is kept anew.
func expectAsKept(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let path = "Tests/OutsideInTests/Golden/\(name).txt"
  let file = packageRoot.appending(path: path)
  if ProcessInfo.processInfo.environment["OUTSIDE_IN_RECORD"] != nil {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
  let kept = try String(contentsOf: file, encoding: .utf8)
  if text != kept {
    let (new, old) = (text.split(separator: "\n"), kept.split(separator: "\n"))
    let line = zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record(
      "\(path) differs\(line.map { ": line with text \($0.offset + 1)\n  was \($0.element.1)\n  is  \($0.element.0)" } ?? " in length")",
      sourceLocation: sourceLocation)
  }
}
