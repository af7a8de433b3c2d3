import AssessmentModel
import Interchange
import Reporting

extension Failure {
  init(_ problem: MergeProblem, file: String, target: String) {
    let message =
      switch problem {
      case .otherQuestionnaire: "\(file) answers another questionnaire than \(target) asks"
      case .otherTeam(let teams):
        teams.isUnnamed
          ? "\(file) is of \(teams.coming), and \(target) is of \(teams.present). If they belong together, name "
            + "\(target) first: outside-in rename \(target) --organization NAME --team NAME"
          : "\(file) is of \(teams.coming), and \(target) of \(teams.present): two of them never become one "
            + "assessment. Import it without --into; if it is only spelt otherwise, `outside-in rename` changes a name"
      case .otherTime(let coming, let present):
        "\(file) is of \(coming), and \(target) of \(present): two times are compared, not mixed. Import it without --into"
      case .namesakes(let people):
        people.map { pair in
          "\(Self.described(pair.present)) answers in \(target), and \(Self.described(pair.coming)) comes with \(file)"
        }.joined(separator: "; ")
          + ": one person or two? If one, give both the same department; if two, two names, with "
          + "outside-in rename ID --rater ID=NAME"
      case .anonymous: "\(target) is anonymous, and \(file) says who answered what"
      case .conflicts(let conflicts):
        "answered otherwise in \(target): \(conflicts.map { "\($0.item) of \($0.name)" }.joined(separator: ", ")). If these "
          + "are two people, give one of them another name in the file; else change the answer in one of the two, so that "
          + "they agree"
      case .plansParted:
        "the plan was worked on in \(target) and in \(file) since one was copied from the other. `outside-in plan history "
          + "\(target)` shows what was done here; enter there or here what is missing"
      case .belongsToItsSession(let what):
        "\(file) holds \(what.joined(separator: " and ")), which belong to the session they were made in; "
          + "import it without --into"
      }
    // A file's name is spelt as it is.
    self.init(.data, (message.hasPrefix(file) ? message : message.capitalizedFirst) + ". Nothing was added.")
  }

  private static func described(_ rater: Rater) -> String {
    let marks = [rater.id, rater.department, rater.group == .staff ? "" : rater.group.rawValue].filter {
      !$0.isEmpty
    }
    return "\(rater.name) (\(marks.joined(separator: ", ")))"
  }
}
