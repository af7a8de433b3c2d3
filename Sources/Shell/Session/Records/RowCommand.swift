/// What can be done with the rows of a list, typed where a new one would begin.
enum RowCommand: Hashable {
  case edit(Int)
  case remove(Int)
  case move(Int, to: Int)
  /// The six factors of a moment.
  case factors(Int)
  /// A reading of a metric, and behind `on` its day.
  case reading(Int, value: String, day: String?)
  /// It begins as one and goes on otherwise; how it is typed.
  case malformed(String)

  private static let forms = [
    "edit": "edit 2", "remove": "remove 2", "delete": "remove 2", "move": "move 2 1", "factors": "factors 2",
    "reading": "reading 2 34, or reading 2 34 on 30 Nov",
  ]

  /// A line that begins with one of these words and a number is never a row.
  ///
  /// - Parameter count: how many rows there are: without any, a number alone is no command.
  init?(_ text: String, rows count: Int) {
    let words = text.lowercased().split(separator: " ").map(String.init)
    let numbers = words.dropFirst().map { Int($0) }
    guard let word = words.first else { return nil }
    if numbers.isEmpty {
      // A number alone is a row to look at again.
      guard count > 0, let number = Int(word) else { return nil }
      self = .edit(number)
      return
    }
    guard let form = Self.forms[word == "e" ? "edit" : word], let number = numbers[0] else { return nil }
    switch (word, numbers.count) {
    case ("edit", 1), ("e", 1): self = .edit(number)
    case ("remove", 1), ("delete", 1): self = .remove(number)
    case ("factors", 1): self = .factors(number)
    case ("move", 2...3):
      let to = words[2] == "to" ? numbers.last : numbers.count == 2 ? numbers[1] : nil
      self = (to ?? nil).map { .move(number, to: $0) } ?? .malformed(form)
    case ("reading", 2...):
      let rest = words.dropFirst(2)
      let on = rest.firstIndex(of: "on")
      let value = rest[..<(on ?? rest.endIndex)].joined(separator: " ")
      let day = on.map { rest[($0 + 1)...].joined(separator: " ") }
      self =
        value.isEmpty || day?.isEmpty == true ? .malformed(form) : .reading(number, value: value, day: day)
    default: self = .malformed(form)
    }
  }

  /// The rows it is about, counted from 1.
  var numbers: [Int] {
    switch self {
    case .edit(let number), .remove(let number), .factors(let number), .reading(let number, _, _): [number]
    case .move(let from, let to): [from, to]
    case .malformed: []
    }
  }
}
