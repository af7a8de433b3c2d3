extension Assessment {
  private static let homeworkWords = "Homework of "

  /// What a group put off and gave a name: kept among the topics that were put off.
  package static func homework(of person: String, _ what: String) -> String {
    "\(homeworkWords)\(person): \(what)"
  }

  /// What somebody took home, in the words it was kept in.
  package var homework: [String] { parked.filter { $0.hasPrefix(Self.homeworkWords) } }

  /// What of it is still to be done: it asks what customers expect and where it hurts, and ends once both are recorded.
  package var openHomework: [String] {
    let homework = homework
    if homework.isEmpty { return [] }
    var (hasExpectations, hasMoments) = (false, false)
    for response in responses where response.key.rater == nil {
      switch response.value {
      case .expectations(let rows): if !rows.isEmpty { hasExpectations = true }
      case .moments(let rows): if !rows.isEmpty { hasMoments = true }
      default: break
      }
    }
    return hasExpectations && hasMoments ? [] : homework
  }
}
