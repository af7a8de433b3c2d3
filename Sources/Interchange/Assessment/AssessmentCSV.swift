import AssessmentModel

/// An assessment's answers as a table, a row for each; records travel as JSON.
package enum AssessmentCSV {
  static let columns = [
    "item", "rater", "department", "group", "round", "state", "value", "reason", "confidence",
    "evidence", "evidenceNote", "note", "at",
  ]

  package static func write(_ assessment: Assessment, questionnaire: Questionnaire) -> String {
    // Who somebody is over time, where that is known by more than a name.
    let tellsPeople = assessment.raters.contains { $0.person?.isEmpty == false }
    let columns = columns + (tellsPeople ? ["person"] : [])
    var rows = [columns.map { CSV.Cell.text($0) }]
    let hidden = assessment.hiddenItems(in: questionnaire)
    let taken = Dictionary(
      assessment.raters.flatMap { Set([$0.id.nameKey, $0.name.nameKey]) }.map { ($0, 1) }, uniquingKeysWith: +
    )
    for item in questionnaire.items where item.scored != nil && !hidden.contains(item.id) {
      for rater in assessment.raters {
        // A name serves as long as it tells people apart.
        let name = !rater.name.isEmpty && taken[rater.name.nameKey] == 1 ? rater.name : rater.id
        for round in 1...9 {
          let key = Response.Key(item: item.id, rater: rater.id, round: round)
          guard let response = assessment.responses[key] else { continue }
          var reason: String?
          if case .notApplicable(let given) = response.answer { reason = given }
          rows.append(
            [
              .text(item.id), .text(name), .text(rater.department), .text(rater.group.rawValue),
              .integer(round), .text(response.state.rawValue),
              response.level.map { .integer($0) } ?? .empty, CSV.Cell(reason),
              CSV.Cell(response.confidence?.rawValue), CSV.Cell(response.evidence?.rawValue),
              CSV.Cell(response.evidenceNote), CSV.Cell(response.note),
              CSV.Cell(response.at?.rfc3339),
            ] + (tellsPeople ? [CSV.Cell(rater.person)] : []))
        }
      }
    }
    return CSV.write(rows)
  }

  /// Whether a rater's cell is an id, as this program writes it for who has no name: nobody is called so.
  static func isID(_ name: String) -> Bool { name.wholeMatch(of: /r[0-9]+/) != nil }
}
