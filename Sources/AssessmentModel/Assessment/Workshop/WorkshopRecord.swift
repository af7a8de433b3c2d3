/// What is kept of a workshop for those who were not there: who took part, what was voted and settled and why, what was
/// left. No single vote of anybody is in it whose name may not be shown with it.
package struct WorkshopRecord: Hashable, Sendable {
  /// Those of one department, by name.
  package struct Department: Hashable, Sendable {
    /// Empty for those of none.
    package let name: String
    package let people: [String]
  }

  package struct Round: Hashable, Sendable {
    /// From 1.
    package let number: Int
    /// Who voted, "don't know" and "does not apply" among them.
    package let votes: Int
    /// Votes by raw level, 0 to 4; nil where so few would tell who said what.
    package let counts: [Int]?
    package let dontKnow: Int
    package let notApplicable: Int
    /// Of those whose votes may be shown with their names.
    package let named: [Named]

    /// The votes with a level, rising; none where they are not shown.
    package var levels: [Int] { (counts ?? []).enumerated().flatMap { repeatElement($0, count: $1) } }
  }

  package struct Named: Hashable, Sendable {
    package let name: String
    package let answer: Response.Answer
  }

  package struct Question: Hashable, Sendable {
    package let item: Item
    package let rounds: [Round]
    package let settlement: Settlement?
    package let evidence: TeamEvidence?
    /// How it was explained.
    package let sayings: [String]

    /// Whether nobody understood it, so that it was passed over unseen.
    package var isUnclear: Bool {
      rounds.isEmpty && settlement?.isUnclear == true
    }
  }

  /// How long a section took.
  package struct Spent: Hashable, Sendable {
    package let section: Section
    package let minutes: Double
  }

  /// Those who were in the room.
  package let departments: [Department]
  /// Those on the list who were not, by name and department.
  package let elsewhere: [Department]
  /// How many people are not named, because nobody knows their names.
  package let unnamed: Int
  /// How many answered besides, at least, without a name.
  package let others: Int
  /// Questions that were voted on or settled, in the order they are asked.
  package let questions: [Question]
  /// Questions that were asked and have no answer.
  package let open: [Item]
  /// Of these, those that were passed over to save time.
  package let leftOut: [Item]
  /// What was put off, apart from homework.
  package let parked: [String]
  package let homework: [String]
  package let openHomework: [String]
  /// Minutes by section, in the questionnaire's order, and elsewhere.
  package let minutes: [Spent]
  package let otherMinutes: Double?
  /// How many customers said something.
  package let customers: Int

  /// - Parameter asked: what is asked, in its order.
  package init(_ assessment: Assessment, _ questionnaire: Questionnaire, asked: [Item]) {
    let staff = assessment.raters.filter { $0.group == .staff }
    let named = staff.filter { !$0.isNameless }
    // Where it is not known who was there, everybody on the list was.
    let attended = assessment.workshop?.attended ?? []
    let isThere = { (rater: Rater) in attended.isEmpty || attended.contains(rater.id) }
    departments = Self.departments(of: named.filter(isThere))
    elsewhere = Self.departments(of: named.filter { !isThere($0) })
    unnamed = staff.count(where: isThere) - named.count(where: isThere)
    let questions = asked.map { item in
      Question(
        item: item, rounds: Self.rounds(of: item, assessment), settlement: assessment.settled[item.id],
        evidence: assessment.teamEvidence[item.id], sayings: assessment.workshop?.sayings[item.id] ?? [])
    }
    self.questions = questions.filter { !$0.rounds.isEmpty || $0.settlement != nil }
    let most = self.questions.flatMap(\.rounds).map(\.votes).max() ?? 0
    others = max(0, most - staff.count)
    let answered = Set(self.questions.map(\.item.id))
    open = asked.filter { !answered.contains($0.id) }
    leftOut = open.filter { assessment.workshop?.leftOut.contains($0.id) == true }
    homework = assessment.homework
    openHomework = assessment.openHomework
    let homework = Set(homework)
    parked = assessment.parked.filter { !homework.contains($0) }
    minutes = questionnaire.sections.compactMap { section in
      assessment.sectionMinutes[section.id].map { Spent(section: section, minutes: $0) }
    }
    let known = minutes.reduce(0) { $0 + $1.minutes }
    otherMinutes = assessment.workshop.map { max(0, Double($0.spentSeconds) / 60 - known) }
    let ids = Set(assessment.raters.filter { $0.group == .customer }.map(\.id))
    let answering = Set(
      assessment.responses.compactMap { $0.counted == .open ? nil : $0.key.rater }
    ).intersection(ids)
    let counted = assessment.tallies.filter { $0.group == .customer }.map(\.votes).max() ?? 0
    customers = answering.count + counted
  }

  private static func departments(of raters: [Rater]) -> [Department] {
    var departments: [(name: String, people: [String])] = []
    for rater in raters {
      if let place = departments.firstIndex(where: { $0.name.nameKey == rater.department.nameKey }) {
        departments[place].people.append(rater.name)
      } else {
        departments.append((rater.department, [rater.name]))
      }
    }
    return departments.map { Department(name: $0.name, people: $0.people) }
  }

  private static func rounds(of item: Item, _ assessment: Assessment) -> [Round] {
    guard let last = assessment.lastRound(of: item.id) else { return [] }
    return (1...last).compactMap { number in
      var sum = assessment.tallies.filter {
        $0.item == item.id && $0.round == number && $0.group == .staff
      }.sum(item.id)
      var named: [Named] = []
      for response in assessment.responses(to: item.id, of: .staff, round: number) {
        guard let rater = response.key.rater.flatMap(assessment.rater) else { continue }
        sum.add(response.counted)
        if rater.named, !assessment.anonymous, response.counted != .open {
          named.append(Named(name: rater.name, answer: response.counted))
        }
      }
      if sum.votes == 0 { return nil }
      // Where nothing is to lead to anybody, one answer among those who don't know is one too few.
      let levels = sum.counts.reduce(0, +)
      let isShown =
        sum.votes >= Tally.fewest && (!assessment.anonymous || levels == 0 || levels >= Tally.fewest)
      return Round(
        number: number, votes: sum.votes, counts: isShown ? sum.counts : nil,
        dontKnow: isShown ? sum.dontKnow : 0, notApplicable: isShown ? sum.notApplicable : 0, named: named)
    }
  }
}
