import AssessmentModel
import Planning
import Testing

@testable import Scoring

/// One case of `Fixtures/cases.json`: figures worked out elsewhere.
struct OracleCase: CustomTestStringConvertible, Sendable {
  let id: String
  let topic: String
  let input: JSONValue
  let expected: JSONValue

  var testDescription: String { id }

  static func all(_ topic: String) -> [OracleCase] {
    guard let bytes = try? fixture("cases.json"), let json = try? JSONValue(parsing: bytes) else {
      return []
    }
    return json["cases"].list.map {
      OracleCase(id: $0["id"].text, topic: $0["topic"].text, input: $0["input"], expected: $0["expected"])
    }.filter { $0.topic == topic }
  }
}

extension JSONValue {
  subscript(_ key: String) -> JSONValue {
    if case .object(let object) = self { return object[key] ?? .null }
    return .null
  }

  var list: [JSONValue] {
    if case .array(let values) = self { return values }
    return []
  }

  var text: String {
    if case .string(let text) = self { return text }
    return ""
  }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .null, .bool, .string, .array, .object: nil
    }
  }

  var numbers: [Double] { list.compactMap(\.number) }
}

func isClose(_ left: Double?, _ right: Double?, _ tolerance: Double = 1e-6) -> Bool {
  switch (left, right) {
  case (nil, nil): true
  case (let left?, let right?): abs(left - right) <= tolerance
  default: false
  }
}

@Suite struct OracleTests {
  @Test func thereAreCases() {
    #expect(OracleCase.all("verdict").count == 6)
    #expect(OracleCase.all("gated_level").count == 4)
    #expect(OracleCase.all("missing_policy").count == 4)
  }

  @Test(arguments: OracleCase.all("verdict"))
  func verdict(_ oracle: OracleCase) throws {
    let (questionnaire, assessment) = Self.build(oracle.input)
    let card = score(assessment, with: questionnaire)
    let expected = oracle.expected
    for (row, wanted) in zip(card.dimensions, expected["dimension_scores"].list) {
      #expect(isClose(row.score, wanted.number))
    }
    for (row, wanted) in zip(card.dimensions, expected["coverage"].numbers) {
      #expect(isClose(row.coverage, wanted))
    }
    #expect(isClose(card.coverage, expected["overall_coverage"].number))
    #expect(isClose(card.index, expected["index"].number))
    let items = questionnaire.items.map(\.id)
    for (item, wanted) in zip(items, expected["effective_weights"].numbers) {
      #expect(isClose(card.contributions.first { $0.item == item }?.weight ?? 0, wanted))
    }
    for (item, wanted) in zip(items, expected["contributions"].numbers) {
      #expect(isClose(card.contributions.first { $0.item == item }?.contribution ?? 0, wanted))
    }
    let certainty = try #require(card.verdict.certainty)
    let raters = Double(certainty.raters)
    #expect(
      isClose(
        certainty.observedVariance.map { $0 / raters },
        expected["rater_variance_linearised"].number))
    #expect(isClose(certainty.priorVariance, expected["tau0_sq"].number))
    #expect(isClose(certainty.variance, expected["tau_sq"].number))
    #expect(isClose(certainty.raterVariance, expected["var_raters"].number))
    #expect(isClose(certainty.missingVariance, expected["var_missing"].number))
    #expect(isClose(certainty.standardError, expected["se"].number))
    #expect(isClose(certainty.degreesOfFreedom, expected["df"].number))
    #expect(isClose(certainty.probability, expected["p_verdict"].number))
    #expect(card.verdict.orientation?.rawValue == expected["verdict"].text)
    #expect(card.verdict.band?.rawValue == expected["band"].text)
    #expect(isClose(card.verdict.bounds?.lowerBound, expected["bounds"].numbers[0]))
    #expect(isClose(card.verdict.bounds?.upperBound, expected["bounds"].numbers[1]))
    let flips = try #require(card.flip)
    let wanted = expected["flip_answers"].list.map { $0.numbers.map { Int($0) } }
    #expect(flips.map { [Int($0.rater!.dropFirst())! - 1, items.firstIndex(of: $0.item)!] } == wanted)
  }

  /// The questionnaire and assessment that a case's figures describe.
  static func build(_ input: JSONValue) -> (Questionnaire, Assessment) {
    let items = input["items_dim_weight"].list.enumerated().map { index, pair in
      testItem("item-\(index)", dimension: Int(pair.numbers[0]), weight: Int(pair.numbers[1]))
    }
    let questionnaire = testQuestionnaire(
      items, weights: input["dimension_weights"].numbers.map { Int($0) })
    var responses: [Response] = []
    for (rater, votes) in input["raters_by_items_0_4"].list.enumerated() {
      for (item, vote) in votes.list.enumerated() {
        guard let level = vote.number else { continue }
        responses.append(
          Response(
            key: .init(item: "item-\(item)", rater: "r\(rater + 1)"),
            answer: .answered(.level(Int(level)))))
      }
    }
    let count = input["raters_by_items_0_4"].list.count
    return (
      questionnaire,
      testAssessment(raters: count, responses: responses)
    )
  }

  @Test(arguments: OracleCase.all("gated_level"))
  func gatedLevel(_ oracle: OracleCase) throws {
    let evidence = oracle.input["evidence_0none_1anecdote_2document_3measured"].numbers
    let items = oracle.input["weights"].numbers.enumerated().map { index, weight in
      testItem(
        "item-\(index)", dimension: 0, weight: Int(weight),
        critical: oracle.input["critical"].list[index] == .bool(true))
    }
    let responses = oracle.input["levels"].list.enumerated().map { index, level in
      Response(
        key: .init(item: "item-\(index)", rater: "r1"),
        answer: level.number.map { .answered(.level(Int($0))) } ?? .dontKnow,
        evidence: Response.Evidence.allCases[Int(evidence[index])])
    }
    let card = score(
      testAssessment(raters: 1, responses: responses), with: testQuestionnaire(items, weights: [1]))
    #expect(card.dimensions[0].step == oracle.expected["gated_level"].number.map { Int($0) })
    #expect(isClose(card.dimensions[0].score, oracle.expected["mean_level"].number.map { 25 * $0 }))
  }

  @Test(arguments: OracleCase.all("missing_policy"))
  func missingAnswers(_ oracle: OracleCase) throws {
    let weights = oracle.input["weights"].numbers
    let items = oracle.input["reverse"].list.enumerated().map { index, reverse in
      testItem(
        "item-\(index)", dimension: 0, weight: Int(weights[index]), reversed: reverse == .bool(true))
    }
    let responses = oracle.input["answers"].list.enumerated().compactMap { index, answer in
      let given: Response.Answer? =
        switch answer {
        case .string("NA"): .notApplicable(reason: nil)
        case .string: .dontKnow
        case let level: level.number.map { .answered(.level(Int($0))) }
        }
      return given.map { Response(key: .init(item: "item-\(index)", rater: "r1"), answer: $0) }
    }
    let row = score(
      testAssessment(raters: 1, responses: responses), with: testQuestionnaire(items, weights: [1])
    ).dimensions[0]
    #expect(isClose(row.coverage, oracle.expected["coverage"].number))
    #expect(isClose(row.knowledgeGap, oracle.expected["dk_rate"].number))
    #expect(isClose(row.score, oracle.expected["score"].number))
    #expect(row.status.rawValue == oracle.expected["status"].text)
  }

  @Test(arguments: OracleCase.all("special"))
  func studentT(_ oracle: OracleCase) {
    let points = oracle.input["t"].numbers
    for degrees in oracle.input["df"].numbers {
      let name = String(Int(degrees))
      for (t, wanted) in zip(points, oracle.expected["t_cdf"][name].numbers) {
        #expect(isClose(StudentT.cumulative(t, degreesOfFreedom: degrees), wanted, 1e-9))
      }
      #expect(
        isClose(
          StudentT.quantile(0.975, degreesOfFreedom: degrees),
          oracle.expected["t975"][name].number, 1e-9))
    }
  }

  @Test(arguments: OracleCase.all("knapsack") + OracleCase.all("knapsack_precedence"))
  func selection(_ oracle: OracleCase) {
    let costs = oracle.input["cost"].numbers
    let steps = oracle.input["profit"].numbers.enumerated().map { index, profit in
      SelectionStep(
        id: String(index), group: String(index), benefit: profit, effortDays: Int(costs[index]))
    }
    let selection = select(steps, capacity: Int(oracle.input["capacity"].number!))
    #expect(isClose(selection.benefit, oracle.expected["value"].number))
    #expect(selection.optimal)
    let choice = oracle.expected["choice"].numbers
    if !choice.isEmpty {
      #expect(selection.chosen == choice.indices.filter { choice[$0] == 1 }.map(String.init))
    }
  }

  @Test(arguments: OracleCase.all("schedule"))
  func roadmap(_ oracle: OracleCase) {
    guard case .object(let given) = oracle.input["actions"] else { return }
    let roadmap = schedule(
      given.sorted { $0.key < $1.key }.map { id, action in
        ScheduleAction(
          id: id, effortDays: action["effort_days"].number!, benefit: action["benefit"].number!,
          requires: action["requires"].list.map(\.text))
      }, windowCapacity: oracle.input["window_capacity_days"].numbers)
    #expect(roadmap.entries.map(\.id) == oracle.expected["order"].list.map(\.text))
    for entry in roadmap.entries {
      let wanted = oracle.expected["plan"][entry.id]
      #expect(entry.start == wanted["start_window"].number.map { Int($0) })
      #expect(entry.finish == wanted["finish_window"].number.map { Int($0) })
      for (window, days) in entry.allocation {
        #expect(isClose(days, wanted["allocation"][String(window)].number))
      }
    }
    #expect(roadmap.beyondHorizon.isEmpty)
  }
}

func testItem(
  _ id: String, dimension: Int, weight: Int = 1, critical: Bool = false, reversed: Bool = false,
  condition: Condition? = nil
) -> Item {
  let form: ScoredItem.Form =
    reversed
    ? .bipolar(BipolarForm(left: "left", right: "right", outsideIn: .left))
    : .level(LevelForm(scale: "maturity"))
  return Item(
    id: id, text: id, condition: condition,
    content: .scored(
      ScoredItem(dimension: "d\(dimension)", weight: weight, critical: critical, form: form)))
}

func testQuestionnaire(_ items: [Item], weights: [Int]) -> Questionnaire {
  Questionnaire(
    id: "test", version: Version("1.0.0")!, status: .published, title: "Test",
    scoring: ScoringMethod(cut: 50),
    dimensions: weights.enumerated().map { Dimension(id: "d\($0)", title: "D\($0)", weight: $1) },
    scales: [
      Scale(id: "maturity", levels: (0...4).map { Scale.Level(level: $0, label: "level \($0)") })
    ], sections: [Section(id: "all", title: "All", items: items)])
}

func testAssessment(raters: Int, responses: [Response]) -> Assessment {
  Assessment(
    id: "T",
    questionnaire: QuestionnaireReference(
      id: "test", version: Version("1.0.0")!,
      digests: Digests(content: "", measurement: "", wording: "")),
    raters: (0..<raters).map { Rater(id: "r\($0 + 1)") }, responses: responses)
}
