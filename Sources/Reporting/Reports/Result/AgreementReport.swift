import AssessmentModel
import Scoring

/// How far people agree: plain words first, figures behind. Nobody's single answer is named.
package func agreementReport(_ agreement: Agreement, _ subject: Subject) -> Document {
  let voted = agreement.items.filter { $0.n > 0 }
  var document: Document = [.heading(1, "How far we agree: \(subject.name)")]
  if agreement.raters < 2 {
    document.append(
      .paragraph(
        Words(
          voted.isEmpty
            ? "Nobody has answered yet."
            : "One person answered, so there is nothing to compare.", .strong)))
    document.append(
      .paragraph(
        "A colleague's answers come in with `outside-in import FILE --into ID`; then this says where you see it "
          + "alike and where you don't."))
    return document
  }
  document += agreementWords(agreement, subject)
  document += toTalkAbout(agreement, subject)
  document += departmentWords(agreement, subject)
  document += blindSpotWords(agreement, subject)
  return document + figures(agreement, subject)
}

func agreementWords(_ agreement: Agreement, _ subject: Subject) -> Document {
  let pictures = agreement.items.compactMap(\.picture)
  func count(_ picture: ItemAgreement.Picture) -> Int { pictures.count { $0 == picture } }
  let departments = Set(
    subject.scorecard.standings.voters.compactMap { $0.rater == nil ? nil : $0.department })
  let from =
    departments.count > 1 ? " from \(departments.count) departments" : ""
  var document: Document = [
    .paragraph(
      Words(
        "\(counted(agreement.raters, "person", "people"))\(from) answered. Everybody's first votes are compared."
      ))
  ]
  var parts: [String] = []
  if count(.close) > 0 { parts.append("on \(count(.close)) nearly all agree") }
  if count(.outlier) > 0 { parts.append("on \(count(.outlier)) somebody sees it otherwise than most") }
  if count(.apart) > 0 { parts.append("on \(count(.apart)) we are far apart") }
  if !parts.isEmpty {
    document.append(
      .paragraph(
        Words(
          "Of \(counted(pictures.count, "question", "questions")) that two or more answered: \(listed(parts)).",
          .strong)))
  }
  if let overall = overallWords(agreement) { document.append(.paragraph(Words(overall))) }
  if subject.scorecard.standings.areAnonymous {
    document.append(
      .paragraph(
        Words(
          "\(subject.assessment.anonymous ? "Votes are anonymous" : "Cards are counted without names"): fewer than \(spelled(agreement.policy.smallestGroup)) on a question are left out of "
            + "everything, and of a department fewer than \(spelled(agreement.policy.smallestBreakdown)) are not shown."
        )))
  }
  return document
}

/// α and r*_wg(j) in words: one says whether questions are told apart alike, the other how close votes lie.
private func overallWords(_ agreement: Agreement) -> String? {
  guard let star = agreement.overall.rwgjStar.value else { return nil }
  let close =
    agreement.flags.contains(.moreThanChanceDisagreement)
    ? "Votes lie further apart than chance would put them"
    : star > 0.7
      ? "Most votes are within a step of each other"
      : star > 0.5 ? "Votes lie fairly close together" : "Votes lie far apart"
  let order: String
  switch agreement.overall.alphaOrdinal {
  case .value(let alpha):
    order =
      alpha >= 0.8
      ? "people name the same strengths and weaknesses"
      : alpha >= 0.667
        ? "people name roughly the same strengths and weaknesses"
        : "people name different strengths and weaknesses"
  case .undefined: order = "all votes are alike, so that no strength or weakness stands out"
  }
  let small = agreement.raters == 2 ? " With two people that says little." : ""
  return "\(close); \(order).\(small)"
}

private func toTalkAbout(_ agreement: Agreement, _ subject: Subject) -> Document {
  // What was settled, or voted on again and agreed, is talked about already.
  let open = Set(
    subject.scorecard.items.filter { standing in
      let spread = VoteSpread(
        of: standing.latestVotes.map(\.level), scale: standing.levels, policy: agreement.policy)
      // Settled elsewhere than in the middle of the votes, it is not agreed.
      let isAgreed = standing.state == .settled && standing.gate.map { Double($0) } == spread.median
      return !isAgreed && (spread.isSplit || spread.minority > 0)
    }.map(\.id))
  let mixed = agreement.items.enumerated().filter { ($1.split || $1.minority > 0) && open.contains($1.item) }
    .sorted { left, right in
      let (first, second) = (
        left.element.medianDeviation.value ?? 0, right.element.medianDeviation.value ?? 0
      )
      return first != second ? first > second : left.offset < right.offset
    }.map(\.element)
  if mixed.isEmpty { return [] }
  return [
    .heading(2, mixed.count > 5 ? "Talk about these five first" : "Talk about these first"),
    .paragraph("Those furthest apart come first; 4 is the Outside-In end."),
    .bullets(
      mixed.prefix(5).map { item in
        Words("\(item.item)  \(voteWords(item)).  ")
          + Words(subject.questionnaire.item(item.item)?.text ?? "", .faint)
      }),
  ]
}

/// `one said 1, three 3 and one 4`.
private func voteWords(_ item: ItemAgreement) -> String {
  let votes = (item.distribution ?? []).enumerated().filter { $1 > 0 }
  return listed(
    votes.enumerated().map { place, vote in
      "\(spelled(vote.element)) \(place == 0 ? "said " : "")\(vote.offset)"
    })
}

/// Which departments see an area far from where the others see it, the widest gap first.
///
/// - Parameter withSingleVoices: whether one person's view is told as a department's; not in what leaves the room.
func departmentLines(
  _ agreement: Agreement, _ subject: Subject, withSingleVoices: Bool = true
) -> [String] {
  // Where all but one person's department is told of an area, that one can be worked out.
  func leavesOne(_ area: String) -> Bool {
    let told = agreement.departments.filter { view in
      view.dimensions.contains { $0.id == area && $0.flag != nil && $0.flag != .singleVoice }
    }
    return agreement.raters - told.reduce(0) { $0 + $1.n } == 1
  }
  var lines: [(gap: Double, words: String)] = []
  for view in agreement.departments {
    for row in view.dimensions {
      guard let flag = row.flag, let delta = row.delta,
        withSingleVoices || flag != .singleVoice && !leavesOne(row.id)
      else { continue }
      let single =
        flag == .singleVoice
        ? view.n == 1 ? " (one person there)" : " (one person on the other side)" : ""
      let words =
        "\(view.department) places \(subject.title(ofDimension: row.id)) \(decimal(abs(delta))) points "
        + "\(delta < 0 ? "lower" : "higher") than the others do\(single)."
      lines.append((abs(delta), words))
    }
  }
  return lines.enumerated().sorted { first, second in
    first.element.gap != second.element.gap
      ? first.element.gap > second.element.gap : first.offset < second.offset
  }.map(\.element.words)
}

/// Who places an area high where others place it low.
///
/// - Parameter speaker: to others nothing that leads to single customers.
func blindSpotLines(_ agreement: Agreement, _ subject: Subject, _ speaker: Speaker = .program) -> [String] {
  let told = subject.scorecard.dimensionsToldOfCustomers
  return agreement.blindSpots.filter {
    speaker == .program || $0.other != .customers || told.contains($0.dimension)
  }.map { spot in
    let other = spot.other == .customers ? subject.customer.many : "the other departments"
    return "\(subject.title(ofDimension: spot.dimension)): \(spot.department ?? "the team") says "
      + "\(decimal(spot.score)) of 100, \(other) say \(decimal(spot.otherScore))."
  }
}

private func departmentWords(_ agreement: Agreement, _ subject: Subject) -> Document {
  if agreement.departments.isEmpty { return [] }
  let lines = departmentLines(agreement, subject)
  var document: Document = [.heading(2, "Between departments")]
  if agreement.flags.contains(.siloSignal) {
    document.append(
      .paragraph(
        "How somebody sees the organisation depends on their department: a sign that each knows its own part "
          + "only."))
  }
  document.append(
    lines.isEmpty
      ? .paragraph(
        Words(
          "No department is \(plain(agreement.policy.departmentPoints)) points or more from the others in any "
            + "area."))
      : .bullets(lines.map { Words($0) }))
  return document
}

private func blindSpotWords(_ agreement: Agreement, _ subject: Subject) -> Document {
  let lines = blindSpotLines(agreement, subject)
  return lines.isEmpty ? [] : [.heading(2, "Blind spots"), .bullets(lines.map { Words($0) })]
}

// MARK: Figures

private func figures(_ agreement: Agreement, _ subject: Subject) -> Document {
  func shown(_ statistic: Statistic) -> String {
    statistic.value.map { decimal($0, 2) } ?? "–"
  }
  var document: Document = [
    .heading(2, "Figures"),
    .table(
      Table(
        [
          .init("question"), .init("votes for 0 to 4", .right), .init("mean", .right),
          .init("middle", .right), .init("AD", .right), .init("r_wg", .right),
          .init("consensus", .right),
        ],
        rows: agreement.items.filter { $0.n > 0 }.map { item in
          [
            item.item,
            (item.distribution ?? []).map(String.init).joined(separator: " "),
            item.mean.map { decimal($0, 2) } ?? "–", item.median.map { decimal($0, 1) } ?? "–",
            shown(item.medianDeviation), shown(item.rwg), shown(item.consensus),
          ]
        })),
    .bullets(overallLines(agreement)),
  ]
  document += departmentTable(agreement, subject)
  document.append(
    .paragraph(
      Words(
        "4 is the Outside-In end of every question, also where it stands on the left. AD is the mean distance from "
          + "the middle vote: up to 0.83 on five steps (0.5 on three) counts as agreement. r_wg compares with votes "
          + "spread evenly: above 0.70 strong, from 0.51 moderate agreement. Consensus is 1 where all say the same "
          + "and 0 where half says 0 and half says 4: from \(plain(agreement.policy.agreementConsensus)) on it "
          + "counts as agreement.", .faint)))
  return document
}

private func overallLines(_ agreement: Agreement) -> [Words] {
  let overall = agreement.overall
  let large = agreement.departments.count { $0.n > 1 }
  var lines: [Words] = []
  if let star = overall.rwgjStar.value, let stepped = overall.rwgj.value {
    lines.append(
      Words(
        "r*_wg(j) over all questions \(decimal(star, 2)); r_wg(j) \(decimal(stepped, 2)), which grows with the "
          + "number of questions."))
  } else {
    lines.append(Words("r_wg(j): none, \(reason(overall.rwgj))."))
  }
  lines.append(
    Words(
      overall.alphaOrdinal.value.map {
        "Krippendorff's α (ordinal) \(decimal($0, 2)); from 0.80 on reliable, from 0.67 tentative. It may be near 0 "
          + "although nearly all votes are alike."
      } ?? "Krippendorff's α (ordinal): none, \(reason(overall.alphaOrdinal))."))
  lines.append(
    Words(
      overall.icc1Department.value.map {
        "ICC(1) by department \(decimal($0, 2)); "
          + (large < agreement.policy.siloDepartments
            ? "nothing follows from that, since \(spelled(large)) of the departments \(large == 1 ? "has" : "have") two "
              + "people or more and \(spelled(agreement.policy.siloDepartments)) are needed."
            : "from \(decimal(agreement.policy.siloCorrelation, 2)) on, departments see it differently.")
      } ?? "ICC(1) by department: none, \(reason(overall.icc1Department))."))
  return lines
}

private func reason(_ statistic: Statistic) -> String {
  switch statistic.reason {
  case .oneRater: "because no question was answered by two"
  case .noVariation: "because all votes are alike"
  case .noPairableUnits: "because no question was answered by two"
  case .anonymous: "because votes are counts without names"
  case .tooFewDepartments: "because there are not two departments, or none with two people"
  case nil: ""
  }
}

private func departmentTable(_ agreement: Agreement, _ subject: Subject) -> Document {
  if agreement.departments.isEmpty { return [] }
  return [
    .paragraph(Words("Each department against the others, in points:", .strong)),
    .table(
      Table(
        [.init("area")]
          + agreement.departments.map { .init("\($0.department) (\($0.n))", .right) },
        rows: subject.questionnaire.dimensions.indices.map { place in
          [subject.title(ofDimension: subject.questionnaire.dimensions[place].id)]
            + agreement.departments.map { view in
              view.dimensions[place].delta.map { decimal($0, 1, signed: true) } ?? "–"
            }
        })),
  ]
}
