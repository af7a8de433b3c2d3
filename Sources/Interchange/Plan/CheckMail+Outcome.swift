import AssessmentModel
import Planning

/// What replies change in a plan.
extension CheckMail {
  /// What replies come to.
  package struct Outcome: Hashable, Sendable {
    /// What was heard of lines, in the order of the file.
    package var hearings: [Hearing] = []
    /// Lines that somebody takes by a name.
    package var named: [PlanEntry] = []
    /// Readings, each with its metric's name.
    package var readings: [NamedReading] = []
    /// What is taken in, in words: which line, from what to what.
    package var told: [String] = []
    /// Ids of the lines it speaks of, and `figure` with the name of a metric.
    package var asked: Set<String> = []
    /// What can't be used, by the line of the file.
    package var problems: [Problem] = []
    /// How many answers the plan has already.
    package var known = 0

    /// What takes it in; all that was heard in one step, so that it is taken back in one, too.
    package func events(in plan: Plan) -> [PlanEvent] {
      let lines = named.isEmpty ? hearings.isEmpty ? [] : plan.takingUp : [plan.keeping(named)]
      return lines + (hearings.isEmpty ? [] : [.heard(hearings)])
        + readings.map { .read(metric: $0.metric, $0.reading) }
    }

    /// How many answers are taken in.
    package var count: Int { hearings.count + named.count + readings.count }
  }

  package struct NamedReading: Hashable, Sendable {
    package let metric: String
    package let reading: Metric.Reading
  }

  package struct Problem: Hashable, Sendable {
    /// From 1.
    package let line: Int
    package let message: String
  }

  /// What is said of one line has at most so many characters; more is a mail that was not taken apart.
  static let mostCharacters = 4_000

  /// Works out what replies change in a plan.
  ///
  /// - Parameter day: the day they are taken in.
  package static func outcome(of replies: Replies, in plan: Plan, on day: Day) -> Outcome {
    var outcome = Outcome()
    func refuse(_ reply: Reply, _ message: String) {
      outcome.problems.append(Problem(line: reply.line, message: message))
    }
    for reply in replies.replies {
      if replies.isDouble.contains(reply.place) {
        refuse(reply, "this one is answered twice; leave one of the two")
        continue
      }
      if reply.text.count > mostCharacters {
        refuse(reply, "this answer has over \(mostCharacters) characters")
        continue
      }
      switch reply.place {
      case .figure(let number):
        guard plan.metrics.indices.contains(number - 1) else {
          refuse(reply, "the plan has no figure F\(number)")
          continue
        }
        if let problem = outcome.take(reply, plan.metrics[number - 1], on: day) { refuse(reply, problem) }
      case .line(let number):
        guard let line = plan.lines.first(where: { $0.number == number }), line.isAsked else {
          refuse(reply, "the plan has no line \(number)")
          continue
        }
        if let problem = outcome.take(reply, line, from: replies.from, plan, on: day) {
          refuse(reply, problem)
        }
      case .none:
        let own = plan.lines.filter {
          $0.isKept && $0.entry.status.isOpen && $0.entry.owner.nameKey == replies.from.nameKey
        }
        guard !replies.from.isEmpty, own.count == 1 else {
          refuse(
            reply,
            "it is not clear which line “\(reply.text.prefix(60))” is about; write its number before it")
          continue
        }
        if let problem = outcome.take(reply, own[0], from: replies.from, plan, on: day) {
          refuse(reply, problem)
        }
      }
    }
    return outcome
  }
}

extension CheckMail.Outcome {
  /// Takes a figure; what is wrong with it, if anything.
  fileprivate mutating func take(_ reply: CheckMail.Reply, _ metric: Metric, on day: Day) -> String? {
    let reading = FigureReading(reply.text, unit: metric.unit)
    guard let value = reading.value else {
      return reading.problem(with: String(reply.text.prefix(60))) ?? "“\(reply.text.prefix(60))” is no figure"
    }
    if metric.latest == Metric.Reading(date: day, value: value) {
      known += 1
      return nil
    }
    readings.append(.init(metric: metric.name, reading: Metric.Reading(date: day, value: value)))
    let last = metric.latest.map { "\(JSONValue($0.value).text()) → " } ?? ""
    told.append("\(metric.name): \(last)\(JSONValue(value).text())")
    asked.insert("figure \(metric.name.nameKey)")
    return nil
  }

  /// Takes what was said of a line, or who takes it; what is wrong with it, if anything.
  fileprivate mutating func take(
    _ reply: CheckMail.Reply, _ line: PlanLine, from sender: String, _ plan: Plan, on day: Day
  ) -> String? {
    let from = sender.isEmpty ? line.entry.owner : sender
    if let reading = HearingReading(reply.text) {
      let hearing = reading.hearing(of: line.entry.id, on: day, from: from)
      if let last = plan.kept.lastHeard(line.entry.id), last.answer == hearing.answer,
        last.words == hearing.words
      {
        known += 1
        return nil
      }
      hearings.append(hearing)
      // What it will stand as is shown before it counts: a word may be meant otherwise.
      let words = hearing.words.isEmpty ? "" : ", “\(hearing.words)”"
      let who = from.nameKey == line.entry.owner.nameKey ? "" : " (says \(from))"
      told.append(
        "\(line.number). \(line.entry.title): \(line.entry.status.rawValue) → \(hearing.answer == .notHeard ? "not heard" : hearing.answer.rawValue)\(words)\(who)"
      )
    } else if !line.entry.isNamed, isName(reply.text) {
      var entry = line.toChange
      entry.owner = reply.text
      named.append(entry)
      told.append("\(line.number). \(line.entry.title): \(reply.text) takes it")
    } else {
      return
        "“\(reply.text.prefix(60))” can't be read as an answer: it begins with done, doing, stuck or dropped, and goes on with what shows it or what blocks it"
    }
    asked.insert(line.entry.id)
    return nil
  }

  /// A few words that can be somebody's name.
  private func isName(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return (1...4).contains(words.count) && text.last.map { !".!?".contains($0) } == true
      && words.allSatisfy { $0.first?.isUppercase == true || $0.first?.isLowercase == false }
  }
}
