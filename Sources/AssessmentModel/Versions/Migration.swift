/// How answers to one version of a questionnaire may be compared with, and taken over to, the next.
public struct Migration: Hashable, Sendable {
  /// A version, and what it must be for the migration to be about it.
  public struct End: Hashable, Sendable {
    /// Its number.
    public let version: Version
    /// The digest of what it measures.
    public let measurement: String
    /// The digest of what respondents read.
    public let wording: String

    /// Takes each property as it is; nothing is checked.
    public init(version: Version, measurement: String, wording: String) {
      self.version = version
      self.measurement = measurement
      self.wording = wording
    }

    /// An end as a version stands now.
    public init(_ reference: QuestionnaireReference) {
      self.init(
        version: reference.version, measurement: reference.digests.measurement,
        wording: reference.digests.wording)
    }
  }

  /// Id of the questionnaire whose versions these are.
  public let questionnaire: String
  /// The older version.
  public let from: End
  /// The newer one.
  public let to: End
  /// One for each question that changed or went; the others are the same in both.
  public let changes: [Change]
  /// What a trial of changed wordings found over the whole core; nil where none was made.
  public let link: Link?

  /// Takes each property as it is; nothing is checked.
  public init(questionnaire: String, from: End, to: End, changes: [Change], link: Link? = nil) {
    self.questionnaire = questionnaire
    self.from = from
    self.to = to
    self.changes = changes
    self.link = link
  }

  /// Whether the answers given before and after mean the same.
  public enum Comparability: String, CaseIterable, Comparable, Sendable {
    /// Not at all: what was answered says nothing of what is asked now.
    case none
    /// Near enough to be shown beside each other, too far apart for a claim.
    case approximate
    /// They count as answers to one question.
    case exact

    /// By how much may be made of it.
    public static func < (left: Comparability, right: Comparability) -> Bool {
      func rank(_ comparability: Comparability) -> Int {
        switch comparability {
        case .none: 0
        case .approximate: 1
        case .exact: 2
        }
      }
      return rank(left) < rank(right)
    }
  }

  /// What became of a question, or of several together.
  public struct Change: Hashable, Sendable {
    /// What happened to it.
    public enum Kind: String, CaseIterable, Sendable {
      /// Another id.
      case rename
      /// One became several.
      case split
      /// Several became one.
      case merge
      /// Levels, weight, side or area are others.
      case rescale
      /// Other words.
      case reword
      /// It is not asked any more.
      case remove
    }

    /// How one answer is made of several.
    public enum Carry: String, CaseIterable, Sendable {
      /// The least favourable of them, so that nothing is claimed that only one of them said.
      case lowest
    }

    /// What happened.
    public let kind: Kind
    /// Ids in the older version; one, or several where they were merged.
    public let old: [String]
    /// Ids in the newer version; one, several where it was split, none where it was removed.
    public let new: [String]
    /// How far old and new answers may be compared.
    public let comparability: Comparability
    /// How several answers become one; nil where they don't.
    public let carry: Carry?
    /// Old raw levels by new ones, where the scale is another; nil where levels stay what they are.
    public let levels: [Int: Int]?
    /// Why, in the author's words; nil where it goes without saying.
    public let why: String?
    /// What readers made of old and new wording; nil where nobody tried.
    public let trial: Trial?

    /// Takes each property as it is; nothing is checked.
    public init(
      kind: Kind, old: [String], new: [String] = [], comparability: Comparability = .none,
      carry: Carry? = nil, levels: [Int: Int]? = nil, why: String? = nil, trial: Trial? = nil
    ) {
      self.kind = kind
      self.old = old
      self.new = new
      self.comparability = comparability
      self.carry = carry
      self.levels = levels
      self.why = why
      self.trial = trial
    }
  }

  /// What readers made of an old and a new wording, of the same organisations.
  public struct Trial: Hashable, Sendable {
    /// How many answers were given, to both wordings together.
    public let readings: Int
    /// How many organisations they were about.
    public let organizations: Int
    /// Mean over organisations of mean new minus mean old, in levels.
    public let meanDifference: Double
    /// The largest of these in size, in levels.
    public let most: Double

    /// Takes each property as it is; nothing is checked.
    public init(readings: Int, organizations: Int, meanDifference: Double, most: Double) {
      self.readings = readings
      self.organizations = organizations
      self.meanDifference = meanDifference
      self.most = most
    }

    /// Fewest organisations that a trial is about.
    public static let fewestOrganizations = 6
    /// Fewest readers of each wording and organisation.
    public static let fewestReaders = 4
    /// Largest mean difference, in levels either way, at which wordings are answered alike.
    public static let largestMean = 0.3
    /// Largest difference of one organisation, in levels, at which they are.
    public static let largestOfOne = 1.0
  }

  /// The trial's mean change of the index over the core, with its error. It belongs to the two versions, not to a team.
  public struct Link: Hashable, Sendable {
    /// Largest mean, either way: what questions come to that each differ by as much as a trial may find (`0.3 · 25`).
    public static let largestMean = 7.5
    /// In points of the index, new minus old.
    public let mean: Double
    /// In points of the index.
    public let standardError: Double

    /// Takes each property as it is; nothing is checked.
    public init(mean: Double, standardError: Double) {
      self.mean = mean
      self.standardError = standardError
    }
  }
}
