import EmbeddedTexts
import Foundation
import Testing

/// The import table of Sources/README.md, kept here: who may know whom, and who stays away from the world.
@Suite struct LayerTests {
  static let allowed: [String: Set<String>] = [
    "AssessmentModel": [],
    "QuestionnaireFormat": ["AssessmentModel", "Yams", "CYaml", "Foundation"],
    "Interview": ["AssessmentModel"],
    "Scoring": ["AssessmentModel", "RealModule"],
    "Planning": ["AssessmentModel", "Scoring"],
    "Interchange": ["AssessmentModel", "Scoring", "Planning", "Foundation"],
    "Reporting": ["AssessmentModel", "Scoring", "Planning"],
    "Storage": ["AssessmentModel", "GRDB", "GRDBSQLite", "Foundation"],
    "EmbeddedTexts": [],
    "Shell": [
      "AssessmentModel", "Interview", "Scoring", "Planning", "Reporting", "Storage", "CReadline",
      "Glibc", "Darwin",
    ],
    "OutsideInCLI": [
      "AssessmentModel", "QuestionnaireFormat", "Interview", "Scoring", "Planning", "Interchange",
      "Reporting", "Storage", "EmbeddedTexts", "Shell", "ArgumentParser", "Foundation",
    ],
    "outside-in": ["OutsideInCLI"],
  ]

  static func sources(of target: String) throws -> [(name: String, text: String)] {
    let folder = packageRoot.appending(path: "Sources/\(target)")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return try (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
      .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
  }

  @Test(arguments: allowed.keys.sorted())
  func importsOnlyWhatItMay(target: String) throws {
    let sources = try Self.sources(of: target)
    #expect(!sources.isEmpty)
    for (name, text) in sources {
      for match in text.matches(
        of: /(?m)^\s*(?:internal |package |public )?import (?:struct |class |func )?(\w+)/)
      {
        #expect(Self.allowed[target]!.contains(String(match.1)), "\(target)/\(name)")
      }
    }
  }

  @Test(
    arguments: ["AssessmentModel", "QuestionnaireFormat", "Interview", "Scoring", "Planning", "Reporting"])
  func pureTargetsStayAwayFromTheWorld(target: String) throws {
    for (name, text) in try Self.sources(of: target) {
      let code = text.split(separator: "\n").filter { !$0.contains("///") }.joined(separator: "\n")
      #expect(
        code.firstMatch(of: /(?m)(^|[^.A-Za-z])(print|Date|UUID)\(|FileManager|ProcessInfo/) == nil,
        "\(target)/\(name)")
    }
  }

  /// The library product is for others, who have nothing but its documentation.
  @Test(arguments: ["AssessmentModel", "QuestionnaireFormat", "Scoring", "Planning"])
  func everythingPublicIsDocumented(target: String) throws {
    for (name, text) in try Self.sources(of: target) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated()
      where line.firstMatch(of: /^ *public (?!extension)/) != nil {
        let before = lines[..<number].last { $0.firstMatch(of: /^ *@/) == nil } ?? ""
        #expect(
          before.firstMatch(of: /^ *\/\/\//) != nil, "\(target)/\(name):\(number + 1) \(line)")
      }
    }
  }

  @Test func everyTargetIsInTheTable() throws {
    let targets = try FileManager.default.contentsOfDirectory(
      atPath: packageRoot.appending(path: "Sources").path)
    let others: Set = ["CReadline", "EmbedTexts", "EmbedTextsPlugin", "README.md"]
    #expect(Set(targets).subtracting(others) == Set(Self.allowed.keys))
    // And in the page that people read.
    let page = try String(contentsOf: packageRoot.appending(path: "Sources/README.md"), encoding: .utf8)
    for (target, imports) in Self.allowed {
      let row = try #require(
        page.split(separator: "\n").first { $0.hasPrefix("| `\(target)` |") }, "\(target)")
      guard !row.contains("| all,") else { continue }
      for other in imports.subtracting(["Foundation", "Glibc", "Darwin", "Yams", "CYaml"]) {
        #expect(row.contains(other), "\(target) may import \(other)")
      }
    }
  }

  /// A build plugin's list of inputs is cached, so a new file could go unnoticed.
  @Test func embeddedTextsAreTheFiles() throws {
    var expected: [String: String] = [:]
    for folder in ["questionnaires", "Resources"] {
      let root = packageRoot.appending(path: folder)
      let files = FileManager.default.enumerator(
        at: root, includingPropertiesForKeys: [.isRegularFileKey], options: .skipsHiddenFiles)
      for case let file as URL in files ?? .init()
      where try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        let path = folder + file.path.dropFirst(root.path.count)
        expected[path] = try String(contentsOf: file, encoding: .utf8)
      }
    }
    let embedded = Dictionary(uniqueKeysWithValues: EmbeddedTexts.files.map { ($0.path, $0.text) })
    #expect(embedded == expected)
  }

  @Test func topLevelHoldsNothingElse() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: packageRoot.path)
      .filter { !$0.hasPrefix(".") }
    let known: Set = [
      "Package.swift", "Package.resolved", "Sources", "Tests", "questionnaires", "Resources",
      "README.md", "LICENSE",
    ]
    #expect(Set(names).subtracting(known).isEmpty)
  }
}
