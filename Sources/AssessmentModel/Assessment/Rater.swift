/// Somebody who answers.
public struct Rater: Hashable, Sendable {
  /// On whose behalf somebody answers: staff make the index, customers are scored apart.
  public enum Group: String, CaseIterable, Sendable {
    case staff, customer
  }

  /// Unique within the assessment and stable: `r1` from the program, else what a document brought.
  public let id: String
  /// As the rater gave it, one line of at most 400 bytes; empty where it is not given.
  public var name: String
  /// In the same form; empty for none. Spellings that differ in case or spaces are one department.
  public var department: String
  /// Decides which of the two results the rater's votes enter.
  public var group: Group
  /// Whether they vote and speak behind the others, who would follow them; no screen says so.
  public var last: Bool
  /// Whether their votes may be shown with their name once they are revealed.
  public var named: Bool
  /// Who it is over time, as whoever brought the answers says: a name or a number, the same in each assessment of
  /// theirs; nil where nobody says.
  public var person: String?
  /// Whether the name came from a table, where people are told apart by labels that may be somebody else's next time.
  public var isLabel: Bool

  /// Takes each property as it is; nothing is checked.
  public init(
    id: String, name: String = "", department: String = "", group: Group = .staff, last: Bool = false,
    named: Bool = false, person: String? = nil, isLabel: Bool = false
  ) {
    self.id = id
    self.name = name
    self.department = department
    self.group = group
    self.last = last
    self.named = named
    self.person = person
    self.isLabel = isLabel
  }
}

extension Rater {
  /// Who it is over time: what somebody said of that, else the name, else that it is this very rater.
  package func identity(in assessment: Assessment) -> String {
    if let person, !person.isEmpty { return person }
    return name.isEmpty ? "\(assessment.id)/\(id)" : name
  }
}

extension Rater {
  /// Whether it has no name but what a list without names gives it, `P3`.
  package var isNumbered: Bool {
    name.first == "P" && name.count > 1 && name.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether nobody can be called by it.
  package var isNameless: Bool { name.isEmpty || isNumbered }
}
