/// Draws charts. Labels of any length stand beside the pictures as text, which wraps; so a picture holds marks, axes and numbers only.
struct ChartDrawing {
  /// Tells the pictures of a page apart.
  private var number = 0

  private mutating func nextID() -> String {
    number += 1
    return "c\(number)"
  }

  mutating func figure(_ chart: Chart) -> String {
    switch chart.figure {
    case .areas(let rows, let cut): areas(rows, cut: cut)
    case .moves(let moves): self.moves(moves)
    case .votes(let rows): votes(rows)
    case .quadrants(let points): quadrants(points, chart)
    case .journey(let stops): journey(stops, chart)
    case .roadmap(let roadmap): self.roadmap(roadmap)
    case .trend(let trend): self.trend(trend, chart)
    case .predictions(let rows): predictions(rows)
    }
  }

  // MARK: Rows

  /// A label, a picture and a figure beside each other; on a phone the label stands above.
  private func row(
    _ label: String, _ picture: String, _ value: String, _ note: String = "", isAxis: Bool = false
  )
    -> String
  {
    let noted = note.isEmpty ? "" : " <span class=\"faint\">\(html(note))</span>"
    return
      "<div class=\"row\(isAxis ? " axis" : "")\"><span class=\"label\">\(html(label))\(noted)</span>\(picture)<span class=\"value\">\(html(value))</span></div>\n"
  }

  private func rows(_ kind: String, _ parts: [String]) -> String {
    "<div class=\"rows \(kind)\">\n\(parts.joined())</div>\n"
  }

  /// Where a value of 0 to 100 lies, so that marks at both ends are whole.
  private func place(_ value: Double) -> Double { 1.5 + min(100, max(0, value)) * 0.97 }

  private func axis(_ left: String, _ right: String, cut: Double?) -> String {
    var picture = SVG(height: 18)
    picture.text(0, 13, left, "tick")
    picture.text(100, 13, right, "tick", .end)
    if let cut { picture.line(place(cut), 4, place(cut), 18, "cut") }
    return picture.markup(title: nil, id: "", kind: "bar")
  }

  private mutating func areas(_ areas: [AreaBar], cut: Double) -> String {
    var parts = [row("", axis("Inside-Out", "Outside-In", cut: cut), "of 100", isAxis: true)]
    for area in areas {
      var picture = SVG(height: 22)
      picture.bar(place(0), 8, width: place(100) - place(0), height: 6, "track")
      var told = "not scored"
      if let score = area.score {
        let side = score > cut + 1e-9 ? "outside" : "inside"
        if let range = area.range {
          let (low, high) = (place(range.lowerBound), place(range.upperBound))
          picture.bar(low, 5, width: high - low, height: 12, "range \(side)")
        }
        picture.line(place(cut), 0, place(cut), 22, "cut")
        picture.dot(place(score), 11, radius: 6, side)
        told = "\(decimal(score)) of 100"
        if let range = area.range {
          told += ", could be \(decimal(range.lowerBound)) to \(decimal(range.upperBound))"
        }
      } else {
        picture.line(place(cut), 0, place(cut), 22, "cut")
      }
      let step = area.step.map { "step \($0)" } ?? ""
      let notes = [step, area.isRaised ? "to be raised" : "", area.note].filter { !$0.isEmpty }
      parts.append(
        row(
          area.title, picture.markup(title: "\(area.title): \(told)", id: nextID(), kind: "bar"),
          area.score.map { decimal($0) } ?? "–", notes.joined(separator: ", ")))
    }
    return rows("areas", parts)
  }

  private mutating func moves(_ chart: ChangeChart) -> String {
    let cut = chart.rows.first?.cut
    var parts = [row("", axis("Inside-Out", "Outside-In", cut: cut), "change", isAxis: true)]
    for area in chart.rows {
      guard let first = area.values.first, let last = area.values.last else { continue }
      var picture = SVG(height: 22)
      picture.bar(place(0), 8, width: place(100) - place(0), height: 6, "track")
      picture.line(place(area.cut), 0, place(area.cut), 22, "cut")
      let kind = area.emphasis == .good ? "outside" : area.emphasis == .bad ? "inside" : "still"
      picture.line(place(first), 11, place(last), 11, "way \(kind)")
      for value in area.values.dropFirst().dropLast() { picture.dot(place(value), 11, radius: 3.5, "ring") }
      picture.dot(place(first), 11, radius: 5, "ring")
      picture.dot(place(last), 11, radius: 6, kind)
      let values = area.values.map { decimal($0) }.joined(separator: " → ")
      parts.append(
        row(
          area.title, picture.markup(title: "\(area.title): \(values)", id: nextID(), kind: "bar"),
          area.change, "\(values)\(area.note.isEmpty ? "" : ", \(area.note)")"))
    }
    let key = legend(
      [
        ("ring", chart.times.first ?? ""), ("still", chart.times.last ?? ""),
        ("outside", "closer to customers, more than chance"),
        ("inside", "further from them, more than chance"),
      ].filter { kind, _ in
        kind == "ring" || kind == "still"
          || chart.rows.contains { $0.emphasis == (kind == "outside" ? .good : .bad) }
      })
    return rows("moves", parts) + key
  }

  private mutating func votes(_ questions: [VoteRow]) -> String {
    var axis = SVG(height: 18)
    for level in 0...4 { axis.text(10 + 20 * Double(level), 13, String(level), "tick", .middle) }
    var parts = [row("", axis.markup(title: nil, id: "", kind: "bar"), "", isAxis: true)]
    for question in questions {
      let most = question.counts.max() ?? 0
      let (perLine, gap) = (5, 11.0)
      let lines = max(1, (most + perLine - 1) / perLine)
      let height = Double(lines) * gap + 11
      var picture = SVG(height: height)
      let floor = height - 4
      for level in 0...4 {
        picture.line(2 + 20 * Double(level), floor, 18 + 20 * Double(level), floor, "rule")
        if question.settled == level {
          picture.bar(1 + 20 * Double(level), 1, width: 18, height: height - 2, "settled")
        }
        let count = level < question.counts.count ? question.counts[level] : 0
        guard count > 0 else { continue }
        picture.around(10 + 20 * Double(level), floor - 6) { cluster in
          for vote in 0..<count {
            let line = vote / perLine
            let inLine = min(perLine, count - line * perLine)
            let x = (Double(vote % perLine) - Double(inLine - 1) / 2) * gap
            cluster.dot(x, -Double(line) * gap, radius: 4.5, "vote")
          }
        }
      }
      let told = question.counts.enumerated().filter { $0.element > 0 }.map {
        "\($0.element) for \($0.offset)"
      }
      let notes = [
        question.dontKnow > 0 ? "\(question.dontKnow) don't know" : "",
        question.settled.map { "settled at \($0)" } ?? "",
      ].filter { !$0.isEmpty }
      parts.append(
        row(
          question.title,
          picture.markup(title: "Votes: \(listed(told))", id: nextID(), kind: "bar"), "",
          notes.joined(separator: ", ")))
    }
    return rows("votes", parts)
      + legend(
        [("vote", "one vote")] + (questions.contains { $0.settled != nil } ? [("settled", "settled on")] : [])
      )
  }

  private mutating func predictions(_ areas: [PredictionRow]) -> String {
    var parts = [row("", axis("0", "100", cut: nil), "", isAxis: true)]
    for area in areas {
      var picture = SVG(height: 22)
      picture.bar(place(0), 8, width: place(100) - place(0), height: 6, "track")
      if let other = area.predicted ?? area.team {
        picture.line(place(other), 11, place(area.customers), 11, "way still")
      }
      if let team = area.team { picture.line(place(team), 3, place(team), 19, "own") }
      if let predicted = area.predicted { picture.dot(place(predicted), 11, radius: 5, "ring") }
      picture.dot(place(area.customers), 11, radius: 6, "customer")
      let parts3 = [
        area.predicted.map { "expected \(decimal($0))" }, area.team.map { "we say \(decimal($0))" },
        "they say \(decimal(area.customers))",
      ].compactMap { $0 }
      let apart = (area.predicted ?? area.team).map {
        decimal(rounded(area.customers, 0) - rounded($0, 0), signed: true)
      }
      parts.append(
        row(
          area.title,
          picture.markup(title: "\(area.title): \(listed(parts3))", id: nextID(), kind: "bar"), apart ?? ""))
    }
    return rows("predictions", parts)
      + legend(
        (areas.contains { $0.predicted != nil } ? [("ring", "what we expected them to say")] : [])
          + (areas.contains { $0.team != nil } ? [("own", "what we say ourselves")] : [])
          + [("customer", "what they say")])
  }

  private mutating func roadmap(_ roadmap: RoadmapFigure) -> String {
    func place(_ day: Int) -> Double {
      1 + 98 * Double(min(max(0, day), roadmap.days)) / Double(roadmap.days)
    }
    var axis = SVG(height: 18)
    for mark in roadmap.marks {
      axis.text(place(mark.day), 13, mark.name, "tick", place(mark.day) > 60 ? .end : .start)
    }
    var parts = [row("", axis.markup(title: nil, id: "", kind: "bar"), "", isAxis: true)]
    for action in roadmap.rows {
      var picture = SVG(height: 22)
      for mark in roadmap.marks { picture.line(place(mark.day), 0, place(mark.day), 22, "rule") }
      let begin = place(action.begins)
      picture.bar(
        begin, 6, width: max(1.5, place(action.ends) - begin), height: 10,
        action.isPromise ? "promised" : "planned")
      parts.append(
        row(
          action.title,
          picture.markup(title: "\(action.title): by \(action.due)", id: nextID(), kind: "bar"), "",
          [action.owner.isEmpty ? "nobody yet" : action.owner, "by \(action.due)"].joined(separator: ", ")))
    }
    return rows("roadmap", parts)
      + legend(
        (roadmap.rows.contains(where: \.isPromise) ? [("promised", "promised")] : [])
          + (roadmap.rows.contains { !$0.isPromise } ? [("planned", "next, or taken up")] : []))
  }

  // MARK: Pictures of their own

  /// A list of what the numbers in a picture stand for.
  private func key(_ titles: [(String, isMarked: Bool)]) -> String {
    "<ol class=\"key\">\n"
      + titles.map { "<li\($0.isMarked ? " class=\"marked\"" : "")>\(html($0.0))</li>\n" }.joined()
      + "</ol>\n"
  }

  private mutating func quadrants(_ points: [QuadrantPoint], _ chart: Chart) -> String {
    let (top, bottom) = (24.0, 276.0)
    func x(_ share: Double) -> Double { 7 + 90 * share }
    func y(_ share: Double) -> Double { bottom - (bottom - top) * share }
    var picture = SVG(height: 300)
    picture.bar(x(0) - 2, top - 8, width: 47, height: (bottom - top) / 2 + 8, "urgent")
    picture.line(x(0.5), top - 8, x(0.5), bottom + 8, "cut")
    picture.line(x(0) - 2, y(0.5), x(1) + 2, y(0.5), "cut")
    picture.text(x(0) - 1, top + 6, "Concentrate here", "name")
    picture.text(x(1) + 2, top + 6, "Keep it up", "name", .end)
    picture.text(x(0) - 1, bottom + 4, "Low priority", "name")
    picture.text(x(1) + 2, bottom + 4, "Possibly too much", "name", .end)
    picture.text(x(0) - 2, 11, "↑ matters more", "tick")
    picture.text(x(1) + 2, 297, "goes better →", "tick", .end)
    // What lies on one spot stands beside each other.
    var spots: [(x: Double, y: Double, numbers: [Int])] = []
    for (place, point) in points.enumerated() {
      let spot = (x(0.04 + 0.92 * point.performance), y(0.08 + 0.84 * point.importance))
      if let known = spots.firstIndex(where: { abs($0.x - spot.0) < 0.1 && abs($0.y - spot.1) < 0.1 }) {
        spots[known].numbers.append(place)
      } else {
        spots.append((spot.0, spot.1, [place]))
      }
    }
    for spot in spots {
      picture.around(spot.x, spot.y) { cluster in
        for (offset, number) in spot.numbers.enumerated() {
          let dx = (Double(offset % 4) - Double(min(4, spot.numbers.count) - 1) / 2) * 22
          let dy = Double(offset / 4) * 22
          cluster.dot(dx, dy, radius: 10, points[number].isWanting ? "inside" : "still")
          cluster.text(dx, dy + 4, String(number + 1), "on")
        }
      }
    }
    return picture.markup(title: chart.title, description: chart.says, id: nextID(), kind: "plane")
      + "\n" + key(points.map { ($0.title, $0.isWanting) })
  }

  private mutating func journey(_ stops: [JourneyStop], _ chart: Chart) -> String {
    let hasFeelings = stops.contains { $0.emotion != nil }
    let hasGoing = stops.contains { $0.expectation != nil || $0.performance != nil }
    func x(_ place: Int) -> Double { 10 + 86 * (Double(place) + 0.5) / Double(stops.count) }
    let feelings = hasFeelings ? 170.0 : 0
    let going = hasGoing ? (hasFeelings ? 128.0 : 112) : 0
    var picture = SVG(height: feelings + going + 26)
    if hasFeelings {
      func y(_ emotion: Int) -> Double { 90 - Double(emotion) * 32 }
      for (emotion, name) in [(2, "+2"), (1, "+1"), (0, "0"), (-1, "−1"), (-2, "−2")] {
        picture.line(9, y(emotion), 100, y(emotion), emotion == 0 ? "cut" : "rule")
        picture.text(7, y(emotion) + 4, name, "tick", .end)
      }
      picture.text(0, 12, "How it feels", "name")
      let felt = stops.enumerated().compactMap { place, stop in stop.emotion.map { (place, $0) } }
      for (one, next) in zip(felt, felt.dropFirst()) {
        picture.line(x(one.0), y(one.1), x(next.0), y(next.1), "curve")
      }
      let peak = felt.max { abs($0.1) < abs($1.1) }?.0
      for (place, emotion) in felt {
        picture.around(x(place), y(emotion)) { cluster in
          cluster.dot(
            0, 0, radius: 10, stops[place].fallsShort ? "inside" : emotion > 0 ? "outside" : "still")
          cluster.text(0, 4, String(place + 1), "on")
          // What stays in memory: the strongest moment and the end.
          let names = [place == peak ? "peak" : "", place == felt.last?.0 ? "end" : ""].filter { !$0.isEmpty }
          cluster.text(0, emotion < 2 ? -15 : 24, names.joined(separator: ", "), "tick")
        }
      }
    }
    if hasGoing {
      let top = feelings + (hasFeelings ? 38 : 22)
      func y(_ value: Int) -> Double { top + 76 - Double(value - 1) * 19 }
      picture.text(0, top - 12, "What is expected, and how it goes", "name")
      for value in 1...5 {
        picture.line(9, y(value), 100, y(value), "rule")
        picture.text(7, y(value) + 4, String(value), "tick", .end)
      }
      for (place, stop) in stops.enumerated() {
        if let expected = stop.expectation, let goes = stop.performance {
          picture.line(
            x(place), y(expected), x(place), y(goes), goes < expected ? "way inside" : "way outside")
        }
        if let expected = stop.expectation { picture.dot(x(place), y(expected), radius: 6, "ring") }
        if let goes = stop.performance {
          picture.dot(
            x(place), y(goes), radius: 6, stop.expectation.map { goes < $0 } == true ? "inside" : "outside")
        }
      }
    }
    for place in stops.indices {
      picture.text(x(place), feelings + going + 20, String(place + 1), "tick", .middle)
    }
    return picture.markup(title: chart.title, description: chart.says, id: nextID(), kind: "plane") + "\n"
      + (hasGoing
        ? legend([
          ("ring", "what customers expect"), ("outside", "how it goes"),
          ("inside", "how it goes, where that falls short"),
        ]) : "")
      + key(stops.map { ($0.title, $0.fallsShort) })
  }

  private mutating func trend(_ trend: TrendFigure, _ chart: Chart) -> String {
    let (top, bottom) = (16.0, 176.0)
    func x(_ share: Double) -> Double { 12 + 76 * share }
    func y(_ value: Double) -> Double { bottom - (bottom - top) * value / 100 }
    var picture = SVG(height: 210)
    for value in [0.0, 25, 50, 75, 100] {
      picture.line(9, y(value), 100, y(value), abs(value - trend.cut) < 0.5 ? "cut" : "rule")
      picture.text(7, y(value) + 4, decimal(value), "tick", .end)
    }
    if let band = trend.band, let last = trend.points.last, trend.points.count > 1 {
      let before = trend.points[trend.points.count - 2]
      let (from, to) = (x(before.place), x(last.place))
      picture.bar(
        from, y(min(100, band.upperBound)), width: to - from + 5,
        height: y(max(0, band.lowerBound)) - y(min(100, band.upperBound)), "chance")
    }
    for (one, next) in zip(trend.points, trend.points.dropFirst()) {
      picture.line(x(one.place), y(one.value), x(next.place), y(next.value), "curve")
    }
    for (place, point) in trend.points.enumerated() {
      picture.dot(x(point.place), y(point.value), radius: 6, point.value > trend.cut ? "outside" : "inside")
      picture.around(x(point.place), y(point.value)) { cluster in
        cluster.text(0, -11, decimal(point.value), "figure")
      }
      // Days that lie close would stand over each other.
      let isClose = place > 0 && point.place - trend.points[place - 1].place < 0.25
      picture.text(x(point.place), isClose && place % 2 == 1 ? 207 : 193, point.name, "tick", .middle)
    }
    return picture.markup(title: chart.title, description: chart.says, id: nextID(), kind: "plane") + "\n"
      + legend(
        trend.band == nil ? [] : [("chance", "as far as chance carries it from the time before")])
  }

  /// What the marks mean.
  private func legend(_ marks: [(kind: String, words: String)]) -> String {
    if marks.isEmpty { return "" }
    let items = marks.map { mark -> String in
      var picture = SVG(height: 14)
      switch mark.kind {
      case "settled", "promised", "planned", "chance": picture.bar(2, 2, width: 90, height: 10, mark.kind)
      case "own": picture.line(50, 0, 50, 14, mark.kind)
      default: picture.dot(50, 7, radius: 5, mark.kind)
      }
      return
        "<li>\(picture.markup(title: nil, id: "", kind: "mark"))\(html(mark.words))</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>\n"
  }
}
