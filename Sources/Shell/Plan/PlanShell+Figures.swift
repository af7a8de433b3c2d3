import AssessmentModel
import Planning
import Reporting

/// What is counted: chosen from the library or told in one's own words, and read.
extension PlanShell {
  /// What a commitment is measured by: one that is counted already, by its number, one of the library, or words.
  func chooseFigure() throws(Exit) -> String? {
    let plan = try current
    let offers = offers(for: plan)
    if !plan.metrics.isEmpty {
      try show([.options(plan.metrics.enumerated().map { Choice(key: "\($0 + 1)", text: $1.name) })])
    }
    while true {
      guard
        let line = try readText(
          "What is counted: a number, #1 or find nps of the library, or your words (Enter keeps it)")
      else { return nil }
      if let number = Int(line) {
        guard plan.metrics.indices.contains(number - 1) else {
          try say("There is no figure \(number).")
          continue
        }
        return plan.metrics[number - 1].name
      }
      switch offers.offer(line) {
      case .shown(let document): try show(document)
      case .row(let metric, let told):
        try show(told)
        try add(metric, RowForm.metrics(offers).fields.filter { $0.text(metric).isEmpty })
        return metric.name
      case nil: return line
      }
    }
  }

  /// The library, with what the commitments are measured by first.
  private func offers(for plan: Plan) -> MetricOffers {
    MetricOffers(
      environment.metrics(questionnaire), fitting: plan.commitments.compactMap { $0.candidate?.measuredBy })
  }

  /// `figures`, `figures 2`, `figures complaints`.
  func enterFigures(_ text: String) throws(Exit) {
    let plan = try current
    let offers = offers(for: plan)
    let form = RowForm.metrics(offers)
    if let number = Int(text) {
      guard plan.metrics.indices.contains(number - 1) else { return try say("There is no figure \(number).") }
      return try change(plan.metrics[number - 1], form.fields)
    }
    if !plan.metrics.isEmpty { try show([.table(form.table(plan.metrics))]) }
    var line = text.isEmpty ? "" : "find \(text)"
    if text.isEmpty { try show(offers.first()) }
    while true {
      if line.isEmpty {
        guard
          let typed = try readText(
            "A figure's number changes it; #1 or a name adds one, Enter goes back"),
          !typed.isEmpty
        else { return }
        line = typed
      }
      defer { line = "" }
      if let offered = offers.offer(line) {
        switch offered {
        case .shown(let document): try show(document)
        case .row(let metric, let told):
          try show(told)
          return try add(metric, form.fields.filter { $0.text(metric).isEmpty })
        }
      } else if let number = Int(line) {
        guard plan.metrics.indices.contains(number - 1) else {
          try say("There is no figure \(number).")
          continue
        }
        return try change(plan.metrics[number - 1], form.fields)
      } else {
        return try add(Metric(name: line), form.fields)
      }
    }
  }

  /// One more figure, and what it lacks.
  private func add(_ metric: Metric, _ fields: [RowField<Metric>]) throws(Exit) {
    if try current.metrics.contains(where: { $0.name.nameKey == metric.name.nameKey }) {
      return try say("“\(metric.name)” is counted already; its number changes it.")
    }
    guard try keep(.measured(metric)) else { return }
    try change(metric, fields)
  }

  /// Asks for what a metric lacks, or may be another; it is stored with each.
  private func change(_ metric: Metric, _ fields: [RowField<Metric>]) throws(Exit) {
    var metric = metric
    // What was read later stays with its name.
    var stored: Metric {
      var metric = metric
      metric.readings = []
      return metric
    }
    for field in fields {
      let there = field.text(metric)
      while true {
        let prompt =
          there.isEmpty
          ? field.prompt : "\(field.prompt) (Enter keeps \(Screens.shortened(there, 30)), - empties it)"
        guard let text = try readText(prompt) else { return }
        if text == "done" { return try say("Kept.") }
        if text.isEmpty { break }
        var changed = metric
        if let problem = field.take(&changed, text == "-" ? "" : text) {
          try say(problem)
          continue
        }
        if changed != metric {
          metric = changed
          guard try keep(.measured(stored)) else { return }
        }
        break
      }
    }
    try say("Kept.")
  }

  /// `read calls 28`, `read calls 28 on 30 Nov`.
  func readFigure(_ text: String) throws(Exit) {
    let metrics = try current.metrics
    if metrics.isEmpty { return try say("Nothing is counted yet; `figures` chooses what.") }
    switch FigureLine(text, among: metrics) {
    case .unknown(let words): try say(words)
    case .of(let metric, let rest):
      if rest.isEmpty {
        _ = try readFigure(metric)
      } else {
        try take(rest, of: metric)
      }
    }
  }

  private func take(_ text: String, of metric: Metric) throws(Exit) {
    let parts = text.split(separator: " on ", maxSplits: 1).map(String.init)
    let reading = FigureReading(parts[0], unit: metric.unit)
    guard let value = reading.value else { return try say(reading.problem(with: parts[0]) ?? "") }
    var day = today
    if parts.count > 1 {
      let said = DayReading(parts[1], today: today, lies: .behind)
      guard let read = said.value else { return try say(said.problem(with: parts[1], lies: .behind) ?? "") }
      day = read
    }
    try keepReading(value, of: metric, on: day)
  }

  private func keepReading(_ value: Double, of metric: Metric, on day: Day) throws(Exit) {
    guard try keep(.read(metric: metric.name, Metric.Reading(date: day, value: value))) else { return }
    try say("Kept: \(metric.name), \(amount(value, metric.unit)) on \(withWeekday(day)).")
  }

  /// At a check: a figure, or nothing. False where somebody left.
  func readFigure(_ metric: Metric) throws(Exit) -> Bool {
    let last =
      metric.latest.map { ", last \(amount($0.value, metric.unit)) on \($0.date)" } ?? ", never read yet"
    try show([.gap, .paragraph(Words(metric.name, .strong) + Words(last))])
    while true {
      guard let text = try readText("The figure now (Enter leaves it)") else {
        return false
      }
      if text.isEmpty { return true }
      let reading = FigureReading(text, unit: metric.unit)
      guard let value = reading.value else {
        try say(reading.problem(with: text) ?? "")
        continue
      }
      try keepReading(value, of: metric, on: today)
      return true
    }
  }
}
