import AssessmentModel

private let months = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November",
  "December",
]

/// `Friday 16 October 2026`, for those who read it on paper.
func longDay(_ day: Day) -> String {
  let (year, month, number) = day.civil
  return "\(day.weekday) \(number) \(months[month - 1]) \(year)"
}

/// `Fri 16 Oct`, where the year is clear; its parts stay in one line.
func shortDay(_ day: Day) -> String {
  let (_, month, number) = day.civil
  return [String(day.weekday.prefix(3)), String(number), String(months[month - 1].prefix(3))].joined(
    separator: "\u{A0}")
}
