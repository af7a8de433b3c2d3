import AssessmentModel
import Interview
import Reporting

/// Lists, a row at a time.
extension SessionShell {
  func enterList(_ item: Item, _ record: RecordItem) throws(Exit) {
    switch record {
    case .expectations(let max):
      try enterRows(item, RowForm.expectations(inFull: isFull, questionnaire.customer), max: max)
    case .moments(let max): try enterMoments(item, max: max)
    case .metrics(let max):
      try enterRows(item, RowForm.metrics(MetricOffers(environment.metrics(questionnaire))), max: max)
    case .choice, .number, .text, .raise: break
    }
  }

  private var isFull: Bool { interview.assessment.scope == .full }

  /// Whether one row is enough.
  func isShort(_ item: Item) -> Bool { item.core && !isFull }

  private func enterMoments(_ item: Item, max: Int) throws(Exit) {
    try enterRows(item, RowForm.moments(inFull: isFull, questionnaire.customer), max: max) {
      () throws(Exit) in
      guard isFull else { return true }
      return try self.enterFactorsOfTheWorst(item)
    }
  }

  /// Asks for rows until an empty line. A row is stored with its first field and again with every
  /// further one, so that leaving in the middle of it loses nothing but the line being typed; undo takes
  /// it back whole.
  ///
  /// - Parameter atEnd: what is asked when the list is done; false when something else is wanted.
  private func enterRows<Row: Equatable>(
    _ item: Item, _ form: RowForm<Row>, max: Int, atEnd: () throws(Exit) -> Bool = { true }
  ) throws(Exit) {
    var initial: String?
    var areOffered = false
    while true {
      let rows = form.rows(interview.response(to: item).value)
      if !rows.isEmpty {
        try show([.table(form.table(rows)), .strip(Self.rowKeys(item, rows.count))])
      } else if !areOffered {
        areOffered = true
        try show(form.offers())
      }
      let field = try ask(
        form.prompt, rejected: initial,
        complete: { before in .words(before.isEmpty ? [] : rows.indices.map { "\($0 + 1)" }) })
      initial = nil
      switch field {
      case .skipped, .text("done"):
        if try atEnd() { try moveOn(from: item) }
        return
      case .left: return
      case .text(let text):
        if let offered = form.offer(text), rows.count < max {
          switch offered {
          case .shown(let document): try show(document)
          case .row(let row, let told):
            try show(told)
            guard try perform(.record(form.value(rows + [row])), on: item) else { continue }
            // What the library knows is not asked again.
            let open = form.fields.filter { $0.text(row).isEmpty }
            guard try fill(item, form, rows + [row], at: rows.count, open, keeps: false) else { return }
          }
        } else if let command = RowCommand(text, rows: rows.count) {
          if let wrong = command.numbers.first(where: { rows.isEmpty || !(1...rows.count).contains($0) }) {
            try say("There is no number \(wrong).")
          } else if try !carryOut(command, item, form, rows) {
            return
          }
        } else if text.allSatisfy({ !$0.isLetter }) {
          try say("“\(text)” can't be used here: a few words, or an empty line to go on.")
        } else if rows.count >= max {
          try say("That is as many as can be kept, \(max); `remove` makes room.")
          initial = text
        } else {
          let row = form.begin(text)
          guard try perform(.record(form.value(rows + [row])), on: item) else {
            initial = text
            continue
          }
          guard try fill(item, form, rows + [row], at: rows.count, form.fields, keeps: false) else { return }
          // The short form asks for one; who has more comes back.
          if rows.isEmpty, isShort(item) {
            try say("`goto \(item.id)` adds others.")
            if try atEnd() { try moveOn(from: item) }
            return
          }
        }
      }
    }
  }

  private static func rowKeys(_ item: Item, _ count: Int) -> [String] {
    var words = ["edit 1", "remove 1"]
    if count > 1 { words.append("move 2 1") }
    if case .moments = item.record { words.append("factors 1") }
    if case .metrics = item.record { words.append("reading 1 34") }
    return words + ["undo", "Enter on an empty line goes on"]
  }

  /// False when something else is wanted.
  private func carryOut<Row: Equatable>(
    _ command: RowCommand, _ item: Item, _ form: RowForm<Row>, _ rows: [Row]
  ) throws(Exit) -> Bool {
    var changed = rows
    switch command {
    case .edit(let number):
      let title = RowField<Row>(
        prompt: form.prompt, text: { $0[keyPath: form.title] },
        take: { row, text in
          if text.isEmpty { return "It needs a text; `remove \(number)` takes it away." }
          row[keyPath: form.title] = text
          return nil
        })
      return try fill(item, form, rows, at: number - 1, [title] + form.fields + form.later, keeps: true)
    case .remove(let number):
      changed.remove(at: number - 1)
      if try perform(.record(form.value(changed)), on: item) {
        try say("Removed, \(savedWords ?? ""). `undo` brings it back.")
      }
    case .move(let from, let to):
      changed.insert(changed.remove(at: from - 1), at: to - 1)
      if try perform(.record(form.value(changed)), on: item) { try say("Moved, \(savedWords ?? "").") }
    case .factors(let number):
      guard let moments = rows as? [Moment], let form = form as? RowForm<Moment> else {
        try say("The six factors belong to moments.")
        return true
      }
      return try fill(
        item, form, moments, at: number - 1, Moment.factorFields(questionnaire.customer), keeps: true)
    case .malformed(let form): try say("That is typed so: \(form).")
    case .reading(let number, let value, let day):
      guard let metrics = rows as? [Metric], let form = form as? RowForm<Metric> else {
        try say("Readings belong to figures.")
        return true
      }
      try addReading(item, form, metrics, number - 1, value, on: day)
    }
    return true
  }

  /// A reading of today, or of a day, which is shown before it counts.
  private func addReading(
    _ item: Item, _ form: RowForm<Metric>, _ metrics: [Metric], _ index: Int, _ value: String, on day: String?
  ) throws(Exit) {
    var metrics = metrics
    let reading = FigureReading(value, unit: metrics[index].unit)
    guard case .figure(let figure, let unit) = reading else {
      return try say(
        (reading.problem(with: value) ?? "")
          + (day == nil ? " A day stands behind `on`: reading 1 34 on 30 Nov." : ""))
    }
    let today = environment.today()
    var date = today
    if let day {
      let reading = DayReading(day, today: today, lies: .behind)
      guard let read = reading.value else {
        return try say(reading.problem(with: day, lies: .behind) ?? "")
      }
      guard try confirm("\(plain(figure)) on \(withWeekday(read))") else {
        return try say("Nothing was kept.")
      }
      date = read
    }
    if let unit { metrics[index].unit = unit }
    metrics[index].readings.removeAll { $0.date == date }
    metrics[index].readings.append(Metric.Reading(date: date, value: figure))
    metrics[index].readings.sort { $0.date < $1.date }
    if try perform(.record(form.value(metrics)), on: item) {
      try say("Kept: \(plain(figure)) on \(withWeekday(date)), \(savedWords ?? "").")
    }
  }

  /// Shows what was read; true on Enter or a yes.
  private func confirm(_ words: String) throws(Exit) -> Bool {
    while true {
      let answer = try read("\(words): Enter keeps it, no drops it> ").trimmed
      if answer.isEmpty { return true }
      if let answer = YesOrNo(answer) { return answer == .yes }
      try say("Enter, or no.")
    }
  }

  /// Asks for a row's fields, one after the other; `done` leaves the rest as it is. False when something
  /// else is wanted before; what there is of it is stored.
  ///
  /// - Parameter keeps: whether the row was there before, so that what it holds stands in the line, and
  ///   the first change begins something of its own to undo.
  private func fill<Row: Equatable>(
    _ item: Item, _ form: RowForm<Row>, _ rows: [Row], at index: Int, _ fields: [RowField<Row>], keeps: Bool
  ) throws(Exit) -> Bool {
    var rows = rows
    var isBegun = !keeps
    var answered = 0
    for field in fields where keeps || field.isAsked(rows[index]) {
      if answered > 0 {
        answered -= 1
        continue
      }
      let stored = field.text(rows[index])
      var rejected: String?
      asking: while true {
        let typed: String
        // What is there stands in the prompt: in the line people would type behind it.
        let prompt =
          stored.isEmpty
          ? field.prompt : "\(field.prompt) (Enter keeps \(Screens.shortened(stored, 30)), - empties it)"
        switch try ask(
          prompt, rejected: rejected,
          own: isBegun ? field.own : field.own.union(["undo"]),
          complete: { _ in .words(field.words + ["done"]) }
        ) {
        case .skipped: typed = stored
        case .left: return false
        case .text("-") where !stored.isEmpty: typed = ""
        case .text("done"): return true
        case .text("undo"):
          try say("Nothing was changed yet.")
          return true
        case .text(let text): typed = text
        }
        // A list's command belongs to the list.
        if typed.contains(where: \.isLetter), RowCommand(typed, rows: rows.count) != nil {
          try say("“\(typed)” is for the list; `done` leads there.")
          continue asking
        }
        // What was left as it stood there is not read again.
        if typed == stored { break }
        var row = rows[index]
        if let problem = field.take(&row, typed) {
          rejected = Self.isWorthMending(typed) ? typed : nil
          try say(problem + (rejected == nil ? "" : " Ctrl-U empties the line."))
          continue asking
        }
        answered = field.answers(typed) - 1
        guard row != rows[index] else { break }
        var changed = rows
        changed[index] = row
        let value = form.value(changed)
        guard try perform(isBegun ? .amend(value) : .record(value), on: item) else {
          rejected = typed
          continue asking
        }
        rows = changed
        isBegun = true
        break
      }
    }
    if isBegun {
      try say("Kept, \(savedWords ?? "")\(form.remark(rows[index]).map { ": \($0)" } ?? "").")
    }
    return true
  }

  /// The six factors of the two worst moments, where nobody has said anything to them yet. False when
  /// something else is wanted.
  private func enterFactorsOfTheWorst(_ item: Item) throws(Exit) -> Bool {
    guard case .moments(let moments) = interview.response(to: item).value else { return true }
    for index in Moment.worst(moments) where moments[index].factors.isEmpty {
      // Read anew: the one before was stored meanwhile.
      guard case .moments(let moments) = interview.response(to: item).value,
        askedFactors.insert(index).inserted
      else { continue }
      try show([
        .gap,
        .paragraph(
          Words("\(moments[index].moment) is one of the moments that hurt most. ", .strong)
            + Words(
              "What happens to \(questionnaire.customer.many) there? Enter leaves a line out, `done` all that follow."
            )),
      ])
      let form = RowForm.moments(inFull: true, questionnaire.customer)
      guard try fill(item, form, moments, at: index, Moment.factorFields(questionnaire.customer), keeps: true)
      else { return false }
    }
    return true
  }
}
