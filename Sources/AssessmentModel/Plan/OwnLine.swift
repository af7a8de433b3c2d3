/// The ids of what a team wrote into its plan itself: `own-` and a number, from 1. A question's id may begin alike.
public enum OwnLine {
  private static let prefix = "own-"

  /// The id with a number.
  public static func id(_ number: Int) -> String { "\(prefix)\(number)" }

  /// The number in an id; nil where it is none of a team's own.
  public static func number(of id: String) -> Int? {
    id.hasPrefix(prefix) ? Int(id.dropFirst(prefix.count)) : nil
  }

  /// The number after those that are taken.
  public static func next(after ids: some Sequence<String>) -> Int {
    (ids.compactMap(number).max() ?? 0) + 1
  }
}
