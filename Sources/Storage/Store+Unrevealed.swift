import AssessmentModel
import Foundation
import GRDB

/// Votes that nobody may see yet: beside the log, which everything else reads.
extension Store {
  static func keep(_ change: UnrevealedChange, of id: String, _ db: Database) throws {
    switch change {
    case .cast(let key, let answer):
      guard let code = code(of: answer), let rater = key.rater else {
        throw StoreError.cannotWrite(cause: "what was given on \(key.item) is no vote of a person")
      }
      let insert = try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO vote (assessment, item, round, rater, answer) VALUES (?, ?, ?, ?, ?)")
      try insert.execute(arguments: [id, key.item, key.round, rater, code])
    case .counted(let tally):
      let insert = try db.cachedStatement(
        sql: """
          INSERT INTO tally (assessment, item, round, voters, department, counts) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET counts = excluded.counts
          """)
      try insert.execute(
        arguments: [
          id, tally.item, tally.round, tally.group.rawValue, tally.department ?? "", Data(bytes(of: tally)),
        ])
    case .cleared(let item):
      for table in ["vote", "tally"] {
        try db.execute(
          sql: "DELETE FROM \(table) WHERE assessment = ? AND item = ?", arguments: [id, item])
      }
    }
  }

  static func unrevealed(of id: String, _ db: Database) throws -> UnrevealedVotes {
    var votes = UnrevealedVotes()
    for row in try Row.fetchAll(
      db, sql: "SELECT item, round, rater, answer FROM vote WHERE assessment = ?", arguments: [id])
    {
      guard let answer = answer(of: row["answer"]) else { throw StoreError.damaged("a vote of \(id)") }
      votes.named[Response.Key(item: row["item"], rater: row["rater"], round: row["round"])] = answer
    }
    for row in try Row.fetchAll(
      db, sql: "SELECT item, round, voters, department, counts FROM tally WHERE assessment = ?",
      arguments: [id])
    {
      let bytes = [UInt8](row["counts"] as Data)
      guard bytes.count == 14, let group = Rater.Group(rawValue: row["voters"]) else {
        throw StoreError.damaged("a tally of \(id)")
      }
      let counts = (0..<7).map { Int(bytes[2 * $0]) | Int(bytes[2 * $0 + 1]) << 8 }
      let department: String = row["department"]
      let tally = Tally(
        item: row["item"], round: row["round"], group: group,
        department: department.isEmpty ? nil : department,
        counts: Array(counts[..<5]), dontKnow: counts[5], notApplicable: counts[6])
      votes.tallies[tally.key] = tally
    }
    return votes
  }

  /// Two bytes a count, little end first: as long whatever they are.
  private static func bytes(of tally: Tally) -> [UInt8] {
    (tally.counts + [tally.dontKnow, tally.notApplicable]).flatMap { count in
      [UInt8(count & 255), UInt8(count >> 8 & 255)]
    }
  }

  /// 0 to 4, 5 not applicable, 6 don't know, as in a packed assessment.
  private static func code(of answer: Response.Answer) -> Int? {
    switch answer {
    case .answered(.level(let level)): level
    case .notApplicable: 5
    case .dontKnow: 6
    case .answered, .open: nil
    }
  }

  private static func answer(of code: Int) -> Response.Answer? {
    switch code {
    case 0...4: .answered(.level(code))
    case 5: .notApplicable(reason: nil)
    case 6: .dontKnow
    default: nil
    }
  }
}
