import AssessmentModel
import Planning

/// What customers expect, by importance and by how good they find it (Martilla & James 1977); the cross stands at the
/// scales' centres.
func quadrantsChart(_ plan: Plan, _ customer: CustomerWord) -> Chart? {
  let rated = plan.expectations.compactMap {
    row -> (row: RankedExpectation, importance: Int, perceived: Int)? in
    guard let importance = row.expectation.importance, let perceived = row.expectation.perceived else {
      return nil
    }
    return (row, importance, perceived)
  }
  guard !rated.isEmpty else { return nil }
  let wanting = rated.filter { $0.row.quadrant == .concentrateHere }.map {
    "“\($0.row.expectation.expectation)”"
  }
  return Chart(
    title: "What matters, and how it goes.",
    says: wanting.isEmpty
      ? "Nothing that matters much to \(customer.many) goes badly."
      : "\(wanting.count == 1 ? "This matters" : "These matter") to \(customer.many) and \(wanting.count == 1 ? "goes" : "go") worst: \(listed(Array(wanting.prefix(3))))\(wanting.count > 3 ? " and \(wanting.count - 3) more" : "").",
    figure: .quadrants(
      rated.map { row, importance, perceived in
        QuadrantPoint(
          title: row.expectation.expectation, importance: Double(importance - 1) / 4,
          // On the line itself the gap decides, and where it is drawn shows that.
          performance: Double(perceived - 1) / 6
            + (perceived != 4
              ? 0 : row.quadrant == .concentrateHere || row.quadrant == .lowPriority ? -0.04 : 0.04),
          isWanting: row.quadrant == .concentrateHere)
      }), table: expectationTable(rated.map(\.row)), isTableBeside: true)
}

/// How it feels along the way, and how it goes against what is expected.
func journeyChart(_ plan: Plan, _ customer: CustomerWord) -> Chart? {
  let moments = plan.moments
  guard moments.count > 1,
    moments.contains(where: { $0.emotion != nil || ($0.expectation ?? $0.performance) != nil })
  else { return nil }
  let short = moments.filter { $0.shortfall > 0 }
  var says: [String] = []
  if let words = memoryWords(moments) { says.append(words) }
  if !short.isEmpty {
    says.append(
      "\(short.count) of \(moments.count) fall short of what is expected: \(listed(short.map { "“\($0.moment)”" }))."
    )
  }
  if let words = unthought(moments, customer) { says.append(words) }
  return Chart(
    title: "How it feels and goes, moment by moment.", says: says.joined(separator: " "),
    figure: .journey(
      moments.map {
        JourneyStop(
          title: $0.moment, emotion: $0.emotion, expectation: $0.expectation, performance: $0.performance,
          fallsShort: $0.shortfall > 0)
      }), table: momentTable(moments))
}

/// Of the two worst moments, what nobody has thought about yet.
private func unthought(_ moments: [Moment], _ customer: CustomerWord) -> String? {
  let worst = moments.filter { $0.shortfall > 0 }.enumerated().sorted {
    (-$0.element.shortfall * Double($0.element.importance ?? 3), $0.offset)
      < (-$1.element.shortfall * Double($1.element.importance ?? 3), $1.offset)
  }.prefix(2).map(\.element)
  let parts = worst.compactMap { moment -> String? in
    let open = Moment.Factor.allCases.filter { moment.factors[$0] == nil }.map(\.rawValue)
    return open.isEmpty ? nil : "\(listed(open)) at “\(moment.moment)”"
  }
  return parts.isEmpty
    ? nil : "Nobody has said yet what the \(customer.one) \(parts.joined(separator: ", nor "))."
}

/// What is done when: the commitments, and what comes next.
func roadmapChart(_ plan: Plan) -> Chart? {
  var rows: [RoadmapFigure.Row] = []
  var table: [[String]] = []
  let zero = plan.dayZero.daysSince1970
  for promise in plan.commitments where promise.entry.status.isOpen {
    guard let due = promise.entry.due else { continue }
    let first = promise.steps.first?.day
    rows.append(
      .init(
        title: promise.entry.title, owner: promise.entry.isNamed ? promise.entry.owner : "", begins: 0,
        ends: due.daysSince1970 - zero, due: due.description, isPromise: true))
    table.append([
      promise.entry.title, promise.entry.isNamed ? promise.entry.owner : "nobody yet",
      first?.description ?? "–",
      due.description,
    ])
  }
  let promised = Set(plan.commitments.map(\.entry.id))
  for action in plan.next where !promised.contains(action.candidate.id) {
    let owner = action.entry.flatMap { $0.isNamed ? $0.owner : nil } ?? ""
    rows.append(
      .init(
        title: action.entry?.title ?? action.candidate.title, owner: owner,
        begins: action.start.daysSince1970 - zero, ends: action.due.daysSince1970 - zero,
        due: action.due.description, isPromise: false))
    table.append([
      action.entry?.title ?? action.candidate.title, owner.isEmpty ? "nobody yet" : owner,
      action.start.description, action.due.description,
    ])
  }
  guard !rows.isEmpty else { return nil }
  let review = plan.review.daysSince1970 - zero
  let days = max(1, rows.map(\.ends).max() ?? 1, review)
  let inTime = rows.count { $0.ends <= review }
  return Chart(
    title: "What is done when.",
    says: inTime == rows.count
      ? "All of it is to be done before the next assessment on \(plan.review)."
      : "\(spelled(inTime).capitalizedFirst) of \(spelled(rows.count)) \(inTime == 1 ? "is" : "are") to be done before the next assessment on \(plan.review).",
    figure: .roadmap(
      RoadmapFigure(
        rows: rows, days: days,
        marks: [
          .init(day: 0, name: plan.dayZero.description),
          .init(day: review, name: "\(plan.review) assessment"),
        ])),
    table: Table([.init("what"), .init("who"), .init("begins by"), .init("done by")], rows: table))
}
