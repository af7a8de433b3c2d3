import AssessmentModel
import Scoring

/// A portfolio as `outside-in.portfolio/1`, and its assessments as a table with a row each.
package enum PortfolioDocument {
  package static let schema = "outside-in.portfolio/1"

  /// - Parameters:
  ///   - one: The organisation that is set against the others, as it is told.
  ///   - changes: Who has changed; nil where that was not looked at.
  ///   - organization: What an organisation is called, by its key.
  ///   - assessment: What an assessment is called, by its id.
  package static func write(
    _ portfolio: Portfolio, of one: String? = nil, changes: ChangeList?,
    organization: (String) -> String = { $0 }, assessment: (String) -> String = { $0 }
  ) -> JSONValue {
    let frame = portfolio.frame
    func side(_ side: Portfolio.Side) -> JSONValue {
      .object([
        "organizations": .integer(side.count), "clear": .integer(side.clear), "likely": .integer(side.likely),
        "transitional": .integer(side.transitional),
      ])
    }
    return .object([
      "schema": .string(schema), "method": .string(frame.policy.method),
      "questionnaire": .object([
        "id": .string(frame.questionnaire.id), "version": .string(frame.questionnaire.version.description),
      ]),
      "items": .array(frame.common.map { .string(frame.items[$0].id) }),
      "joinsVersions": .bool(frame.isJoined),
      "scope": .string((frame.isCore ? Assessment.Scope.core : .full).rawValue),
      "assessments": .integer(portfolio.assessments), "teams": .integer(portfolio.teams),
      "organizations": .integer(portfolio.organizations), "outdated": .integer(portfolio.outdated),
      "withoutIndex": .integer(portfolio.withoutIndex),
      "sides": .object(["outsideIn": side(portfolio.outsideIn), "insideOut": side(portfolio.insideOut)]),
      "index": json(portfolio.index),
      "dimensions": .array(
        zip(frame.questionnaire.dimensions, portfolio.areas).map { dimension, spread in
          .object(["id": .string(dimension.id), "score": json(spread)])
        }),
      "years": .array(
        portfolio.years.map {
          .object([
            "year": .integer($0.year), "assessments": .integer($0.assessments),
            "organizations": .integer($0.organizations),
            "mean": JSONValue($0.mean),
          ])
        }),
      "betweenOrganizations": .array(
        portfolio.raterReliability.map {
          .object([
            "ratersFrom": .integer($0.from), "ratersTo": JSONValue($0.to),
            "organizations": .integer($0.organizations),
            "raterVariance": JSONValue($0.raterVariance), "variance": JSONValue($0.variance),
            "reliability": JSONValue($0.reliability),
          ])
        }), "scales": .array(portfolio.scales.map(json)),
      "changes": changes.map { json($0, assessment) } ?? .null,
      "against": portfolio.against.map { json($0, of: one ?? "", frame.questionnaire) } ?? .null,
      "listed": portfolio.listed.map { rows in
        .array(
          rows.map { row in
            .object([
              "organization": .string(organization(row.key)), "index": JSONValue(row.index),
              "range": .array([JSONValue(row.range.lowerBound), JSONValue(row.range.upperBound)]),
              "orientation": .string(row.isOutsideIn ? "outsideIn" : "insideOut"),
              "band": .string(row.band.rawValue), "teams": .integer(row.teams),
            ])
          })
      } ?? .null,
      "groups": .array(
        portfolio.groups.map {
          .object([
            "name": JSONValue($0.name), "outsideIn": .integer($0.outsideIn), "index": json($0.index),
          ])
        }), "questions": .array(portfolio.items.map(json)),
    ])
  }

  private static func json(_ list: ChangeList, _ assessment: (String) -> String) -> JSONValue {
    .object([
      "level": JSONValue(list.level), "compared": .integer(list.compared), "alone": .integer(list.alone),
      "byChance": JSONValue(list.byChance),
      "holding": .integer(list.holding), "incomparable": .integer(list.incomparable),
      "together": list.together.flatMap(json) ?? .null,
      "teams": .array(
        list.rows.enumerated().map { place, row in
          let change = row.change
          return .object([
            "organization": .string(change.organization), "team": .string(change.team),
            "from": .string(assessment(change.fromID)), "to": .string(assessment(change.toID)),
            "fromDate": .string(change.fromDay.description), "toDate": .string(change.toDay.description),
            "fromVersion": .string(change.fromVersion.description),
            "toVersion": .string(change.toVersion.description),
            "fromIndex": JSONValue(change.from), "toIndex": JSONValue(change.to),
            "delta": JSONValue(change.delta),
            "standardError": JSONValue(change.standardError),
            "degreesOfFreedom": JSONValue(change.degreesOfFreedom),
            "p": JSONValue(change.p), "detectable": JSONValue(change.detectable),
            "amongAll": .object([
              "standardError": JSONValue(row.standardError),
              "degreesOfFreedom": JSONValue(row.degreesOfFreedom), "p": JSONValue(row.p),
            ]),
            "outcome": .string(change.outcome.rawValue), "share": JSONValue(change.share),
            "raters": .object([
              "same": .integer(change.same), "from": .integer(change.fromRaters),
              "to": .integer(change.toRaters),
            ]), "holds": .bool(place < list.holding),
          ])
        }),
    ])
  }

  private static func json(_ together: MeanChange) -> JSONValue? {
    together.estimate.map { estimate in
      .object([
        "organizations": .integer(estimate.organizations), "mean": JSONValue(estimate.mean),
        "standardError": JSONValue(estimate.standardError), "p": JSONValue(estimate.p),
        "up": .integer(together.up), "down": .integer(together.down), "unmoved": .integer(together.unmoved),
      ])
    }
  }

  private static func json(
    _ against: Portfolio.Against, of one: String, _ questionnaire: Questionnaire
  ) -> JSONValue {
    func pair(_ range: ClosedRange<Double>) -> JSONValue {
      .array([JSONValue(range.lowerBound), JSONValue(range.upperBound)])
    }
    return .object([
      "organization": .string(one), "index": JSONValue(against.index), "range": pair(against.range),
      "teams": .integer(against.teams), "others": .integer(against.others), "mean": JSONValue(against.mean),
      "standardError": JSONValue(against.standardError),
      "degreesOfFreedom": JSONValue(against.degreesOfFreedom), "p": JSONValue(against.p),
      "detectable": JSONValue(against.detectable), "outcome": .string(against.outcome.rawValue),
      "below": against.below.map(pair) ?? .null,
      "dimensions": .array(
        zip(questionnaire.dimensions, against.areas).map { dimension, score in
          .object(["id": .string(dimension.id), "score": JSONValue(score)])
        }),
    ])
  }

  private static func json(_ spread: Portfolio.Distribution?) -> JSONValue {
    guard let spread else { return .null }
    // Percentiles of few say nothing.
    return .object([
      "organizations": .integer(spread.count), "mean": JSONValue(spread.mean),
      "deviation": JSONValue(spread.deviation),
      "lowest": JSONValue(spread.quartiles[0]), "highest": JSONValue(spread.quartiles[4]),
      "quartiles": spread.count < PortfolioBuilder.fewest
        ? .null : .array(spread.quartiles.map { JSONValue($0) }),
      "tenths": .array(spread.tenths.map { .integer($0) }),
    ])
  }

  private static func json(_ scale: Portfolio.Scale) -> JSONValue {
    var object: [String: JSONValue] = [
      "items": .array(scale.items.map { .string($0) }),
      "organizations": .integer(scale.reliability.organizations),
      "interval": scale.reliability.interval.map {
        .array([JSONValue($0.lowerBound), JSONValue($0.upperBound)])
      } ?? .null, "incomplete": .integer(scale.incomplete),
      "incompleteIndex": JSONValue(scale.incompleteIndex),
      "completeIndex": JSONValue(scale.completeIndex),
    ]
    switch scale.kind {
    case .whole: object["kind"] = .string("whole")
    case .core: object["kind"] = .string("core")
    case .area(let id): (object["kind"], object["dimension"]) = (.string("dimension"), .string(id))
    }
    add("alpha", scale.reliability.alpha, to: &object)
    add("omega", scale.reliability.omega, to: &object)
    return .object(object)
  }

  private static func json(_ item: Portfolio.ItemRow) -> JSONValue {
    var object: [String: JSONValue] = [
      "item": .string(item.item), "dimension": .string(item.dimension), "asked": .integer(item.asked),
      "answered": .integer(item.answered), "dontKnow": .integer(item.dontKnow),
      "notApplicable": .integer(item.notApplicable),
      "open": .integer(item.open), "atFloor": .integer(item.atFloor), "atCeiling": .integer(item.atCeiling),
      "mean": JSONValue(item.mean), "deviation": JSONValue(item.deviation),
    ]
    add("itemRest", item.itemRest, to: &object)
    add("alphaWithout", item.alphaWithout, to: &object)
    return .object(object)
  }

  /// A figure, and beside it why there is none.
  private static func add(
    _ key: String, _ figure: ScaleReliability.Figure, to object: inout [String: JSONValue]
  ) {
    object[key] = JSONValue(figure.value)
    object[key + "Reason"] = JSONValue(figure.gap?.rawValue)
  }

  // MARK: The table

  /// The table's first row.
  package static func header(_ questionnaire: Questionnaire) -> String {
    let areas = questionnaire.dimensions.flatMap { ["\($0.id)Score", "\($0.id)Coverage"] }
    return CSV.mark
      + CSV.line(
        ([
          "assessment", "organization", "team", "latest", "group", "version", "scope", "date", "raters",
          "index",
          "standardError",
          "degreesOfFreedom", "low", "high", "band", "coverage",
        ] + areas).map { .text($0) })
  }

  /// The row of an assessment, with what `result` says of it.
  ///
  /// - Parameter dimensions: Places of its own areas in the order of those in the header; nil where it hasn't one.
  package static func row(
    assessment: String, organization: String, team: String, isLatest: Bool, group: String, version: Version,
    scope: Assessment.Scope,
    date: Day, raters: Int, _ score: PortfolioScore, dimensions: [Int?]
  ) -> String {
    let certainty = score.certainty
    func number(_ value: Double?) -> CSV.Cell { value.map { .number($0) } ?? .empty }
    let areas = dimensions.flatMap { place -> [CSV.Cell] in
      guard let place else { return [.empty, .empty] }
      return [number(score.areas[place].score), number(score.areas[place].coverage)]
    }
    return CSV.line(
      [
        .text(assessment), .text(organization), .text(team), .text(isLatest ? "yes" : "no"), .text(group),
        .text(version.description),
        .text(scope.rawValue),
        .text(date.description), .integer(raters), number(score.index), number(certainty?.standardError),
        number(certainty?.degreesOfFreedom), number(certainty?.range.lowerBound),
        number(certainty?.range.upperBound),
        CSV.Cell(certainty?.band.rawValue), number(score.coverage),
      ] + areas)
  }
}
