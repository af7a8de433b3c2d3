import AssessmentModel

/// Where answers that come from elsewhere belong in a workshop: among what everybody has seen, among what nobody may see
/// yet, or nowhere, because something else stands for them.
struct Ballots {
  enum Place: Hashable {
    case shown
    /// With the vote that is there already.
    case hidden(before: Response?)
    case skipped(Merge.Skipped.Reason)
  }

  private let target: Assessment
  private let unrevealed: UnrevealedVotes
  private let countedItems: Set<String>
  private let formItems: Set<String>
  private let isCopy: Bool

  /// - Parameter isCopy: whether the answers are of the same assessment, from another machine.
  init(_ target: Assessment, _ unrevealed: UnrevealedVotes, isCopy: Bool) {
    self.isCopy = isCopy
    self.target = target
    self.unrevealed = unrevealed
    countedItems = Set(
      (target.tallies + unrevealed.tallies.values).filter { $0.group == .staff && $0.votes > 0 }.map(\.item))
    formItems = Set(unrevealed.forms.values.map(\.tally).filter { $0.group == .staff }.map(\.item))
  }

  /// - Parameter voter: the id of whose it is in the target.
  func place(of vote: Response, by voter: String, _ group: Rater.Group) -> Place {
    guard group == .staff else {
      return target.hidesCustomers ? .hidden(before: unrevealed.named[vote.key]) : .shown
    }
    let item = vote.key.item
    if target.isRevealed(item) {
      // A question is counted or named as a whole.
      if target.tallies.contains(where: { $0.item == item && $0.group == .staff }) {
        return .skipped(.counted)
      }
      // What everybody has seen takes nobody more: the difference would be that one vote.
      let isNew = (target.responses[vote.key]?.answer ?? .open) == .open
      return target.setting == .workshop && isNew && !isCopy ? .skipped(.shown) : .shown
    }
    guard target.setting == .workshop else { return .shown }
    if formItems.contains(item) { return .skipped(.inAForm) }
    if let open = target.workshop?.openRounds[item], open.counted.contains(voter) {
      return .skipped(.counted)
    }
    if countedItems.contains(item), target.workshop?.openRounds[item]?.counted.isEmpty != false {
      return .skipped(.counted)
    }
    return .hidden(before: unrevealed.named[vote.key])
  }
}
