import AssessmentModel
import Interview
import Reporting
import Scoring

/// What the team expects customers to say, and what they say.
extension WorkshopShell {
  /// Question by question, before anybody sees an answer of theirs.
  func predict() throws(Exit) {
    let items = workshop.customerItems
    let many = questionnaire.customer.many
    guard !items.isEmpty else { return try say("Nothing here is asked of \(many).") }
    if interview.assessment.hasCustomersAnswers {
      try say("What \(many) said is shown already; a prediction comes before that.")
      return try show(WorkshopScreens.customers(subject))
    }
    try say(
      "What will \(many) answer, on average? \(counted(items.count, "question", "questions").capitalizedFirst), five minutes: say a "
        + "number from 0 to 4 together, such as 2 or 2.5. Enter leaves one out, `back` goes to the one before, `stop` ends it."
    )
    var place = 0
    while place < items.count {
      let item = items[place]
      try show(WorkshopScreens.customersQuestion(item, questionnaire, place: place + 1, of: items.count))
      let before = interview.assessment.predictions[item.id]
      let kept = before.map { " [\(plain($0))]" } ?? ""
      let line = try reply(to: "\(item.id), your prediction\(kept)> ").lowercased()
      switch line {
      case "", "next", "skip": place += 1
      case "back": place = max(0, place - 1)
      case "stop": place = items.count
      default:
        switch FigureReading(line, decimals: line.contains(",") ? .comma : .point) {
        case .figure(let value, unit: nil) where (0...4).contains(value):
          if try perform(.predict(item.id, value)) { place += 1 }
        case .figure, .either, .otherUnit, .unreadable:
          try say("A number from 0 to 4, please; 2.5 is one, too.")
        }
      }
    }
    let count = interview.assessment.predictions.count
    guard count > 0 else { return try say("Nothing is predicted.") }
    try say("\(counted(count, "prediction is", "predictions are")) kept, \(savedWords ?? "").")
    if count < items.count {
      // What is not guessed yet is worth waiting for.
      let open = counted(items.count - count, "question has", "questions have")
      guard try askYesOrNo("\(open.capitalizedFirst) no prediction. Show all the same, yes or no> ") else {
        return try say("`predict` goes on with them; until then nobody sees what \(many) say.")
      }
    }
    if workshop.hiddenCustomerCount > 0 {
      try showCustomers()
    } else {
      guard try perform(.showCustomers) else { return }
      try say(
        "Nobody of them has answered yet. `outside-in workshop sheets \(interview.assessment.id.prefix(10)) --form --customers` gives "
          + "the text of a form for them; `import` takes its table, `paper \(many)` what they wrote on sheets."
      )
    }
    shown = nil
  }

  /// From here on what customers said is in result and plan.
  private func showCustomers() throws(Exit) {
    guard try perform(.showCustomers) else { return }
    if interview.assessment.hasCustomersAnswers {
      try show(WorkshopScreens.customers(subject))
    } else {
      try say(
        "Fewer than three have answered: that would tell who said what. It is shown once there are more.")
    }
  }

  /// Sheets that customers filled in, one a line.
  func enterCustomers() throws(Exit) {
    let items = workshop.customerItems
    let customer = questionnaire.customer
    guard !items.isEmpty else { return try say("Nothing here is asked of \(customer.many).") }
    try say(
      "A line for each sheet: \(counted(items.count, "answer", "answers")) in a row, in the order of the sheet "
        + "(\(items.map(\.id).joined(separator: ", "))), ? for don't know, - for does not apply. Typed unseen; Enter ends it, "
        + "three or more at a time.")
    var sheets: [[Response.Answer]] = []
    try secretly { () throws(Exit) in
      while true {
        let line = try self.readSecret("sheet \(sheets.count + 1), unseen (Enter ends)> ").trimmed
        if line.isEmpty || line.lowercased() == "stop" { return }
        let words = line.split { $0.isWhitespace || $0 == "," || $0 == ";" }.map(String.init)
        let votes = zip(items, words).compactMap { vote($1, keys: self.questionnaire.voteKeys(of: $0)) }
        if words.count == items.count, votes.count == items.count {
          sheets.append(votes)
        } else {
          try self.say("That can't be used: \(items.count) answers, one for each question. Type them again.")
        }
      }
    }
    guard !sheets.isEmpty else { return }
    guard sheets.count >= Tally.fewest else {
      return try say(
        "\(counted(sheets.count, "sheet", "sheets")) would tell who said what; nothing was kept. Type them together with others."
      )
    }
    let tallies = items.enumerated().map { place, item in
      var tally = Tally(item: item.id, group: .customer)
      for sheet in sheets { tally.add(sheet[place]) }
      return tally
    }
    guard try perform(.addCustomers(tallies)) else { return }
    try say(
      "\(counted(sheets.count, "sheet is", "sheets are")) kept, \(savedWords ?? "")."
        + (interview.assessment.hidesCustomers
          ? " They are seen once the team has said what it expects: `predict`." : ""))
    shown = nil
  }

  /// Before the result: what they said is worth most where somebody has guessed first.
  func offerPrediction() throws(Exit) -> Bool {
    let count = workshop.hiddenCustomerCount
    guard count > 0 else { return true }
    let customer = questionnaire.customer
    try say("\(customer.counted(count)) \(count == 1 ? "has" : "have") answered, and nobody has seen what.")
    while true {
      switch try reply(
        to: "Enter: say first what you expect (five minutes); show: without; leave: not now> "
      ).lowercased() {
      case "":
        try predict()
        if workshop.hiddenCustomerCount == 0 { return true }
      case "show":
        try showCustomers()
        return true
      case "leave":
        try say("The result is without them.")
        return true
      default: try say("Enter, show or leave.")
      }
    }
  }
}
