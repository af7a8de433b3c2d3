import AssessmentModel
import Interview
import Reporting

/// The screens of an interview, as documents.
enum Screens {
  /// One question with everything needed to answer it.
  ///
  /// - Parameters:
  ///   - section: the title of its section, where the screen before was of another.
  ///   - heading: what stands above it in the place of where it is.
  static func question(
    _ item: Item, _ interview: Interview, section: String? = nil, saved: String?,
    under heading: String? = nil
  ) -> Document {
    let response = interview.response(to: item)
    let place = heading ?? place(item, interview)
    var document: Document = [
      .gap, .strip([place] + (heading == nil ? [section, saved].compactMap { $0 } : [])),
    ]
    if let intro = sectionIntro(item, interview) { document.append(.paragraph(Words(intro))) }
    document.append(.paragraph(Words(item.id + "  ", .faint) + Words(item.text, .strong)))
    if let rule = rule(item, interview) { document.append(.paragraph(Words(rule))) }
    document.append(.options(options(item, response, interview.questionnaire)))
    let marks = self.marks(response)
    if !marks.isEmpty { document.append(.paragraph(Words(marks.joined(separator: "; "), .faint))) }
    return document
  }

  /// `Question 7 of 16`
  private static func place(_ item: Item, _ interview: Interview) -> String {
    func place(in items: [Item]) -> String? {
      items.firstIndex { $0.id == item.id }.map { "\($0 + 1) of \(items.count)" }
    }
    if let place = place(in: interview.scoredItems) { return "Question \(place)" }
    if let place = place(in: interview.questions.filter { $0.scored == nil }) {
      return "For the plan, \(place)"
    }
    let profile = interview.closing.filter(\.isProfile)
    guard let place = place(in: profile) else { return "For the plan" }
    return "Last, about your organisation" + (profile.count == 1 ? "" : ", \(place)")
  }

  /// What a section says of itself, before its first question.
  private static func sectionIntro(_ item: Item, _ interview: Interview) -> String? {
    guard let section = interview.questionnaire.section(of: item.id), item.scored != nil,
      interview.scoredItems.first(where: { scored in section.items.contains { $0.id == scored.id } })?.id
        == item.id
    else { return nil }
    return section.intro
  }

  /// How to choose, at the first question that is answered so.
  private static func rule(_ item: Item, _ interview: Interview) -> String? {
    func rule(_ item: Item) -> String? {
      switch item.scored?.form {
      case .level: "The highest that is wholly true, 4 only where 3 is true as well; dk where you don't know."
      case .bipolar: "Now a to e: both ends have their reasons; which is closer to what happens here?"
      case nil: nil
      }
    }
    let own = rule(item)
    return interview.scoredItems.first { rule($0) == own }?.id == item.id ? own : nil
  }

  private static func options(
    _ item: Item, _ response: Response, _ questionnaire: Questionnaire
  ) -> [Choice] {
    switch item.scored?.form {
    case .level:
      return questionnaire.anchors(of: item).map {
        Choice(
          key: String($0.level), text: $0.text, isChosen: response.level == $0.level,
          mark: response.isToConfirm ? "last time" : "yours")
      }
    case .bipolar(let bipolar):
      return positions(
        bipolar, chosen: response.level, mark: response.isToConfirm ? "last time" : "yours")
    case nil: return []
    }
  }

  private static func marks(_ response: Response) -> [String] {
    var marks: [String] = []
    if response.isToConfirm {
      marks.append(
        "taken over\(response.at.map { " from \($0.day)" } ?? ""); Enter confirms it, another answer replaces it"
      )
    }
    switch response.answer {
    case .dontKnow: marks.append("answered: don't know")
    case .notApplicable(let reason):
      marks.append("answered: not applicable" + (reason.map { " (\($0))" } ?? ""))
    case .open, .answered: break
    }
    if let confidence = response.confidence { marks.append(confidence.rawValue) }
    if let evidence = response.evidence {
      marks.append(
        "evidence: \(evidence.rawValue)" + (response.evidenceNote.map { ", \($0)" } ?? ""))
    }
    if response.flagged { marks.append("flagged") }
    if let note = response.note { marks.append("note: \(note)") }
    return marks
  }

  /// What stands between a record's question and its prompt: what can be chosen, how it is given.
  static func record(
    _ record: RecordItem, _ response: Response, _ questionnaire: Questionnaire, isShort: Bool = false
  ) -> Document {
    let chosen: [String] =
      switch response.value {
      case .option(let id): [id]
      case .options(let ids), .raise(let ids): ids
      case .level, .number, .text, .expectations, .moments, .metrics, nil: []
      }
    func numbered(_ choices: [(id: String, text: String)]) -> Block {
      .options(
        choices.enumerated().map { index, choice in
          Choice(key: "\(index + 1)", text: choice.text, isChosen: chosen.contains(choice.id))
        })
    }
    let keeps = response.value == nil ? "Enter leaves it out." : "Enter leaves it as it is."
    var document: Document = []
    let hint: String
    switch record {
    case .choice(let options, let multiple):
      document.append(numbered(options.map { ($0.id, $0.label) }))
      hint = (multiple ? "Numbers, such as 1 3; " : "1 to \(options.count); ") + keeps
    case .number(let range):
      hint = "A number\(range.unit.map { " (\($0))" } ?? ""); \(keeps)"
    case .text:
      hint = "Your words; \(keeps)"
    case .expectations, .moments, .metrics:
      hint =
        isShort && response.value == nil
        ? "One is enough. Enter leaves out what you don't know."
        : "Enter on an empty line goes on, or leaves out what you don't know."
    case .raise(let max):
      document.append(numbered(questionnaire.dimensions.map { ($0.id, $0.title) }))
      hint = "Up to \(max) numbers, such as 2 5; \(keeps)"
    }
    return document + [
      .paragraph(Words(hint, .faint)), .strip(["back", "next", "help", "quit"]),
    ]
  }

  /// The keys under a question.
  static func keys(_ item: Item) -> Document {
    let answer: String =
      switch item.scored?.form {
      case .level: "0 to 4"
      case .bipolar: "a to e"
      case nil: "your words"
      }
    return [.strip([answer, "dk", "next", "back", "why", "note", "review", "help", "quit"])]
  }

  static func help(_ item: Item?, _ customer: CustomerWord) -> Document {
    let answers: [Choice] =
      switch item?.scored?.form {
      case .level: [Choice(key: "0 … 4", text: "the highest answer that is wholly true")]
      case .bipolar:
        [Choice(key: "a … e", text: "from the first statement to the last one; c is in between")]
      case nil: []
      }
    let words = Command.words(customer).map {
      Choice(key: $0.words.joined(separator: ", "), text: $0.help)
    }
    return [.options(answers + recordWords(item?.record, customer) + words)]
  }

  /// What can be typed where a text is asked for, besides the text.
  private static func recordWords(_ record: RecordItem?, _ customer: CustomerWord) -> [Choice] {
    let colon = Choice(
      key: ":", text: "before a command that takes words: :note ask Ana; two colons are one of your own")
    let figures = Choice(
      key: "5 6 3", text: "figures one by one, or all in one line; dk for one that you don't know")
    let rows = [
      Choice(key: "edit 2", text: "go through a row again; done leaves the rest of it as it is"),
      Choice(key: "remove 2", text: "take a row out; undo brings it back"),
      Choice(key: "move 2 1", text: "put a row in another place"),
    ]
    switch record {
    case .text: return [colon]
    case .expectations: return [figures] + rows + [colon]
    case .moments:
      return [figures] + rows + [
        Choice(key: "factors 2", text: "what the \(customer.one) does, feels, likes, sees, thinks, wants"),
        Choice(key: "gap", text: "half of goes + feels + 3, less what they expect: below 0 it falls short"),
      ]
        + [colon]
    case .metrics:
      return rows + [
        Choice(key: "reading 2 34", text: "what it read today, or on a day: reading 2 34 on 30 Nov")
      ]
        + [colon]
    case .choice, .number, .raise, nil: return []
    }
  }

  /// All answers, or some of them.
  static func review(_ interview: Interview, filter: String?) -> Document {
    review(
      interview, filter: filter,
      kinds: [
        ("flagged", { interview.response(to: $0).flagged }),
        ("guessed", { interview.response(to: $0).confidence == .guess }),
      ], column: "answer", textColumns: 40
    ) { item in
      let marks = remarks(interview, item)
      let answer = answerWords(interview.response(to: item), item)
      return marks.isEmpty ? answer : "\(answer) (\(marks))"
    }
  }

  /// Every question with where it stands: all, the open ones, those of a kind, or those of a section.
  ///
  /// - Parameters:
  ///   - kinds: what else can be asked for, by the word for it.
  ///   - column: what stands above where a question stands.
  ///   - textColumns: how much of the question itself is shown, so that all fits into 80.
  static func review(
    _ interview: Interview, filter: String?, kinds: [(name: String, has: (Item) -> Bool)] = [],
    column: String, textColumns: Int, _ standing: (Item) -> String
  ) -> Document {
    let sections = interview.questionnaire.sections
    let items: [Item]
    if filter == nil {
      items = interview.sequence
    } else if filter == "open" {
      // What is asked after the result is no open question.
      items = interview.questions.filter(interview.isOpen)
    } else if let kind = kinds.first(where: { $0.name == filter }) {
      items = interview.sequence.filter(kind.has)
    } else if let section = sections.first(where: { $0.id.hasPrefix(filter ?? "") }) {
      items = interview.sequence.filter { item in section.items.contains { $0.id == item.id } }
    } else {
      let words = (["open"] + kinds.map(\.name)).joined(separator: ", ")
      return [
        .paragraph(
          Words(
            "review takes \(words) or a section: " + sections.map(\.id).joined(separator: ", ") + "."))
      ]
    }
    guard !items.isEmpty else {
      return [.paragraph(filter == "open" ? "Nothing is open." : "There is none.")]
    }
    let numbered = interview.scoredItems
    return [
      .table(
        Table(
          [.init("", .right), .init("question"), .init(column), .init("")],
          rows: items.map { item -> [String] in
            let number = (numbered.firstIndex { $0.id == item.id }).map { "\($0 + 1)" } ?? ""
            return [number, item.id, standing(item), shortened(item.text, textColumns)]
          })),
      .paragraph(Words("goto and a number or a name opens one of them.", .faint)),
    ]
  }

  private static func remarks(_ interview: Interview, _ item: Item) -> String {
    let response = interview.response(to: item)
    return [
      response.isToConfirm ? "to confirm" : nil, response.flagged ? "flagged" : nil,
      response.confidence?.rawValue,
      response.evidence.map { "evidence \($0.rawValue)" }, response.note == nil ? nil : "note",
    ].compactMap { $0 }.joined(separator: ", ")
  }

  static func answerWords(_ response: Response, _ item: Item) -> String {
    switch response.answer {
    case .open: return "open"
    case .dontKnow: return "don't know"
    case .notApplicable: return "not applicable"
    case .answered(let value):
      switch value {
      case .level(let level):
        if case .bipolar = item.scored?.form { return BipolarForm.letters[level] }
        return String(level)
      case .option(let id): return label(id, item)
      case .options(let ids): return ids.map { label($0, item) }.joined(separator: ", ")
      case .raise(let ids): return ids.joined(separator: ", ")
      case .number(let number): return plain(number)
      case .text(let text): return shortened(text, 24)
      case .expectations(let rows): return counted(rows.count, "expectation", "expectations")
      case .moments(let rows): return counted(rows.count, "moment", "moments")
      case .metrics(let rows): return counted(rows.count, "metric", "metrics")
      }
    }
  }

  /// As much as one line of a list can hold.
  static func shortened(_ text: String, _ limit: Int) -> String {
    text.count > limit ? text.prefix(limit - 1) + "…" : text
  }

  private static func label(_ id: String, _ item: Item) -> String {
    guard case .choice(let options, _) = item.record else { return id }
    return options.first { $0.id == id }?.label ?? id
  }

  static func progress(_ interview: Interview) -> Document {
    let scored = interview.scoredItems
    let open = scored.filter(interview.isOpen)
    let unknown = scored.filter { interview.response(to: $0).answer == .dontKnow }
    var text = "\(scored.count - open.count) of \(scored.count) questions answered"
    if !unknown.isEmpty { text += ", \(unknown.count) of them with don't know" }
    text += open.isEmpty ? "." : "; open: \(open.map(\.id).joined(separator: ", "))."
    return [.paragraph(Words(text))]
  }
}
