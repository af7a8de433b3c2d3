import AssessmentModel
import Foundation
import Interchange

/// Files beside the store with what had to give way to another version: `replaced-20261127T065206.jsonl`.
enum ReplacedFiles {
  static func path(in folder: String, at moment: Timestamp) -> String {
    "\(folder)/replaced-\(moment.rfc3339.filter { $0.isNumber || $0 == "T" }).jsonl"
  }

  /// Their names.
  static func all(in folder: String) -> [String] {
    Catalog.names(in: folder).filter { $0.hasPrefix("replaced-") && $0.hasSuffix(".jsonl") }.sorted()
  }

  /// Takes assessments out of them; files without any other are deleted.
  static func remove(_ ids: Set<String>, in folder: String) throws {
    for name in all(in: folder) {
      let path = "\(folder)/\(name)"
      let lines = try System.read(path).split(separator: UInt8(ascii: "\n"))
      let read = lines.map { (bytes: $0, id: assessment($0)) }
      let left = read.filter { line in line.id.map { !ids.contains($0) } ?? true }
      if left.count == read.count { continue }
      guard left.contains(where: { $0.id != nil }) else {
        try FileManager.default.removeItem(atPath: path)
        continue
      }
      let outlet = try Outlet(to: path)
      for line in left { try outlet.write(line.bytes + [UInt8(ascii: "\n")]) }
      try outlet.finish()
    }
  }

  /// The id of the assessment that a line is; nil where it is something else.
  private static func assessment(_ line: some Collection<UInt8>) -> String? {
    guard case .object(let object)? = try? JSONValue(parsing: line),
      object["schema"] == .string(AssessmentDocument.schema), case .string(let id)? = object["id"]
    else { return nil }
    return id
  }
}
