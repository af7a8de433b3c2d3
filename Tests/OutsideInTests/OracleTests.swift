import AssessmentModel
import Planning
import Testing

@testable import Scoring

@Suite struct OracleTests {
  @Test func thereAreCases() {
    #expect(OracleCase.all.count == 57)
    #expect(OracleCase.asked.count == 49)
  }

  @Test(arguments: OracleCase.asked)
  func knownFigures(_ oracle: OracleCase) throws {
    switch oracle.topic {
    case "verdict": try verdict(oracle)
    case "gated_level": gatedLevel(oracle)
    case "missing_policy": missingAnswers(oracle)
    case "special": specialFunctions(oracle)
    case "quantile": quantiles(oracle)
    case "krippendorff_alpha": alpha(oracle)
    case "icc": intraclass(oracle)
    case "rwg_single_item": withinGroup(oracle)
    case "rwg_null":
      check(uniformVariance(steps: 5), oracle, "uniform")
    case "rwg_j": withinGroupOverItems(oracle)
    case "tastle_wierman_cns": consensus(oracle)
    case "proportion_ci": wilson(oracle)
    case "delivery_gap": deliveryGap(oracle)
    case "blind_spot": departmentDelta(oracle)
    case "knapsack", "knapsack_precedence": selection(oracle)
    case "schedule": roadmap(oracle)
    case "prng": randomNumbers(oracle)
    case "scale_reliability": scaleReliability(oracle)
    default: Issue.record("nobody checks \(oracle.topic)")
    }
  }

  func scaleReliability(_ oracle: OracleCase) {
    let rows = oracle.input["rows"].list.map(\.numbers)
    let reliability: ScaleReliability
    if rows.isEmpty {
      let covariance = oracle.input["covariance"].list.map(\.numbers)
      reliability = ScaleReliability(covariance, organizations: 1000, items: covariance.count, fewest: 2)
    } else {
      var moments = ItemMoments(items: rows[0].count)
      for row in rows { moments.add(row) }
      reliability = ScaleReliability(moments, fewest: 2)
    }
    let expected = oracle.expected
    check(reliability.alpha.value, oracle, "alpha")
    if case .string? = expected["reason"] as JSONValue? { #expect(reliability.alpha.gap == .noVariation) }
    if let interval = reliability.interval, !expected["alpha_ci95_feldt"].numbers.isEmpty {
      #expect(
        zip([interval.lowerBound, interval.upperBound], expected["alpha_ci95_feldt"].numbers).allSatisfy {
          isClose($0, $1, oracle.tolerance)
        })
    }
    for (found, wanted) in zip(reliability.itemRest, expected["item_rest_r"].numbers) {
      #expect(isClose(found.value, wanted, oracle.tolerance))
    }
    for (found, wanted) in zip(reliability.alphaIfDeleted, expected["alpha_if_deleted"].numbers) {
      #expect(isClose(found.value, wanted, oracle.tolerance))
    }
    if let wanted = expected["omega_ml_covariance"].number {
      #expect(isClose(reliability.omega.value, wanted, oracle.tolerance))
    } else if rows.isEmpty || rows.count == 5 {
      check(reliability.omega.value, oracle, "omega")
    }
  }

  private func check(
    _ value: Double?, _ oracle: OracleCase, _ key: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      isClose(value, oracle.expected[key].number, oracle.tolerance), "\(key)",
      sourceLocation: sourceLocation)
  }

  func verdict(_ oracle: OracleCase) throws {
    let (questionnaire, assessment) = Self.build(oracle.input)
    let card = score(assessment, with: questionnaire)
    let expected = oracle.expected
    for (row, wanted) in zip(card.dimensions, expected["dimension_scores"].list) {
      #expect(isClose(row.score, wanted.number))
    }
    for (row, wanted) in zip(card.dimensions, expected["coverage"].numbers) {
      #expect(isClose(row.coverage, wanted))
    }
    #expect(isClose(card.coverage, expected["overall_coverage"].number))
    #expect(isClose(card.index, expected["index"].number))
    let items = questionnaire.items.map(\.id)
    for (item, wanted) in zip(items, expected["effective_weights"].numbers) {
      #expect(isClose(card.contributions.first { $0.item == item }?.weight ?? 0, wanted))
    }
    for (item, wanted) in zip(items, expected["contributions"].numbers) {
      #expect(isClose(card.contributions.first { $0.item == item }?.contribution ?? 0, wanted))
    }
    let certainty = try #require(card.verdict.certainty)
    let raters = Double(certainty.spread.raters)
    #expect(
      isClose(
        certainty.spread.observedVariance.map { $0 / raters },
        expected["rater_variance_linearised"].number))
    #expect(isClose(certainty.spread.priorVariance, expected["tau0_sq"].number))
    #expect(isClose(certainty.spread.variance, expected["tau_sq"].number))
    #expect(isClose(certainty.spread.raterVariance, expected["var_raters"].number))
    #expect(isClose(certainty.missingVariance, expected["var_missing"].number))
    #expect(isClose(certainty.standardError, expected["se"].number))
    #expect(isClose(certainty.spread.degreesOfFreedom, expected["df"].number))
    #expect(isClose(certainty.probability, expected["p_verdict"].number))
    #expect(card.verdict.orientation?.rawValue == expected["verdict"].text)
    #expect(card.verdict.band?.rawValue == expected["band"].text)
    #expect(isClose(card.verdict.bounds?.lowerBound, expected["bounds"].numbers[0]))
    #expect(isClose(card.verdict.bounds?.upperBound, expected["bounds"].numbers[1]))
    let flips = try #require(card.flip)
    let wanted = expected["flip_answers"].list.map { $0.numbers.map { Int($0) } }
    #expect(flips.map { [Int($0.rater!.dropFirst())! - 1, items.firstIndex(of: $0.item)!] } == wanted)
  }

  /// The questionnaire and assessment that a case's figures describe.
  static func build(_ input: JSONValue) -> (Questionnaire, Assessment) {
    let items = input["items_dim_weight"].list.enumerated().map { index, pair in
      testItem("item-\(index)", dimension: Int(pair.numbers[0]), weight: Int(pair.numbers[1]))
    }
    let questionnaire = testQuestionnaire(
      items, weights: input["dimension_weights"].numbers.map { Int($0) })
    var responses: [Response] = []
    for (rater, votes) in input["raters_by_items_0_4"].list.enumerated() {
      for (item, vote) in votes.list.enumerated() {
        guard let level = vote.number else { continue }
        responses.append(
          Response(
            key: .init(item: "item-\(item)", rater: "r\(rater + 1)"),
            answer: .answered(.level(Int(level)))))
      }
    }
    let count = input["raters_by_items_0_4"].list.count
    return (
      questionnaire,
      testAssessment(raters: count, responses: responses)
    )
  }

  func gatedLevel(_ oracle: OracleCase) {
    let evidence = oracle.input["evidence_0none_1anecdote_2document_3measured"].numbers
    let items = oracle.input["weights"].numbers.enumerated().map { index, weight in
      testItem(
        "item-\(index)", dimension: 0, weight: Int(weight),
        critical: oracle.input["critical"].list[index] == .bool(true))
    }
    let responses = oracle.input["levels"].list.enumerated().map { index, level in
      Response(
        key: .init(item: "item-\(index)", rater: "r1"),
        answer: level.number.map { .answered(.level(Int($0))) } ?? .dontKnow,
        evidence: Response.Evidence.allCases[Int(evidence[index])])
    }
    let card = score(
      testAssessment(raters: 1, responses: responses), with: testQuestionnaire(items, weights: [1]))
    #expect(card.dimensions[0].step == oracle.expected["gated_level"].number.map { Int($0) })
    #expect(isClose(card.dimensions[0].score, oracle.expected["mean_level"].number.map { 25 * $0 }))
  }

  func missingAnswers(_ oracle: OracleCase) {
    let weights = oracle.input["weights"].numbers
    let items = oracle.input["reverse"].list.enumerated().map { index, reverse in
      testItem(
        "item-\(index)", dimension: 0, weight: Int(weights[index]), reversed: reverse == .bool(true))
    }
    let responses = oracle.input["answers"].list.enumerated().compactMap { index, answer in
      let given: Response.Answer? =
        switch answer {
        case .string("NA"): .notApplicable(reason: nil)
        case .string: .dontKnow
        case let level: level.number.map { .answered(.level(Int($0))) }
        }
      return given.map { Response(key: .init(item: "item-\(index)", rater: "r1"), answer: $0) }
    }
    let row = score(
      testAssessment(raters: 1, responses: responses), with: testQuestionnaire(items, weights: [1])
    ).dimensions[0]
    #expect(isClose(row.coverage, oracle.expected["coverage"].number))
    #expect(isClose(row.notApplicable, oracle.expected["na_share"].number))
    #expect(isClose(row.knowledgeGap, oracle.expected["dk_rate"].number))
    #expect(isClose(row.score, oracle.expected["score"].number))
    #expect(row.status.rawValue == oracle.expected["status"].text)
  }

  func specialFunctions(_ oracle: OracleCase) {
    let points = oracle.input["t"].numbers
    for degrees in oracle.input["df"].numbers {
      let name = String(Int(degrees))
      for (t, wanted) in zip(points, oracle.expected["t_cdf"][name].numbers) {
        #expect(
          isClose(StudentT.cumulative(t, degreesOfFreedom: degrees), wanted, oracle.tolerance))
      }
      #expect(
        isClose(
          StudentT.quantile(0.975, degreesOfFreedom: degrees),
          oracle.expected["t975"][name].number, oracle.tolerance))
    }
    for (z, wanted) in zip(points, oracle.expected["phi"].numbers) {
      #expect(isClose(Normal.cumulative(z), wanted, oracle.tolerance))
    }
    check(Normal.quantile(0.975), oracle, "z975")
  }

  func quantiles(_ oracle: OracleCase) {
    let values = oracle.input["x"].numbers.sorted()
    let (first, third) = (quantile(0.25, of: values), quantile(0.75, of: values))
    check(quantile(0.5, of: values), oracle, "median")
    check(first, oracle, "q1")
    check(third, oracle, "q3")
    check(third! - first!, oracle, "iqr")
  }

  func alpha(_ oracle: OracleCase) {
    let result = ordinalAlpha(units(oracle.input["raters_by_units"]))
    check(result.value, oracle, "ordinal")
    #expect((result.reason?.rawValue ?? "ok") == oracle.expected["reason"].text)
  }

  func intraclass(_ oracle: OracleCase) {
    check(
      intraclassCorrelation(oracle.input["targets_by_raters"].list.map(\.numbers)).value, oracle,
      "ICC1")
  }

  func withinGroup(_ oracle: OracleCase) {
    let ratings = oracle.input["ratings"].numbers.map { Int($0) }
    let raw = withinGroupAgreement(ratings, steps: Int(oracle.input["options"].number!))
    if oracle.expected == .null {
      #expect(raw.reason == .oneRater)
      #expect(medianDeviation(ratings).reason == .oneRater)
      return
    }
    check(raw.value, oracle, "rwg_raw")
    check(medianDeviation(ratings).value, oracle, "ADmd")
    // As an item of an assessment, where what is below 0 is reported as 0.
    let item = agreement(
      testAssessment(
        raters: ratings.count,
        responses: ratings.enumerated().map { rater, rating in
          Response(key: .init(item: "item", rater: "r\(rater + 1)"), answer: .answered(.level(rating - 1)))
        }), with: testQuestionnaire([testItem("item", dimension: 0)], weights: [1])
    ).items[0]
    check(item.rwg.value, oracle, "rwg")
    check(item.rwgRaw.value, oracle, "rwg_raw")
    check(item.medianDeviation.value, oracle, "ADmd")
    #expect(item.n == ratings.count)
  }

  func withinGroupOverItems(_ oracle: OracleCase) {
    let rows = oracle.input["raters_by_items"].list.map { $0.numbers.map { Int($0) } }
    let items = rows[0].indices.map { testItem("item-\($0)", dimension: 0) }
    let result = agreement(
      testAssessment(
        raters: rows.count,
        responses: rows.enumerated().flatMap { rater, row in
          row.enumerated().map { item, rating in
            Response(
              key: .init(item: "item-\(item)", rater: "r\(rater + 1)"),
              answer: .answered(.level(rating - 1)))
          }
        }), with: testQuestionnaire(items, weights: [1]))
    check(result.overall.rwgjStar.value, oracle, "r*wg_j")
    check(result.overall.rwgj.value, oracle, "rwg_j")
  }

  func consensus(_ oracle: OracleCase) {
    let counts = oracle.input["frequencies_low_to_high"].numbers.map { Int($0) }
    let result = Scoring.consensus(counts)
    if counts.reduce(0, +) == 1 {
      // By the formula it would be 1; one person agrees with nobody.
      #expect(result.reason == .oneRater)
    } else {
      check(result.value, oracle, "cns")
    }
  }

  func wilson(_ oracle: OracleCase) {
    let proportion = Proportion(
      successes: Int(oracle.input["successes"].number!), of: Int(oracle.input["n"].number!))
    let interval = proportion.interval(confidence: oracle.input["conf"].number!)
    check(proportion.share, oracle, "p")
    check(interval.lowerBound, oracle, "lo")
    check(interval.upperBound, oracle, "hi")
  }

  func deliveryGap(_ oracle: OracleCase) {
    func count(_ key: String) -> Int { Int(oracle.input[key].number!) }
    let difference = Proportion(successes: count("self_top2"), of: count("self_n"))
      .minus(Proportion(successes: count("customer_top2"), of: count("customer_n")))
    check(difference.value, oracle, "gap")
    check(difference.interval.lowerBound, oracle, "lo")
    check(difference.interval.upperBound, oracle, "hi")
  }

  /// The difference alone; the effect size is not asked for.
  func departmentDelta(_ oracle: OracleCase) {
    let groups = ["department", "others"].map { name in
      oracle.input[name].numbers.map { (department: name, level: Int($0) - 1) }
    }.flatMap { $0 }
    var assessment = testAssessment(
      raters: groups.count,
      responses: groups.enumerated().map { rater, vote in
        Response(
          key: .init(item: "item", rater: "r\(rater + 1)"), answer: .answered(.level(vote.level)))
      })
    for (rater, vote) in groups.enumerated() { assessment.raters[rater].department = vote.department }
    let result = agreement(
      assessment, with: testQuestionnaire([testItem("item", dimension: 0)], weights: [1]))
    check(result.departments[0].dimensions[0].delta! / 25, oracle, "delta")
    #expect(result.departments[0].dimensions[0].flag == .higher)
    #expect(result.departments[1].dimensions[0].flag == .lower)
  }

  func randomNumbers(_ oracle: OracleCase) {
    var random = SeededGenerator(state: UInt64(oracle.input["seed"].text)!)
    let numbers = (0..<5).map { _ in String(random.next()) }
    #expect(numbers == oracle.expected["first5"].list.map(\.text))
  }

  func selection(_ oracle: OracleCase) {
    let costs = oracle.input["cost"].numbers
    let steps = oracle.input["profit"].numbers.enumerated().map { index, profit in
      SelectionStep(
        id: String(index), group: String(index), benefit: profit, effortDays: Int(costs[index]))
    }
    let selection = select(steps, capacity: Int(oracle.input["capacity"].number!))
    #expect(isClose(selection.benefit, oracle.expected["value"].number))
    #expect(selection.optimal)
    let choice = oracle.expected["choice"].numbers
    if !choice.isEmpty {
      #expect(selection.chosen == choice.indices.filter { choice[$0] == 1 }.map(String.init))
    }
  }

  func roadmap(_ oracle: OracleCase) {
    guard case .object(let given) = oracle.input["actions"] else { return }
    let roadmap = schedule(
      given.sorted { $0.key < $1.key }.map { id, action in
        ScheduleAction(
          id: id, effortDays: action["effort_days"].number!, benefit: action["benefit"].number!,
          requires: action["requires"].list.map(\.text))
      }, windowCapacity: oracle.input["window_capacity_days"].numbers)
    #expect(roadmap.entries.map(\.id) == oracle.expected["order"].list.map(\.text))
    for entry in roadmap.entries {
      let wanted = oracle.expected["plan"][entry.id]
      #expect(entry.start == wanted["start_window"].number.map { Int($0) })
      #expect(entry.finish == wanted["finish_window"].number.map { Int($0) })
      for (window, days) in entry.allocation {
        #expect(isClose(days, wanted["allocation"][String(window)].number))
      }
    }
    #expect(roadmap.beyondHorizon.isEmpty)
  }
}
