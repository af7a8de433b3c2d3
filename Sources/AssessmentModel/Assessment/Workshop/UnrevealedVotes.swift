/// Votes that nobody may see yet. They stand outside the assessment, where no condition, score or document reads them.
public struct UnrevealedVotes: Hashable, Sendable {
  /// Each of a rater: given in the room in the round that is open, or beforehand in the first one. Beside a vote may
  /// stand what was given with it, such as evidence.
  public var named: [Response.Key: Response]
  /// Counts of the room that lead to nobody.
  public var tallies: [Tally.Key: Tally]
  /// Counts that came as the table of a form without names.
  public var forms: [FormTally.Key: FormTally]

  /// Takes each property as it is; nothing is checked.
  public init(
    named: [Response.Key: Response] = [:], tallies: [Tally.Key: Tally] = [:],
    forms: [FormTally.Key: FormTally] = [:]
  ) {
    self.named = named
    self.tallies = tallies
    self.forms = forms
  }

  /// Takes in what changed.
  package mutating func apply(_ change: UnrevealedChange) {
    switch change {
    case .cast(let vote): named[vote.key] = vote
    case .counted(let tally): tallies[tally.key] = tally
    case .formCounted(let tally): forms[tally.key] = tally
    case .dropped(let key): named[key] = nil
    case .uncounted(let item, let group):
      tallies = tallies.filter { $0.value.item != item || $0.value.group != group }
    case .formDropped(let form, let item, let group):
      forms = forms.filter {
        $0.value.form.digest != form || $0.value.tally.item != item || $0.value.tally.group != group
      }
    }
  }
}

/// A form whose table has no names.
public struct AnonymousForm: Hashable, Sendable {
  /// Of its columns: the same form exported again has the same.
  public let digest: String
  /// Whether only people filled it in who are not in the room: their votes stand beside those of the room, while
  /// those of others give way to them.
  public let isOfAbsent: Bool

  /// Takes each property as it is; nothing is checked.
  public init(digest: String, isOfAbsent: Bool = false) {
    self.digest = digest
    self.isOfAbsent = isOfAbsent
  }
}

/// What a form without names says on one item.
public struct FormTally: Hashable, Sendable {
  /// Where it comes from.
  public let form: AnonymousForm
  /// In round 1.
  public let tally: Tally

  /// Takes each property as it is; nothing is checked.
  public init(form: AnonymousForm, tally: Tally) {
    self.form = form
    self.tally = tally
  }

  /// What it is of; there is one for each key.
  public struct Key: Hashable, Sendable {
    let form: String
    let tally: Tally.Key
  }

  /// What it is of.
  public var key: Key { Key(form: form.digest, tally: tally.key) }
}

/// A change of what nobody may see yet.
package enum UnrevealedChange: Hashable, Sendable {
  /// Somebody's vote, in place of the one before.
  case cast(Response)
  /// A whole tally of the room, in place of the one of its key.
  case counted(Tally)
  /// A whole tally of a form, in place of the one of its key.
  case formCounted(FormTally)
  /// Somebody's vote is there no more: it was revealed, or another one stands for it.
  case dropped(Response.Key)
  /// None of the room's tallies of an item and a group is left.
  case uncounted(item: String, Rater.Group)
  /// None of a form's tallies of an item and a group is left, by the form's digest.
  case formDropped(String, item: String, Rater.Group)
}
