import AssessmentModel
import Foundation
import Interview
import Testing

@testable import Interchange

/// In whatever order forms, keyboards, paper, cards and people come: everybody counts once. The expectation is kept in a
/// second book, by name, that knows nothing of the program's. A run that does not hold is named by its seed.
@Suite struct BeforehandPropertyTests {
  static let items = ["own-who", "own-empower", "emo-feel"]
  static let everybody = nine.map(\.name) + ["Zoe", "Max"]

  /// What somebody says; by card another answer than beforehand, so that it shows which of the two counted.
  static func level(_ name: String, _ item: String, round: Int, isCard: Bool) -> Int {
    let place = everybody.firstIndex(of: name)! + items.firstIndex(of: item)! + round
    return isCard ? 3 + place % 2 : place % 3
  }

  /// The second book.
  struct Book {
    var inRoom: Set<String> = Set(nine.map(\.name))
    var listed: Set<String> = Set(nine.map(\.name))
    /// What is known of somebody by name, by item.
    var known: [String: [String: Int]] = [:]
    /// Whose votes the counts hold that nobody has seen, with their cards.
    var counted: [String: [String: Int]] = [:]
    var round: [String: Int] = [:]
    /// Who was in the room when the round began, or came since.
    var voters: [String: Set<String>] = [:]
    /// What was shown last, by item.
    var shown: [String: [Int]] = [:]
    /// Whether what was shown is counts.
    var isCounts: Set<String> = []

    func room(_ item: String) -> Set<String> { inRoom.intersection(voters[item] ?? inRoom) }
  }

  static func form(_ names: [String]) -> FormTable {
    FormTable(
      group: .staff,
      people: names.enumerated().map { place, name in
        FormTable.Person(
          row: place + 2, name: name, department: "",
          answers: Dictionary(
            uniqueKeysWithValues: items.map {
              ($0, Response.Answer.answered(.level(level(name, $0, round: 1, isCard: false))))
            }))
      }, columns: items.map { FormTable.Column(letter: "?", item: $0) }, leftOut: [], doubled: [],
      unanswered: [],
      isAnonymous: false, digest: "form")
  }

  static func histogram(_ levels: some Sequence<Int>) -> [Int] {
    var counts = [0, 0, 0, 0, 0]
    for level in levels { counts[level] += 1 }
    return counts
  }

  static let orders = ProcessInfo.processInfo.environment["OUTSIDE_IN_PROPERTIES"] == "full" ? 2000 : 400

  @Test(arguments: 0..<orders)
  func everybodyCountsOnce(seed: Int) throws {
    var random = SeededGenerator(state: UInt64(seed) * 7919 + 11)
    var workshop = try WorkshopTests.begun()
    var book = Book()
    book.round["own-who"] = 1
    book.voters["own-who"] = book.inRoom
    var respondents: [String] = []
    var item = "own-who"
    let place: Comment = "seed \(seed)"

    func id(_ name: String) -> String? { workshop.assessment.raters.first { $0.name == name }?.id }
    func open(_ id: String) throws {
      item = id
      workshop.go(to: id)
      if workshop.state.openRounds[id] == nil, book.shown[id] == nil {
        try workshop.take(.open)
        book.round[id] = 1
        book.voters[id] = book.inRoom
      }
    }
    /// The form, and documents, say what somebody says beforehand.
    func said(_ names: [String], _ asked: [String]) {
      for name in names {
        let isNew = !book.listed.contains(name)
        if isNew { book.listed.insert(name) }
        for item in asked where book.known[item]?[name] == nil {
          // What was shown, and what counts hold that nobody has seen, takes nobody more.
          if book.shown[item] != nil || book.counted[item]?[name] != nil { continue }
          book.known[item, default: [:]][name] = Self.level(name, item, round: 1, isCard: false)
        }
      }
    }
    func cards(_ item: String) -> [String: Int] {
      var cards: [String: Int] = [:]
      for name in book.room(item) {
        cards[name] = Self.level(name, item, round: book.round[item]!, isCard: true)
      }
      return cards
    }
    func show(_ item: String, _ cards: [String: Int]) {
      let absent = (book.known[item] ?? [:]).filter {
        cards[$0.key] == nil && !book.room(item).contains($0.key)
      }
      book.shown[item] = Self.histogram(Array(cards.values) + Array(absent.values))
      book.known[item] = absent
      book.isCounts.insert(item)
      book.counted[item] = nil
      book.voters[item] = nil
    }

    for _ in 0..<24 {
      switch Int.random(in: 0..<13, using: &random) {
      case 0, 1:
        // The form, with more people each time.
        let more = Self.everybody.filter { !respondents.contains($0) }.shuffled(using: &random).prefix(2)
        respondents += more
        if respondents.isEmpty { continue }
        try workshop.take(form: Self.form(respondents))
        said(respondents, Self.items)
      case 2:
        // Paper: one person's answers, typed here.
        guard let name = book.room(item).sorted().randomElement(using: &random), let id = id(name),
          book.voters[item] != nil, book.round[item] == 1
        else { continue }
        let answer = Self.level(name, item, round: 1, isCard: false)
        if (try? workshop.take(.cast(id, .answered(.level(answer))))) != nil {
          book.known[item, default: [:]][name] = answer
        }
      case 3, 4:
        // Cards held up.
        guard book.voters[item] != nil, !book.room(item).isEmpty else { continue }
        let cards = cards(item)
        try workshop.take(.enter([WorkshopTests.tally(Self.histogram(cards.values))]))
        show(item, cards)
      case 5:
        // Cards laid face down.
        guard book.voters[item] != nil, !book.room(item).isEmpty else { continue }
        let cards = cards(item)
        try workshop.take(.count([WorkshopTests.tally(Self.histogram(cards.values))]))
        book.counted[item] = cards
      case 6, 7:
        guard book.voters[item] != nil else { continue }
        if let cards = book.counted[item] {
          guard (try? workshop.take(.reveal)) != nil else { continue }
          let absent = (book.known[item] ?? [:]).filter { name, _ in
            cards[name] == nil && !book.room(item).contains(name)
          }
          book.shown[item] = Self.histogram(Array(cards.values) + Array(absent.values))
          book.known[item] = absent
          book.isCounts.insert(item)
          book.counted[item] = nil
        } else {
          guard book.round[item] == 1, (try? workshop.take(.reveal)) != nil else { continue }
          book.shown[item] = Self.histogram((book.known[item] ?? [:]).values)
        }
        book.voters[item] = nil
      case 8:
        guard book.voters[item] == nil, book.shown[item] != nil, book.round[item]! < 3 else { continue }
        try workshop.take(.revote)
        book.round[item]! += 1
        book.voters[item] = book.inRoom
      case 9:
        // Somebody leaves, or comes: late, or back.
        let name = Self.everybody.randomElement(using: &random)!
        if book.inRoom.contains(name) {
          guard book.inRoom.count > 4 else { continue }
          try workshop.take(.leave(id(name)!))
          book.inRoom.remove(name)
        } else {
          var isLate = false
          if let id = id(name) {
            try workshop.take(.comeBack(id))
          } else {
            // Who comes for the first time votes from the next question on.
            isLate = !book.shown.isEmpty || !book.counted.isEmpty || book.round.count > 1
            try workshop.take(.join(Rater(id: "late-\(name)", name: name, department: "Sales")))
          }
          book.listed.insert(name)
          book.inRoom.insert(name)
          if !isLate { for item in book.voters.keys { book.voters[item]!.insert(name) } }
        }
      case 10:
        // What somebody answered on a machine of their own.
        let name = Self.everybody.randomElement(using: &random)!
        let asked = Self.items.filter { _ in Bool.random(using: &random) }
        let document = Assessment(
          id: "ALONE", questionnaire: outsideIn.reference,
          raters: [Rater(id: "r1", name: name, department: nine.first { $0.name == name }?.department ?? "")],
          responses: asked.map {
            Response(
              key: .init(item: $0, rater: "r1"),
              answer: .answered(.level(Self.level(name, $0, round: 1, isCard: false))))
          })
        guard (try? workshop.take(document: document)) != nil else { continue }
        if !asked.isEmpty { said([name], asked) }
      default: try open(Self.items.randomElement(using: &random)!)
      }
      for (id, shown) in book.shown where book.voters[id] == nil {
        let asked = outsideIn.questionnaire.item(id)!
        let round = try #require(workshop.assessment.lastRound(of: id), place)
        #expect(workshop.votes(on: asked, round: round).counts == shown, "seed \(seed), \(id)")
      }
    }
    for item in Self.items {
      let counted = workshop.assessment.tallies.contains { $0.item == item }
      let named = workshop.assessment.responses.to(item).contains { $0.counted != .open }
      #expect(!(counted && named), "seed \(seed): \(item) is counted and named")
    }
  }
}
