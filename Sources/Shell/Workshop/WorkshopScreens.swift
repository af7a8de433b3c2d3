import AssessmentModel
import Interview
import Reporting
import Scoring

/// The screens of a workshop, as documents.
enum WorkshopScreens {
  // MARK: A question

  /// How a question was explained when it was asked before.
  static func sayings(_ sayings: [String]) -> Document {
    sayings.map { .paragraph(Words("Explained as: ", .faint) + Words($0)) }
  }

  static func keys(_ standing: Workshop.Standing, _ cards: WorkshopState.Cards) -> Document {
    switch standing {
    case .voting:
      [
        .strip([cards == .raised ? "0 1 0 3 1" : "cards", "pass", "reveal", "next", "say", "unclear", "help"])
      ]
    case .revealed: [.strip(["next", "revote", "settle", "dissent", "park", "rounds", "help"])]
    case .settled: [.strip(["next", "dissent", "undo", "revote", "rounds", "help"])]
    }
  }

  /// How many answers are there that nobody has seen, and what can be done with them; who and what is not told.
  static func beforehand(_ item: Item, _ workshop: Workshop) -> Document {
    let count = workshop.beforehand(on: item)
    guard count > 0 else { return [] }
    let all = workshop.expected(on: item)
    let others = workshop.isCounted(item) == false && count < all ? " `pass` asks the others;" : ""
    var document: Document = [
      .paragraph(
        Words(
          "\(count) of \(all) answers \(count == 1 ? "is" : "are") in, unseen. `reveal` shows them;\(others) cards ask everybody "
            + "here anew.", .faint))
    ]
    let beside = workshop.besideTheRoom(on: item)
    if (1..<Tally.fewest).contains(beside), workshop.state.cards == .raised {
      let (who, what) = beside == 1 ? ("One of them is", "that answer") : ("Two of them are", "their answers")
      document.append(
        .paragraph(
          Words(
            "\(who) of people who are not here: beside raised cards everybody could work \(what) out. `cards collected` avoids "
              + "it.", .faint)))
    }
    return document
  }

  // MARK: The reveal

  /// Votes as a histogram, the middle, the range, and what to do about them.
  ///
  /// - Parameter isBrief: without what to do about them.
  static func votes(on item: Item, round: Int, _ workshop: Workshop, isBrief: Bool = false) -> Document {
    let votes = workshop.votes(on: item, round: round)
    let keys = workshop.questionnaire.voteKeys(of: item)
    let isTwoSided = if case .bipolar = item.scored?.form { true } else { false }
    func note(_ level: Int) -> String {
      votes.names.filter { $0.answer == .answered(.level(level)) }.map(\.name).joined(separator: ", ")
    }
    var rows = keys.map {
      HistogramRow(key: $0.sign, count: votes.counts[$0.level], note: note($0.level))
    }
    if !isTwoSided { rows.reverse() }
    let all = "\(counted(votes.all, "vote", "votes"))"
    var document: Document = [.strip([item.id, "round \(round)", all]), .histogram(rows)]
    var others: [String] = []
    if votes.dontKnow > 0 { others.append("\(counted(votes.dontKnow, "doesn't", "don't")) know") }
    if votes.notApplicable > 0 {
      others.append("\(votes.notApplicable) \(votes.notApplicable == 1 ? "says" : "say") it does not apply")
    }
    if !others.isEmpty { document.append(.paragraph(Words(listed(others) + "."))) }
    if !isBrief { document += picture(votes, item, workshop) }
    return document
  }

  private static func picture(_ votes: RoundVotes, _ item: Item, _ workshop: Workshop) -> Document {
    let levels = votes.levels
    let expected = workshop.present.count
    func sign(_ level: Int) -> String { item.sign(of: level) }
    guard let lowest = levels.first, let highest = levels.last else {
      return [
        .paragraph(
          "Nobody gave an answer: the question counts as \(votes.dontKnow > 0 ? "not known" : "not applying")."
        )
      ]
    }
    var document: Document = []
    if levels.count * 2 < expected {
      document.append(
        .paragraph(
          Words(
            "Only \(spelled(levels.count)) of \(expected) gave an answer: hear the others first.", .strong)))
    }
    let middles = votes.middles.map(sign)
    var figures = "middle \(middles.joined(separator: " or "))"
    if lowest < highest { figures += ", from \(sign(lowest)) to \(sign(highest))" }
    let spread = workshop.spread(of: votes, on: item)
    let words: String
    if levels.count < 2 {
      words = ""
    } else if spread.isSplit {
      words = "You are apart."
    } else if spread.minority > 0 {
      words =
        spread.minority == 1
        ? "One sees it differently." : "\(spelled(spread.minority).capitalized) see it differently."
    } else {
      words = lowest == highest ? "You all say the same." : "You see it much alike."
    }
    document.append(.paragraph(Words("\(figures). ") + Words(words, .strong)))
    // Nobody is asked to own up: anyone may answer for a vote.
    if spread.isSplit {
      document.append(
        .paragraph(
          Words(
            "What might somebody who voted \(sign(lowest)) have seen, and somebody who voted \(sign(highest))? Anyone may answer."
          )))
    } else if spread.minority > 0 {
      let words = spread.farLevels.map { "somebody who voted \(sign($0))" }.joined(separator: ", and ")
      document.append(
        .paragraph(Words("A minute: what might \(words) have seen? Anyone may answer.")))
    }
    return document
  }

  // MARK: Customers

  /// A question as customers are asked it.
  static func customersQuestion(_ item: Item, _ questionnaire: Questionnaire, place: Int, of count: Int)
    -> Document
  {
    var document: Document = [
      .gap, .strip(["\(questionnaire.customer.capitalMany) are asked, \(place) of \(count)"]),
      .paragraph(
        Words(item.id + "  ", .faint) + Words(questionnaire.text(of: item, for: .customer), .strong)),
    ]
    let texts = questionnaire.levelTexts(of: item, for: .customer)
    document.append(.options(texts.map { Choice(key: "\($0.level)", text: $0.text) }))
    return document
  }

  /// What they said, beside what was expected.
  static func customers(_ subject: Subject) -> Document { customersBeside(subject, .program) }

  // MARK: Time

  static func minutes(_ seconds: Int) -> String {
    let minutes = (abs(seconds) + 30) / 60
    let text =
      minutes < 60 ? "\(minutes) min" : "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60) h"
    return seconds < -29 ? "−\(text)" : text
  }

  private static func name(_ kind: Agenda.Block.Kind, _ agenda: Agenda) -> String {
    switch kind {
    case .opening: "welcome, whose result it is, how to vote"
    case .questions: "questions, about \(clock(agenda.question)) each"
    case .splits: "talking where you are apart"
    case .evidence: "what shows it, at the critical ones"
    case .deepening: agenda.areas == 1 ? "one area in depth" : "\(spelled(agenda.areas)) areas in depth"
    case .records: "one expectation, the worst moment"
    case .pause: "a break"
    case .closing: "result, what to begin, who sees to it"
    }
  }

  static func clock(_ seconds: Int) -> String {
    "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
  }

  /// What each block takes, rounded so that they add up.
  private static func minutes(of agenda: Agenda) -> [(minutes: Int, name: String)] {
    var spent = 0
    return agenda.blocks.map { block in
      let before = (spent + 30) / 60
      spent += block.seconds
      return ((spent + 30) / 60 - before, name(block.kind, agenda))
    }
  }

  static func agenda(_ agenda: Agenda, minutes total: Int, _ customer: CustomerWord, isBegun: Bool = false)
    -> Document
  {
    let rows = minutes(of: agenda).map { ["\($0.minutes) min", $0.name] }
    var document: Document = [
      .heading(2, "\(total) minutes"), .table(Table([.init("", .right), .init("")], rows: rows)),
    ]
    let kinds = Set(agenda.blocks.map(\.kind))
    if agenda.shortfall > 0, !isBegun {
      document.append(
        .paragraph(
          Words(
            "The questions alone need \(minutes(agenda.shortfall)) more than there is: `shorten \((agenda.shortfall + 59) / 60)` "
              + "leaves some out, `minutes` says how long you have.", .strong)))
    } else if !kinds.contains(.records) {
      document.append(
        .paragraph(
          Words(
            "What \(customer.many) expect and where it hurts is homework, with a name in the plan: there is no time for it here."
          )))
    }
    return document
  }

  // MARK: Who is there

  static func roster(_ workshop: Workshop, _ customer: CustomerWord) -> Document {
    let away = workshop.state.away
    let rows = workshop.assessment.raters.map { rater in
      [
        rater.name.isEmpty ? rater.id : rater.name, rater.department,
        rater.group == .customer ? customer.one : away.contains(rater.id) ? "away" : "",
      ]
    }
    return [
      .table(Table([.init(""), .init("department"), .init("")], rows: rows).filled),
      .paragraph(Words(heads(workshop))),
    ]
  }

  /// `9 here, of 4 departments; nobody from Billing.`
  static func heads(_ workshop: Workshop) -> String {
    let here = workshop.present
    let departments = workshop.departments
    let missing = departments.filter { department in
      !here.contains { $0.department.nameKey == department.name.nameKey }
    }.map(\.name)
    var text = "\(here.count) here"
    if departments.count > 1 {
      text += ", from \(counted(departments.count - missing.count, "department", "departments"))"
    }
    if !missing.isEmpty { text += "; nobody from \(listed(missing))" }
    return text + "."
  }

  // MARK: All questions

  static func review(_ workshop: Workshop, filter: String?) -> Document {
    Screens.review(workshop.interview, filter: filter, column: "stands at", textColumns: 36) {
      words(workshop, $0)
    }
  }

  private static func words(_ workshop: Workshop, _ item: Item) -> String {
    guard item.scored != nil else { return Screens.answerWords(workshop.interview.response(to: item), item) }
    func sign(_ level: Int) -> String { item.sign(of: level) }
    switch workshop.standing(of: item) {
    case .voting(let round):
      let voted = workshop.voted(on: item)
      if voted > 0 { return "\(voted) not shown" }
      if workshop.state.leftOut.contains(item.id) { return "left out" }
      return round > 1 ? "round \(round)" : "open"
    case .revealed(let round):
      let votes = workshop.votes(on: item, round: round)
      let middle = votes.middles.map(sign).joined(separator: " or ")
      let spread = workshop.spread(of: votes, on: item)
      return (middle.isEmpty ? "not known" : "voted, \(middle)") + (spread.isSplit ? ", apart" : "")
    case .settled(let settlement):
      switch settlement.answer {
      case .level(let level): return "settled, \(sign(level))"
      case .dontKnow: return "not known"
      case .notApplicable: return "not ours"
      }
    }
  }

  // MARK: Help

  static func help(_ customer: CustomerWord) -> Document {
    [
      .options(
        WorkshopCommand.help(customer).map { Choice(key: $0.words.joined(separator: ", "), text: $0.help) })
    ]
  }
}
