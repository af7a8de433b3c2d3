import AssessmentModel
import Foundation
import Scoring
import Testing

/// An organisation as somebody who knows it answered, reading the questionnaire for the first time.
struct DescribedOrganisation: CustomTestStringConvertible, Sendable {
  let name: String
  let orientation: String
  let index: ClosedRange<Double>
  /// Raw, by item.
  let answers: [String: Int]

  var testDescription: String { name }

  static let all: [DescribedOrganisation] = {
    let rows = try! JSONValue(parsing: fixture("organisations.json")).list
    return rows.map { row in
      let range = row["index"].numbers
      var answers: [String: Int] = [:]
      if case .object(let object) = row["answers"] {
        for case (let item, .integer(let value)) in object { answers[item] = value }
      }
      return DescribedOrganisation(
        name: row["name"].text, orientation: row["orientation"].text, index: range[0]...range[1],
        answers: answers)
    }
  }()
}

/// What the built-in questionnaire has to hold: the blueprint of its 42 items and its short scope, what
/// every item brings, and that each idea of the source texts is asked for.
@Suite struct BuiltInQuestionnaireTests {
  let questionnaire = outsideIn.questionnaire
  var scored: [Item] { questionnaire.items.filter { $0.scored != nil } }
  var core: [Item] { scored.filter(\.core) }

  /// Scored items by dimension and section, in the sections' order.
  @Test(arguments: [
    ("vision", [1, 0, 4, 0, 0]), ("insight", [0, 4, 0, 0, 1]), ("ownership", [3, 0, 1, 1, 0]),
    ("journey", [2, 0, 0, 5, 0]), ("emotion", [1, 1, 1, 1, 1]), ("anticipation", [1, 1, 1, 1, 1]),
    ("relationship", [1, 1, 1, 1, 1]), ("measurement", [0, 1, 0, 0, 4]),
  ])
  func theBlueprintIsFilled(dimension: String, counts: [Int]) {
    let found = questionnaire.sections.map { section in
      section.items.count { $0.scored?.dimension == dimension }
    }
    #expect(found == counts)
    #expect(core.count { $0.scored?.dimension == dimension } == 2)
  }

  @Test func eightOrNineItemsASectionAndSixteenInTheCore() {
    #expect(scored.count == 42 && core.count == 16)
    #expect(questionnaire.dimensions.count == 8)
    #expect(
      questionnaire.sections.map(\.id) == [
        "current-state", "expectations", "vision", "journey-map", "metrics",
      ])
    for section in questionnaire.sections {
      #expect((8...9).contains(section.items.count { $0.scored != nil }), "\(section.id)")
      #expect(section.items.count { $0.core && $0.scored != nil } >= 2, "\(section.id)")
      #expect(section.intro != nil && section.minutes != nil, "\(section.id)")
    }
  }

  @Test func customersAnswerOneItemADimension() {
    let asked = scored.filter { $0.scored?.customers != nil }
    #expect(Set(asked.compactMap { $0.scored?.dimension }).count == 8)
    #expect(asked.count == 8)
    for item in asked {
      #expect(item.core && item.scored?.customerAnchors.count == 5, "\(item.id)")
    }
  }

  @Test func bipolarItemsStandOnBothSides() {
    func sides(_ items: [Item]) -> [BipolarForm.Side] {
      items.compactMap { item in
        if case .bipolar(let bipolar) = item.scored?.form { bipolar.outsideIn } else { nil }
      }
    }
    for items in [core, scored] {
      let sides = sides(items)
      #expect(sides.count { $0 == .left } == sides.count { $0 == .right })
    }
    #expect(sides(scored).count >= 8)
  }

  @Test func everyItemSaysWhyAndWhatCounts() {
    for item in scored {
      #expect(item.why != nil && item.probe != nil && item.evidence != nil, "\(item.id)")
      if case .level(let level) = item.scored?.form { #expect(level.anchors.count == 5, "\(item.id)") }
    }
    #expect(questionnaire.primer.count == 5)
    let kinds = questionnaire.items.filter { $0.scored == nil }.map(\.valueKind)
    for kind in [Value.Kind.expectations, .moments, .metrics, .raise, .text, .option] {
      #expect(kinds.contains(kind))
    }
    #expect(questionnaire.items.count { $0.isVision } == 5)
  }

  @Test func noTextStandsTwice() {
    var texts: [String: String] = [:]
    for item in scored {
      var own = [item.text, item.why, item.probe, item.evidence].compactMap { $0 }
      if case .bipolar(let bipolar) = item.scored?.form { own += [bipolar.left, bipolar.right] }
      for text in own {
        #expect(texts.updateValue(item.id, forKey: text) == nil, "\(item.id): \(text)")
      }
    }
  }

  @Test func everyDimensionHasACriticalItem() {
    for dimension in questionnaire.dimensions {
      let critical = scored.filter { $0.scored?.dimension == dimension.id && $0.scored?.critical == true }
      #expect((1...2).contains(critical.count))
      #expect(critical.allSatisfy { $0.core }, "the short scope has the same gates")
    }
  }

  @Test func everyItemHasThreeStepsUp() {
    for item in scored {
      let steps = builtInActions.steps.filter { $0.item == item.id }
      #expect(steps.map(\.to) == [2, 3, 4], "\(item.id)")
      for step in steps {
        #expect(step.effortDays != nil && step.owner != nil && step.done != nil)
        #expect(step.metric != nil && step.stop != nil)
      }
    }
    // Those of both versions: forty questions, and seven that only the newer one has.
    #expect(builtInActions.steps.count == 141)
    #expect(Set(builtInActions.steps.map(\.title)).count == 141)
  }

  /// Each idea of the source texts, by dimension, leads to items that ask for it, and no item is
  /// without an idea behind it.
  @Test func everyIdeaOfTheSourcesIsAskedFor() throws {
    let trace = try JSONValue(parsing: fixture("seed-trace.json")).list
    #expect(trace.map { $0["dimension"].text } == questionnaire.dimensions.map(\.id))
    var traced: Set<String> = []
    for row in trace {
      let dimension = row["dimension"].text
      for idea in row["ideas"].list {
        let items = idea["items"].list.map(\.text)
        #expect(!items.isEmpty && !idea["seeds"].list.isEmpty)
        let found = items.compactMap { questionnaire.item($0) }
        #expect(found.count == items.count, "\(items)")
        #expect(
          found.contains { $0.scored?.dimension == dimension }, "\(dimension): \(idea["idea"].text)")
        traced.formUnion(items)
      }
    }
    #expect(Set(scored.map(\.id)).subtracting(traced).isEmpty)
    #expect(trace.flatMap { $0["ideas"].list }.count == 39)
  }
}

extension BuiltInQuestionnaireTests {
  /// A tidy house that is arranged around itself is Inside-Out however well it runs, and so is gloss. Those who answered
  /// read the first version.
  @Test(arguments: DescribedOrganisation.all)
  func verdictsAreAsTheOrganisationsAre(_ organisation: DescribedOrganisation) throws {
    let first = builtIn("1.0.0")
    #expect(organisation.answers.count == 40)
    for scope in [Assessment.Scope.full, .core] {
      let items = first.questionnaire.items.filter { $0.scored != nil && (scope == .full || $0.core) }
      let responses = try items.map { item in
        Response(
          key: .init(item: item.id, rater: "r1"),
          answer: .answered(.level(try #require(organisation.answers[item.id]))), at: noon)
      }
      let card = score(
        Assessment(
          id: "T", scope: scope, startedAt: noon, questionnaire: first.reference,
          raters: [Rater(id: "r1")], responses: responses), with: first.questionnaire)
      #expect(card.verdict.orientation?.rawValue == organisation.orientation, "\(scope)")
      #expect(organisation.index.contains(try #require(card.index)), "\(scope): \(card.index ?? -1)")
    }
  }
}
