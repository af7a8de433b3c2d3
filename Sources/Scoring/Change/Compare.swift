import AssessmentModel

/// Compares two or more assessments of one team over time: what they have in common, what became of it, and how sure that
/// is.
///
/// What is comparable is the same question, or one that a migration calls exact, answered in all of them; every side is
/// scored on it with the newest version's weights, worked out anew. Published totals are never subtracted.
/// ``ChangeEstimate`` has the arithmetic. Turned round, every change has the other sign and the same error.
///
/// - Parameters:
///   - assessments: Two or more, the earliest first.
///   - labelsToo: Whether somebody vouches for it that one name is one person on all sides, whatever it looks like.
///   - policy: The constants of the method.
public func compare(
  _ assessments: [ComparedAssessment], labelsToo: Bool = false, policy: ScoringPolicy = .standard
) -> Comparison {
  precondition(assessments.count > 1, "a comparison is of two or more")
  let core = ComparableCore(assessments, policy: policy)
  let cards = assessments.map { score($0.assessment, with: $0.questionnaire, policy: policy) }
  let last = assessments.count - 1
  func span(_ from: Int, _ to: Int) -> Comparison.Span {
    Comparison.Span(from, to, assessments, core, labelsToo: labelsToo)
  }
  let latest = span(last - 1, last)
  let pair = [assessments[last - 1], assessments[last]]
  var flags: Set<Comparison.Flag> = []
  if cards.contains(where: { $0.flags.contains(.noRaterClusters) }) { flags.insert(.noRaterClusters) }
  if let estimate = latest.index?.estimate,
    [estimate.fromSpread, estimate.toSpread].contains(where: { $0.raters < $0.voters })
  {
    flags.insert(.fewVotes)
  }
  if core.items.contains(where: \.isTried) { flags.insert(.rewordedQuestions) }
  if cards.contains(where: { $0.flags.contains(.draftQuestionnaire) }) { flags.insert(.draftQuestionnaire) }
  if cards.contains(where: { $0.flags.contains(.unconfirmedAnswers) }) { flags.insert(.unconfirmedAnswers) }
  if assessments.contains(where: { $0.assessment.finishedAt == nil }) { flags.insert(.unfinished) }
  let days = assessments.compactMap { $0.assessment.heldAt?.day }
  if zip(days, days.dropFirst()).contains(where: { $0 == $1 }) { flags.insert(.sameDay) }
  let outside = OutsideCore(assessments, core)
  return Comparison(
    assessments: assessments, scorecards: cards, core: core, latest: latest,
    earlier: (1..<last).map { span($0 - 1, $0) }, overall: last > 1 ? span(0, last) : nil,
    added: outside.added, incomparable: outside.incomparable,
    approximate: outside.approximate, flags: Comparison.Flag.allCases.filter(flags.contains),
    refusals: refusals(pair, Array(cards.suffix(2)), core, latest), labelsToo: labelsToo, policy: policy)
}

extension Comparison.Span {
  fileprivate init(
    _ from: Int, _ to: Int, _ assessments: [ComparedAssessment], _ core: ComparableCore, labelsToo: Bool
  ) {
    let (before, after) = (assessments[from], assessments[to])
    let people = samePeople(before.assessment, after.assessment, labelsToo: labelsToo)
    let links = linkErrors(before, after)
    func outcome(_ estimate: ChangeEstimate, isBeyondChance: Bool) -> Comparison.Outcome {
      isBeyondChance ? estimate.delta > 0 ? .improvement : .decline : .none
    }
    func change(_ people: [SamePerson]) -> Comparison.Change {
      let estimate = ChangeEstimate(
        from: core.arithmetic[from], to: core.arithmetic[to], people: people, linkErrors: links)
      let detectable = estimate.detectable(policy: core.policy)
      return Comparison.Change(
        estimate: estimate, detectable: detectable,
        outcome: outcome(estimate, isBeyondChance: abs(estimate.delta) > detectable))
    }
    self.from = from
    self.to = to
    let index = core.status == .full ? change(people) : nil
    self.index = index
    let other = index.flatMap { $0.estimate.same > 0 ? change([]).outcome : nil }
    outcomeAmongOthers = other == index?.outcome ? nil : other
    if let index, let cut = core.cut {
      func side(_ index: Double) -> Scorecard.Orientation {
        IndexArithmetic.isOutsideIn(index, cut) ? .outsideIn : .insideOut
      }
      let (first, second) = (side(index.estimate.from), side(index.estimate.to))
      crossing = Comparison.Crossing(
        from: first, to: second, isReliable: first != second && index.outcome != .none)
      decomposition = Comparison.Decomposition(core.own[from], core.own[to], core.items.count)
    } else {
      (crossing, decomposition) = (nil, nil)
    }
    let qualifying = core.status == .refused ? [] : core.areas.filter { $0.refusal == nil }
    let estimates = qualifying.map {
      ChangeEstimate(
        from: core.arithmetic(from, of: $0.id), to: core.arithmetic(to, of: $0.id), people: people,
        linkErrors: links)
    }
    let steps = holm(estimates.map(\.p), level: core.policy.changeLevel)
    areas = qualifying.enumerated().map { place, area in
      Comparison.AreaChange(
        id: area.id, items: area.items, share: area.share,
        change: Comparison.Change(
          estimate: estimates[place],
          detectable: estimates[place].detectable(tests: qualifying.count, policy: core.policy),
          outcome: outcome(estimates[place], isBeyondChance: steps[place].holds)),
        tests: steps[place].tests,
        countsFrom: estimates[place].detectable(tests: steps[place].tests, policy: core.policy))
    }
  }
}

/// What joins the versions of two assessments; each lies on its own way to the newest, and one way is the beginning of
/// the other.
private func linkErrors(_ one: ComparedAssessment, _ other: ComparedAssessment) -> [Double] {
  let (left, right) = (one.correspondence.linkErrors, other.correspondence.linkErrors)
  // The way of the newer one is the end of the older one's.
  return Array((left.count > right.count ? left : right).dropLast(min(left.count, right.count)))
}

extension Comparison.Decomposition {
  /// The same questions on both sides in the same order, each with the weights of its own version.
  fileprivate init(_ from: IndexArithmetic, _ to: IndexArithmetic, _ count: Int) {
    var (performance, composition) = (0.0, 0.0)
    for place in 0..<count {
      let (before, after) = (from.items[place].points ?? 0, to.items[place].points ?? 0)
      performance += (from.weights[place] + to.weights[place]) / 2 * (after - before)
      composition += (before + after) / 2 * (to.weights[place] - from.weights[place])
    }
    (self.performance, self.composition) = (performance, composition)
  }
}

extension ComparedAssessment {
  /// Whether a scored question was asked of them.
  fileprivate func asks(_ id: String) -> Bool {
    questionnaire.item(id).map { $0.scored != nil && assessment.asks($0, of: questionnaire) } ?? false
  }
}

/// What several assessments have outside the core.
private struct OutsideCore {
  private(set) var added: [String] = []
  private(set) var incomparable: [Comparison.Incomparable] = []
  private(set) var approximate: [Comparison.Approximate] = []

  private let sides: [ComparedAssessment]
  private let standings: [[String: ItemStanding]]

  init(_ sides: [ComparedAssessment], _ core: ComparableCore) {
    self.sides = sides
    standings = sides.map { side in
      Dictionary(
        Scoring.standings(of: side.assessment, with: side.questionnaire, policy: core.policy).items.map {
          ($0.id, $0)
        },
        uniquingKeysWith: { first, _ in first })
    }
    let known = Set(core.items.map(\.id))
    // A question that was split or merged is told once.
    var told: Set<[String]> = []
    for item in core.newest.items where item.scored != nil && !known.contains(item.id) {
      let matches = sides.map { $0.correspondence.matches.first { $0.new.contains(item.id) } }
      guard let last = matches[sides.count - 1] else {
        // The last one was made with an older version.
        if let other = matches.compactMap({ $0 }).first, told.insert(other.new).inserted {
          incomparable.append(
            Comparison.Incomparable(old: other.old, new: [], reason: .notAsked(side: sides.count - 1)))
        }
        continue
      }
      if matches.contains(where: { $0 == nil }) {
        // What nobody was asked is no news.
        if sides.contains(where: { $0.asks(item.id) }) { added.append(item.id) }
        continue
      }
      let weakest = matches.compactMap { $0 }.min { $0.comparability < $1.comparability } ?? last
      // Nor is what became of a question that nobody was asked.
      guard
        weakest.comparability == .exact
          || zip(sides, matches).contains(where: { side, match in
            match?.old.contains(where: side.asks) == true
          })
      else { continue }
      let before = matches[0] ?? last
      guard told.insert(weakest.old + ["→"] + weakest.new).inserted else { continue }
      add(weakest, from: before, to: last)
    }
    var gone: Set<[String]> = []
    for side in sides {
      for match in side.correspondence.matches where match.new.isEmpty && gone.insert(match.old).inserted {
        guard match.old.contains(where: side.asks) else { continue }
        incomparable.append(
          Comparison.Incomparable(old: match.old, new: [], reason: .removed(why: match.why)))
      }
    }
  }

  private mutating func add(
    _ weakest: Correspondence.Match, from before: Correspondence.Match, to last: Correspondence.Match
  ) {
    switch weakest.comparability {
    case .none:
      incomparable.append(
        Comparison.Incomparable(
          old: weakest.old, new: weakest.new,
          reason: weakest.isUncovered ? .uncovered : .changed(why: weakest.why)))
    case .approximate:
      func mean(_ side: Int, _ ids: [String]) -> Double? {
        let points = ids.compactMap { standings[side][$0]?.points }
        return points.isEmpty ? nil : points.reduce(0, +) / Double(points.count)
      }
      approximate.append(
        Comparison.Approximate(
          old: before.old, new: last.old, why: weakest.why, from: mean(0, before.old),
          to: mean(sides.count - 1, last.old)))
    case .exact:
      guard let id = last.new.first else { return }
      let names = sides.map { $0.correspondence.exact[id] ?? id }
      // What nobody was asked is missed by nobody.
      if zip(standings, names).allSatisfy({ $0[$1] == nil }) { return }
      let (standings, sides) = (standings, sides)
      let reason = sides.indices.lazy.compactMap { side -> Comparison.Incomparable.Reason? in
        guard let standing = standings[side][names[side]] else { return .notAsked(side: side) }
        if standing.isAnswered { return nil }
        let isHidden =
          standing.state == .open && sides[side].assessment.tallies.contains { $0.item == names[side] }
        return isHidden ? .tooFewVotes(side: side) : .unanswered(side: side, standing.state)
      }.first
      guard let reason else { return }
      incomparable.append(
        Comparison.Incomparable(old: [names[0]], new: [names[sides.count - 1]], reason: reason))
    }
  }
}

private func refusals(
  _ pair: [ComparedAssessment], _ cards: [Scorecard], _ core: ComparableCore, _ latest: Comparison.Span
) -> [Comparison.Refusal] {
  var refusals: [Comparison.Refusal] = []
  if core.cut == nil {
    refusals.append(.cuts)
  } else if core.status != .full {
    refusals.append(
      .tooLittle(
        share: core.share, needed: core.isShort ? core.policy.shortShare : core.policy.fullShare))
  }
  let versions = pair.map(\.questionnaire.version)
  if versions[0] != versions[1] {
    refusals.append(.publishedTotals(from: cards[0].index, to: cards[1].index))
  }
  if let from = cards[0].verdict.orientation, let to = cards[1].verdict.orientation, from != to,
    latest.crossing.map({ $0.from == from && $0.to == to }) != true
  {
    refusals.append(.changeOfVerdict(from: from, to: to))
  }
  return refusals
}
