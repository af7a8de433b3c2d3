// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let customDump = Target.Dependency.product(name: "CustomDump", package: "swift-custom-dump")

let package = Package(
  name: "outside-in",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "outside-in", targets: ["outside-in"]),
    .library(
      name: "OutsideInScoring",
      targets: ["AssessmentModel", "QuestionnaireFormat", "Scoring", "Planning"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
    .package(url: "https://github.com/pointfreeco/swift-custom-dump", exact: "1.7.3"),
  ],
  targets: [
    // The nouns.
    .target(name: "AssessmentModel", swiftSettings: settings),

    // The functions: no file, clock, terminal or database in any of them.
    .target(
      name: "QuestionnaireFormat", dependencies: ["AssessmentModel", yams],
      swiftSettings: settings),
    .target(name: "Interview", dependencies: ["AssessmentModel"], swiftSettings: settings),
    .target(name: "Scoring", dependencies: ["AssessmentModel", realModule], swiftSettings: settings),
    .target(name: "Planning", dependencies: ["AssessmentModel", "Scoring"], swiftSettings: settings),
    .target(
      name: "Interchange", dependencies: ["AssessmentModel", "Scoring", "Planning"],
      swiftSettings: settings),
    .target(
      name: "Reporting", dependencies: ["AssessmentModel", "Scoring", "Planning"],
      swiftSettings: settings),

    // The rim.
    .target(name: "Storage", dependencies: ["AssessmentModel", grdb, sqlite], swiftSettings: settings),
    .target(
      name: "EmbeddedTexts", swiftSettings: settings, plugins: [.plugin(name: "EmbedTextsPlugin")]),
    .systemLibrary(
      name: "CReadline", providers: [.apt(["libreadline-dev"]), .brew(["readline"])]),
    .target(
      name: "Shell",
      dependencies: [
        "AssessmentModel", "Interview", "Scoring", "Planning", "Reporting", "Storage", "CReadline",
      ],
      swiftSettings: settings),
    .target(
      name: "OutsideInCLI",
      dependencies: [
        "AssessmentModel", "QuestionnaireFormat", "Interview", "Scoring", "Planning",
        "Interchange", "Reporting", "Storage", "EmbeddedTexts", "Shell", argumentParser,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "outside-in", dependencies: ["OutsideInCLI"], swiftSettings: settings,
      // A sixth of the time to start goes into relocating code that nobody needs to relocate, and into symbols that
      // nobody asks for by name.
      linkerSettings: [
        .unsafeFlags(
          ["-Xclang-linker", "-no-pie", "-Xlinker", "--no-export-dynamic"],
          .when(platforms: [.linux], configuration: .release))
      ]),

    // Puts the files of questionnaires/ and Resources/ into EmbeddedTexts.
    .executableTarget(name: "EmbedTexts", swiftSettings: settings),
    .plugin(
      name: "EmbedTextsPlugin", capability: .buildTool(), dependencies: ["EmbedTexts"],
      path: "Sources/EmbedTextsPlugin"),

    // What takes too long, or needs a release build, to be a test: see Tests/README.md.
    .executableTarget(
      name: "ScoringChecks",
      dependencies: [
        "AssessmentModel", "QuestionnaireFormat", "Scoring", "Planning", "EmbeddedTexts", "SeededGenerator",
      ],
      path: "Tests/ScoringChecks", swiftSettings: settings),
    .executableTarget(
      name: "CommitFloor", path: "Tests/Benchmarks/CommitFloor", linkerSettings: [.linkedLibrary("sqlite3")]),
    .executableTarget(
      name: "PromptBenchmark", dependencies: ["CPseudoTerminal", "CommitFloor", "outside-in"],
      path: "Tests/Benchmarks/PromptBenchmark", swiftSettings: settings),
    // As another package would see the library: what is public, and nothing else.
    .testTarget(
      name: "LibraryTests", dependencies: ["AssessmentModel", "QuestionnaireFormat", "Scoring"],
      packageAccess: false, swiftSettings: settings),
    .target(
      name: "SeededGenerator", path: "Tests/SeededGenerator", swiftSettings: settings),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .testTarget(
      name: "OutsideInTests",
      dependencies: [
        "outside-in", "CPseudoTerminal", "SeededGenerator",
        "AssessmentModel", "QuestionnaireFormat", "Interview", "Scoring", "Planning",
        "Interchange", "Reporting", "Storage", "EmbeddedTexts", "Shell", "OutsideInCLI",
        customDump, crypto, grdb,
      ],
      exclude: ["Fixtures", "Golden"], swiftSettings: settings),
  ]
)
