/// What is wrong with a figure or a day that was typed, and what to type instead.
extension FigureReading {
  /// nil where there is just one figure.
  package func problem(with text: String) -> String? {
    switch self {
    case .figure: nil
    case .either(let one, let other):
      // What is named has to be taken when it is typed.
      "“\(text)” can be \(plain(one)) or \(FigureReading(plain(other)).value == nil ? plain(other) + "0" : plain(other)): "
        + "type the one you mean."
    case .otherUnit(let typed, let own): "“\(text)” is in \(typed), and this figure is in \(own)."
    case .unreadable: "“\(text)” is no number such as 1200 or 4.5."
    }
  }
}

extension DayReading {
  /// nil where there is just one day.
  package func problem(with text: String, lies direction: Direction) -> String? {
    switch self {
    case .day: nil
    case .either(let one, let other):
      "“\(text)” can be \(withWeekday(one)) or \(withWeekday(other)): type the one you mean."
    case .impossible(.weekday(let day, let said)): "“\(text)”: \(day) is a \(day.weekday), no \(said)."
    case .impossible(.direction(let day)):
      switch direction {
      case .ahead: "“\(text)” is \(withWeekday(day)), which is over; today or a day to come is wanted."
      case .behind:
        "“\(text)” is \(withWeekday(day)), which is still to come; today or a day before is wanted."
      }
    case .unreadable: "“\(text)” is no day such as 30 Nov, Friday, in 2 weeks or 2026-11-30."
    }
  }
}

/// A number in full, without a fraction where it has none.
package func plain(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15
    ? (value < 0 ? "−" : "") + String(Int(abs(value))) : value.description
}

/// `Friday 2026-11-27`
package func withWeekday(_ day: Day) -> String { "\(day.weekday) \(day)" }
