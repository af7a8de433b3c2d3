import AssessmentModel
import Reporting

extension RowForm where Row == Expectation {
  /// - Parameter inFull: whether there may be several, so that their importance tells them apart.
  static func expectations(inFull: Bool, _ customer: CustomerWord) -> RowForm {
    let importance = RowField<Expectation>.Figure(
      "How important it is to them", 1...5, "1 (not at all) to 5 (most)", \.importance)
    let gap: [RowField<Expectation>.Figure] = [
      .init("How good they expect it to be", 1...7, "1 (poor) to 7 (excellent)", \.expected),
      .init("How good they find it with you", 1...7, "1 (poor) to 7 (excellent)", \.perceived),
    ]
    return RowForm(
      prompt: "What they expect", title: \.expectation, begin: { Expectation(expectation: $0) },
      rows: { if case .expectations(let rows) = $0 { rows } else { [] } },
      value: { .expectations($0) },
      fields: [.whoseWords(customer)] + RowField.figures(inFull ? [importance] + gap : gap),
      later: inFull ? [] : RowField.figures([importance]),
      remark: { distance($0.gap.map(Double.init)) },
      columns: [
        RowColumn("") { $0.expectation },
        RowColumn("important", .right) { shown($0.importance) },
        RowColumn("expected", .right) { shown($0.expected) },
        RowColumn("found", .right) { shown($0.perceived) },
        RowColumn("gap", .right) { $0.gap.map { signed(Double($0)) } ?? "" },
        RowColumn("words") { row in
          switch row.words {
          case .customer: "\(customer.aOne)'s"
          case .ours: "ours"
          case nil: ""
          }
        },
      ])
  }
}

extension RowField where Row == Expectation {
  fileprivate static func whoseWords(_ customer: CustomerWord) -> RowField {
    RowField(
      prompt: "Did \(customer.aOne) say so, yes or no", words: ["yes", "no"],
      text: { row in row.words.map { $0 == .customer ? "yes" : "no" } ?? "" },
      take: { row, text in
        switch YesOrNo(text) {
        case .yes: row.words = .customer
        case .no: row.words = .ours
        case nil where text.isEmpty: row.words = nil
        case nil: return "“\(text)” can't be used here: yes, no, or an empty line to leave it out."
        }
        return nil
      })
  }
}

extension RowForm where Row == Moment {
  /// - Parameter inFull: whether there may be several, with stage, channel and all figures; the redesign then comes
  ///   with the two worst. Otherwise it is the worst one there is, and what counts is how it feels and what to make of it.
  static func moments(inFull: Bool, _ customer: CustomerWord) -> RowForm {
    let place: [RowField<Moment>] = [
      .words("Its stage, such as buying or using", \.stage),
      .words("Its channel, such as phone or shop", \.channel),
    ]
    let redesign = RowField<Moment>.words("How it could be instead", \.redesign)
    var standing = RowField<Moment>.choice("All in all", \.standing)
    // Figures say it already.
    standing.isAsked = { $0.gap == nil }
    let figures: [RowField<Moment>.Figure] = [
      .init("How important it is to \(customer.many)", 1...5, "1 (not at all) to 5 (most)", \.importance),
      .init("How well they expect it to go", 1...5, "1 (badly) to 5 (very well)", \.expectation),
      .init("How well it goes", 1...5, "1 (badly) to 5 (very well)", \.performance),
    ]
    let feeling = RowField<Moment>.Figure(
      "How it feels to them", -2...2, "-2 (awful) to 2 (wonderful)", \.emotion)
    return RowForm(
      prompt: "The moment", title: \.moment, begin: { Moment(moment: $0) },
      rows: { if case .moments(let rows) = $0 { rows } else { [] } },
      value: { .moments($0) },
      fields: inFull
        ? place + RowField.figures(figures + [feeling]) + [standing]
        : RowField.figures([feeling]) + [redesign],
      later: inFull ? [redesign] : place + RowField.figures(figures) + [standing],
      remark: { $0.gap.map { distance($0) } },
      columns: [
        RowColumn("") { $0.moment }, RowColumn("stage") { $0.stage ?? "" },
        RowColumn("channel") { $0.channel ?? "" },
        RowColumn("important", .right) { shown($0.importance) },
        RowColumn("expected", .right) { shown($0.expectation) },
        RowColumn("goes", .right) { shown($0.performance) },
        RowColumn("feels", .right) { shown($0.emotion) },
        RowColumn("gap", .right) { $0.gap.map(signed) ?? "" },
        RowColumn("all in all") { $0.standing?.rawValue ?? "" },
        RowColumn("factors", .right) { $0.factors.isEmpty ? "" : "\($0.factors.count) of 6" },
        RowColumn("instead") { $0.redesign ?? "" },
      ])
  }
}

extension Moment {
  /// What the customer goes through there, by Feldman's six factors, and how it could be instead.
  static func factorFields(_ customer: CustomerWord) -> [RowField<Moment>] {
    let questions: [(Factor, String)] = [
      (.does, "What the \(customer.one) does there"), (.feels, "What they feel"), (.likes, "What they like"),
      (.sees, "What they see"), (.thinks, "What they think"), (.wants, "What they want"),
    ]
    return questions.map { factor, prompt in
      RowField(
        prompt: prompt, text: { $0.factors[factor] ?? "" },
        take: { row, text in
          row.factors[factor] = text.isEmpty ? nil : text
          return nil
        })
    } + [.words("How it could be instead", \.redesign)]
  }

  /// The moments that hurt most, the furthest from what they should be and the most important first.
  static func worst(_ moments: [Moment], _ count: Int = 2) -> [Int] {
    func hurt(_ moment: Moment) -> Double { moment.shortfall * Double(moment.importance ?? 3) }
    return moments.indices.filter { hurt(moments[$0]) > 0 }
      .sorted { (-hurt(moments[$0]), $0) < (-hurt(moments[$1]), $1) }.prefix(count).map { $0 }
  }
}

extension RowForm where Row == Metric {
  static func metrics(_ offers: MetricOffers) -> RowForm {
    RowForm(
      prompt: "The figure's name", title: \.name, begin: { Metric(name: $0) },
      rows: { if case .metrics(let rows) = $0 { rows } else { [] } }, value: { .metrics($0) },
      fields: [
        .words("Its unit", \.unit), .number("Where it is now", \.baseline, unit: \.unit),
        .number("Where it shall be", \.target, unit: \.unit), .choice("Better is", \.better),
        .choice("It moves before the result or after it", \.kind),
        .words("How it is counted", \.formula), .words("Where it comes from", \.source),
        .words("Who looks after it", \.owner), .words("How often it is read", \.cadence),
      ],
      columns: [
        RowColumn("") { $0.name }, RowColumn("unit") { $0.unit ?? "" },
        RowColumn("now", .right) { $0.baseline.map(plain) ?? "" },
        RowColumn("target", .right) { $0.target.map(plain) ?? "" },
        RowColumn("better") { $0.better?.rawValue ?? "" }, RowColumn("kind") { $0.kind?.rawValue ?? "" },
        RowColumn("owner") { $0.owner ?? "" }, RowColumn("read") { $0.cadence ?? "" },
        RowColumn("last reading") { row in
          row.latest.map { "\(plain($0.value)) on \($0.date)" } ?? ""
        },
      ], offers: offers.first, offer: offers.offer)
  }
}

private func distance(_ gap: Double?) -> String {
  guard let gap else { return "figures are missing, so it shows no gap" }
  return gap == 0
    ? "as good as they expect" : "\(plain(abs(gap))) \(gap < 0 ? "below" : "above") what they expect"
}

private func shown(_ number: Int?) -> String { number.map { plain(Double($0)) } ?? "" }
