import ArgumentParser
import AssessmentModel
import Interview
import QuestionnaireFormat
import Reporting
import Storage

struct UpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade", abstract: "Take an assessment over to a newer version of its questionnaire.",
    discussion: """
      A new assessment is made, with all answers that can be taken over; the old one stays as it is. Told question by \
      question: what is carried, what is to be confirmed, what stays behind, and why.
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id: String
  @Option(help: "The newer version, such as 2.0.0.") var to: String

  func run() throws {
    let settings = global.settings
    let store = try settings.openStore()
    let catalog = settings.catalog
    // Held, so that nobody answers meanwhile what would stay behind.
    let old = try Opened(id, in: store, toChange: true)
    let reference = old.pinned.reference
    guard let version = Version(to) else { throw Failure(.usage, "\"\(to)\" is no version such as 2.0.0.") }
    guard version > reference.version else {
      throw Failure(
        .usage, "\(old.assessment.id) is made with \(reference.version) already; --to takes a higher version."
      )
    }
    guard old.workshop.unseenVotes == 0 else {
      throw Failure(
        .data, "There are votes that are not revealed yet. Reveal them first; nothing was changed.")
    }
    let published = PinnedQuestionnaire(try catalog.find("\(reference.id)@\(version)"))
    let words = published.questionnaire.terms(with: old.questionnaire.customer)
    let pinned =
      published.questionnaire.customer == old.questionnaire.customer
      ? published : try catalog.pinned(reference.id, version, terms: words) ?? published
    var doubts: [String] = []
    let way = try catalog.way(from: old.pinned, to: pinned) { doubts.append($0) }
    guard doubts.isEmpty else {
      throw Failure(
        .data,
        doubts.joined(separator: "\n")
          + "\nNothing was taken over, so that no answer is left behind by mistake. Mend that first.")
    }
    let (organization, team) = (old.assessment.organization, old.assessment.team)
    let others = try stored { () throws(StoreError) in
      try store.finished(of: organization, team: team, openToo: true)
    }
    if let copy = others.last(where: { $0.upgradedFrom == old.assessment.id }) {
      System.tell("\(old.assessment.id) was taken over before, as \(copy.id); this makes another one.")
    }
    let takeover = Takeover(
      upgrading: old.assessment, of: old.questionnaire, to: pinned.questionnaire, pinned.reference,
      by: way, id: System.newID())
    try stored { () throws(StoreError) in
      let inserted = try store.insert(takeover.assessment, questionnaire: pinned.stored, at: System.now())
      // A workshop in the middle goes on where it was.
      guard old.assessment.finishedAt == nil, !takeover.events.isEmpty else { return }
      _ = try store.append(takeover.events, to: inserted, at: System.now())
    }
    try withExtendedLifetime(old) {
      let report = takeoverReport(takeover, from: old.assessment, to: pinned.questionnaire)
      try settings.write(terminalText(report, style: settings.style))
    }
  }
}

/// What became of the questions that were answered, and what is new.
private func takeoverReport(_ takeover: Takeover, from old: Assessment, to newer: Questionnaire) -> Document {
  let version = newer.version
  func rows(_ fate: Takeover.Fate) -> [Takeover.Row] {
    takeover.rows.filter { $0.fate == fate && ($0.answers > 0 || fate == .new) }
  }
  func names(_ row: Takeover.Row) -> String {
    if row.old == row.new || row.new.isEmpty { return row.old.joined(separator: ", ") }
    return row.old.isEmpty
      ? row.new.joined(separator: ", ")
      : "\(row.old.joined(separator: ", ")) → \(row.new.joined(separator: ", "))"
  }
  func bullets(_ title: String, _ found: [Takeover.Row]) -> Document {
    if found.isEmpty { return [] }
    return [
      .heading(2, title),
      .bullets(
        found.map { row in
          Words("\(names(row)): ", .strong) + Words(counted(row.answers, "answer", "answers"))
            + Words(row.why.map { "  \($0)" } ?? "", .faint)
        }),
    ]
  }
  let hidden = takeover.assessment.hiddenItems(in: newer)
  let new = rows(.new).flatMap(\.new).compactMap { newer.item($0) }.filter { item in
    !hidden.contains(item.id) && takeover.assessment.asks(item, of: newer)
  }
  let carried = rows(.carried)
  var document: Document = [
    .heading(1, "From \(old.questionnaire.version) to \(version)"),
    .paragraph(
      Words(
        "\(counted(carried.count, "question is", "questions are")) carried, with \(counted(carried.reduce(0) { $0 + $1.answers }, "answer", "answers")), "
          + "\(counted(rows(.toConfirm).count, "is", "are")) to be confirmed, \(counted(rows(.retired).count, "stays", "stay")) behind, "
          + "\(counted(new.count, "is", "are")) new.")),
  ]
  let waiting =
    takeover.assessment.responses.count { $0.isToConfirm } - rows(.toConfirm).reduce(0) { $0 + $1.answers }
  if waiting > 0 {
    document.append(
      .paragraph(
        Words(
          "\(counted(waiting, "of the answers waits", "of the answers wait")) to be confirmed, as before.")))
  }
  let reworded = carried.filter { $0.old == $0.new && $0.why != nil }
  if !reworded.isEmpty {
    let reference = old.questionnaire
    document.append(
      .paragraph(
        Words(
          "\(counted(reworded.count, "of the carried reads", "of the carried read")) otherwise now; tried out, \(reworded.count == 1 ? "it is" : "they are") answered alike. "
            + "`outside-in questionnaire diff \(reference.id)@\(reference.version) \(reference.id)@\(version)` has the words, and why."
        )))
  }
  document += bullets("Carried, under another id", carried.filter { $0.old != $0.new })
  document += bullets("To be confirmed: they stand there, and count as open until then", rows(.toConfirm))
  document += bullets("Stay behind, in the old assessment", rows(.retired))
  if !new.isEmpty {
    document += [
      .heading(2, "New, and asked"),
      .bullets(new.map { Words("\($0.id): ", .strong) + Words($0.text) }),
    ]
  }
  return document + [
    .gap,
    .paragraph(
      Words(
        "The new assessment is \(takeover.assessment.id); `outside-in \(old.setting == .workshop ? "workshop" : "assess --resume") "
          + "\(takeover.assessment.id)` goes on with it. "
          + "\(old.id) is as it was.")),
  ]
}
