/// How a question stands in a web form, and is found again in the table that comes out of it.
extension Questionnaire {
  /// `How do you learn …? [exp-listen]`: the question with its id, by which its column is found.
  package func formTitle(of item: Item, for group: Rater.Group = .staff) -> String {
    "\(text(of: item, for: group)) [\(item.id)]"
  }

  /// The question as a group is asked it.
  package func text(of item: Item, for group: Rater.Group) -> String {
    group == .customer ? item.scored?.customers ?? item.text : item.text
  }

  /// What can be answered to a scored item, each as it stands in a form; none for records.
  package func formOptions(of item: Item, for group: Rater.Group = .staff) -> [(
    text: String, answer: Response.Answer
  )] {
    guard let scored = item.scored, let levels = levels(of: item) else { return [] }
    var options: [(String, Response.Answer)]
    switch scored.form {
    case .level:
      options = levelTexts(of: item, for: group).map {
        ("\($0.level) – \($0.text)", .answered(.level($0.level)))
      }
    case .bipolar(let bipolar):
      options = zip(BipolarForm.letters, bipolar.positions).enumerated().map { level, pair in
        ("\(pair.0) – \(pair.1)", .answered(.level(level)))
      }
    }
    options = options.filter { option in
      if case .answered(.level(let level)) = option.1 { return levels.contains(level) }
      return true
    }
    options.append(("I don't know", .dontKnow))
    options.append(
      (group == .customer ? "Does not apply to me" : "Does not apply to us", .notApplicable(reason: nil)))
    return options
  }

  /// The texts of an item's levels as a group reads them.
  package func levelTexts(of item: Item, for group: Rater.Group) -> [(level: Int, text: String)] {
    let own = item.scored?.customerAnchors ?? [:]
    return anchors(of: item).map { level, text in (level, group == .customer ? own[level] ?? text : text) }
  }
}

extension BipolarForm {
  /// What the five positions say, from left to right.
  package var positions: [String] { [left, "rather a", "in between", "rather e", right] }
}

extension Item {
  /// A raw level as it is typed and told: `3`, or `d` where an item has two ends.
  package func sign(of level: Int) -> String {
    if case .bipolar = scored?.form { return BipolarForm.letters[level] }
    return String(level)
  }
}

extension BipolarForm {
  /// What a position says in words: `closer to “…”`.
  package func words(at level: Int) -> String {
    if level == 2 { return "between the two" }
    return (level == 1 || level == 3 ? "closer to " : "") + "“\(level < 2 ? left : right)”"
  }
}
