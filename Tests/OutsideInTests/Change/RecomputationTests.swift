import AssessmentModel
import Testing

@testable import Scoring

/// 200 random pairs of assessments, recomputed by a program that somebody else wrote from the method's description
/// alone (`Tests/recompute`).
@Suite struct RecomputationTests {
  static let pairs: [(pair: JSONValue, result: JSONValue)] = {
    guard let bytes = try? fixture("changes.json"), let json = try? JSONValue(parsing: bytes) else {
      return []
    }
    return json.list.map { ($0["pair"], $0["result"]) }
  }()

  @Test func thereAreEnoughOfEachKind() {
    #expect(Self.pairs.count == 200)
    let status = Dictionary(grouping: Self.pairs) { $0.result["status"].text }.mapValues(\.count)
    #expect(status.count == 3 && status.values.allSatisfy { $0 > 30 })
    #expect(Self.pairs.count { $0.result["raters"]["same"].number ?? 0 > 1 } > 15)
  }

  @Test(arguments: 0..<200)
  func agreesWithTheProgram(_ place: Int) throws {
    let (pair, wanted) = Self.pairs[place]
    let comparison = Self.compared(pair)
    #expect(comparison.core.status.rawValue == wanted["status"].text)
    #expect(isClose(comparison.core.share, wanted["share"].number, 1e-9))
    #expect(comparison.core.items.map(\.id).sorted() == wanted["core"].list.map(\.text))
    let index = wanted["index"]
    if let change = comparison.latest.index {
      check(change, index)
      let raters = wanted["raters"]
      #expect(Double(change.estimate.people.count) == raters["same"].number)
      #expect(Double(change.estimate.fromSpread.raters) == raters["from"].number)
      #expect(Double(change.estimate.toSpread.raters) == raters["to"].number)
      let parts = comparison.latest.decomposition
      for (value, key) in [
        (parts?.total, "total"), (parts?.performance, "performance"), (parts?.composition, "composition"),
      ] {
        #expect(isClose(value, wanted["decomposition"][key].number, 1e-9), "\(key)")
      }
    } else {
      #expect(index == .null)
    }
    #expect(comparison.latest.areas.map(\.id) == wanted["dimensions"].list.map { $0["id"].text })
    for (area, row) in zip(comparison.latest.areas, wanted["dimensions"].list) {
      #expect(Double(area.items) == row["items"].number)
      #expect(isClose(area.share, row["share"].number, 1e-9))
      check(area.change, row)
    }
  }

  private func check(
    _ change: Comparison.Change, _ wanted: JSONValue, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let estimate = change.estimate
    for (value, key) in [
      (estimate.from, "from"), (estimate.to, "to"), (estimate.delta, "delta"),
      (estimate.standardError, "standardError"), (estimate.degreesOfFreedom, "degreesOfFreedom"),
      (estimate.p, "p"), (change.detectable, "detectable"),
    ] {
      #expect(isClose(value, wanted[key].number, 1e-9), "\(key)", sourceLocation: sourceLocation)
    }
    #expect(change.outcome.rawValue == wanted["outcome"].text, sourceLocation: sourceLocation)
  }

  static func compared(_ pair: JSONValue) -> Comparison {
    let toIsNewer = pair["newer"].text == "to"
    let sides = ["from", "to"].map { key in
      side(pair[key], version: (key == "to") == toIsNewer ? "2.0.0" : "1.0.0")
    }
    let (older, newer) = toIsNewer ? (sides[0], sides[1]) : (sides[1], sides[0])
    let exact = pair["exact"].list.map { names in
      let (from, to) = (names.list[0].text, names.list[1].text)
      return toIsNewer ? (old: from, new: to) : (old: to, new: from)
    }
    var changes = exact.map {
      Migration.Change(kind: .rename, old: [$0.old], new: [$0.new], comparability: .exact)
    }
    let (old, new) = (Set(exact.map(\.old)), Set(exact.map(\.new)))
    for item in older.1.items where !old.contains(item.id) {
      changes.append(
        newer.1.item(item.id) != nil && !new.contains(item.id)
          ? Migration.Change(kind: .reword, old: [item.id], new: [item.id])
          : Migration.Change(kind: .remove, old: [item.id]))
    }
    let errors = pair["linkErrors"].numbers
    let link = errors.isEmpty ? nil : Migration.Link(mean: 0, standardError: errors[0])
    let way = Correspondence(from: older.1, to: newer.1, changes: changes, link: link)
    let compared = sides.enumerated().map { place, side in
      let isNewer = (place == 1) == toIsNewer
      return ComparedAssessment(side.0, side.1, isNewer ? Correspondence(identity: side.1) : way)
    }
    return compare(compared, labelsToo: pair["samePeople"] == .bool(true))
  }

  static func side(_ json: JSONValue, version: String) -> (Assessment, Questionnaire) {
    let items = json["items"].list.map { row in
      Item(
        id: row["id"].text, text: row["id"].text, core: row["core"] == .bool(true),
        content: .scored(
          ScoredItem(
            dimension: row["dimension"].text, weight: Int(row["weight"].number ?? 1),
            form: row["turned"] == .bool(true)
              ? .bipolar(BipolarForm(left: "left", right: "right", outsideIn: .left))
              : .level(LevelForm(scale: "maturity")))))
    }
    let questionnaire = Questionnaire(
      id: "test", version: Version(version)!, status: .published, title: "Test",
      scoring: ScoringMethod(cut: json["cut"].number ?? 50),
      dimensions: json["dimensions"].list.map {
        Dimension(id: $0["id"].text, title: $0["id"].text, weight: Int($0["weight"].number ?? 1))
      },
      scales: [Scale(id: "maturity", levels: (0...4).map { Scale.Level(level: $0, label: "level \($0)") })],
      sections: [Section(id: "all", title: "All", items: items)])
    func answer(_ json: JSONValue) -> Response.Answer {
      json.number.map { .answered(.level(Int($0))) }
        ?? (json.text == "dk" ? .dontKnow : .notApplicable(reason: nil))
    }
    var settled: [String: Settlement] = [:]
    if case .object(let rows) = json["settled"] {
      for (item, value) in rows {
        settled[item] = Settlement(
          answer: value.number.map { .level(Int($0)) } ?? (value.text == "dk" ? .dontKnow : .notApplicable))
      }
    }
    let assessment = Assessment(
      id: version, scope: json["scope"].text == "core" ? .core : .full,
      deepened: Set(json["deepened"].list.map(\.text)), anonymous: json["anonymous"] == .bool(true),
      questionnaire: QuestionnaireReference(
        id: "test", version: Version(version)!, digests: Digests(content: "", measurement: "", wording: "")),
      raters: json["raters"].list.map { row in
        Rater(
          id: row["id"].text, name: row["name"].text, department: row["department"].text,
          group: row["group"].text == "customer" ? .customer : .staff,
          person: row["person"] == .null ? nil : row["person"].text, isLabel: row["isLabel"] == .bool(true))
      },
      responses: json["votes"].list.map { row in
        Response(
          key: .init(item: row.list[0].text, rater: row.list[1].text, round: Int(row.list[2].number ?? 1)),
          answer: answer(row.list[3]))
      }, settled: settled,
      tallies: json["tallies"].list.map { row in
        Tally(item: row["item"].text, round: 1, counts: row["counts"].numbers.map { Int($0) })
      })
    return (assessment, questionnaire)
  }
}
