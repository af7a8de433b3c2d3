import AssessmentModel
import Planning
import Scoring

/// Expectations, moments and metrics beside the index.
func records(_ subject: ComparisonSubject) -> Document {
  let changes = RecordChanges(from: subject.before, to: subject.last)
  func gaps(_ rows: [RecordChanges.Row]) -> [Words] {
    rows.compactMap { row in
      guard let from = row.from, let to = row.to else { return nil }
      let what =
        from == to
        ? "gap \(signed(to)), as before"
        : "gap \(signed(from)) → \(signed(to)), \(to > from ? "better" : "worse")"
      return Words("“\(row.name)”: ", .strong) + Words(what)
    }
  }
  var document: Document = []
  let expectations = gaps(changes.expectations)
  if !expectations.isEmpty {
    document += [
      .heading(2, "What \(subject.customers) expect"), .bullets(expectations),
      .paragraph(
        "The gap is what is found less what is expected, −6 to +6."
      ),
    ]
  }
  let moments = gaps(changes.moments)
  if !moments.isEmpty {
    document += [
      .heading(2, "Moments"), .bullets(moments),
      .paragraph(
        "The gap is how it goes and feels less what is expected, −4 to +4; below 0 the moment falls short."),
    ]
  }
  if !changes.metrics.isEmpty {
    document += [
      .heading(2, "Metrics"),
      .bullets(
        changes.metrics.map { row in
          let figures: String =
            switch (row.from, row.to) {
            case (let from?, let to?) where row.formerUnit != nil:
              "\(amount(from, row.formerUnit)), now \(amount(to, row.unit)): another unit, so not compared"
            case (let from?, nil) where row.formerUnit != nil:
              "\(amount(from, row.formerUnit)), not read since"
            case (let from?, let to?): "\(plain(from)) → \(amount(to, row.unit))\(direction(row))"
            case (let from?, nil): "\(amount(from, row.unit)), not read since"
            case (nil, let to?): "\(amount(to, row.unit)), not known before"
            case (nil, nil): "no figure yet"
            }
          return Words("\(row.name): ", .strong) + Words(figures)
        }),
    ]
  }
  if !document.isEmpty {
    document.append(
      .paragraph("These entries stand as the team put them down; none of them is held against chance."))
  }
  if !changes.gone.isEmpty {
    document.append(.paragraph(Words("Not listed again: \(listed(changes.gone.map { "“\($0)”" })).")))
  }
  return document
}

private func direction(_ row: RecordChanges.Row) -> String {
  guard let better = row.better, let from = row.from, let to = row.to, from != to else { return "" }
  return (to > from) == (better == .up) ? ", better" : ", worse"
}

/// What can't be compared, with the reason.
func outside(_ subject: ComparisonSubject) -> Document {
  let comparison = subject.comparison
  var rows: [Words] = []
  // What has one reason for many stands in one line.
  var shared: [(reason: String, ids: [String])] = []
  for row in comparison.incomparable {
    let ids = row.new.isEmpty ? row.old : row.new
    let reason = shortReason(row.reason, subject)
    if let place = shared.firstIndex(where: { $0.reason == reason }) {
      shared[place].ids += ids
    } else {
      shared.append((reason, ids))
    }
  }
  rows += shared.map { reason, ids in
    // In words where they are few.
    let names = ids.prefix(ids.count > 3 ? 1 : 3).map { text(of: $0, subject) }
    return Words("\(reason): ", .strong)
      + Words(ids.count > 3 ? "\(ids.count) questions, such as \(names[0])." : "\(listed(names)).")
  }
  var document: Document = []
  if !rows.isEmpty { document += [.heading(2, "Not compared"), .bullets(rows)] }
  if !comparison.approximate.isEmpty {
    document += [
      .heading(2, "Near enough to be shown, in no figure"),
      .bullets(
        comparison.approximate.map { row in
          let name = row.new.map { text(of: $0, subject) }.joined(separator: ", ")
          let figures =
            row.from.flatMap { from in row.to.map { "\(decimal(from)) → \(decimal($0)) of 100" } }
            ?? "not answered both times"
          return Words("\(name): ", .strong) + Words(figures + (row.why == nil ? "" : "."))
            + Words(row.why.map { " \($0)" } ?? "", .faint)
        }),
    ]
  }
  if !comparison.added.isEmpty {
    document.append(
      .paragraph(
        Words("New: ", .strong) + Words("\(listed(comparison.added.map { text(of: $0, subject) })).")))
  }
  return document
}

/// A question in its words, with its id behind them.
private func text(of id: String, _ subject: ComparisonSubject) -> String {
  let item =
    subject.questionnaire.item(id)
    ?? subject.comparison.assessments.lazy.compactMap { $0.questionnaire.item(id) }.first
  return item.map { "“\($0.text)” (\(id))" } ?? id
}

private func shortReason(_ reason: Comparison.Incomparable.Reason, _ subject: ComparisonSubject) -> String {
  let isPair = subject.comparison.assessments.count == 2
  func time(_ side: Int) -> String { isPair ? side == 0 ? "then" : "now" : subject.onDay(side) }
  return switch reason {
  case .changed(let why): why.map { $0.last == "." ? String($0.dropLast()) : $0 } ?? "Asks something else now"
  case .uncovered: "Changed, and no migration says how far it may be compared"
  case .removed(let why):
    "Not asked any more" + (why.map { " (\($0.last == "." ? String($0.dropLast()) : $0))" } ?? "")
  case .notAsked(let side): "Not asked \(time(side))"
  case .tooFewVotes(let side): "Too few votes to be shown \(time(side))"
  case .unanswered(let side, .dontKnow): "Nobody knew \(time(side))"
  case .unanswered(let side, .notApplicable): "Said not to apply \(time(side))"
  case .unanswered(let side, _): "Not answered \(time(side))"
  }
}
