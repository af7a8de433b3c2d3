/// The sums that a text prints, `√(3.5 + 2²) × 4 = 10.95`, redone as somebody with a pocket calculator would.
struct PrintedArithmetic {
  struct Equation: CustomStringConvertible {
    let left: String
    let value: Double
    let printed: Double
    /// Half of the last digit that is printed, and what rounding of the figures on the left can do.
    let tolerance: Double

    var description: String { "\(left) = \(printed), and it is \(value)" }
    var holds: Bool { abs(value - printed) <= tolerance }
  }

  private enum Token: Equatable {
    case number(Double, places: Int)
    case sign(Character)
  }

  /// All equations with something to work out on the left.
  static func equations(in text: String) -> [Equation] {
    var found: [Equation] = []
    // A run of figures and signs; anything else begins a new one.
    var run: [Token] = []
    let characters = Array(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    var place = 0
    var equals: Int?
    while place < characters.count {
      let character = characters[place]
      switch character {
      case " ": place += 1
      case "0"..."9":
        var digits = ""
        while place < characters.count,
          characters[place].isNumber && characters[place] != "²" || characters[place] == "."
        {
          digits.append(characters[place])
          place += 1
        }
        // The point that ends a sentence, or a line's number.
        let isEnd = digits.last == "."
        if isEnd { digits.removeLast() }
        run.append(
          .number(Double(digits) ?? .nan, places: digits.split(separator: ".").dropFirst().first?.count ?? 0))
        if let before = equals {
          if let equation = equation(Array(run[..<before]), Array(run[(before + 1)...])) {
            found.append(equation)
          }
          // `a = b = c` goes on from b.
          run = Array(run[(before + 1)...])
          equals = nil
        }
        if isEnd { run = [] }
      case "×", "/", "+", "−", "(", ")", "√", "²", "=":
        if character == "=" {
          equals = run.count
        }
        run.append(.sign(character))
        place += 1
      default:
        run = []
        equals = nil
        place += 1
      }
    }
    return found
  }

  private static func equation(_ left: [Token], _ right: [Token]) -> Equation? {
    var sign = 1.0
    var printed = 0.0
    var places = 0
    for token in right {
      switch token {
      case .sign("−"): sign = -1
      case .sign("+"): sign = 1
      case .sign: return nil
      case .number(let value, let digits): (printed, places) = (sign * value, digits)
      }
    }
    // What stands before the sum, such as the number of a step, is no part of it.
    for start in left.indices {
      let tokens = Array(left[start...])
      guard
        tokens.contains(where: { [.sign("×"), .sign("/"), .sign("+"), .sign("−"), .sign("√")].contains($0) })
      else {
        return nil
      }
      var parser = Parser(tokens: tokens)
      guard let value = parser.sum(), parser.isAtEnd, value.value.isFinite else { continue }
      return Equation(
        left: tokens.map(shown).joined(separator: " "), value: value.value, printed: printed,
        tolerance: pow10(-places) * 0.501 + value.error)
    }
    return nil
  }

  private static func shown(_ token: Token) -> String {
    switch token {
    case .number(let value, _): "\(value)"
    case .sign(let sign): String(sign)
    }
  }

  private static func pow10(_ exponent: Int) -> Double {
    (0..<abs(exponent)).reduce(1.0) { value, _ in exponent < 0 ? value / 10 : value * 10 }
  }

  /// A figure, and how far it may be from the one that was rounded to it.
  private struct Figure {
    var value: Double
    var error = 0.0
  }

  private struct Parser {
    let tokens: [Token]
    var place = 0

    var isAtEnd: Bool { place == tokens.count }

    private func peek() -> Token? { place < tokens.count ? tokens[place] : nil }

    mutating func sum() -> Figure? {
      guard var sum = product() else { return nil }
      while let token = peek(), token == .sign("+") || token == .sign("−") {
        place += 1
        guard let next = product() else { return nil }
        sum.value += token == .sign("+") ? next.value : -next.value
        sum.error += next.error
      }
      return sum
    }

    private mutating func product() -> Figure? {
      guard var product = factor() else { return nil }
      while let token = peek(), token == .sign("×") || token == .sign("/") {
        place += 1
        guard let next = factor() else { return nil }
        if token == .sign("×") {
          product.error = abs(product.value) * next.error + abs(next.value) * product.error
          product.value *= next.value
        } else {
          guard next.value != 0 else { return nil }
          product.error = (product.error + abs(product.value / next.value) * next.error) / abs(next.value)
          product.value /= next.value
        }
      }
      return product
    }

    private mutating func factor() -> Figure? {
      guard let token = peek() else { return nil }
      place += 1
      var figure: Figure
      switch token {
      case .number(let value, let places):
        // Whole figures are counts, and exact.
        figure = Figure(value: value, error: places == 0 ? 0 : pow10(-places) / 2)
      case .sign("−"):
        guard let next = factor() else { return nil }
        figure = Figure(value: -next.value, error: next.error)
      case .sign("+"):
        guard let next = factor() else { return nil }
        figure = next
      case .sign("√"):
        guard let next = factor(), next.value > 0 else { return nil }
        let root = next.value.squareRoot()
        figure = Figure(value: root, error: next.error / (2 * root))
      case .sign("("):
        guard let inner = sum(), peek() == .sign(")") else { return nil }
        place += 1
        figure = inner
      default: return nil
      }
      if peek() == .sign("²") {
        place += 1
        figure.error *= 2 * abs(figure.value)
        figure.value *= figure.value
      }
      return figure
    }
  }
}
