import AssessmentModel

/// Answers of one version taken over to a higher one, and what became of each question.
package struct Takeover: Hashable, Sendable {
  /// What becomes of the answers to a question.
  package enum Fate: String, CaseIterable, Sendable {
    /// They count as answers to the question as it is asked now.
    case carried
    /// They stand there to be confirmed, and count as open until then.
    case toConfirm
    /// They stay where they are, in the assessment that they were given in.
    case retired
    /// Nobody was asked before.
    case new
  }

  /// Questions that belong together.
  package struct Row: Hashable, Sendable {
    /// Ids in the older version.
    package let old: [String]
    /// Ids in the newer one.
    package let new: [String]
    package let fate: Fate
    /// Why, in the author's words; nil where it goes without saying.
    package let why: String?
    /// How many answers there are to them.
    package let answers: Int
  }

  /// The assessment in the newer version.
  package let assessment: Assessment
  /// In the newer version's order, then what is not asked any more.
  package let rows: [Row]
}

extension Takeover {
  /// A running or finished assessment, asked on in a higher version: everybody's answers as far as they can be taken over.
  /// It is open, and nothing of the old one is touched.
  ///
  /// - Parameters:
  ///   - reference: The newer version.
  ///   - id: The new assessment's.
  package init(
    upgrading old: Assessment, of older: Questionnaire, to newer: Questionnaire,
    _ reference: QuestionnaireReference,
    by way: Correspondence, id: String
  ) {
    let carrier = Carrier(old, older, newer)
    var assessment = Assessment(
      id: id, organization: old.organization, team: old.team, scope: newer.hasCore ? old.scope : .full,
      setting: old.setting, deepened: old.deepened.filter { newer.dimension($0) != nil },
      startedAt: old.startedAt,
      anonymous: old.anonymous, upgradedFrom: old.id, questionnaire: reference, raters: old.raters,
      sectionMinutes: old.sectionMinutes.filter { id, _ in newer.sections.contains { $0.id == id } },
      parked: old.parked, commitments: old.commitments, planEvents: old.planEvents)
    assessment.workshop = old.workshop.map { state in
      var state = state
      (state.openRounds, state.sayings) = ([:], [:])
      state.leftOut = state.leftOut.filter { newer.item($0) != nil }
      return state
    }
    var rows: [Row] = []
    for match in way.matches {
      let answers = match.old.reduce(0) { $0 + carrier.answers(to: $1) }
      var fate = Fate.retired
      for id in match.new {
        guard let item = newer.item(id), match.comparability != .none else { continue }
        let responses = carrier.responses(match, to: item)
        for response in responses {
          var response = response
          // What somebody has not looked at yet stays so.
          if match.comparability == .approximate { response.carried = .toConfirm }
          if match.comparability == .exact, response.carried == nil { response.carried = .confirmed }
          if response.answer == .open { response.carried = nil }
          assessment.responses[response.key] = response
        }
        if match.comparability == .exact {
          fate = .carried
          carrier.takeWhole(match, as: id, into: &assessment)
        } else if !responses.isEmpty {
          fate = .toConfirm
        }
      }
      rows.append(
        Row(
          old: match.old, new: match.new, fate: fate,
          why: match.why ?? (match.isUncovered ? Self.uncovered : nil), answers: answers))
    }
    rows += way.added.map { Row(old: [], new: [$0], fate: .new, why: nil, answers: 0) }
    let order = Dictionary(newer.items.enumerated().map { ($1.id, $0) }, uniquingKeysWith: min)
    self.rows = rows.enumerated().sorted { left, right in
      let (one, other) = [left, right].map { $0.element.new.compactMap { order[$0] }.min() ?? .max }.pair
      return one != other ? one < other : left.offset < right.offset
    }.map(\.element)
    self.assessment = assessment
  }

  /// What a workshop that is going on is brought to where it was with, once the assessment is stored: a state is kept as
  /// what led to it.
  package var events: [SessionEvent] {
    guard let state = assessment.workshop else { return [] }
    var events: [SessionEvent] = [.convened(minutes: state.minutes, cards: state.cards)]
    events += state.openRounds.sorted { $0.key < $1.key }.map { .roundOpened(item: $0.key, $0.value) }
    events += state.away.sorted().map { .attended(rater: $0, isPresent: false) }
    if !state.leftOut.isEmpty { events.append(.shortened(leftOut: state.leftOut)) }
    for (item, texts) in state.sayings.sorted(by: { $0.key < $1.key }) {
      events += texts.map { .said(item: item, $0) }
    }
    if state.spentSeconds > 0 { events.append(.spent(section: nil, seconds: state.spentSeconds)) }
    if !state.dots.isEmpty { events.append(.dotted(state.dots)) }
    if let from = state.from { events.append(.continued(from: from)) }
    if state.areCustomersOpen { events.append(.customersOpened) }
    return events
  }

  private static let uncovered = "It changed, and no migration says what becomes of its answers."

  /// The answers of an earlier assessment put before whoever begins a new one, each to be confirmed.
  ///
  /// - Parameters:
  ///   - fresh: The new assessment, of one rater.
  ///   - old: The earlier one; where several people answered, what they settled on, else the middle of their votes.
  package static func carryForward(
    into fresh: Assessment, from old: Assessment, of older: Questionnaire, to newer: Questionnaire,
    by way: Correspondence
  ) -> Assessment {
    guard let rater = fresh.raters.first else { return fresh }
    let carrier = Carrier(old.asOneView(of: older, by: rater.id), older, newer)
    var assessment = fresh
    for match in way.matches where match.comparability != .none {
      for id in match.new {
        guard let item = newer.item(id) else { continue }
        for response in carrier.responses(match, to: item) {
          if case .dontKnow = response.answer { continue }
          var response = response
          response.carried = .toConfirm
          response.flagged = false
          response.note = nil
          assessment.responses[response.key] = response
        }
      }
    }
    return assessment
  }
}

extension [Int] {
  fileprivate var pair: (Int, Int) { (self[0], self[1]) }
}

/// Takes answers over from one version to another.
private struct Carrier {
  let old: Assessment
  let older: Questionnaire
  let newer: Questionnaire

  init(_ old: Assessment, _ older: Questionnaire, _ newer: Questionnaire) {
    (self.old, self.older, self.newer) = (old, older, newer)
  }

  func answers(to id: String) -> Int {
    old.responses.to(id).count { $0.answer != .open }
      + old.tallies.filter { $0.item == id }.reduce(0) { $0 + $1.votes }
  }

  /// What was answered to the old questions of a match, as answers to one of the new ones.
  func responses(_ match: Correspondence.Match, to item: Item) -> [Response] {
    if match.old.count == 1 {
      return old.responses.to(match.old[0]).compactMap { taken($0, match, to: item) }
    }
    guard match.carry == .lowest, let scored = item.scored else { return [] }
    // The least favourable of all that one person said in a round, where they said something to each.
    let keys = Set(
      match.old.flatMap {
        old.responses.to($0).map { Response.Key(item: "", rater: $0.key.rater, round: $0.key.round) }
      })
    return keys.sorted { ($0.rater ?? "", $0.round) < ($1.rater ?? "", $1.round) }.compactMap { key in
      let said = match.old.compactMap {
        old.responses[Response.Key(item: $0, rater: key.rater, round: key.round)]
      }.compactMap { taken($0, match, to: item) }.filter { $0.level != nil }
      guard said.count == match.old.count else { return nil }
      return said.min { scored.oriented($0.level!) < scored.oriented($1.level!) }
    }
  }

  private func taken(_ response: Response, _ match: Correspondence.Match, to item: Item) -> Response? {
    guard let before = older.item(response.key.item) else { return nil }
    var taken = response
    switch response.answer {
    case .answered(.level(let level)):
      // With the sides turned round, a position says something else.
      if let now = item.scored, let then = before.scored, now.oriented(0) != then.oriented(0) { return nil }
      let level = match.levels.map { $0[level] } ?? level
      guard let level, newer.levels(of: item)?.contains(level) == true else { return nil }
      taken.answer = .answered(.level(level))
    case .answered(let value): if newer.problem(with: value, of: item) != nil { return nil }
    case .notApplicable, .dontKnow: if item.scored == nil { return nil }
    case .open: break
    }
    taken.key = Response.Key(item: item.id, rater: response.key.rater, round: response.key.round)
    return taken
  }

  /// What the group said of a question that is the same.
  func takeWhole(_ match: Correspondence.Match, as new: String, into assessment: inout Assessment) {
    let id = match.old[0]
    // What nobody understood, and how it was explained, is about the words.
    if !match.isTried || old.settled[id]?.isUnclear != true { assessment.settled[new] = old.settled[id] }
    assessment.teamEvidence[new] = old.teamEvidence[id]
    assessment.predictions[new] = old.predictions[id]
    assessment.tallies += old.tallies.filter { $0.item == id }.map {
      var tally = $0
      tally.item = new
      return tally
    }
    if !match.isTried { assessment.workshop?.sayings[new] = old.workshop?.sayings[id] }
    if let round = old.workshop?.openRounds[id] { assessment.workshop?.openRounds[new] = round }
  }
}

extension Assessment {
  /// As if one person had answered: the only one there is, else what was settled, else the middle of the latest votes, the
  /// lower of two.
  fileprivate func asOneView(of questionnaire: Questionnaire, by rater: String) -> Assessment {
    let staff = raters.filter { $0.group == .staff }
    var view = Assessment(id: id, questionnaire: self.questionnaire, raters: [Rater(id: rater)])
    let day = finishedAt ?? startedAt
    for response in responses where response.key.rater == nil { view.responses[response.key] = response }
    for item in questionnaire.items where item.scored != nil {
      let key = Response.Key(item: item.id, rater: rater)
      let all = responses.to(item.id).filter { response in staff.contains { $0.id == response.key.rater } }
      var latest: [String: Response] = [:]
      for response in all
      where response.counted != .open && response.key.round >= latest[response.key.rater!]?.key.round ?? 0 {
        latest[response.key.rater!] = response
      }
      if staff.count == 1, settled[item.id] == nil, let own = latest.values.first {
        view.responses[key] = Response(
          key: key, answer: own.answer, confidence: own.confidence, evidence: own.evidence,
          evidenceNote: own.evidenceNote, at: own.at ?? day)
        continue
      }
      let level: Int?
      if case .level(let settled)? = settled[item.id]?.answer {
        level = settled
      } else if settled[item.id] != nil {
        level = nil
      } else {
        var levels = latest.values.compactMap(\.level)
        let counted = tallies.filter { $0.item == item.id && $0.group == .staff }
        for tally in counted where tally.round == counted.map(\.round).max() {
          for (level, count) in tally.counts.enumerated() { levels += repeatElement(level, count: count) }
        }
        // Of few anonymous votes the middle could be one person's.
        level = anonymous && levels.count < 3 ? nil : middles(of: levels).first
      }
      if let level { view.responses[key] = Response(key: key, answer: .answered(.level(level)), at: day) }
    }
    return view
  }
}
