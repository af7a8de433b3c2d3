import AssessmentModel
import Interchange
import Reporting
import Scoring
import Storage

extension PortfolioReading {
  /// Writes a row for each assessment, with its own result.
  ///
  /// - Parameter pseudonyms: nil for names.
  func writeTable(to outlet: Outlet, pseudonyms: Pseudonyms?) throws {
    let pseudonym = pseudonyms?.of
    try outlet.write(PortfolioDocument.header(frame.questionnaire))
    var versions = versions
    let groups = circle.groupNames
    var last: (organization: String, team: String, text: (Bool) -> String)?
    var spelt: (key: (String, String), names: (String, String))?
    var progress = Progress("Written", of: count)
    defer { progress.end() }
    var done = 0
    try store.eachSealed(filter, inOrderOf: pseudonyms?.rank) { row in
      guard let version = versions[row.questionnaire] else { return }
      let score: PortfolioScore
      var raters = 1
      if let cells = row.cells, version.own != nil {
        score = versions[row.questionnaire]!.own!.score(cells, scope: row.scope, deepened: row.deepened)
      } else {
        let card = Scoring.score(try row.open().assessment, with: version.pinned.questionnaire)
        score = PortfolioScore(card)
        raters = card.verdict.certainty?.spread.raters ?? 0
      }
      // Whether it is its team's latest is known from the one behind it.
      if let last, last.organization != row.organization || last.team != row.team {
        try outlet.write(last.text(true))
      } else if let last {
        try outlet.write(last.text(false))
      }
      // One spelling of each name, so that who counts by it counts the same.
      if pseudonym == nil, spelt?.key.0 != row.organization || spelt?.key.1 != row.team {
        let found = try row.names()
        let organization = spelt?.key.0 == row.organization ? spelt?.names.0 : nil
        spelt = ((row.organization, row.team), (organization ?? found.organization, found.team))
      }
      let names = spelt?.names ?? (row.organization, row.team)
      let (assessment, scope, day) = (row.assessment, row.scope, row.finishedAt.day)
      let group = groups[row.organization] ?? ""
      last = (
        row.organization, row.team,
        { isLatest in
          PortfolioDocument.row(
            assessment: AnalysisCSV.assessment(assessment, pseudonym),
            organization: AnalysisCSV.organization(names.0, pseudonym),
            team: AnalysisCSV.team(names.1, of: names.0, pseudonym), isLatest: isLatest, group: group,
            version: version.pinned.questionnaire.version, scope: scope, date: day, raters: raters, score,
            dimensions: version.areas)
        }
      )
      done += 1
      progress.update(done, upTo: done)
    }
    if let last { try outlet.write(last.text(true)) }
  }
}
