import AssessmentModel

/// The document of an assessment that is nothing more than an answer sheet: one person, levels, and no word beside them.
/// Most of many are such. They are read and written without the way round by responses, which takes ten times as long;
/// a property holds both ways to the same outcome.
package enum PlainDocument {
  /// nil for any other document, and for one with anything wrong in it: `AssessmentDocument` reads that, and says what.
  ///
  /// - Parameters:
  ///   - known: Its questionnaire; what the document says of that was looked at.
  ///   - newID: Makes the id for a document that has none.
  package static func read(
    _ document: JSONNode, against known: KnownItems, newID: () -> String
  ) -> PlainAssessment? {
    var id: String?
    var organization = ""
    var team = ""
    var scope = Assessment.Scope.full
    var startedAt: Timestamp?
    var finishedAt: Timestamp?
    var rater = Rater(id: "r1")
    var responses: JSONNode?
    let isPlain = document.allMembers { key, value in
      if key.says("responses") {
        responses = value
      } else if key.says("id") {
        id = try? AssessmentDocument.readID(value)
        return id != nil
      } else if key.says("organization") {
        return take(name(value), &organization)
      } else if key.says("team") {
        return take(name(value), &team)
      } else if key.says("startedAt") {
        startedAt = try? JSONNode.readTimestamp(value)
        return startedAt != nil
      } else if key.says("finishedAt") {
        finishedAt = try? JSONNode.readTimestamp(value)
        return finishedAt != nil
      } else if key.says("scope") {
        return take(try? JSONNode.readCase(value), &scope)
      } else if key.says("raters") {
        return take(self.rater(value), &rater)
      } else {
        // What both say was looked at before.
        return key.says("schema") || key.says("questionnaire")
      }
      return true
    }
    guard isPlain, let responses else { return nil }
    if let startedAt, let finishedAt, finishedAt < startedAt { return nil }
    var sheet = AnswerSheet(cells: [UInt8](repeating: AnswerSheet.Cell.empty.byte, count: known.scored.count))
    let isRead = responses.allElements { response in
      guard let (place, cell) = cell(response, rater: rater.id, known),
        sheet.cells[place] == AnswerSheet.Cell.empty.byte
      else { return false }
      sheet.cells[place] = cell
      return true
    }
    guard isRead else { return nil }
    return PlainAssessment(
      id: id ?? newID(), organization: organization, team: team, scope: scope, startedAt: startedAt,
      finishedAt: finishedAt, rater: rater, sheet: sheet)
  }

  /// What `AssessmentDocument.writeLine` writes, without a line break.
  ///
  /// - Parameters:
  ///   - questionnaire: What the document says of its questionnaire, as it is written.
  ///   - items: In the questionnaire's order.
  package static func write(
    _ plain: PlainAssessment, questionnaire: [UInt8], items: ScoredItems, to out: inout [UInt8]
  ) {
    func put(_ text: StaticString) {
      out.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    put("{")
    func put(_ key: StaticString, _ text: String) {
      put("\"")
      put(key)
      put("\":")
      JSONValue.write(text, to: &out)
      put(",")
    }
    if let finishedAt = plain.finishedAt { put("finishedAt", finishedAt.rfc3339) }
    put("id", plain.id)
    if !plain.organization.isEmpty { put("organization", plain.organization) }
    put("\"questionnaire\":")
    out.append(contentsOf: questionnaire)
    put(",")
    let rater = plain.rater
    if rater != Rater(id: "r1") {
      put("\"raters\":[{")
      if !rater.department.isEmpty { put("department", rater.department) }
      put("id", rater.id)
      if rater.name.isEmpty {
        out.removeLast()
      } else {
        put("name", rater.name)
        out.removeLast()
      }
      put("}],")
    }
    put("\"responses\":[")
    var isFirst = true
    for (item, byte) in zip(items.ids, plain.sheet.cells) where byte != AnswerSheet.Cell.empty.byte {
      put(isFirst ? "{" : ",{")
      isFirst = false
      let confidence = Int(byte >> 3 & 3)
      if confidence > 0 { put("confidence", Response.Confidence.allCases[confidence - 1].rawValue) }
      let evidence = Int(byte >> 5)
      if evidence > 0 { put("evidence", Response.Evidence.allCases[evidence - 1].rawValue) }
      put("item", item)
      switch byte & 7 {
      case 5: put("\"state\":\"notApplicable\"}")
      case 6: put("\"state\":\"dontKnow\"}")
      case let level:
        put("\"value\":")
        out.append(0x30 + level)
        put("}")
      }
    }
    put("],")
    put("schema", AssessmentDocument.schema)
    if plain.scope != .full { put("scope", plain.scope.rawValue) }
    if let startedAt = plain.startedAt { put("startedAt", startedAt.rfc3339) }
    if !plain.team.isEmpty { put("team", plain.team) }
    out.removeLast()
    put("}")
  }

  /// What documents say of a questionnaire whose definition stands elsewhere, as it is written.
  package static func questionnaire(_ reference: QuestionnaireReference, terms: [String: String]) -> [UInt8] {
    Array(AssessmentDocument.json(reference, terms: terms, definition: nil).text().utf8)
  }

  private static func take<T>(_ found: T?, _ place: inout T) -> Bool {
    guard let found else { return false }
    place = found
    return true
  }

  private static func name(_ node: JSONNode) -> String? {
    guard let name = try? JSONNode.readString(node), Assessment.problem(withName: name) == nil else {
      return nil
    }
    return name
  }

  /// The only one, of the staff, with nothing but an id and names.
  private static func rater(_ node: JSONNode) -> Rater? {
    var found: Rater?
    let isOne = node.allElements { node in
      var rater = (id: "", name: "", department: "")
      let isPlain = node.allMembers { key, value in
        if key.says("id") { return take(name(value), &rater.id) }
        if key.says("name") { return take(name(value), &rater.name) }
        if key.says("department") { return take(name(value), &rater.department) }
        return key.says("group") && value.says("staff")
      }
      guard isPlain, found == nil, !rater.id.isEmpty else { return false }
      found = Rater(id: rater.id, name: rater.name, department: rater.department)
      return true
    }
    return isOne ? found : nil
  }

  private static func cell(
    _ node: JSONNode, rater: String, _ known: KnownItems
  ) -> (place: Int, cell: UInt8)? {
    var place: Int?
    var answer: UInt8?
    var state: UInt8?
    var beside: UInt8 = 0
    let isPlain = node.allMembers { key, value in
      if key.says("item") {
        place = (try? JSONNode.readString(value)).flatMap { known.scored.place(of: $0) }
        return place != nil
      }
      if key.says("value") {
        answer = value.plainNumber.flatMap { (0...4).contains($0) ? UInt8($0) : nil }
        return answer != nil
      }
      if key.says("rater") { return value.says(rater) }
      if key.says("state") {
        if value.says("dontKnow") { state = 6 }
        if value.says("notApplicable") { state = 5 }
        return state != nil || value.says("answered")
      }
      if key.says("confidence") {
        guard let place = Response.Confidence.allCases.firstIndex(where: { value.says($0.rawValue) }) else {
          return false
        }
        beside |= UInt8(place + 1) << 3
        return true
      }
      if key.says("evidence") {
        guard let place = Response.Evidence.allCases.firstIndex(where: { value.says($0.rawValue) }) else {
          return false
        }
        beside |= UInt8(place + 1) << 5
        return true
      }
      return false
    }
    guard isPlain, let place else { return nil }
    switch (answer, state) {
    case (let level?, nil):
      return known.levels[place] & 1 << level != 0 ? (place, level | beside) : nil
    case (nil, let state?): return (place, state | beside)
    case (nil, nil), (_?, _?): return nil
    }
  }
}
