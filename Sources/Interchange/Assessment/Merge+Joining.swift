import AssessmentModel

/// Two answers, or two lists, as one.
extension Response {
  /// The two as one, where neither contradicts the other.
  func joined(with other: Response) -> Response? {
    func join<T: Equatable>(_ mine: T?, _ theirs: T?) -> T?? {
      mine == nil || theirs == nil || mine == theirs ? .some(mine ?? theirs) : nil
    }
    func join(_ mine: String?, _ theirs: String?) -> String?? {
      mine?.nonEmpty == nil || theirs?.nonEmpty == nil || mine == theirs
        ? .some(mine?.nonEmpty ?? theirs ?? mine) : nil
    }
    var joined = self
    switch (answer, other.answer) {
    case (.open, let given): joined.answer = given
    case (_, .open): break
    case (.notApplicable(nil), .notApplicable(let reason)): joined.answer = .notApplicable(reason: reason)
    case (.notApplicable, .notApplicable(nil)): break
    case (let mine, let theirs): if mine != theirs { return nil }
    }
    guard let confidence = join(confidence, other.confidence),
      let evidence = join(evidence, other.evidence),
      let evidenceNote = join(evidenceNote, other.evidenceNote), let note = join(note, other.note)
    else { return nil }
    joined.confidence = confidence
    joined.evidence = evidence
    joined.evidenceNote = evidenceNote
    joined.note = note
    joined.flagged = flagged || other.flagged
    // Confirmed once is confirmed.
    joined.carried = other.carried == .confirmed ? .confirmed : carried
    joined.at = at ?? other.at
    return joined
  }
}

extension Value {
  /// A list with the rows of another that it does not have yet; nil where it is no list.
  func adding(_ other: Value?) -> Value? {
    func union<T: Hashable>(_ rows: [T], _ more: [T]) -> [T] { rows + more.filter { !rows.contains($0) } }
    switch (self, other) {
    case (.expectations(let rows), .expectations(let more)): return .expectations(union(rows, more))
    case (.moments(let rows), .moments(let more)): return .moments(union(rows, more))
    case (.metrics(let rows), .metrics(let more)):
      var metrics = rows
      for metric in more {
        if let index = metrics.firstIndex(where: { $0.name == metric.name }) {
          metrics[index].readings = union(metrics[index].readings, metric.readings)
        } else {
          metrics.append(metric)
        }
      }
      return .metrics(metrics)
    case (.level, _), (.option, _), (.options, _), (.number, _), (.text, _), (.expectations, _),
      (.moments, _), (.metrics, _), (.raise, _):
      return nil
    }
  }
}
