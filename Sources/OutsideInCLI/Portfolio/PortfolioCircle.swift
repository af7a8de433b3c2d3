import AssessmentModel
import Interchange
import QuestionnaireFormat
import Reporting
import Storage

/// Which organisations a portfolio is of, beyond what the store knows of them by itself.
struct PortfolioCircle {
  /// The one that is set against the others; it is among them whatever else is said.
  var one: String?
  /// An option of the question for the sector, or its label.
  var sector: String?
  /// The same of the size.
  var size: String?
  /// Who is in which group; empty for nobody.
  var groups: [GroupCSV.Row] = []

  /// The group of each organisation, by the key of its name.
  var groupNames: [String: String] {
    // Groups go by names, too, however they are written.
    let spellings = Dictionary(
      groups.map { ($0.group.nameKey, $0.group) }, uniquingKeysWith: { first, _ in first })
    return Dictionary(
      groups.map { ($0.organization.nameKey, spellings[$0.group.nameKey] ?? $0.group) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The group that the others are of; nil for all.
  func groupOfOne() throws(Failure) -> String? {
    guard let one, !groups.isEmpty else { return nil }
    guard let group = groupNames[one.nameKey] else {
      throw Failure(
        .data,
        "“\(one)” is in no group of the file\(suggestion(for: one, among: groups.map(\.organization))). Add a row for it."
      )
    }
    return group
  }

  /// Organisations that are left.
  struct Members {
    /// By the keys of their names, the one among them.
    var keys: Set<String>
    /// What has to be known of them.
    var remarks: [String] = []
  }

  /// nil for all.
  func members(
    of store: Store, _ filter: SealedFilter, _ pinned: [Int64: PinnedQuestionnaire]
  ) throws -> Members? {
    var members: Members?
    if let group = try groupOfOne() {
      members = Members(keys: Set(groups.filter { $0.isIn(group) }.map(\.organization.nameKey)))
    }
    for (option, word) in [(sector, "sector"), (size, "size")] {
      guard let option else { continue }
      let saying = try Self.organizations(in: store, filter, pinned, saying: option, ofThe: word)
      var left = members ?? saying
      if members != nil {
        left.keys.formIntersection(saying.keys)
        left.remarks += saying.remarks
      }
      if let one, !saying.keys.contains(one.nameKey) {
        left.remarks.append(
          "“\(one)” itself has not said that it is of the \(word) “\(option)”; the others have.")
      }
      members = left
    }
    if let one { members?.keys.insert(one.nameKey) }
    return members
  }

  /// Organisations that said so last: the question is a choice of one whose id is the word, or ends in it behind a hyphen.
  private static func organizations(
    in store: Store, _ filter: SealedFilter, _ pinned: [Int64: PinnedQuestionnaire], saying typed: String,
    ofThe word: String
  ) throws -> Members {
    var meant: [Int64: (item: String, options: Set<String>)] = [:]
    var labels: [String] = []
    for (number, one) in pinned {
      for item in one.questionnaire.items {
        guard item.id == word || item.id.hasSuffix("-" + word),
          case .choice(let options, multiple: false) = item.record
        else { continue }
        let chosen = options.filter { [$0.id.nameKey, $0.label.nameKey].contains(typed.nameKey) }
        meant[number] = (item.id, Set(chosen.map(\.id)))
        for option in options where !labels.contains(option.label) { labels.append(option.label) }
      }
    }
    if meant.isEmpty {
      throw Failure(
        .usage,
        "--\(word): the questionnaire has no such question to choose an answer from. --group takes a table of organizations and groups."
      )
    }
    if meant.values.allSatisfy(\.options.isEmpty) {
      throw Failure(
        .usage,
        "--\(word): there is no answer \"\(typed)\""
          + (nearestName(to: typed, among: labels).map { "; did you mean “\($0)”?" }
            ?? "; there are: \(labels.joined(separator: "; ")).")
      )
    }
    var saying: Set<String> = []
    var silent = 0
    var organization: String?
    var last: (finishedAt: Timestamp, isMeant: Bool)?
    func end() {
      guard let organization else { return }
      if let last { if last.isMeant { saying.insert(organization) } } else { silent += 1 }
    }
    try store.eachSealed(filter) { row in
      if organization != row.organization {
        end()
        (organization, last) = (row.organization, nil)
      }
      guard let (item, options) = meant[row.questionnaire],
        row.finishedAt >= last?.finishedAt ?? row.finishedAt,
        case .option(let option)? = try row.open().assessment.record(item)
      else { return }
      last = (row.finishedAt, options.contains(option))
    }
    end()
    if saying.isEmpty {
      throw Failure(
        .data, "Of no organisation among these it was said last that its \(word) is \"\(typed)\".")
    }
    let remark =
      "\(counted(silent, "organisation has", "organisations have")) not said of what \(word) \(silent == 1 ? "it is, and is" : "they are, and are") left out."
    return Members(keys: saying, remarks: silent > 0 ? [remark] : [])
  }
}
