import AssessmentModel
import QuestionnaireFormat
import Scoring
import Shell
import Storage

/// What a team came to the time before, looked up when it is asked for: a workshop shows it after a reveal.
final class LastTime {
  private let settings: Settings
  /// Of which team it was looked up, and what was found.
  private var known: (team: [String], found: Found?)?

  private struct Found {
    let day: Day?
    /// By the ids of the version asked now.
    let standings: [String: ItemStanding]
    let settled: [String: Settlement]
  }

  init(settings: Settings) { self.settings = settings }

  /// A raw level, where the same question was answered.
  func level(
    _ assessment: Assessment, _ questionnaire: Questionnaire, _ item: Item
  ) -> (day: Day?, level: Int, settled: Settlement?)? {
    let team = [assessment.organization, assessment.team]
    if known?.team != team { known = (team, try? look(assessment, questionnaire)) }
    guard let found = known?.found, let standing = found.standings[item.id], let gate = standing.gate,
      // Of fewer, the middle is somebody's own answer.
      standing.state == .settled || standing.latestVotes.count >= ScoringPolicy.standard.smallestGroup
    else { return nil }
    return (found.day, standing.raw(gate), found.settled[item.id])
  }

  private func look(_ assessment: Assessment, _ questionnaire: Questionnaire) throws -> Found? {
    let store = try settings.openStore()
    if let id = assessment.workshop?.from, let before = try? Opened(id, in: store),
      before.questionnaire.id == questionnaire.id, before.questionnaire.version <= questionnaire.version
    {
      return try found(before, Opened(assessment.id, in: store))
    }
    if assessment.organization.isEmpty { return nil }
    let all = try store.finished(of: assessment.organization, team: assessment.team)
    // What this one was taken over from is no other time.
    let own = try ComparisonChoice(store: store, catalog: settings.catalog).lineage(of: assessment.id)
    guard let last = all.last(where: { !own.contains($0.id) && $0.questionnaire.id == questionnaire.id }),
      last.questionnaire.version <= questionnaire.version
    else { return nil }
    return try found(Opened(last.id, in: store), Opened(assessment.id, in: store))
  }

  private func found(_ before: Opened, _ now: Opened) throws -> Found {
    let way = try settings.catalog.way(from: before.pinned, to: now.pinned, tell: { _ in })
    let standings = standings(of: before.assessment, with: before.questionnaire)
    let byID = Dictionary(standings.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return Found(
      day: before.assessment.heldAt?.day,
      standings: way.exact.compactMapValues { byID[$0] },
      settled: way.exact.compactMapValues { before.assessment.settled[$0] })
  }
}
