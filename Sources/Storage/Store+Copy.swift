import AssessmentModel
import Foundation
import GRDB

/// What a look at the whole store came to.
package struct StoreState: Sendable {
  package let schema: Int
  package let sqlite: String
  package let assessments: Int
  package let open: Int
  package let questionnaires: Int
  package let bytes: Int
  /// What SQLite finds wrong; empty where nothing is.
  package let damage: [String]
}

extension Store {
  /// Looks at every page of the store.
  package func examine() throws(StoreError) -> StoreState {
    try read { db in
      func number(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
      let found = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
      let loose = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
      return StoreState(
        schema: try Schema.version(db), sqlite: try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "",
        assessments: try number("SELECT count(*) FROM assessment"),
        open: try number("SELECT count(*) FROM assessment WHERE finished_at IS NULL"),
        questionnaires: try number("SELECT count(*) FROM questionnaire"),
        bytes: try number("PRAGMA page_count") * number("PRAGMA page_size"),
        damage: found.filter { $0 != "ok" } + (loose > 0 ? ["\(loose) rows belong to nothing"] : []))
    }
  }

  /// Copies the store as it is at this moment by SQLite's own means, whole or not at all, for its owner alone.
  package func copy(to place: String) throws(StoreError) {
    do {
      try queue.inDatabase { db in try Schema.backUp(db, to: place) }
    } catch {
      throw StoreError.from(error)
    }
  }
}
