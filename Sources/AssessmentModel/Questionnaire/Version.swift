/// A semantic version of three whole numbers, `1.0.0`.
public struct Version: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Rises with any change but those below; answers are then compared by way of a migration only.
  public let major: Int
  /// Rises where items were added or reworded.
  public let minor: Int
  /// Rises where neither what is measured nor what respondents read has changed.
  public let patch: Int

  /// Takes each part as it is; parts below 0 are not refused.
  public init(major: Int, minor: Int, patch: Int) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads `MAJOR.MINOR.PATCH`, without leading zeros; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part -> Int? in
      guard let number = Int(part), number >= 0, String(number) == part else { return nil }
      return number
    }
    guard parts.count == 3, numbers.count == 3 else { return nil }
    self.init(major: numbers[0], minor: numbers[1], patch: numbers[2])
  }

  /// `1.0.0`, which `init(_:)` reads back.
  public var description: String { "\(major).\(minor).\(patch)" }

  /// By major, then minor, then patch.
  public static func < (left: Version, right: Version) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}
