import AssessmentModel
import Interview
import Testing

/// How the time of a workshop is shared out.
@Suite struct AgendaTests {
  /// Sixteen core questions, eight of them critical, three more an area.
  static func agenda(
    _ minutes: Int, _ people: Int, _ cards: WorkshopState.Cards = .raised
  ) -> Agenda {
    Agenda(minutes: minutes, people: people, cards: cards, questions: 16, critical: 8, perArea: 3)
  }

  struct Row: Sendable {
    let people: Int
    let minutes: Int
    /// opening, questions, splits, evidence, deepening, records, pause, closing; in minutes, rounded.
    let blocks: [Int]
    let areas: Int
    let shortfall: Int
    /// Seconds for a question, and for a critical one.
    let question: [Int]
  }

  static let rows: [Row] = [
    Row(
      people: 3, minutes: 60, blocks: [12, 21, 6, 2, 0, 0, 0, 20], areas: 0, shortfall: 0, question: [78, 79]),
    Row(
      people: 3, minutes: 90, blocks: [12, 23, 11, 6, 0, 8, 10, 20], areas: 0, shortfall: 0,
      question: [84, 88]),
    Row(
      people: 3, minutes: 120, blocks: [12, 40, 11, 6, 13, 8, 10, 20], areas: 2, shortfall: 0,
      question: [121, 144]),
    Row(
      people: 3, minutes: 180, blocks: [12, 100, 11, 6, 13, 8, 10, 20], areas: 2, shortfall: 0,
      question: [259, 351]),
    Row(
      people: 9, minutes: 60, blocks: [12, 28, 0, 0, 0, 0, 0, 20], areas: 0, shortfall: 0,
      question: [105, 105]),
    Row(
      people: 9, minutes: 90, blocks: [12, 31, 11, 6, 0, 0, 10, 20], areas: 0, shortfall: 0,
      question: [114, 118]),
    Row(
      people: 9, minutes: 120, blocks: [12, 37, 11, 6, 16, 8, 10, 20], areas: 2, shortfall: 0,
      question: [125, 136]),
    Row(
      people: 9, minutes: 180, blocks: [12, 97, 11, 6, 16, 8, 10, 20], areas: 2, shortfall: 0,
      question: [264, 343]),
    Row(
      people: 30, minutes: 60, blocks: [12, 56, 0, 0, 0, 0, 0, 20], areas: 0, shortfall: 28,
      question: [210, 210]),
    Row(
      people: 30, minutes: 90, blocks: [12, 56, 0, 0, 0, 0, 10, 20], areas: 0, shortfall: 8,
      question: [210, 210]),
    Row(
      people: 30, minutes: 120, blocks: [12, 61, 11, 6, 0, 0, 10, 20], areas: 0, shortfall: 0,
      question: [225, 232]),
    Row(
      people: 30, minutes: 180, blocks: [12, 87, 11, 6, 27, 8, 10, 20], areas: 2, shortfall: 0,
      question: [280, 315]),
  ]

  @Test(arguments: rows)
  func sums(row: Row) {
    let agenda = Self.agenda(row.minutes, row.people)
    let kinds: [Agenda.Block.Kind] = [
      .opening, .questions, .splits, .evidence, .deepening, .records, .pause, .closing,
    ]
    let blocks = kinds.map { kind in
      ((agenda.blocks.first { $0.kind == kind }?.seconds ?? 0) + 30) / 60
    }
    #expect(blocks == row.blocks, "\(row.people) people, \(row.minutes) minutes")
    #expect(agenda.areas == row.areas)
    #expect((agenda.shortfall + 30) / 60 == row.shortfall)
    #expect([agenda.question, agenda.criticalQuestion] == row.question)
  }

  /// Whatever is planned, it takes exactly the time there is, or says how much is missing.
  @Test(arguments: [3, 9, 30], [45, 60, 75, 90, 100, 120, 150, 180, 240])
  func nothingIsPlannedTwice(people: Int, minutes: Int) {
    for cards in WorkshopState.Cards.allCases {
      let agenda = Self.agenda(minutes, people, cards)
      let sum = agenda.blocks.reduce(0) { $0 + $1.seconds }
      #expect(sum == minutes * 60 + agenda.shortfall)
    }
  }

  /// Cards that are collected and shuffled take forty seconds more.
  @Test func collectedCardsTakeLonger() {
    #expect(Agenda.vote(people: 9, cards: .raised) == 105)
    #expect(Agenda.vote(people: 9, cards: .collected) == 145)
  }
}
