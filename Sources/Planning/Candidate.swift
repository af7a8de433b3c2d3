import AssessmentModel
import Scoring

/// Something a plan may hold: a step up for an item, or the answer to a gap that customers feel.
public struct Candidate: Hashable, Sendable {
  /// What a candidate answers: a scored item below 4, a gap that customers feel, or the team's own wish.
  public enum Source: String, Hashable, Sendable {
    case item, expectation, moment
    /// The team's own.
    case own
  }

  /// The step's id in the action library, `<item>-<level>` where the item has none there, `expectation-3` or
  /// `moment-2` by the row's place (from 1, so it moves with the rows), or that of a team's own commitment.
  public let id: String
  /// Decides which of the other properties there are.
  public let source: Source
  /// Id of the scored item it raises; nil for all but item steps.
  public let item: String?
  /// Id of that item's dimension; nil for all but item steps.
  public let dimension: String?
  /// The level it starts from, oriented, 0 to 3: the step below, or the present mean rounded down where that
  /// is higher; nil for all but item steps.
  public let from: Int?
  /// The level it leads to, oriented, 1 to 4; nil for all but item steps.
  public let to: Int?
  /// What is done, in a few words; for gaps it quotes the expectation or the moment.
  public let title: String
  /// What can be done about it within a week; may be empty for the team's own.
  public let firstStep: String
  /// What it removes from the distance to 100, in points of the index (doubled where the team chose
  /// to raise the dimension); nil for all but item steps, since there is no honest figure.
  public let benefit: Double?
  /// The same without the doubling: what it really adds to the index, in points; nil likewise.
  public let points: Double?
  /// Person-days; nil where nobody has estimated it, as for all gaps.
  public internal(set) var effortDays: Int?
  /// A role for item steps, a person's name for the team's own; nil where nobody is named.
  public let owner: String?
  /// What shows that it is done; nil where nothing is said.
  public let done: String?
  /// What to count while it is under way, in words; nil where nothing is said.
  public let metric: String?
  /// Id of the metric in the library that it is measured by; nil where there is none.
  public var measuredBy: String?
  /// What the organisation stops doing for it; nil where nothing is said.
  public let stop: String?
  /// Ids of candidates needed first; what is reached already is not among them.
  public internal(set) var requires: [String]
  /// How strongly a gap is felt: points short × importance (3 where nobody rated it); nil for all but gaps.
  public let urgency: Double?
  /// What was written of it, from which it can be told what it is about; nil for all but gaps.
  public var about: String?
  /// Whether the last plan has it and left it open.
  public var isFromLastTime = false
}

/// The item steps an assessment leaves open, in the order of the questionnaire and rising.
///
/// `benefit = 25·ω·importance·levels gained`, levels gained being the step's level minus the higher
/// of the level below and the present mean; additive by construction.
public func itemCandidates(
  _ scorecard: Scorecard, _ questionnaire: Questionnaire, _ library: ActionLibrary?,
  raised: [String], policy: PlanningPolicy = .standard
) -> [Candidate] {
  let weights = Dictionary(
    scorecard.contributions.map { ($0.item, $0.weight) }, uniquingKeysWith: { first, _ in first })
  let steps = Dictionary(grouping: library?.steps ?? []) { $0.item }
  var candidates: [Candidate] = []
  for standing in scorecard.items {
    guard let value = standing.value, let weight = weights[standing.id] else { continue }
    let importance = raised.contains(standing.dimension) ? policy.raisedImportance : 1
    let own = (steps[standing.id] ?? defaultSteps(standing.id, questionnaire))
      .sorted { $0.to < $1.to }
    var below = 0
    var previous: String?
    for step in own {
      let start = max(Double(below), value)
      if Double(step.to) > value + 1e-9 {
        candidates.append(
          Candidate(
            id: step.id, source: .item, item: standing.id,
            dimension: standing.dimension, from: max(below, Int(value.rounded(.down))),
            to: step.to, title: step.title, firstStep: step.firstStep,
            benefit: 25 * weight * importance * (Double(step.to) - start),
            points: 25 * weight * (Double(step.to) - start),
            effortDays: step.effortDays, owner: step.owner, done: step.done, metric: step.metric,
            measuredBy: step.measuredBy, stop: step.stop,
            requires: (previous.map { [$0] } ?? []) + step.requires, urgency: nil))
        previous = step.id
      }
      below = step.to
    }
  }
  // What is reached already, or was not answered, is no candidate and holds nothing back.
  let ids = Set(candidates.map(\.id))
  for place in candidates.indices { candidates[place].requires.removeAll { !ids.contains($0) } }
  return candidates
}

/// A questionnaire without actions still gives a plan: its anchors become the steps, with the
/// effort to be filled in.
private func defaultSteps(_ id: String, _ questionnaire: Questionnaire) -> [ActionStep] {
  guard let item = questionnaire.item(id) else { return [] }
  let anchors = questionnaire.anchors(of: item)
  return zip(anchors, anchors.dropFirst()).map { below, above in
    ActionStep(
      id: "\(id)-\(above.level)", item: id, to: above.level,
      title: "From “\(below.text)” to “\(above.text)”",
      firstStep: "Agree what would show that this is so: “\(above.text)”", effortDays: nil,
      done: above.text)
  }
}

/// Candidates from what customers expect and get, and from moments of contact that fall short; the
/// most strongly felt first.
///
/// - Parameter customer: what the texts call those who feel it.
public func gapCandidates(
  expectations: [Expectation], moments: [Moment], customer: CustomerWord = .standard
) -> [Candidate] {
  var candidates: [Candidate] = []
  for (index, row) in expectations.enumerated() {
    guard let gap = row.gap, gap < 0 else { continue }
    let owed = row.words == .customer ? "\(customer.many) who said so" : customer.many
    candidates.append(
      gapCandidate(
        id: "expectation-\(index + 1)", source: .expectation,
        title: "Meet what \(customer.many) expect: “\(row.expectation)”",
        firstStep: "Ask three \(owed) what the smallest change would be that they would notice.",
        done: "Of ten \(customer.many) who were not in the first talk, seven say that it is so.",
        metric: "of ten \(customer.many) asked, how many get this: “\(row.expectation)”",
        stop: "Promising it before it is true.",
        urgency: Double(-gap * (row.importance ?? 3)), about: row.expectation))
  }
  for (index, row) in moments.enumerated() {
    guard row.shortfall > 0 else { continue }
    candidates.append(
      gapCandidate(
        id: "moment-\(index + 1)", source: .moment, title: "Redesign the moment “\(row.moment)”",
        firstStep: row.redesign.map { "Try it by hand with three \(customer.many): “\($0)”" }
          ?? "Go through this moment yourself as \(customer.aOne), and note each place where you wait.",
        done:
          "Of ten \(customer.many) who went through it since and were not asked before, seven find it as good as they expect.",
        metric: "of ten \(customer.many) asked, how many are content with “\(row.moment)”",
        stop: "Apologising for this moment instead of changing it.",
        urgency: row.shortfall * Double(row.importance ?? 3),
        about: [row.moment, row.redesign ?? ""].joined(separator: " ")))
  }
  return candidates.enumerated().sorted {
    ($1.element.urgency ?? 0, $0.offset) < ($0.element.urgency ?? 0, $1.offset)
  }.map(\.element)
}

private func gapCandidate(
  id: String, source: Candidate.Source, title: String, firstStep: String, done: String,
  metric: String, stop: String, urgency: Double, about: String
) -> Candidate {
  Candidate(
    id: id, source: source, item: nil, dimension: nil, from: nil, to: nil, title: title,
    firstStep: firstStep, benefit: nil, points: nil, effortDays: nil, owner: nil, done: done, metric: metric,
    stop: stop, requires: [], urgency: urgency, about: about)
}

/// What a team wrote into its plan in its own words, as an action among the others.
///
/// - Parameter id: where it is another than the line's.
func ownCandidate(_ entry: PlanEntry, as id: String? = nil) -> Candidate {
  func given(_ text: String) -> String? { text.isEmpty ? nil : text }
  return Candidate(
    id: id ?? entry.id, source: .own, item: nil, dimension: nil, from: nil, to: nil,
    title: entry.title, firstStep: entry.firstStep, benefit: nil, points: nil, effortDays: entry.effortDays,
    owner: given(entry.owner), done: given(entry.done), metric: given(entry.metric),
    stop: given(entry.stop), requires: [], urgency: nil)
}
