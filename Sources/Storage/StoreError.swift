import AssessmentModel
import Foundation
import GRDB

/// Why the store could not do something: what is wrong, and what to do next.
package enum StoreError: Error, Equatable, LocalizedError {
  case noSuchAssessment(String)
  case ambiguous(String, matches: [String])
  case alreadyStored(String)
  /// Somebody else is writing, or has written since this program read.
  case busy
  case changedElsewhere(String)
  /// Somebody works on the assessment in another program.
  case held(String, by: String, since: Timestamp?)
  case cannotCreate(String, cause: String)
  case cannotOpen(String, cause: String)
  case cannotWrite(cause: String)
  case damaged(String)
  /// A newer program wrote the store.
  case newerSchema(String, found: Int, known: Int)
  case unsafeSettings(String)

  package var errorDescription: String? {
    switch self {
    case .noSuchAssessment(let id):
      "There is no assessment \"\(id)\". `outside-in list` shows what is there."
    case .ambiguous(let id, let matches):
      "\"\(id)\" could be \(matches.joined(separator: ", ")). Give more of the id."
    case .alreadyStored(let id):
      "An assessment \(id) is stored already, and it is another one."
    case .busy: "Another program is writing to the store. Try again in a moment."
    case .changedElsewhere(let id):
      "Another program has changed \(id) since it was opened here. Open it again to go on from there."
    case .held(let id, let holder, _):
      "\(id) is open in another window (\(holder)). Go on there, or leave it there first."
    case .cannotCreate(let path, let cause):
      "The store can't be created at \(path): \(cause). Give another folder with --data-dir."
    case .cannotOpen(let path, let cause):
      "The store \(path) can't be opened: \(cause). Check its rights, or give another folder with "
        + "--data-dir."
    case .cannotWrite(let cause):
      "Nothing was stored: \(cause). Make room or check the folder's rights, then try again."
    case .damaged(let detail):
      "The store is damaged (\(detail)). Nothing was changed; take the file from a backup."
    case .newerSchema(let path, let found, let known):
      "The store \(path) was written by a newer version of this program (schema \(found), this one knows "
        + "\(known)). Nothing was changed; use the newer version."
    case .unsafeSettings(let setting):
      "SQLite did not take the setting \(setting), without which answers could be lost. Nothing "
        + "was opened; report this with the version of your SQLite."
    }
  }

  /// Tells SQLite's result codes apart by what the user can do.
  package static func from(_ error: any Error) -> StoreError {
    if let error = error as? StoreError { return error }
    guard let error = error as? DatabaseError else { return .cannotWrite(cause: "\(error)") }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged("\(error.message ?? "unreadable")")
    case .SQLITE_FULL: return .cannotWrite(cause: "the disk is full")
    case .SQLITE_READONLY, .SQLITE_PERM:
      return .cannotWrite(cause: "the store may not be written to")
    default: return .cannotWrite(cause: error.message ?? "error \(error.resultCode.rawValue)")
    }
  }
}
