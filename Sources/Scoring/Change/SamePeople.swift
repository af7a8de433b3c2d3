import AssessmentModel

/// Somebody who answered both times.
public struct SamePerson: Hashable, Sendable {
  /// As they are called the second time.
  public let name: String
  /// Their id among the raters of the first assessment.
  public let from: String
  /// Their id among the raters of the second.
  public let to: String
}

/// Who of two assessments is the same person: named, and name and group alike on both sides.
///
/// A name that occurs twice on a side is nobody's, nor is one that is a number or a word for a rater, a role or a
/// department, with or without a number; nor is a label from a table, where nothing says who it is (``Rater/person``).
/// Other people under the same labels, taken for the same, would give 13 to 23 % false alarms. Where anonymity was
/// promised nobody is.
///
/// - Parameter labelsToo: Whether somebody vouches for it that one name is one person, whatever it looks like.
func samePeople(_ from: Assessment, _ to: Assessment, labelsToo: Bool) -> [SamePerson] {
  if from.anonymous || to.anonymous || !from.tallies.isEmpty || !to.tallies.isEmpty { return [] }
  let departments = Set((from.raters + to.raters).map(\.department.nameKey))
  func people(of assessment: Assessment) -> [String: Rater] {
    let all = assessment.raters.compactMap { rater in
      identity(of: rater, in: assessment, departments: departments, labelsToo: labelsToo).map { ($0, rater) }
    }
    // Somebody else of that name, be it a label, makes it nobody's.
    let named = Dictionary(assessment.raters.map { ($0.name.nameKey, 1) }, uniquingKeysWith: +)
    let counts = Dictionary(all.map { ($0.0, 1) }, uniquingKeysWith: +)
    return Dictionary(
      all.filter { key, rater in
        counts[key] == 1 && (rater.person?.nameKey == key || rater.name.nameKey.isEmpty || named[key] == 1)
      }, uniquingKeysWith: { first, _ in first })
  }
  // Somebody who is the only one and never said a name may be vouched for, too.
  let alone = [from, to].map { $0.raters.filter { $0.group == .staff } }
  if labelsToo, alone.allSatisfy({ $0.count == 1 && $0[0].name.nameKey.isEmpty && $0[0].person == nil }) {
    return [SamePerson(name: "", from: alone[0][0].id, to: alone[1][0].id)]
  }
  let (before, after) = (people(of: from), people(of: to))
  return before.compactMap { key, rater in
    guard let other = after[key], other.group == rater.group, rater.group == .staff else { return nil }
    // A label says nothing to a reader where it is known who it is.
    let isCalled = !other.name.isEmpty && (other.person == nil || other.name.nameKey == key)
    return SamePerson(name: isCalled ? other.name : other.person ?? "", from: rater.id, to: other.id)
  }.sorted { ($0.name, $0.from) < ($1.name, $1.from) }
}

/// What tells a person from all others over time; nil where nothing does.
private func identity(
  of rater: Rater, in assessment: Assessment, departments: Set<String>, labelsToo: Bool
) -> String? {
  if let person = rater.person?.nameKey, !person.isEmpty { return person }
  let name = rater.name.nameKey
  // Without a name somebody is known only by what refers to them.
  if name.isEmpty { return rater.identity(in: assessment).nameKey }
  if labelsToo { return name }
  return rater.isLabel || isLabel(name, departments: departments) ? nil : name
}

/// Whether a name, as a key, has a number in it, or is a word for a rater, a role or a department.
func isLabel(_ key: String, departments: Set<String> = []) -> Bool {
  if departments.contains(key) || key.contains(where: \.isNumber) { return true }
  // A single letter may stand for anybody; two are somebody's initials.
  return key.split { !$0.isLetter }.allSatisfy { $0.count < 2 || labelWords.contains(String($0)) }
}

/// Words that people are called by where nobody says who they are.
private let labelWords: Set<String> = Set(
  """
  rater respondent respondents participant participants person people user employee colleague member staff interviewee
  voter subject case row answer anonymous anon unknown nn guest visitor customer client test demo name
  ceo cfo coo cto cio cmo cco chro cxo md gm vp svp evp pm po hr it qa rd bu
  chief executive officer president director manager head lead leader chair chairman chairwoman owner founder partner
  supervisor boss assistant associate agent advisor adviser consultant coordinator analyst engineer developer designer
  technician administrator admin accountant clerk secretary specialist representative rep intern trainee apprentice
  nurse doctor teacher driver seller salesman saleswoman salesperson cashier operator planner buyer editor
  senior junior deputy interim vice general managing regional global group national local
  sales service services support marketing finance accounting controlling billing purchasing procurement logistics
  delivery dispatch warehouse production operations ops manufacturing maintenance quality research development product
  products engineering technology digital data design legal compliance communications pr personnel people human
  resources administration management board executive strategy planning customer experience cx success care help desk
  helpdesk callcenter call center centre contact shop store branch retail ecommerce online web office back front team
  unit department dept division area section region north south east west
  of the and for in our at to
  """.split(whereSeparator: \.isWhitespace).map(String.init))
