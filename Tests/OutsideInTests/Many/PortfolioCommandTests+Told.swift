import AssessmentModel
import Foundation
import Testing

@testable import Interchange
@testable import OutsideInCLI
@testable import Storage

/// What a reader has to know first, and what nobody is told.
extension PortfolioCommandTests {
  /// An order by names would tell them to whoever knows who takes part.
  @Test func withoutNamesTheOrderSaysNothing() throws {
    try take(40)
    func organizations(_ options: String..., of command: [String] = ["portfolio"]) throws -> [String] {
      let table = try OutsideInTests.run(command + ["--format", "csv"] + options, in: folder).output
      let all = try CSV.read(Array(table.utf8)).rows.dropFirst().map { $0.cells[1] }
      return all.enumerated().filter { $0.offset == 0 || all[$0.offset - 1] != $0.element }.map(\.element)
    }
    let named = try organizations("--names")
    #expect(named == named.sorted { $0.nameKey < $1.nameKey })
    let (bare, again) = (try organizations(), try organizations())
    #expect(bare == again && Set(bare).count == 40)
    #expect(try organizations(of: ["export", "--all"]) == bare)
    // Each by its answers.
    let pseudonyms = Pseudonyms(secret: try Store(directory: folder.file("data")).secret())
    let place = Dictionary(
      uniqueKeysWithValues: named.enumerated().map { (pseudonyms.of("O", $1.nameKey), $0) })
    let order = try bare.map { try #require(place[$0]) }
    #expect(order != order.sorted() && order != order.sorted().reversed())
    let rising = zip(order, order.dropFirst()).count { $0 < $1 }
    #expect((8...31).contains(rising), "\(order)")
  }

  /// Whoever is left out is named, what goes the wrong way round stands on top, and all together is told beside each.
  @Test func whatTheReaderHasToKnowFirst() throws {
    try take(36, finished: "2024-05-01T10:00:00Z")
    try take(34, prefix: "Q", moved: { _ in 1 })
    let told = try run("portfolio", "--until", "2026-11-26").output.replacing("\n", with: " ")
    #expect(
      told.contains(
        "2 organisations are left out, since nothing of theirs is of these months: Organisation 34 and Organisation 35."
      ))
    #expect(!told.contains("Look at this first"))
    #expect(
      told.contains(
        /Together they moved by \+[0-9.]+ points on average \([0-9]+ up, [0-9]+ down.*\), which is more than chance/
      ))
    let json = try JSONValue(
      parsing: run("portfolio", "--format", "json", "--until", "2026-11-26").output.utf8)
    let together = json["changes"]["together"]
    #expect(together["organizations"].number == 34 && (together["p"].number ?? 1) < 0.01)
  }

  @Test func aQuestionThatIsTurnedRoundStandsOnTop() throws {
    let items = outsideIn.questionnaire.items.filter { $0.scored != nil }
    let lines = (0..<40).map { number in
      let responses = items.map { item in
        let level = item.id == "emo-feel" ? 4 - number % 5 : number % 5
        return #"{"item":"\#(item.id)","value":\#(item.scored!.oriented(level))}"#
      }
      return
        #"{"schema":"outside-in.assessment/1","id":"T\#(number)","organization":"Organisation \#(number)","#
        + #""finishedAt":"2026-05-01T10:00:00Z","startedAt":"2026-05-01T09:00:00Z","questionnaire":{"id":"outside-in","version":"2.0.0"},"#
        + #""responses":[\#(responses.joined(separator: ","))]}"# + "\n"
    }
    #expect(try run("import", "-", input: lines.joined()).status == 0)
    let told = try run("portfolio", "--until", "2026-11-26").output.replacing("\n", with: " ")
    let warning = try #require(
      told.range(
        of:
          "Look at this first: a question goes against the others of its area, as if it had been turned round: emo-feel."
      ))
    #expect(warning.upperBound < (try #require(told.range(of: "Where they stand")).lowerBound))
  }

  /// Ids that somebody chose are pseudonyms like names.
  @Test func idsOfOnesOwnAreNoNames() throws {
    try take(1, finished: "2025-05-01T10:00:00Z")
    try take(1, prefix: "Q")
    let bare = try run("portfolio", "--format", "json", "--until", "2026-11-26").output
    #expect(!bare.contains("P20") && !bare.contains("Q20") && bare.contains(#""from": "A"#))
    #expect(
      try run("portfolio", "--format", "json", "--names", "--until", "2026-11-26").output.contains(
        #""from": "P20""#))
  }
}
