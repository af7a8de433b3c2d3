import AssessmentModel

extension Migration {
  /// The SHA-256 digest of what it says, as `sha256:` and 64 hex digits: keys sorted, absent ones left out.
  public var digest: String {
    var object: [String: JSONValue] = [
      "questionnaire": .string(questionnaire), "from": from.canonical, "to": to.canonical,
      "changes": .array(changes.map(\.canonical)),
    ]
    object["link"] = link.map {
      .object(["mean": JSONValue($0.mean), "standardError": JSONValue($0.standardError)])
    }
    return QuestionnaireFormat.digest(JSONValue.object(object).text())
  }

  /// `1.0.0--2.0.0`, as its file is named.
  public var name: String { Self.name(from: from.version, to: to.version) }

  /// How a migration between two versions is named.
  public static func name(from: Version, to: Version) -> String { "\(from)--\(to)" }
}

extension Migration.End {
  fileprivate var canonical: JSONValue {
    .object([
      "version": .string(version.description), "measurement": .string(measurement),
      "wording": .string(wording),
    ])
  }
}

extension Migration.Change {
  fileprivate var canonical: JSONValue {
    var object: [String: JSONValue] = [
      "kind": .string(kind.rawValue), "old": .array(old.map { .string($0) }),
      "new": .array(new.map { .string($0) }), "comparable": .string(comparability.rawValue),
    ]
    object["carry"] = carry.map { .string($0.rawValue) }
    object["levels"] = levels.map { levels in
      .object(
        Dictionary(uniqueKeysWithValues: levels.map { (String($0.key), .integer($0.value)) }))
    }
    object["why"] = why.map { .string($0) }
    object["tried"] = trial.map {
      .object([
        "readings": .integer($0.readings), "organizations": .integer($0.organizations),
        "meanDifference": JSONValue($0.meanDifference), "most": JSONValue($0.most),
      ])
    }
    return .object(object)
  }
}
