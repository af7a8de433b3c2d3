import AssessmentModel
import Interview
import QuestionnaireFormat
import Reporting
import Shell
import Storage

/// What comes before an interview: going on with an open one, or beginning another.
struct Desk {
  let console: ReadlineConsole
  let store: Store
  let catalog: Catalog

  func newestOpen() throws(Failure) -> String {
    let open = try stored { () throws(StoreError) in try store.list(openOnly: true) }
    guard let newest = open.first else {
      throw Failure(.notFound, "There is no open assessment. `outside-in assess` begins one.")
    }
    return newest.id
  }

  /// Whether a workshop that is open is meant, rather than another one.
  func goesOn(with workshop: Assessment) throws -> Bool {
    let name = teamName(workshop.organization, workshop.team) ?? workshop.id
    try console.write(
      terminalText(
        [.paragraph(Words("A workshop is open: \(name).", .strong))],
        style: console.style))
    while true {
      switch try read("Enter goes on with it, new begins another> ", ["new", "quit"]).lowercased() {
      case "": return true
      case "new": return false
      case "quit", "q", "exit": throw Leave(status: 0)
      case let line: try console.write("“\(line.harmless)”: Enter, new or quit.\n")
      }
    }
  }

  /// Whose answers are given: the only rater there is, or one of several, who must say so.
  func rater(of assessment: Assessment) throws -> String {
    guard assessment.raters.count != 1 else { return assessment.raters[0].id }
    guard !assessment.raters.isEmpty else {
      throw Failure(.data, "Nobody answers in \(assessment.id); `import --into` adds somebody's answers.")
    }
    try console.write(
      terminalText(
        [
          .paragraph(Words("Several people answer here. Who are you?", .strong)),
          .options(
            assessment.raters.enumerated().map { index, rater in
              let names = [rater.name, rater.department].filter { !$0.isEmpty }
              return Choice(
                key: "\(index + 1)", text: names.isEmpty ? rater.id : names.joined(separator: ", "))
            }),
        ], style: console.style))
    while true {
      let line = try read("A number> ", ["quit"])
      if line.lowercased() == "quit" { throw Leave(status: 0) }
      if let number = Int(line), number > 0, assessment.raters.indices.contains(number - 1) {
        return assessment.raters[number - 1].id
      }
      try console.write("“\(line.harmless)” is none of these.\n")
    }
  }

  /// Begins a new assessment: it is stored, with its questionnaire, before the first question.
  ///
  /// - Parameters:
  ///   - customers: `WORD` or `WORD:PLURAL`; asked for where it is nil.
  ///   - from: an assessment whose answers it begins with, each to be confirmed; what is not said is as there.
  ///   - workshop: who is in the room, as far as it is said already; nil where one person answers.
  func begin(
    questionnaire name: String, scope: Assessment.Scope?, organization: String?, team: String?,
    customers: String?, from earlier: Opened? = nil, workshop: [Rater]? = nil
  ) throws -> Opened {
    for case let name? in [organization, team] {
      if let problem = Assessment.problem(withName: name) { throw Failure(.data, problem) }
    }
    // Of the same questionnaire, unless another one is named.
    let isNamed = name != AssessRequest.defaultQuestionnaire
    let kept = earlier.flatMap { earlier in
      // Of one's own and not here any more: as it was asked then.
      isNamed || catalog.ids.contains(earlier.questionnaire.id) ? nil : earlier.pinned
    }
    var found = try kept?.questionnaire ?? catalog.find(isNamed ? name : earlier?.questionnaire.id ?? name)
    // Who names a version wants that one.
    let isVersionOpen = kept == nil && !name.contains("@")
    if let earlier, isVersionOpen, try keepsVersion(of: earlier, besides: found) {
      found = try catalog.find("\(found.id)@\(earlier.questionnaire.version)")
    }
    let scope = scope ?? earlier?.assessment.scope ?? .core
    let given = try customers.map { (text) throws(Failure) in try Self.word(text, for: found) }
    try introduce(found, scope, isWorkshop: workshop != nil)
    let names = try (
      organization ?? earlier?.assessment.organization
        ?? readName("Name of the organisation (Enter leaves it out)> "),
      team ?? earlier?.assessment.team ?? readName("Team or department in it (or Enter)> ")
    )
    if earlier == nil, isVersionOpen, let last = try lastFinished(of: names, found.id),
      try keepsVersion(of: last, besides: found)
    {
      found = try catalog.find("\(found.id)@\(last.questionnaire.version)")
      try introduce(found, scope, isWorkshop: workshop != nil)
    }
    let word = try given ?? earlier?.questionnaire.customer ?? readWord(found.customer, for: found)
    let published = kept ?? PinnedQuestionnaire(found)
    let pinned =
      word == found.customer
      ? published : try catalog.pinned(published.reference, found.terms(with: word)) ?? published
    let questionnaire = pinned.questionnaire
    // A group reads it when it is there.
    if workshop == nil {
      try console.write(
        terminalText([.gap, .bullets(questionnaire.primer.map { Words($0) })], style: console.style))
    }
    let id = System.newID()
    let now = System.now()
    var assessment = Assessment(
      id: id, organization: names.0, team: names.1,
      scope: questionnaire.hasCore ? scope : .full, setting: workshop == nil ? .alone : .workshop,
      deepened: workshop == nil ? earlier.map { $0.assessment.deepened } ?? [] : [],
      startedAt: now, questionnaire: pinned.reference, raters: workshop ?? [Rater(id: "r1")])
    if let earlier, workshop == nil { try takeOver(earlier, into: &assessment, pinned) }
    if let earlier, workshop != nil { try continueWorkshop(earlier, into: &assessment) }
    let begun = assessment
    let inserted = try stored { () throws(StoreError) in
      let inserted = try store.insert(begun, questionnaire: pinned.stored, at: now)
      guard let earlier, workshop != nil else { return inserted }
      return try store.append(
        [
          .convened(
            minutes: earlier.assessment.workshop?.minutes ?? Agenda.usualMinutes,
            cards: earlier.assessment.workshop?.cards ?? .raised), .continued(from: earlier.assessment.id),
        ], to: inserted, at: now)
    }
    let lock = try stored { () throws(StoreError) in try store.hold(id, at: now) }
    return Opened(stored: inserted, pinned: pinned, lock: lock)
  }

  /// Says what it is and how long it takes.
  private func introduce(
    _ questionnaire: Questionnaire, _ scope: Assessment.Scope, isWorkshop: Bool
  ) throws {
    let all = questionnaire.items.filter { $0.scored != nil }
    let asked = all.count { $0.core || scope == .full || !questionnaire.hasCore }
    // Half a minute a question, and some for what comes after; in fives.
    let minutes = (asked * 35 / 60 + 6) / 5 * 5
    let shortForm = asked < all.count ? ", the short form of \(all.count)" : ""
    let questions = "\(counted(asked, "question", "questions"))\(shortForm)"
    var intro: Document = [
      .heading(1, questionnaire.title),
      .paragraph(
        Words(
          isWorkshop
            ? "A workshop: \(questions), voted on by everybody, then result and plan. "
              + "`quit` keeps everything, and `outside-in workshop ID` goes on, tomorrow too."
            : "\(questions), a few entries, result and plan: about \(minutes) minutes. "
              + "Every answer is saved at once: leave and come back as you like.")),
    ]
    if questionnaire.status == .draft {
      intro.append(.paragraph(Words("This questionnaire is a draft.", .faint)))
    }
    try console.write(terminalText(intro + [.gap], style: console.style))
  }

  /// What a team finished last of a questionnaire; nil where there is none that opens, and for somebody without a name.
  private func lastFinished(of names: (organization: String, team: String), _ questionnaire: String) throws
    -> Opened?
  {
    if names.organization.isEmpty { return nil }
    let last = try stored { () throws(StoreError) in
      try store.latestFinished(of: names.organization, team: names.team, questionnaire: questionnaire)
    }
    // What is damaged stops nobody from beginning anew.
    return last.flatMap { try? Opened($0.id, in: store) }
  }

  /// Says once, to somebody who goes on with an open assessment, that there is a newer version of what it asks.
  func tellOfNewerVersion(_ session: Opened) throws {
    let assessment = session.assessment
    guard assessment.finishedAt == nil, let newer = catalog.newerVersion(than: session.pinned.reference),
      try stored({ () throws(StoreError) in try store.tell(of: newer.version, in: assessment.id) })
    else { return }
    try console.write(
      terminalText(
        [
          .paragraph(
            Words(
              "The questionnaire \(newer.id) has a version \(newer.version) by now. This one was begun with \(session.questionnaire.version) and goes on "
                + "with it; nothing changes. `outside-in upgrade \(assessment.id) --to \(newer.version)` takes it over instead: "
                + "\(try carried(from: session.pinned, to: newer)) This is said once.", .faint)), .gap,
        ], style: console.style))
  }

  /// Whether a team that was asked an older version before wants to be asked it again.
  private func keepsVersion(of earlier: Opened, besides newer: Questionnaire) throws -> Bool {
    let older = earlier.questionnaire.version
    guard earlier.questionnaire.id == newer.id, older < newer.version,
      catalog.entries().contains(where: { $0.id == newer.id && $0.version == older })
    else { return false }
    try console.write(
      terminalText(
        [
          .gap,
          .paragraph(
            Words(
              "Before, version \(older) of \(newer.id) was asked; there is \(newer.version) by now. "
                + (try carried(from: earlier.pinned, to: newer)))),
        ], style: console.style))
    while true {
      let line = try read(
        "Enter asks \(newer.version), \(older) what was asked before> ",
        ["\(older)", "\(newer.version)", "quit"])
      switch line.lowercased() {
      case "", "\(newer.version)": return false
      case "\(older)": return true
      case "quit", "q", "exit": throw Leave(status: 0)
      default: try console.write("“\(line.harmless)”: Enter, \(older) or \(newer.version).\n")
      }
    }
  }

  /// `35 of its 40 questions count as the same.`
  private func carried(from older: PinnedQuestionnaire, to newer: Questionnaire) throws -> String {
    let way = try catalog.way(from: older, to: PinnedQuestionnaire(newer))
    let scored = older.questionnaire.items.filter { $0.scored != nil }.map(\.id)
    let same = way.matches.filter { $0.comparability == .exact && !Set($0.old).isDisjoint(with: scored) }
    let reworded = same.count(where: \.isTried)
    let words =
      reworded == 0 ? "" : ", \(reworded) of them in words that were tried out and are answered alike"
    return
      "\(same.count) of its \(counted(scored.count, "question", "questions")) count as the same in both\(words)."
  }

  /// Takes over who was there and what was given somebody to find out.
  private func continueWorkshop(_ earlier: Opened, into assessment: inout Assessment) throws {
    let before = earlier.assessment
    if assessment.raters.isEmpty {
      // Who only answered beforehand is asked beforehand again.
      let attended = before.workshop?.attended ?? []
      assessment.raters = before.raters.filter { rater in
        rater.group == .staff && !rater.name.isEmpty && (attended.isEmpty || attended.contains(rater.id))
      }
    }
    // The same people are held against their own answers.
    for (place, rater) in assessment.raters.enumerated() {
      guard
        let known = before.raters.first(where: {
          $0.name.nameKey == rater.name.nameKey && $0.group == rater.group
        })
      else { continue }
      if !known.isNumbered {
        assessment.raters[place].person = known.identity(in: before)
      }
    }
    assessment.anonymous = before.anonymous
    let homework = before.openHomework
    assessment.parked += homework
    let day = before.heldAt.map { " on \($0.day)" } ?? ""
    var words = "As\(day): \(listed(assessment.raters.map(\.name)))."
    if !homework.isEmpty { words += " Still open: \(homework.joined(separator: "; "))." }
    words +=
      " `join` and `away` say who is there today; what was settled then is shown after each reveal."
    try console.write(terminalText([.gap, .paragraph(Words(words))], style: console.style))
  }

  /// Puts the answers of an earlier assessment before whoever begins a new one.
  private func takeOver(
    _ earlier: Opened, into assessment: inout Assessment, _ pinned: PinnedQuestionnaire
  ) throws {
    assessment = Takeover.carryForward(
      into: assessment, from: earlier.assessment, of: earlier.questionnaire, to: pinned.questionnaire,
      by: try catalog.way(from: earlier.pinned, to: pinned))
    let count = assessment.responses.count { $0.isToConfirm && $0.key.rater != nil }
    let source = teamName(earlier.assessment.organization, earlier.assessment.team).map { " of \($0)" } ?? ""
    let day =
      source + (earlier.assessment.heldAt.map { (source.isEmpty ? " of " : ", ") + "\($0.day)" } ?? "")
    let (before, now) = (earlier.questionnaire.version, pinned.questionnaire.version)
    let version =
      before == now
      ? ""
      : " What is asked is version \(now); then it was \(before). Where a question reads otherwise and its answer stands there, both wordings "
        + "were tried out and answered alike: read it anew all the same."
    try console.write(
      terminalText(
        [
          .gap,
          .paragraph(
            Words(
              "\(counted(count, "answer", "answers").capitalizedFirst)\(day) \(count == 1 ? "stands" : "stand") there, each marked. "
                + "Enter confirms one that still holds, anything else replaces it; what is not confirmed counts as open.\(version)"
            )),
        ], style: console.style))
    // Somebody who answers both times is held against their own answers, which sees far smaller changes.
    let staff = earlier.assessment.raters.filter { $0.group == .staff }
    guard staff.count == 1 else { return }
    while true {
      let name = staff[0].name.isEmpty ? "" : " (\(staff[0].name.harmless))"
      let line = try read("Was it you who answered then\(name)? yes or no> ", ["yes", "no"])
      switch YesOrNo(line) {
      case .yes:
        assessment.raters[0].name = staff[0].name
        assessment.raters[0].department = staff[0].department
        assessment.raters[0].person = staff[0].identity(in: earlier.assessment)
        return
      case .no: return
      case nil:
        if ["quit", "q", "exit"].contains(line.lowercased()) { throw Leave(status: 0) }
        try console.write(
          "yes or no: your own answers are compared with yours, somebody else's with chance.\n")
      }
    }
  }
}
