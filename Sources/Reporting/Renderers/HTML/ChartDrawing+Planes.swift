/// Pictures with two directions, in which numbers stand for what a list beside them names.
extension ChartDrawing {
  /// A list of what the numbers in a picture stand for.
  private func key(_ titles: [(String, isMarked: Bool)]) -> String {
    "<ol class=\"key\">\n"
      + titles.map { "<li\($0.isMarked ? " class=\"marked\"" : "")>\(html($0.0))</li>\n" }.joined()
      + "</ol>\n"
  }

  mutating func quadrants(_ points: [QuadrantPoint], _ chart: Chart) -> String {
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

  mutating func journey(_ stops: [JourneyStop], _ chart: Chart) -> String {
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

  mutating func trend(_ trend: TrendFigure, _ chart: Chart) -> String {
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
}
