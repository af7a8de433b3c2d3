import AssessmentModel

/// A number with so many digits after the point. Ours, because Foundation's formatters pull in ICU.
package func decimal(_ value: Double, _ places: Int = 0, signed: Bool = false) -> String {
  let (scaled, scale) = scaled(value, places)
  guard scaled.isFinite, abs(scaled) < 1e15 else { return value.description }
  let whole = Int(abs(scaled))
  let unit = Int(scale)
  var text = String(whole / unit)
  if places > 0 {
    let fraction = String(whole % unit)
    text += "." + String(repeating: "0", count: places - fraction.count) + fraction
  }
  if scaled < 0 { return "−" + text }
  return signed && scaled > 0 ? "+" + text : text
}

/// The value that `decimal` shows.
func rounded(_ value: Double, _ places: Int) -> Double {
  let (scaled, scale) = scaled(value, places)
  return scaled / scale
}

/// A value in units of its last digit, whole, with how many of these are 1. A half goes away from 0, also where a sum
/// came out a hair before it.
private func scaled(_ value: Double, _ places: Int) -> (Double, Double) {
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  return ((value * scale + (value < 0 ? -1e-9 : 1e-9)).rounded(), scale)
}

/// `1 day`, `3 days`.
package func counted(_ count: Int, _ one: String, _ many: String) -> String {
  "\(count) \(count == 1 ? one : many)"
}

/// A small number as a word, a larger one in figures.
package func spelled(_ count: Int) -> String {
  let words = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]
  return words.indices.contains(count) ? words[count] : String(count)
}

/// `a sales clerk`, `an office manager`.
package func withArticle(_ noun: String) -> String {
  "\(English.article(before: noun)) \(noun)"
}

/// `a`, `a and b`, `a, b and c`.
package func listed(_ words: [String]) -> String {
  guard let last = words.last else { return "" }
  return words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " and " + last
}

/// A gap with its sign, and with as many decimals as it has: halves have one.
package func signed(_ gap: Double) -> String {
  decimal(gap, gap == gap.rounded() ? 0 : 1, signed: true)
}

/// A figure with its unit.
package func amount(_ value: Double, _ unit: String?) -> String {
  plain(value) + (unit?.nonEmpty.map { $0 == "%" ? " %" : " \($0)" } ?? "")
}
