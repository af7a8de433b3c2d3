import ArgumentParser
import AssessmentModel
import Foundation
import Reporting
import Shell
import Storage

/// What of the texts that were typed beside the answers a document carries.
struct OutgoingOptions: ParsableArguments {
  @Flag(
    help:
      "Take along all that was typed beside the answers: notes, evidence, reasons, dissent, what was put off."
  )
  var withNotes = false
  @Flag(help: "Leave all of that out.") var withoutNotes = false
  @Flag(help: "Ask again of each text whether it goes out.") var askNotes = false

  func validate() throws {
    if [withNotes, withoutNotes, askNotes].count(where: \.self) > 1 {
      throw ValidationError("--with-notes, --without-notes and --ask-notes exclude each other.")
    }
  }

  /// The assessment as its document may tell it. Before the first file is written each text is shown, and somebody says
  /// whether it goes out; where nobody can be asked, nothing goes out of which nobody has said so.
  ///
  /// - Parameter output: the file, nil for stdout.
  func subject(
    of opened: Opened, to output: String?, _ settings: Settings, in store: Store
  ) throws -> Subject {
    if withNotes { return opened.subject(.all) }
    if withoutNotes { return opened.subject(.none) }
    let isFile = output != nil && output != "-"
    if isFile || askNotes, settings.mayAsk {
      let decided = opened.assessment.keptPlan.released
      guard
        askNotes
          || opened.assessment.remarks(in: opened.questionnaire).contains(where: { decided[$0] == nil })
      else { return opened.subject(.released) }
      let held = try Opened(opened.assessment.id, in: store, toChange: true)
      let shell = PlanShell(
        console: settings.console(), store: store, stored: held.stored, questionnaire: held.questionnaire,
        environment: settings.environment, makePlan: { _ in nil })
      let outcome = withExtendedLifetime(held) { shell.decide(again: askNotes) }
      if case .ended(let status) = outcome {
        if status == 0 { System.tell("Nothing was written.") }
        throw Leave(status: status)
      }
      return try Opened(opened.assessment.id, in: store).subject(.released)
    }
    let subject = opened.subject(.released)
    let decided = opened.assessment.keptPlan.released
    let untold = subject.staying.filter { decided[$0] == nil }
    if !untold.isEmpty, isFile || !System.isScreen {
      let kinds = Remark.Kind.allCases.compactMap { kind in
        let count = untold.count { $0.kind == kind }
        return count == 0 ? nil : remarksWords(kind, count)
      }
      System.tell(
        "Left out, since nobody has said that it may go out: \(listed(kinds)). --with-notes takes all along.")
    }
    return subject
  }
}

/// Refuses a file whose name belongs to another program.
///
/// - Parameters:
///   - what: what would be written, with its article.
///   - forms: how it is written.
func refuseForeignFile(_ output: String?, _ what: String, _ forms: [String]) throws {
  guard let name = output?.lowercased(),
    let ending = [".pdf", ".docx", ".doc", ".odt", ".xlsx", ".xls"].first(where: name.hasSuffix)
  else { return }
  let instead =
    ending == ".pdf"
    ? " For a PDF write the HTML, open it in a browser and print it into a file."
    : " A word processor or spreadsheet opens these."
  throw ValidationError("\(what) is written as \(listed(forms)).\(instead)")
}
