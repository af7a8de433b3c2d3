import AssessmentModel
import Foundation
import GRDB

/// Votes that nobody may see yet: beside the log, which everything else reads.
extension Store {
  static func keep(_ change: UnrevealedChange, of id: String, _ db: Database) throws {
    switch change {
    case .cast(let vote):
      guard let code = code(of: vote.answer), let rater = vote.key.rater else {
        throw StoreError.cannotWrite(cause: "what was given on \(vote.key.item) is no vote of a person")
      }
      let insert = try db.cachedStatement(
        sql:
          "INSERT OR REPLACE INTO vote (assessment, item, round, rater, answer, beside) VALUES (?, ?, ?, ?, ?, ?)"
      )
      try insert.execute(
        arguments: [
          id, vote.key.item, vote.key.round, rater, code, vote.isBare ? nil : vote.json.text(),
        ])
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
    case .formCounted(let counted):
      let tally = counted.tally
      let insert = try db.cachedStatement(
        sql: """
          INSERT INTO form_tally (assessment, form, absent, item, voters, department, counts)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET absent = excluded.absent, counts = excluded.counts
          """)
      try insert.execute(
        arguments: [
          id, counted.form.digest, counted.form.isOfAbsent, tally.item, tally.group.rawValue,
          tally.department ?? "", Data(bytes(of: tally)),
        ])
    case .dropped(let key):
      let delete = try db.cachedStatement(
        sql: "DELETE FROM vote WHERE assessment = ? AND item = ? AND round = ? AND rater = ?")
      try delete.execute(arguments: [id, key.item, key.round, key.rater])
    case .uncounted(let item, let group):
      let delete = try db.cachedStatement(
        sql: "DELETE FROM tally WHERE assessment = ? AND item = ? AND voters = ?")
      try delete.execute(arguments: [id, item, group.rawValue])
    case .formDropped(let form, let item, let group):
      let delete = try db.cachedStatement(
        sql: "DELETE FROM form_tally WHERE assessment = ? AND form = ? AND item = ? AND voters = ?")
      try delete.execute(arguments: [id, form, item, group.rawValue])
    }
  }

  static func unrevealed(of id: String, _ db: Database) throws -> UnrevealedVotes {
    var votes = UnrevealedVotes()
    for row in try Row.fetchAll(
      db, sql: "SELECT item, round, rater, answer, beside FROM vote WHERE assessment = ?", arguments: [id])
    {
      let key = Response.Key(item: row["item"], rater: row["rater"], round: row["round"])
      guard let answer = answer(of: row["answer"]) else { throw StoreError.damaged("a vote of \(id)") }
      var vote = Response(key: key, answer: answer)
      if let beside = row["beside"] as String? {
        do {
          var object = try JSONObjectReader(JSONDocument(parsing: beside).root)
          _ = (object.value("item"), object.value("rater"))
          vote = try Response.read(&object, item: key.item, rater: key.rater, kind: .level)
        } catch {
          throw StoreError.damaged("a vote of \(id): \(error)")
        }
      }
      votes.named[key] = vote
    }
    for row in try Row.fetchAll(
      db, sql: "SELECT item, round, voters, department, counts FROM tally WHERE assessment = ?",
      arguments: [id])
    {
      let tally = try tally(row, round: row["round"], of: id)
      votes.tallies[tally.key] = tally
    }
    for row in try Row.fetchAll(
      db, sql: "SELECT form, absent, item, voters, department, counts FROM form_tally WHERE assessment = ?",
      arguments: [id])
    {
      let counted = FormTally(
        form: AnonymousForm(digest: row["form"], isOfAbsent: row["absent"]),
        tally: try tally(row, round: 1, of: id))
      votes.forms[counted.key] = counted
    }
    return votes
  }

  private static func tally(_ row: Row, round: Int, of id: String) throws -> Tally {
    let bytes = [UInt8](row["counts"] as Data)
    guard bytes.count == 14, let group = Rater.Group(rawValue: row["voters"]) else {
      throw StoreError.damaged("a tally of \(id)")
    }
    let counts = (0..<7).map { Int(bytes[2 * $0]) | Int(bytes[2 * $0 + 1]) << 8 }
    let department: String = row["department"]
    return Tally(
      item: row["item"], round: round, group: group, department: department.isEmpty ? nil : department,
      counts: Array(counts[..<5]), dontKnow: counts[5], notApplicable: counts[6])
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

extension Response {
  /// Whether nothing was given beside the answer.
  fileprivate var isBare: Bool {
    self == Response(key: key, answer: answer.isNotApplicable ? .notApplicable(reason: nil) : answer)
  }
}

extension Response.Answer {
  fileprivate var isNotApplicable: Bool { if case .notApplicable = self { true } else { false } }
}
