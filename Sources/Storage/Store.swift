import AssessmentModel
import Foundation
import GRDB

/// Saved assessments in one SQLite file.
///
/// Every write is one transaction that is on the disk when the call returns. Events are kept while
/// an assessment is open and after; a finished one is sealed as one packed row beside them.
package final class Store {
  package static let fileName = "outside-in.sqlite"

  let queue: DatabaseQueue
  package let path: String
  package let directory: String

  /// Opens the store in a folder, creating both where they are missing.
  package init(directory: String) throws(StoreError) {
    self.directory = directory
    path = "\(directory)/\(Self.fileName)"
    var info = stat()
    if stat(directory, &info) != 0, let cause = Self.makeFolders(directory) {
      throw .cannotCreate(directory, cause: cause)
    }
    // A journal with something in it means that the last writer did not come to its end.
    let unclean = stat(path + "-journal", &info) == 0 && info.st_size > 0
    do {
      queue = try DatabaseQueue(path: path, configuration: Self.configuration())
      try queue.inDatabase { db in
        try Self.checkSettings(db)
        // A newer program's store is left alone before anything else is said of it.
        let found = try Schema.version(db)
        if found > Schema.current {
          throw StoreError.newerSchema(path, found: found, known: Schema.current)
        }
        if unclean { try Self.check(db) }
        if found < Schema.current { try Schema.prepare(db, from: found, at: path) }
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
      // SQLite says only that it can't; the system says why.
      let exists = lstat(path, &info) == 0
      let descriptor = Foundation.open(path, exists ? O_RDWR : O_RDWR | O_CREAT | O_EXCL, 0o600)
      let cause = descriptor < 0 ? String(cString: strerror(errno)) : "it is no file to write to"
      if descriptor >= 0 { close(descriptor) }
      throw exists ? .cannotOpen(path, cause: cause) : .cannotCreate(path, cause: cause)
    } catch {
      throw StoreError.from(error)
    }
  }

  /// Makes a folder and those above it, for its owner alone; why it can't where it can't, which
  /// FileManager keeps to itself.
  private static func makeFolders(_ path: String) -> String? {
    var made = path.hasPrefix("/") ? "" : "."
    for name in path.split(separator: "/") {
      made += "/\(name)"
      if mkdir(made, 0o700) != 0, errno != EEXIST { return String(cString: strerror(errno)) }
    }
    return nil
  }

  /// GRDB sets `synchronous = NORMAL` in WAL mode behind one's back, and the SQLite of Debian 12 has
  /// the WAL-reset bug: so the journal is a truncated one, and every commit is synced. What is deleted is overwritten:
  /// a vote that was revealed as a count leaves nothing behind.
  private static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      db.add(
        function: DatabaseFunction("name_key", argumentCount: 1, pure: true) { values in
          String.fromDatabaseValue(values[0])?.nameKey
        })
      try db.execute(
        sql: """
          PRAGMA journal_mode = TRUNCATE;
          PRAGMA synchronous = FULL;
          PRAGMA foreign_keys = ON;
          PRAGMA trusted_schema = OFF;
          PRAGMA secure_delete = ON;
          """)
    }
    return configuration
  }

  /// Reads the settings back: what SQLite was told is not always what it does.
  private static func checkSettings(_ db: Database) throws {
    let wanted: [(String, DatabaseValue)] = [
      ("journal_mode", "truncate".databaseValue), ("synchronous", 2.databaseValue),
      ("foreign_keys", 1.databaseValue), ("trusted_schema", 0.databaseValue),
      ("secure_delete", 1.databaseValue),
      ("busy_timeout", 5000.databaseValue),
    ]
    for (name, value) in wanted {
      let found = try DatabaseValue.fetchOne(db, sql: "PRAGMA \(name)")
      if found != value { throw StoreError.unsafeSettings("\(name) = \(value)") }
    }
  }

  private static func check(_ db: Database) throws {
    let result = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
    if result != "ok" { throw StoreError.damaged(result) }
  }

  func write<T>(_ work: (Database) throws -> T) throws(StoreError) -> T {
    do {
      return try queue.write(work)
    } catch {
      throw StoreError.from(error)
    }
  }

  func read<T>(_ work: (Database) throws -> T) throws(StoreError) -> T {
    do {
      return try queue.read(work)
    } catch {
      throw StoreError.from(error)
    }
  }
}
