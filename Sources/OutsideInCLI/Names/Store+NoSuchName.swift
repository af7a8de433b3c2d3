import AssessmentModel
import Reporting
import Storage

extension Store {
  /// `; did you mean “Acme”?`, or where to look for the names there are.
  func meant(by name: String) -> String {
    var names: Set<String> = []
    try? eachName { organization, _ in names.insert(organization) }
    let key = name.nameKey
    let near =
      nearestName(to: name, among: names).map { [$0] }
      ?? names.filter { !key.isEmpty && $0.nameKey.contains(key) }.sorted()
    let most = 5
    return near.isEmpty
      ? ". `outside-in list` shows what there is."
      : "; did you mean \(near.prefix(most).map { "“\($0)”" }.joined(separator: " or "))\(near.count > most ? ", or one of \(near.count - most) more" : "")?"
  }

  func nothing(of organization: String) -> Failure {
    Failure(.notFound, "There is nothing of “\(organization)”\(meant(by: organization))")
  }
}
