import AssessmentModel
import Interchange
import Reporting

/// What is said of a form's table.
enum FormWords {
  /// - Parameter asked: the questions that it may have been made for.
  static func told(of table: FormTable, file: String, way: FormTable.Way, asked: [String]) -> [String] {
    var lines: [String] = []
    let rows = counted(table.people.count, "row", "rows")
    let questions = counted(table.columns.count, "question", "questions")
    lines.append("\(file): \(rows) with answers to \(questions).")
    switch way {
    case .byName: break
    case .counted(.noNames): lines.append("It has no names, so its answers are counts that lead to nobody.")
    case .counted(.anonymityPromised):
      lines.append("Anonymity was promised, so its names are dropped and its answers are counts.")
    case .counted(.listWithoutNames):
      lines.append("The list of those in the room has no names, so its answers are counts.")
    }
    let missing = asked.filter { item in !table.columns.contains { $0.item == item } }
    // A form of a few questions is one; where most are there, the others may have another title.
    if !missing.isEmpty, missing.count * 2 < asked.count {
      lines.append("No column is found for \(listed(missing)).")
    }
    if !table.doubled.isEmpty {
      let numbers = listed(table.doubled.map(String.init))
      lines.append(
        table.doubled.count == 1
          ? "Row \(numbers) says once more what another one says, and counts once."
          : "Rows \(numbers) say once more what others say, and count once.")
    }
    if !table.unanswered.isEmpty {
      let numbers = listed(table.unanswered.map(String.init))
      lines.append(
        table.unanswered.count == 1
          ? "Row \(numbers) has no answer and was left out."
          : "Rows \(numbers) have no answer and were left out.")
    }
    // A quiz has two more columns for each question.
    let quiz = ["Points", "Feedback"].compactMap { word -> String? in
      let count = table.leftOut.count { $0.hasPrefix(word + " -") || $0.hasPrefix(word + " –") }
      return count > 0 ? "\(counted(count, "column", "columns")) “\(word) - …”" : nil
    }
    let others = table.leftOut.filter { title in
      !["Points", "Feedback"].contains { title.hasPrefix($0 + " -") || title.hasPrefix($0 + " –") }
    }
    let names = others.map { "“\(shortenedTitle($0))”" } + quiz
    if !names.isEmpty {
      let isOne = table.leftOut.count == 1
      lines.append(
        "\(listed(names)) \(isOne ? "means" : "mean") nothing here and \(isOne ? "was" : "were") left out.")
    }
    return lines
  }

  private static func shortenedTitle(_ title: String) -> String {
    title.count > 40 ? title.prefix(39) + "…" : title
  }

  static func whereCardsAreCounted(_ form: AnonymousForm) -> String {
    form.isOfAbsent
      ? "They are of people who won't be in the room, and stand beside the cards of those who are."
      : "Where the room raises cards, these take the place of the form's answers, so that nobody counts twice."
  }

  /// What added nothing, and why.
  static func skipped(_ skipped: [Merge.Skipped]) -> [String] {
    let reasons: [(Merge.Skipped.Reason, String)] = [
      (
        .counted,
        "what was counted there is shown or has them in it already, and two counts could be subtracted"
      ),
      (.shown, "its votes are shown, and one more would tell what it says"),
      (.inAForm, "counts of a form without names are there, and may have the same people in them"),
      (.named, "answers by name are there, and these may be of the same people"),
      (.tooFew, "fewer than three more would tell what they said; they go in once there are three"),
    ]
    return reasons.compactMap { reason, words in
      let items = skipped.filter { $0.reason == reason }
      if items.isEmpty { return nil }
      return "Adds nothing to \(listed(items.map(\.item))): \(words)."
    }
  }
}

extension Failure {
  init(_ problem: FormProblem, file: String, target: String, _ questionnaire: Questionnaire) {
    let lines: [String]
    switch problem {
    case .merge(let problem):
      self.init(problem, file: file, target: target)
      return
    case .needsNames:
      lines = [
        "\(file) has no names, and \(target) is answered by people one by one: counts are for a workshop."
      ]
    case .tooFew(let rows):
      lines = [
        "\(file) has \(counted(rows, "row", "rows")) without names: fewer than \(Tally.fewest) would tell who said what. Take it in "
          + "once \(spelled(Tally.fewest)) have answered."
      ]
    case .nearNames(let names):
      lines =
        names.map {
          "\(file): row \($0.row): “\($0.name)” is not on the list, and \($0.present) is: one person or two?"
        } + [
          "If one, write the name in the table as it is on the list. If two, put the other one on the list first (`join` at the "
            + "workshop's prompt)."
        ]
    case .otherContent(let items):
      lines = [
        "\(file) no longer says what this form said before on \(listed(items)). Another form with the same questions needs "
          + "another title somewhere, so that both count."
      ]
    case .conflicts(let conflicts):
      lines =
        conflicts.prefix(20).map { place in
          let conflict = place.conflict
          let what =
            conflict.answers.map { answers in
              let item = questionnaire.item(conflict.item)
              return
                "\(words(answers.coming, item)), and \(words(answers.present, item)) is kept"
            } ?? "another answer is kept, which nobody may see yet"
          return
            "\(file): row \(place.row), column \(place.column): \(conflict.item) of \(conflict.name): \(what)."
        } + (conflicts.count > 20 ? ["… and \(conflicts.count - 20) more."] : [])
    }
    self.init(.data, (lines + ["Nothing was added."]).joined(separator: "\n"))
  }
}

private func words(_ answer: Response.Answer, _ item: Item?) -> String {
  switch answer {
  case .answered(.level(let level)): item?.sign(of: level) ?? "\(level)"
  case .dontKnow: "don't know"
  case .notApplicable: "does not apply"
  case .answered, .open: "nothing"
  }
}
