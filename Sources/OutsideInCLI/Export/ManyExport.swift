import AssessmentModel
import Interchange
import QuestionnaireFormat
import Reporting
import Storage

/// Sends all assessments out, or those of one organisation. What can't be opened keeps nothing else back; it is told, and it
/// is no success.
struct ManyExport {
  let store: Store
  /// nil for all.
  private let organization: String?
  /// How many go out.
  private let total: Int

  /// None of an organisation is a slip.
  init(_ store: Store, of organization: String?) throws {
    self.store = store
    self.organization = organization
    total = try stored { () throws(StoreError) in try store.count(of: organization) }
    if let organization, total == 0 { throw store.nothing(of: organization) }
  }

  /// How many went out, and why some did not.
  struct Sent {
    fileprivate(set) var count = 0
    fileprivate(set) var unusable: Failure?

    func check() throws(Failure) {
      if let unusable { throw Failure(unusable.status, "") }
    }
  }

  /// - Parameters:
  ///   - rank: By which organisations and teams are put in order; nil for the one changed last last.
  ///   - know: What is needed of a questionnaire, and what goes out ahead of the first assessment that it is of.
  ///   - add: Adds what goes out of an assessment.
  func send<Known>(
    to outlet: Outlet, inOrderOf rank: Store.Rank? = nil,
    know: (PinnedQuestionnaire, ScoredItems, _ first: String, _ ahead: inout [UInt8]) throws -> Known,
    add: (OutgoingAssessment, Known, _ to: inout [UInt8]) throws -> Void
  ) throws -> Sent {
    var known: [String: Known] = [:]
    var sent = Sent()
    var progress = Progress("Written", of: total)
    defer { progress.end() }
    func leaveOut(_ id: String, _ failure: Failure) {
      System.tell("\(id) was left out. \(failure.message)")
      sent.unusable = failure
    }
    var bytes: [UInt8] = []
    try store.each(of: organization, inOrderOf: rank) { outgoing in
      bytes.removeAll(keepingCapacity: true)
      let (id, reference) =
        switch outgoing {
        case .plain(let plain, let reference): (plain.id, reference)
        case .full(let stored): (stored.assessment.id, stored.assessment.questionnaire)
        }
      func tried<T>(_ work: () throws -> T) throws -> T? {
        do {
          return try work()
        } catch let failure as Failure {
          leaveOut(id, failure)
          return nil
        }
      }
      let content = reference.digests.content
      if known[content] == nil {
        let new = try tried {
          let kept = try stored { () throws(StoreError) in
            if case .full(let stored) = outgoing { return stored.questionnaire }
            return try store.open(id).questionnaire
          }
          return try know(Opened.pinned(to: reference, kept, of: id), kept.items, id, &bytes)
        }
        guard let new else { return }
        // Also where this assessment itself can't go out: the next ones need it.
        try outlet.write(bytes)
        bytes.removeAll(keepingCapacity: true)
        known[content] = new
      }
      guard let mine = known[content], try tried({ try add(outgoing, mine, &bytes) }) != nil else { return }
      // What can't be written is another matter: then nothing goes out.
      try outlet.write(bytes)
      sent.count += 1
      progress.update(sent.count, upTo: sent.count)
    } unreadable: { id, error in
      leaveOut(id, Failure(error))
    }
    try outlet.finish()
    return sent
  }

  /// A line each, with each questionnaire before the first that needs it, and one's own files beside it.
  func sendLines(to outlet: Outlet, _ catalog: Catalog) throws {
    struct Known {
      let pinned: PinnedQuestionnaire
      let items: ScoredItems
      let reference: [UInt8]
    }
    var withCompanions: Set<String> = []
    let sent = try send(to: outlet) { pinned, items, first, ahead in
      if !pinned.isIntact {
        System.tell(
          "The questionnaire kept with \(first) no longer matches its digest; what is of it can't be taken in again."
        )
      }
      let (reference, questionnaire) = (pinned.reference, pinned.questionnaire)
      ahead += "\(QuestionnaireDocument.write(reference, definition: questionnaire.canonical).text())\n".utf8
      if withCompanions.insert(reference.id).inserted {
        for companion in catalog.companions(of: reference.id) { ahead += "\(companion.json.text())\n".utf8 }
      }
      return Known(
        pinned: pinned, items: items,
        reference: PlainDocument.questionnaire(reference, terms: questionnaire.terms))
    } add: { outgoing, known, line in
      switch outgoing {
      case .plain(let plain, _):
        PlainDocument.write(plain, questionnaire: known.reference, items: known.items, to: &line)
      case .full(let stored):
        Opened(stored: stored, pinned: known.pinned, lock: nil).tellWhatStays()
        line +=
          AssessmentDocument.writeLine(stored.assessment, questionnaire: known.pinned.questionnaire).text()
          .utf8
      }
      line.append(UInt8(ascii: "\n"))
    }
    System.tell(
      "\(counted(sent.count, "assessment", "assessments")). Not in it: what was typed and taken back, the settings of this machine, and votes that nobody has seen; "
        + "`outside-in doctor --copy FOLDER` copies all there is.")
    try sent.check()
  }

  /// All answers of all of them, a row each.
  func sendTable(to outlet: Outlet, withNames: Bool) throws {
    let secret = try stored { () throws(StoreError) in try store.secret() }
    let pseudonyms = withNames ? nil : Pseudonyms(secret: secret)
    let pseudonym = pseudonyms?.of
    try outlet.write(AnalysisCSV.header)
    let sent = try send(to: outlet, inOrderOf: pseudonyms?.rank) { pinned, items, _, _ in
      (csv: AnalysisCSV(pinned.questionnaire, pseudonym: pseudonym), items: items)
    } add: { outgoing, known, rows in
      let assessment =
        switch outgoing {
        case .plain(let plain, let reference): plain.assessment(to: reference, items: known.items)
        case .full(let stored): stored.assessment
        }
      let isLatest =
        try assessment.finishedAt != nil
        && stored { () throws(StoreError) in
          try store.isLatest(assessment.id, of: assessment.organization, assessment.team)
        }
      rows += known.csv.rows(assessment, isLatest: isLatest).utf8
    }
    System.tell(
      "\(counted(sent.count, "assessment", "assessments")). What the items are says: outside-in questionnaire show ID --format csv."
        + (withNames ? "" : " Names are pseudonyms; --names writes them, and what was typed."))
    try sent.check()
  }
}

extension Opened {
  /// Votes that nobody has seen go nowhere.
  func tellWhatStays() {
    let votes = workshop.unseenVotes
    guard votes > 0 else { return }
    System.tell(
      "\(assessment.id): \(counted(votes, "vote", "votes")) that nobody has seen yet stay behind; they go out once they "
        + "are revealed.")
  }
}
