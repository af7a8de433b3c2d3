import AssessmentModel
import Planning
import QuestionnaireFormat
import Shell
import Storage

/// Why a command did not do what it was asked: the exit status, and what to tell the user.
struct Failure: Error {
  enum Status: Int32 {
    case failed = 1
    case usage = 64
    case data = 65
    case notFound = 66
    case cannotCreate = 73
    case inputOutput = 74
    case busy = 75
  }

  let status: Status
  let message: String

  init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message
  }

  init(_ error: StoreError) {
    let status: Status =
      switch error {
      case .noSuchAssessment: .notFound
      case .ambiguous: .usage
      case .alreadyStored: .data
      case .busy, .changedElsewhere, .held: .busy
      case .cannotCreate: .cannotCreate
      case .cannotOpen, .cannotWrite, .damaged, .newerSchema, .unsafeSettings: .inputOutput
      }
    if case .held(let id, let holder, let since?) = error {
      self.init(
        .busy,
        "\(id) is open in another window, since \(since.day) \(System.localTime(since)) (\(holder)). Go on "
          + "there, or leave it there first.")
    } else {
      self.init(status, error.errorDescription ?? "The store failed.")
    }
  }

  init(_ error: JSONError, in file: String) {
    self.init(
      .data,
      "\(file): \(error.path): \(sentence(error.message)) Nothing was stored; mend it and try again.")
  }

  init(_ diagnostics: [Diagnostic]) {
    self.init(.data, diagnostics.map(\.text).joined(separator: "\n"))
  }

  init(_ error: PlanningError) {
    switch error {
    case .insufficientData(let first):
      self.init(
        .data,
        "There are not enough answers for a verdict, so there is nothing to plan from yet. Answer "
          + "these first: \(first.joined(separator: ", ")).")
    }
  }
}

/// Turns a store's error into a failure.
@discardableResult
func stored<T>(_ work: () throws(StoreError) -> T) throws(Failure) -> T {
  do throws(StoreError) {
    return try work()
  } catch {
    throw Failure(error)
  }
}
