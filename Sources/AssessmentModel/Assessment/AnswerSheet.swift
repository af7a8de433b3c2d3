/// The scored items of a questionnaire in its order: the places of an answer sheet.
package struct ScoredItems: Hashable, Sendable {
  package let ids: [String]
  private let places: [String: Int]

  package init(_ ids: [String]) {
    self.ids = ids
    places = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package init(of questionnaire: Questionnaire) {
    self.init(questionnaire.items.filter { $0.scored != nil }.map(\.id))
  }

  package var count: Int { ids.count }

  package func place(of item: String) -> Int? { places[item] }
}

/// What one person alone said to the scored items of a questionnaire, a byte for each, in its order. Nearly all of many
/// assessments are nothing more: they come in, are kept, scored and go out so.
package struct AnswerSheet: Hashable, Sendable {
  package var cells: [UInt8]

  package init(cells: [UInt8]) { self.cells = cells }

  /// nil where scoring needs more than the sheet: where several answered, in rounds or as a group, where customers did,
  /// and where answers wait to be confirmed.
  package init?(of assessment: Assessment, items: ScoredItems) {
    guard assessment.raters.count == 1, let rater = assessment.raters.first, rater.group == .staff,
      !assessment.anonymous, assessment.settled.isEmpty, assessment.tallies.isEmpty,
      assessment.teamEvidence.isEmpty, assessment.predictions.isEmpty, assessment.setting == .alone
    else { return nil }
    cells = [UInt8](repeating: Cell.empty.byte, count: items.count)
    for response in assessment.responses {
      guard let place = items.place(of: response.key.item) else {
        // Of the records none enters a score; that one which hides items does is seen to by who reads the sheet.
        if response.key.rater == nil { continue }
        return nil
      }
      guard response.key.round == 1, !response.isToConfirm else { return nil }
      if response.answer == .open { continue }
      guard response.key.rater == rater.id, let cell = Cell(response) else { return nil }
      cells[place] = cell.byte
    }
  }

  /// A response in a byte: bits 0–2 the answer (0…4, 5 not applicable, 6 don't know, 7 none), bits 3–4 the confidence (0
  /// none given, 1 sure, 2 fairly, 3 guess), bits 5–7 the evidence (0 none given, 1 none, 2 anecdote, 3 document, 4
  /// measured).
  package struct Cell: Hashable, Sendable {
    package let byte: UInt8

    package init(byte: UInt8) { self.byte = byte }

    package static let empty = Cell(byte: 7)

    /// A level; nil for anything else.
    package var level: Int? { byte & 7 <= 4 ? Int(byte & 7) : nil }

    /// nil for what is no level, "not applicable" or "don't know" of somebody.
    package init?(_ response: Response) {
      guard response.key.rater != nil else { return nil }
      let answer: UInt8
      switch response.answer {
      case .answered(.level(let level)): answer = UInt8(level)
      case .notApplicable: answer = 5
      case .dontKnow: answer = 6
      case .answered, .open: return nil
      }
      let confidence = response.confidence.flatMap { Response.Confidence.allCases.firstIndex(of: $0) }
      let evidence = response.evidence.flatMap { Response.Evidence.allCases.firstIndex(of: $0) }
      byte = answer | UInt8((confidence ?? -1) + 1) << 3 | UInt8((evidence ?? -1) + 1) << 5
    }

    /// The response again; nil for bits that mean nothing, and for an empty cell.
    package func response(_ key: Response.Key, at moment: Timestamp?) -> Response? {
      let confidence = Int(byte >> 3 & 3)
      let evidence = Int(byte >> 5)
      let answer: Response.Answer
      switch byte & 7 {
      case 5: answer = .notApplicable(reason: nil)
      case 6: answer = .dontKnow
      case 7: return nil
      case let level: answer = .answered(.level(Int(level)))
      }
      guard evidence <= 4 else { return nil }
      return Response(
        key: key, answer: answer,
        confidence: confidence == 0 ? nil : Response.Confidence.allCases[confidence - 1],
        evidence: evidence == 0 ? nil : Response.Evidence.allCases[evidence - 1], at: moment)
    }
  }
}
