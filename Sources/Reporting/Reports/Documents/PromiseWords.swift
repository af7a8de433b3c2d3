import AssessmentModel
import Planning
import Scoring

/// What customers get of a commitment, in their words or those of the answers; nil for the team's own.
func customersGet(_ promise: Plan.Promise, _ plan: Plan, _ subject: Subject) -> String? {
  guard let candidate = promise.candidate else { return nil }
  switch candidate.source {
  case .expectation:
    guard let row = expectation(candidate, plan) else { return nil }
    return "“\(row.expectation)”"
      + (row.words == .customer
        ? ", as \(subject.customer.many) put it." : ", as we put it for \(subject.customer.many).")
  case .moment:
    guard let moment = moment(candidate, plan) else { return nil }
    return "“\(moment.moment)” as it should be: "
      + (moment.redesign.map { sentence($0.prefix(1).lowercased() + $0.dropFirst()) }
        ?? "as good as \(subject.customer.many) expect it.")
  case .item:
    guard let item = candidate.item.flatMap({ subject.questionnaire.item($0) }),
      let then = candidate.to.flatMap({ subject.words(of: $0, of: item) })
    else { return nil }
    let now = subject.scorecard.items.first { $0.id == item.id }.flatMap { subject.answerWords($0) }
    return "\(item.text) From now on: \(then)\(now.map { " So far: \($0)" } ?? "")"
  case .own: return nil
  }
}

/// Why a commitment was made, in a few words.
func because(_ promise: Plan.Promise, _ plan: Plan, _ subject: Subject) -> String? {
  guard let candidate = promise.candidate else { return nil }
  switch candidate.source {
  case .expectation:
    guard let row = expectation(candidate, plan) else { return nil }
    return row.words == .customer
      ? "\(subject.customer.many) told us: “\(row.expectation)”"
      : "we think \(subject.customer.many) expect this: “\(row.expectation)”"
  case .moment:
    return moment(candidate, plan).map {
      "“\($0.moment)” falls short of what \(subject.customer.many) expect"
    }
  case .item:
    guard let area = subject.scorecard.dimensions.first(where: { $0.id == candidate.dimension }),
      let score = area.score
    else { return nil }
    let isLowest = score == subject.scorecard.dimensions.compactMap(\.score).min()
    let title = subject.title(ofDimension: area.id)
    return isLowest
      ? "“\(title)” is where we are furthest from \(subject.customer.many) (\(decimal(score)) of 100)"
      : "“\(title)” came out at \(decimal(score)) of 100"
  case .own: return nil
  }
}

/// The row that a candidate was made of; nil where it was made of none.
private func expectation(_ candidate: Candidate, _ plan: Plan) -> Expectation? {
  plan.expectations.map(\.expectation).first { $0.expectation == candidate.about }
}

/// The row that a candidate was made of, by its number; nil where it was made of none.
func moment(_ candidate: Candidate, _ plan: Plan) -> Moment? {
  let place = candidate.id.split(separator: "-").last.flatMap { Int($0) } ?? 0
  return plan.moments.indices.contains(place - 1) ? plan.moments[place - 1] : nil
}

/// `Calls asking where the fitter is (calls per 100 jobs)`
func namedWithFormula(_ metric: Metric) -> String {
  metric.name + (metric.formula.map { " (\($0))" } ?? "")
}

/// What a commitment is counted by, where somebody has counted it or the team named a figure.
func metric(of promise: Plan.Promise, in plan: Plan) -> Metric? {
  promise.metric.flatMap { name in plan.metrics.first { $0.name.nameKey == name.nameKey } }
}

/// `31 at first, 28 on Tue 15 Sep, goal 10`
func figuresWords(_ metric: Metric) -> String {
  [
    metric.baseline.map { "\(plain($0)) at first" },
    metric.latest.map { "\(plain($0.value)) on \(shortDay($0.date))" },
    metric.target.map { "goal \(plain($0))" } ?? "no goal yet",
  ].compactMap { $0 }.joined(separator: ", ")
}
