import AssessmentModel

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

func testQuestionnaire(
  _ items: [Item], weights: [Int], levels: [Int] = [0, 1, 2, 3, 4], version: String = "1.0.0"
) -> Questionnaire {
  Questionnaire(
    id: "test", version: Version(version)!, status: .published, title: "Test",
    scoring: ScoringMethod(cut: 50),
    dimensions: weights.enumerated().map { Dimension(id: "d\($0)", title: "D\($0)", weight: $1) },
    scales: [
      Scale(id: "maturity", levels: levels.map { Scale.Level(level: $0, label: "level \($0)") })
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

/// Votes on items of one dimension each, rater by rater; nil where somebody did not vote.
func votes(
  _ rows: [[Int?]], departments: [String] = [], levels: [Int] = [0, 1, 2, 3, 4], dimensions: Int? = nil
) -> (Assessment, Questionnaire) {
  let count = rows[0].count
  let items = (0..<count).map { testItem("item-\($0)", dimension: $0 % (dimensions ?? count)) }
  var assessment = testAssessment(
    raters: rows.count,
    responses: rows.enumerated().flatMap { rater, row in
      row.enumerated().compactMap { item, level in
        level.map {
          Response(
            key: .init(item: "item-\(item)", rater: "r\(rater + 1)"), answer: .answered(.level($0)))
        }
      }
    })
  for (rater, department) in departments.enumerated() {
    assessment.raters[rater].department = department
  }
  return (
    assessment,
    testQuestionnaire(
      items, weights: Array(repeating: 1, count: dimensions ?? count), levels: levels)
  )
}

/// One open assessment of one answer, as a line.
func assessmentLine(
  _ id: String, _ level: Int, at moment: String = "2026-01-15T09:00:00Z", team: String = "Support"
) -> String {
  #"{"schema":"outside-in.assessment/1","id":"\#(id)","organization":"Acme","team":"\#(team)","startedAt":"2026-01-01T09:00:00Z","#
    + #""questionnaire":{"id":"outside-in","version":"2.0.0"},"responses":[{"item":"own-who","value":\#(level),"at":"\#(moment)"}]}"#
    + "\n"
}
