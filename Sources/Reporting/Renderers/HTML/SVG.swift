/// A picture that is as wide as there is room: across, all lengths are shares of that, 0 to 100; down, they are pixels. So
/// letters and dots stay as large on a phone as on a wall.
struct SVG {
  let height: Double
  private(set) var elements = ""

  init(height: Double) { self.height = height }

  /// - Parameters:
  ///   - title: what it is called for those who can't see it; nil for a part of a picture that is told elsewhere.
  ///   - description: what one should see.
  func markup(title: String?, description: String = "", id: String, kind: String) -> String {
    let size = "width=\"100%\" height=\"\(number(height))\""
    guard let title else {
      return "<svg class=\"\(kind)\" \(size) aria-hidden=\"true\" focusable=\"false\">\(elements)</svg>"
    }
    let labels = description.isEmpty ? "\(id)-t" : "\(id)-t \(id)-d"
    let told = description.isEmpty ? "" : "<desc id=\"\(id)-d\">\(html(description))</desc>"
    return
      "<svg class=\"\(kind)\" \(size) role=\"img\" aria-labelledby=\"\(labels)\"><title id=\"\(id)-t\">\(html(title))</title>\(told)\(elements)</svg>"
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) {
    elements +=
      "<line class=\"\(kind)\" x1=\"\(share(x1))\" y1=\"\(number(y1))\" x2=\"\(share(x2))\" y2=\"\(number(y2))\"/>"
  }

  mutating func bar(_ x: Double, _ y: Double, width: Double, height: Double, _ kind: String) {
    elements +=
      "<rect class=\"\(kind)\" x=\"\(share(x))\" y=\"\(number(y))\" width=\"\(share(max(0, width)))\" height=\"\(number(height))\" rx=\"2\"/>"
  }

  mutating func dot(_ x: Double, _ y: Double, radius: Double, _ kind: String) {
    elements += "<circle class=\"\(kind)\" cx=\"\(share(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\"/>"
  }

  enum Anchor: String { case start, middle, end }

  mutating func text(_ x: Double, _ y: Double, _ text: String, _ kind: String, _ anchor: Anchor = .start) {
    elements +=
      "<text class=\"\(kind)\" x=\"\(share(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor.rawValue)\">\(html(text))</text>"
  }

  /// What lies around a place of its own, in pixels from it.
  mutating func around(_ x: Double, _ y: Double, _ draw: (inout Cluster) -> Void) {
    var cluster = Cluster()
    draw(&cluster)
    elements +=
      "<svg x=\"\(share(x))\" y=\"\(number(y))\" width=\"1\" height=\"1\" overflow=\"visible\">\(cluster.elements)</svg>"
  }

  /// Things beside each other, in pixels.
  struct Cluster {
    fileprivate var elements = ""

    mutating func dot(_ x: Double, _ y: Double, radius: Double, _ kind: String) {
      elements +=
        "<circle class=\"\(kind)\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\"/>"
    }

    mutating func diamond(_ x: Double, _ y: Double, _ half: Double, _ kind: String) {
      let corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
      elements +=
        "<path class=\"\(kind)\" d=\"M\(corners.map { "\(number($0.0)) \(number($0.1))" }.joined(separator: "L"))Z\"/>"
    }

    mutating func text(_ x: Double, _ y: Double, _ text: String, _ kind: String) {
      elements +=
        "<text class=\"\(kind)\" x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"middle\">\(html(text))</text>"
    }
  }
}

/// To a tenth, and whole where it is whole.
private func number(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let sign = tenths < 0 ? "-" : ""
  let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
  return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
}

private func share(_ value: Double) -> String { "\(number(value))%" }
