/// Draws charts. Labels of any length stand beside the pictures as text, which wraps; so a picture holds marks, axes and numbers only.
struct ChartDrawing {
  /// Tells the pictures of a page apart.
  private var number = 0

  mutating func nextID() -> String {
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
      let side = (area.score ?? 0) > cut + 1e-9 ? "outside" : "inside"
      if let range = area.range {
        let (low, high) = (place(range.lowerBound), place(range.upperBound))
        picture.bar(low, 5, width: high - low, height: 12, "range \(side)")
      }
      picture.line(place(cut), 0, place(cut), 22, "cut")
      if let score = area.score { picture.dot(place(score), 11, radius: 6, side) }
      let range = area.range.map { ", could be \(decimal($0.lowerBound)) to \(decimal($0.upperBound))" } ?? ""
      let told = area.score.map { "\(decimal($0)) of 100\(range)" } ?? "not scored"
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
      let told = [
        area.predicted.map { "expected \(decimal($0))" }, area.team.map { "we say \(decimal($0))" },
        "they say \(decimal(area.customers))",
      ].compactMap { $0 }
      let apart = (area.predicted ?? area.team).map {
        decimal(rounded(area.customers, 0) - rounded($0, 0), signed: true)
      }
      parts.append(
        row(
          area.title,
          picture.markup(title: "\(area.title): \(listed(told))", id: nextID(), kind: "bar"), apart ?? ""))
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

  /// What the marks mean.
  func legend(_ marks: [(kind: String, words: String)]) -> String {
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
