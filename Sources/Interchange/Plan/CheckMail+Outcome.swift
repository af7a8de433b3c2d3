import AssessmentModel
import Planning

/// What replies change in a plan.
extension CheckMail {
  /// What replies come to.
  package struct Outcome: Hashable, Sendable {
    package var events: [PlanEvent] = []
    /// What each event takes in, in the same order: the number and title, and what was said.
    package var taken: [(line: PlanLine?, metric: Metric?, words: String)] = []
    /// What can't be used, by the line of the file.
    package var problems: [(line: Int, message: String)] = []
    /// How many answers the plan has already.
    package var known = 0

    /// What is taken in, in words.
    package var told: [String] {
      taken.map { line, metric, words in
        line.map { "\($0.number). \($0.entry.title): \(words)" } ?? "\(metric?.name ?? ""): \(words)"
      }
    }

    /// Ids of the lines it speaks of, and `figure` with the name of a metric.
    package var asked: Set<String> {
      Set(taken.map { line, metric, _ in line?.entry.id ?? "figure \(metric?.name.nameKey ?? "")" })
    }

    package static func == (left: Outcome, right: Outcome) -> Bool { left.events == right.events }
    package func hash(into hasher: inout Hasher) { hasher.combine(events) }
  }

  /// Works out what replies change in a plan.
  ///
  /// - Parameter day: the day they are taken in.
  package static func outcome(of replies: Replies, in plan: Plan, on day: Day) -> Outcome {
    var outcome = Outcome()
    for reply in replies.replies {
      switch reply.place {
      case .figure(let number): read(reply, figure: number, plan, day, &outcome)
      case .line(let number):
        guard let line = plan.lines.first(where: { $0.number == number }),
          line.isKept || plan.isProposed && line.entry.isCommitment
        else {
          outcome.problems.append((reply.line, "the plan has no line \(number)"))
          continue
        }
        read(reply, line, from: replies.from, plan, day, &outcome)
      case .none:
        let own = plan.lines.filter {
          $0.isKept && $0.entry.status.isOpen && $0.entry.owner.nameKey == replies.from.nameKey
        }
        guard !replies.from.isEmpty, own.count == 1 else {
          outcome.problems.append(
            (
              reply.line,
              "it is not clear which line “\(reply.text.prefix(60))” is about; write its number before it"
            ))
          continue
        }
        read(reply, own[0], from: replies.from, plan, day, &outcome)
      }
    }
    return outcome
  }

  private static func read(
    _ reply: Reply, figure number: Int, _ plan: Plan, _ day: Day, _ outcome: inout Outcome
  ) {
    guard plan.metrics.indices.contains(number - 1) else {
      outcome.problems.append((reply.line, "the plan has no figure F\(number)"))
      return
    }
    let metric = plan.metrics[number - 1]
    let reading = FigureReading(reply.text, unit: metric.unit)
    guard let value = reading.value else {
      outcome.problems.append(
        (reply.line, reading.problem(with: reply.text) ?? "“\(reply.text)” is no figure"))
      return
    }
    if metric.latest == Metric.Reading(date: day, value: value) {
      outcome.known += 1
      return
    }
    outcome.events.append(.read(metric: metric.name, Metric.Reading(date: day, value: value)))
    outcome.taken.append((nil, metric, JSONValue(value).text()))
  }

  private static func read(
    _ reply: Reply, _ line: PlanLine, from sender: String, _ plan: Plan, _ day: Day, _ outcome: inout Outcome
  ) {
    let from = sender.isEmpty ? line.entry.owner : sender
    if let reading = HearingReading(reply.text) {
      let hearing = reading.hearing(of: line.entry.id, on: day, from: from)
      if let last = plan.kept.lastHeard(line.entry.id), last.answer == hearing.answer,
        last.words == hearing.words
      {
        outcome.known += 1
        return
      }
      outcome.events.append(.heard(hearing))
      outcome.taken.append((line, nil, reply.text))
    } else if !line.entry.isNamed, isName(reply.text) {
      var entry = line.entry
      entry.owner = reply.text
      outcome.events.append(plan.keeping([entry]))
      outcome.taken.append((line, nil, "\(reply.text) takes it"))
    } else {
      outcome.problems.append(
        (reply.line, "“\(reply.text.prefix(60))” begins with none of done, doing, stuck and dropped"))
    }
  }

  /// A few words that can be somebody's name.
  private static func isName(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return (1...4).contains(words.count) && text.last.map { !".!?".contains($0) } == true
      && words.allSatisfy { $0.first?.isUppercase == true || $0.first?.isLowercase == false }
  }
}
