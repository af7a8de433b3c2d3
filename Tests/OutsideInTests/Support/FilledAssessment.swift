import AssessmentModel
import Planning
import Scoring

@testable import Reporting

/// A workshop in which people have filled in every field there is, each with a text of the same shape.
///
/// - Parameter text: what is typed, by the field's name; each is its own.
func filledAssessment(
  _ id: String = "FILLED", on day: Day = noon.day, _ text: (String) -> String
)
  -> Assessment
{
  let at = Timestamp(rfc3339: "\(day)T12:00:00Z")!
  var assessment = coreAssessment(raters: 6) { item, rater in
    oriented(item.id == "own-who" ? [0, 0, 4, 4, 1, 3][rater] : [1, 2, 2, 1, 3, 2][rater], item)
  }
  assessment = Assessment(
    id: id, organization: text("organization"), team: text("team"), scope: .core, setting: .workshop,
    startedAt: at, finishedAt: at, questionnaire: outsideIn.reference,
    raters: (1...6).map {
      Rater(
        id: "r\($0)", name: text("name \($0)"), department: text("department \($0 < 4 ? 1 : 2)"),
        group: .staff)
    } + (1...3).map { Rater(id: "c\($0)", name: text("customer \($0)"), group: .customer) },
    responses: assessment.responses)
  for item in outsideIn.questionnaire.items where item.scored?.customers != nil && item.core {
    for customer in ["c1", "c2", "c3"] {
      let key = Response.Key(item: item.id, rater: customer)
      assessment.responses[key] = Response(key: key, answer: oriented(1, item))
    }
    assessment.predictions[item.id] = 3
  }
  let first = Response.Key(item: "own-who", rater: "r1")
  assessment.responses[first]?.note = text("note")
  assessment.responses[first]?.evidence = .document
  assessment.responses[first]?.evidenceNote = text("evidence note")
  assessment.teamEvidence = ["own-who": TeamEvidence(grade: .document, note: text("team evidence"))]
  assessment.settled = [
    "own-who": Settlement(answer: .level(3), reason: text("reason"), dissent: text("dissent"))
  ]
  assessment.parked = [text("parked"), Assessment.homework(of: text("homework"), text("what"))]
  func record(_ item: String, _ value: Value) {
    let key = Response.Key(item: item, rater: nil)
    assessment.responses[key] = Response(key: key, answer: .answered(value))
  }
  record("cur-sector", .option("other"))
  for item in ["cur-about", "vis-what", "vis-where", "vis-when", "vis-how", "vis-why"] {
    record(item, .text(text(item)))
  }
  record(
    "exp-list",
    .expectations([
      Expectation(
        expectation: text("expectation 1"), importance: 5, expected: 6, perceived: 2, words: .customer),
      Expectation(expectation: text("expectation 2"), importance: 2, expected: 4, perceived: 6, words: .ours),
    ]))
  let factors = Dictionary(uniqueKeysWithValues: Moment.Factor.allCases.map { ($0, text($0.rawValue)) })
  record(
    "jou-moments",
    .moments([
      Moment(
        moment: text("moment 1"), stage: text("stage"), channel: text("channel"), importance: 5,
        expectation: 5,
        performance: 2, emotion: -2, standing: .poor, factors: factors, redesign: text("redesign")),
      Moment(
        moment: text("moment 2"), importance: 3, expectation: 3, performance: 4, emotion: 1,
        standing: .exceptional),
    ]))
  let metric = Metric(
    name: text("metric"), formula: text("formula"), unit: text("unit"), better: .down, kind: .leading,
    baseline: 31, target: 10, owner: text("metric owner"), source: text("source"), cadence: text("cadence"),
    readings: [Metric.Reading(date: day, value: 28)])
  record("met-list", .metrics([metric]))
  assessment.commitments = ["expectation-1", "jou-handover-2", "own-1"].enumerated().map { place, action in
    Commitment(
      action: action, title: text("title \(place)"), owner: place == 2 ? "" : text("name \(place + 1)"),
      firstStep: text("first step \(place)"), by: day.adding(days: 5), due: day.adding(days: 30),
      done: text("done \(place)"), stop: text("stop \(place)"))
  }
  assessment.workshop = WorkshopState(minutes: 120, sayings: ["own-who": [text("saying")]])
  var stuck = PlanEntry(assessment.commitments![0])
  stuck.status = .stuck
  stuck.blocks = text("blocks")
  stuck.helps = text("helps")
  stuck.metric = metric.name
  let done = PlanEntry(
    id: "own-2", isCommitment: true, title: text("done title"), owner: text("name 3"), status: .done,
    done: text("done 3"), shown: text("shown"))
  let later = Timestamp(secondsSince1970: at.secondsSince1970 + 86_400)
  assessment.planEvents = [
    .kept([stuck, done]), .entrusted(keeper: text("keeper")),
    .requested(BoardRequest(sponsor: text("sponsor"), money: text("money"), stopIf: text("stop if"))),
    .heard([
      Hearing(
        entry: "jou-handover-2", answer: .doing, day: later.day, from: text("from"), words: text("words"))
    ]),
  ].map { DatedPlanEvent(at: later, $0) }
  return assessment
}

/// All that a report of it is made of, with the time before beside it.
func contents(_ assessment: Assessment, before: Assessment? = nil, _ outgoing: Outgoing = .all) throws
  -> ReportContents
{
  let questionnaire = outsideIn.questionnaire
  let subject = Subject(
    assessment, questionnaire, score(assessment, with: questionnaire),
    staying: assessment.staying(outgoing, in: questionnaire))
  let plan = try? makePlan(assessment, questionnaire, subject.scorecard, library: builtInActions)
  let comparison = before.map { before -> ComparisonSubject in
    let comparison = compare(
      [before, assessment].map {
        ComparedAssessment($0, questionnaire, Correspondence(identity: questionnaire))
      })
    return ComparisonSubject(
      comparison, ledger: planLedger(comparison, library: builtInActions), ifSamePeople: nil)
  }
  let record =
    assessment.setting == .workshop
    ? WorkshopRecord(
      subject.assessment, questionnaire, asked: questionnaire.items.filter { $0.scored != nil && $0.core })
    : nil
  return ReportContents(
    subject, plan: plan,
    last: comparison.map { LastPlan(day: before?.heldAt?.day, ledger: $0.ledger) }, comparison: comparison,
    record: record, unseen: 0)
}

/// Every document there is of it, by its name.
func allDocuments(_ contents: ReportContents) -> [(name: String, document: Document)] {
  let subject = contents.subject
  var documents: [(String, Document)] = [
    ("report", fullReport(contents)), ("wall", wallPage(subject, contents.plan)),
    ("board", boardPage(subject, contents.plan)),
    (
      "sheets",
      sheetsReport(
        subject.questionnaire, subject.assessment,
        asked: subject.questionnaire.items.filter { $0.core && $0.scored != nil }, leftOut: [])
    ), ("customers", customersSheet(subject.questionnaire, subject.assessment)),
  ]
  if let plan = contents.plan { documents.append(("plan", planReport(plan, subject, last: contents.last))) }
  if let comparison = contents.comparison {
    documents.append(("comparison", comparisonReport(comparison, withPictures: true)))
  }
  if let record = contents.record { documents.append(("record", recordReport(record, subject, unseen: 0))) }
  return documents
}

func layout(of name: String) -> HTMLLayout {
  switch name {
  case "wall": .wall
  case "board": .board
  case "sheets", "customers": .handout
  default: .report
  }
}

let testLook = HTMLLook(stylesheet: "body{}", digest: "x")
