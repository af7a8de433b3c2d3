import AssessmentModel
import Interchange
import Reporting
import Storage

/// What becomes of a document whose id is stored already, with other content.
enum Differing {
  case refuse
  /// The one that was worked on last counts.
  case newer
  /// The one that is stored counts.
  case skip
  /// The one in the file counts.
  case replace
}

/// Takes documents in one after the other, within one transaction: what is stored already the same is no change, what differs
/// is collected and told at the end.
struct ManyImport {
  let file: String
  let differing: Differing
  let store: Store
  let intake: Intake
  /// How many lines are told of each kind; the rest is counted.
  private static let mostTold = 20

  private(set) var read = 0
  private(set) var same = 0
  private(set) var kept = 0
  private(set) var replaced = 0
  /// The id of what was read last.
  private(set) var lastID = ""
  /// Those of which only names differ.
  private var otherNames: [String] = []
  /// What another took the place of though it had something of its own, and what that is.
  private(set) var losers: [(stored: StoredAssessment, what: String)] = []
  private var keptIn: String?
  private var refused: [String] = []
  private var refusals = 0
  private var namesakes: [String] = []
  private var namesakeCount = 0
  private var only: Failure?

  init(file: String, differing: Differing, store: Store, intake: Intake) {
    self.file = file
    self.differing = differing
    self.store = store
    self.intake = intake
  }

  mutating func take(_ incoming: Incoming) throws(Failure) {
    do {
      try keep(incoming)
    } catch let failure as Failure {
      throw failure
    } catch let error as StoreError {
      throw Failure(error)
    } catch {
      throw Failure(StoreError.from(error))
    }
  }

  private mutating func keep(_ incoming: Incoming) throws {
    read += 1
    let questionnaire = incoming.questionnaire
    switch incoming.content {
    case .plain(var plain):
      plain.startedAt = plain.startedAt ?? intake.moment
      lastID = plain.id
      if try intake.insert(plain, questionnaire.reference, questionnaire.stored) { return }
    case .full(var assessment):
      assessment.startedAt =
        assessment.startedAt ?? assessment.responses.lazy.compactMap(\.at).min() ?? intake.moment
      lastID = assessment.id
      if try intake.insert(assessment, questionnaire.stored) {
        noteNamesakes(assessment)
        return
      }
    }
    try meet(incoming)
  }

  /// One of its id is there.
  private mutating func meet(_ incoming: Incoming) throws {
    var coming = incoming.assessment
    let (stored, cameIn) = try intake.present(coming.id)
    let present = stored.assessment
    coming.startedAt = coming.startedAt ?? present.startedAt
    coming.position = present.position
    // Names that differ in case and accents alone are one.
    for (mine, theirs) in [
      (present.organization, \Assessment.organization), (present.team, \Assessment.team),
    ]
    where coming[keyPath: theirs].nameKey == mine.nameKey { coming[keyPath: theirs] = mine }
    if present.asDocument == coming {
      same += 1
      return
    }
    if cameIn {
      throw Failure(
        .data, "\(file) holds two different assessments with the id \(coming.id). Nothing was stored.")
    }
    switch differing {
    case .skip: kept += 1
    case .refuse:
      refuse(present, coming, present.asDocument.nameless == coming.nameless ? "; only names differ" : "")
    case .replace:
      try take(coming, insteadOf: stored, incoming)
    case .newer:
      // Renaming leaves no trace: where nothing else differs, the names that are here stay.
      if present.asDocument.nameless == coming.nameless {
        kept += 1
        otherNames.append(
          "\(present.id) is \(ImportCommand.named(present)) here, \(ImportCommand.named(coming)) in the file")
        return
      }
      guard let mine = present.lastEvent, let theirs = coming.lastEvent, mine != theirs else {
        return refuse(present, coming, "; neither says that it is the newer one")
      }
      if mine > theirs {
        kept += 1
        return
      }
      try take(coming, insteadOf: stored, incoming)
    }
  }

  private mutating func take(_ coming: Assessment, insteadOf stored: StoredAssessment, _ incoming: Incoming)
    throws
  {
    if stored.unrevealed != UnrevealedVotes() {
      return refuse(stored.assessment, coming, "; it holds votes here that nobody has seen yet")
    }
    // Nobody may be working on what another takes the place of.
    let lock = try store.hold(coming.id, at: intake.moment)
    try withExtendedLifetime(lock) {
      try intake.remove(coming.id)
      _ = try intake.insert(coming, incoming.questionnaire.stored)
    }
    replaced += 1
    let lost = stored.assessment.whatIsOnlyHere(beside: coming)
    if !lost.isEmpty { losers.append((stored, lost)) }
  }

  private mutating func refuse(_ present: Assessment, _ coming: Assessment, _ why: String) {
    if refusals == 0 { only = ImportCommand.isStored(present, coming) }
    refusals += 1
    if refused.count < Self.mostTold {
      let (here, there) = (ImportCommand.dated(present), ImportCommand.dated(coming))
      refused.append("\(present.id): \(here)\(here == there ? "" : "; in the file \(there)")\(why)")
    }
  }

  /// Whether it can be stored as it is; else why nothing was.
  func check() throws(Failure) {
    guard refusals > 0 else { return }
    if read == 1, differing == .refuse, let only { throw only }
    let more = refusals - refused.count
    throw Failure(
      .data,
      "\(file): of \(counted(read, "assessment", "assessments")) \(refusals == 1 ? "1 is" : "\(refusals) are") stored already and \(refusals == 1 ? "differs" : "differ"). Nothing was stored.\n"
        + refused.map { "  \($0)" }.joined(separator: "\n") + (more > 0 ? "\n  and \(more) more" : "")
        + (differing == .newer
          ? "\nWith --skip those here count, with --replace those in the file."
          : "\nWith --newer the one counts that was worked on last, with --skip the one that is stored, with --replace the one in the file.")
    )
  }

  /// Writes those that had something of their own and had to give way into a file beside the store, before they are gone.
  mutating func keepLosers() throws {
    guard !losers.isEmpty else { return }
    let path = ReplacedFiles.path(in: store.directory, at: intake.moment)
    let outlet = try Outlet(to: path)
    var written: Set<String> = []
    for (stored, _) in losers {
      let reference = stored.assessment.questionnaire
      let pinned = try Opened.pinned(to: reference, stored.questionnaire, of: stored.assessment.id)
      if written.insert(reference.digests.content).inserted {
        try outlet.write(
          QuestionnaireDocument.write(reference, definition: pinned.questionnaire.canonical).text() + "\n")
      }
      try outlet.write(
        AssessmentDocument.writeLine(stored.assessment, questionnaire: pinned.questionnaire).text() + "\n")
    }
    try outlet.finish()
    keptIn = path
  }

  /// What was done, where that is not what one would think.
  func tell() {
    for line in otherNames.prefix(Self.mostTold) { System.tell("\(line), and stays so.") }
    if otherNames.count > Self.mostTold {
      System.tell("So are \(otherNames.count - Self.mostTold) more called otherwise.")
    }
    for (stored, what) in losers.prefix(Self.mostTold) {
      System.tell(
        "\(stored.assessment.id), \(ImportCommand.named(stored.assessment)): \(what) of it \(what.hasPrefix("1 ") && !what.contains(" and ") ? "is" : "are") another one now, or gone."
      )
    }
    if losers.count > Self.mostTold { System.tell("So in \(losers.count - Self.mostTold) more.") }
    if let keptIn {
      System.tell(
        "As they were, these are in \(keptIn); to look at them: outside-in import \(keptIn) --data-dir FOLDER."
      )
    }
    for line in namesakes { System.tell(line) }
    if namesakeCount > namesakes.count {
      System.tell("So in \(namesakeCount - namesakes.count) more.")
    }
    guard read > 1 else {
      if kept == 1 { System.tell("\(lastID) is stored already, and stays as it is.") }
      return
    }
    var parts = ["\(intake.count - replaced) of \(counted(read, "assessment", "assessments")) came in"]
    if same > 0 { parts.append("\(same) \(same == 1 ? "was" : "were") here already") }
    if replaced > 0 {
      parts.append("\(replaced) took the place of \(differing == .newer ? "an older one" : "another one")")
    }
    if kept > 0 { parts.append("\(kept) \(kept == 1 ? "differs and stays" : "differ and stay") as here") }
    System.tell(parts.joined(separator: ", ") + ".")
  }

  /// Two of one name would count as two people.
  private mutating func noteNamesakes(_ assessment: Assessment) {
    for (place, rater) in assessment.raters.enumerated() {
      guard
        let other = assessment.raters[..<place].first(where: {
          !rater.name.nameKey.isEmpty && $0.name.nameKey == rater.name.nameKey && $0.group == rater.group
        })
      else { continue }
      namesakeCount += 1
      if namesakes.count == Self.mostTold { continue }
      namesakes.append(
        "In \(assessment.id) \(other.name) (\(other.id)) and \(rater.name) (\(rater.id)) count as two people. If they are "
          + "two, tell them apart: outside-in rename \(assessment.id) --rater \(rater.id)=NAME.")
    }
  }
}

extension Assessment {
  /// What a document has of it.
  fileprivate var asDocument: Assessment {
    var copy = self
    copy.workshop = nil
    return copy
  }

  /// What another version of it doesn't have, in words; empty where it has all.
  fileprivate func whatIsOnlyHere(beside other: Assessment) -> String {
    let answers = responses.count { $0.counted != .open && other.responses[$0.key]?.answer != $0.answer }
    let entries = planEvents.count { !other.planEvents.contains($0) }
    return listed(
      (answers > 0 ? [counted(answers, "answer", "answers")] : [])
        + (entries > 0 ? [counted(entries, "entry of the plan", "entries of the plan")] : []))
  }

  /// Without what organisation, team and people are called, which may have been changed without a trace.
  fileprivate var nameless: Assessment {
    var copy = self
    (copy.organization, copy.team) = ("", "")
    for place in copy.raters.indices { copy.raters[place].name = "" }
    return copy
  }

  /// When something was last done to it, as far as it says.
  fileprivate var lastEvent: Timestamp? {
    let said = [startedAt, finishedAt].compactMap { $0 }
    let planned = planEvents.map(\.at)
    return (said + planned + responses.lazy.compactMap(\.at)).max()
  }
}
