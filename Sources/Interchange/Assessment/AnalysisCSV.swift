import AssessmentModel

/// All answers of many assessments as one table for R and the like: a row for each answer, each with what it belongs to.
///
/// Values stand as they were given and oriented, since a scale of two sides may have the Outside-In one on the left. Who reads it
/// need not know names: organisations, teams and people have pseudonyms, and what was typed is left out, unless names are wanted.
package struct AnalysisCSV {
  package static let columns = [
    "assessment", "organization", "team", "questionnaire", "version", "scope", "startedAt", "finishedAt",
    "latest", "anonymous",
    "item", "rater", "department", "group", "round", "state", "value", "oriented", "final", "reason",
    "confidence",
    "evidence", "evidenceNote", "note", "at",
  ]

  package static var header: String { CSV.mark + CSV.line(columns.map { .text($0) }) }

  /// Makes a pseudonym of what somebody or something is called, the same one every time.
  package typealias Pseudonym = (_ kind: String, _ name: String) -> String

  private let questionnaire: Questionnaire
  private let scored: [Item]
  /// nil where names are wanted.
  private let pseudonym: Pseudonym?

  package init(_ questionnaire: Questionnaire, pseudonym: Pseudonym?) {
    self.questionnaire = questionnaire
    scored = questionnaire.items.filter { $0.scored != nil }
    self.pseudonym = pseudonym
  }

  /// What an assessment is called: an id says when it was made, and somebody else's may say a name.
  package static func assessment(_ id: String, _ pseudonym: Pseudonym?) -> String {
    pseudonym?("A", id) ?? id
  }

  package static func organization(_ name: String, _ pseudonym: Pseudonym?) -> String {
    guard let pseudonym, !name.isEmpty else { return name }
    return pseudonym("O", name.nameKey)
  }

  package static func team(_ name: String, of organization: String, _ pseudonym: Pseudonym?) -> String {
    guard let pseudonym, !name.isEmpty else { return name }
    return pseudonym("T", organization.nameKey + "\u{0}" + name.nameKey)
  }

  /// The rows of an assessment, which may be its team's latest finished one: every vote of every round, counts of anonymous ones a row each, and what was settled. What is
  /// hidden or not asked in its scope is left out.
  package func rows(_ assessment: Assessment, isLatest: Bool) -> String {
    let organization = assessment.organization
    let start: [CSV.Cell] = [
      .text(Self.assessment(assessment.id, pseudonym)), .text(Self.organization(organization, pseudonym)),
      .text(Self.team(assessment.team, of: organization, pseudonym)), .text(questionnaire.id),
      .text(questionnaire.version.description), .text(assessment.scope.rawValue),
      CSV.Cell(time(assessment.startedAt)), CSV.Cell(time(assessment.finishedAt)),
      .text(isLatest ? "yes" : "no"), .text(assessment.anonymous ? "yes" : "no"),
    ]
    let people = assessment.raters.map { rater in
      (
        id: rater.id, department: rater.department, group: rater.group.rawValue,
        name: pseudonym.map {
          $0("P", organization.nameKey + "\u{0}" + rater.identity(in: assessment).nameKey)
        }
          ?? (rater.name.isEmpty ? rater.id : rater.name)
      )
    }
    let hidden = assessment.hiddenItems(in: questionnaire)
    var text = ""
    for item in scored where !hidden.contains(item.id) && assessment.asks(item, of: questionnaire) {
      func add(
        _ rater: String, _ department: String, _ group: String, _ round: Int?, _ state: String, _ level: Int?,
        isFinal: Bool = false, counts: Bool = true, _ beside: [CSV.Cell] = []
      ) {
        text += CSV.line(
          start + [
            .text(item.id), .text(rater), .text(department), .text(group),
            round.map { .integer($0) } ?? .empty,
            .text(state), level.map { .integer($0) } ?? .empty,
            (counts ? level : nil).map { .integer(item.scored?.oriented($0) ?? $0) } ?? .empty,
            isFinal ? .text("yes") : .empty,
          ] + (beside.isEmpty ? [.empty, .empty, .empty, .empty, .empty, .empty] : beside))
      }
      let said = assessment.responses.to(item.id)
      for person in people {
        let mine = said.filter { $0.key.rater == person.id }
        let last = mine.last { $0.counted != .open }
        for response in mine {
          var reason: String?
          if case .notApplicable(let given) = response.answer { reason = given }
          add(
            person.name, person.department, person.group, response.key.round,
            response.isToConfirm ? Response.State.open.rawValue : response.state.rawValue, response.level,
            isFinal: response.key == last?.key, counts: !response.isToConfirm,
            [
              CSV.Cell(typed(reason)), CSV.Cell(response.confidence?.rawValue),
              CSV.Cell(response.evidence?.rawValue),
              CSV.Cell(typed(response.evidenceNote)), CSV.Cell(typed(response.note)),
              CSV.Cell(time(response.at)),
            ])
        }
      }
      let tallies = assessment.tallies.filter { $0.item == item.id }
      for tally in tallies {
        let isFinal = !tallies.contains { $0.group == tally.group && $0.round > tally.round }
        func count(_ number: Int, _ state: Response.State, _ level: Int?) {
          for _ in 0..<number {
            add(
              "", tally.department ?? "", tally.group.rawValue, tally.round, state.rawValue, level,
              isFinal: isFinal)
          }
        }
        for (level, number) in tally.counts.enumerated() { count(number, .answered, level) }
        count(tally.dontKnow, .dontKnow, nil)
        count(tally.notApplicable, .notApplicable, nil)
      }
      if let settlement = assessment.settled[item.id] {
        var level: Int?
        if case .level(let settled) = settlement.answer { level = settled }
        add(
          "", "", Rater.Group.staff.rawValue, nil, "settled", level,
          [
            CSV.Cell(typed(settlement.reason)), .empty, .empty, .empty, CSV.Cell(typed(settlement.dissent)),
            .empty,
          ])
      }
    }
    return text
  }

  /// To the second where names are wanted; else the day, since who was there knows the minute.
  private func time(_ moment: Timestamp?) -> String? {
    pseudonym == nil ? moment?.rfc3339 : moment?.day.description
  }

  /// What people typed may say who they are.
  private func typed(_ text: String?) -> String? { pseudonym == nil ? text : nil }
}

/// What the answers are to: a questionnaire's items as a table.
package enum CodeBook {
  package static func write(_ questionnaire: Questionnaire) -> String {
    let header = ["item", "dimension", "type", "outsideIn", "weight", "core", "critical", "text"]
    return CSV.write(
      [header.map { .text($0) }]
        + questionnaire.items.map { item in
          let kind: String
          var outsideIn = ""
          switch item.content {
          case .scored(let scored):
            switch scored.form {
            case .level: kind = "level"
            case .bipolar(let bipolar):
              kind = "bipolar"
              outsideIn = bipolar.outsideIn.rawValue
            }
          case .record(let record):
            switch record {
            case .choice: kind = "choice"
            case .number: kind = "number"
            case .text: kind = "text"
            case .expectations: kind = "expectations"
            case .moments: kind = "moments"
            case .metrics: kind = "metrics"
            case .raise: kind = "raise"
            }
          }
          let scored = item.scored
          return [
            .text(item.id), .text(scored?.dimension ?? ""), .text(kind), .text(outsideIn),
            scored.map { .integer($0.weight) } ?? .empty, .text(item.core ? "yes" : "no"),
            .text(scored?.critical == true ? "yes" : "no"), .text(item.text),
          ]
        })
  }
}
