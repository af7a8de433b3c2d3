/// A text that somebody typed beside the answers. What was said in the room stays there: no document carries it
/// unless somebody has said of this very text that it may go out.
public struct Remark: Hashable, Sendable {
  /// What it was typed for.
  public enum Kind: String, CaseIterable, Sendable {
    /// Beside an answer.
    case note
    /// What shows that an answer is so.
    case evidence
    /// Why something was settled, or left open.
    case reason
    /// How those see it who are not content with what was settled.
    case dissent
    /// How a question was explained.
    case explanation
    /// Put off, or taken home.
    case parked
  }

  /// What it was typed for.
  public let kind: Kind
  /// Id of the item it belongs to; nil for what was put off.
  public let item: String?
  /// As it was typed.
  public let text: String

  /// Takes each property as it is; nothing is checked.
  public init(kind: Kind, item: String?, text: String) {
    self.kind = kind
    self.item = item
    self.text = text
  }
}

/// Which of the remarks a document carries.
package enum Outgoing: Hashable, Sendable {
  /// Those that somebody let go out.
  case released
  case all
  case none
}

extension Assessment {
  /// All texts that were typed beside answers, each once, in the questionnaire's order, what was put off last.
  package func remarks(in questionnaire: Questionnaire) -> [Remark] {
    var remarks: [Remark] = []
    func add(_ kind: Remark.Kind, _ item: String?, _ text: String?) {
      guard let text, !text.trimmed.isEmpty, kind != .reason || text != Settlement.unclear else { return }
      remarks.append(Remark(kind: kind, item: item, text: text))
    }
    for item in questionnaire.items {
      for response in responses.to(item.id) {
        add(.note, item.id, response.note)
        add(.evidence, item.id, response.evidenceNote)
      }
      add(.evidence, item.id, teamEvidence[item.id]?.note)
      add(.reason, item.id, settled[item.id]?.reason)
      add(.dissent, item.id, settled[item.id]?.dissent)
      for text in workshop?.sayings[item.id] ?? [] { add(.explanation, item.id, text) }
    }
    for text in parked { add(.parked, nil, text) }
    var seen: Set<Remark> = []
    return remarks.filter { seen.insert($0).inserted }
  }

  /// The assessment as a document may know it: without the remarks that stay in the room. Answers, votes and grades of
  /// evidence are all there, so that every figure is the same.
  package func without(_ staying: Set<Remark>) -> Assessment {
    if staying.isEmpty { return self }
    func kept(_ kind: Remark.Kind, _ item: String?, _ text: String?) -> String? {
      text.flatMap { staying.contains(Remark(kind: kind, item: item, text: $0)) ? nil : $0 }
    }
    var copy = self
    for response in responses where response.note != nil || response.evidenceNote != nil {
      var other = response
      other.note = kept(.note, response.key.item, response.note)
      other.evidenceNote = kept(.evidence, response.key.item, response.evidenceNote)
      copy.responses[response.key] = other
    }
    for (item, evidence) in teamEvidence {
      copy.teamEvidence[item]?.note = kept(.evidence, item, evidence.note)
    }
    for (item, settlement) in settled {
      let reason = kept(.reason, item, settlement.reason)
      // That nobody understood a question is no text of anybody's.
      copy.settled[item]?.reason = reason ?? (settlement.isUnclear ? Settlement.unclear : nil)
      copy.settled[item]?.dissent = kept(.dissent, item, settlement.dissent)
    }
    for (item, texts) in workshop?.sayings ?? [:] {
      copy.workshop?.sayings[item] = texts.compactMap { kept(.explanation, item, $0) }
    }
    copy.parked = parked.compactMap { kept(.parked, nil, $0) }
    return copy
  }

  /// The remarks that stay where they are.
  package func staying(_ outgoing: Outgoing, in questionnaire: Questionnaire) -> Set<Remark> {
    switch outgoing {
    case .all: return []
    case .none: return Set(remarks(in: questionnaire))
    case .released:
      let decided = keptPlan.released
      return Set(remarks(in: questionnaire).filter { decided[$0] != true })
    }
  }
}
