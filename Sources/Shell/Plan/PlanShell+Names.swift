import AssessmentModel

/// People, as others can ask for them.
extension PlanShell {
  /// A name as others can ask for it; `nobody` is nobody. nil where it is none, which is said.
  func personName(_ text: String) throws(Exit) -> String? {
    let word = text.lowercased()
    if ownerName(text).isEmpty { return "" }
    if ["i", "me", "myself", "we", "us"].contains(word) {
      try say("Others will read the plan: a name, please.")
      return nil
    }
    if [",", "&", "/", ";"].contains(where: text.contains) || text.contains(" and ") {
      try say("One person, please: what two see to nobody sees to.")
      return nil
    }
    if YesOrNo(text) != nil || Self.words.contains(word) || HearingReading(text) != nil
      || text.split(separator: " ").count > 5 || text.last == "." || !text.contains(where: \.isLetter)
    {
      try say("“\(text)” is no name that others can ask.")
      return nil
    }
    return try knownName(text)
  }

  /// Somebody who is known already, where the name is nearly theirs and it is said so.
  private func knownName(_ text: String) throws(Exit) -> String? {
    let plan = stored.assessment.keptPlan
    let known =
      stored.assessment.raters.map(\.name) + plan.entries.flatMap { [$0.owner, $0.helps] } + [plan.keeper]
    if let same = known.first(where: { $0.nameKey == text.nameKey }) { return same }
    guard let near = nearestName(to: text, among: known.filter { !$0.isEmpty }) else { return text }
    let line = try reply(to: "\(near) is known, “\(text)” is not: yes takes \(near), Enter takes \(text)> ")
    return YesOrNo(line) == .yes ? near : line.isEmpty || YesOrNo(line) == .no ? text : try personName(line)
  }
}
