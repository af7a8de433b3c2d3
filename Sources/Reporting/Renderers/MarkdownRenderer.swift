/// Writes a document as Markdown (CommonMark with tables); what people typed shows as they typed it.
package func markdownText(_ document: Document) -> String {
  var parts: [String] = []
  for block in document {
    switch block {
    case .heading(let level, let text):
      parts.append(String(repeating: "#", count: level) + " " + escaped(text, startsLine: false))
    case .paragraph(let words): parts.append(inline(words))
    case .bullets(let items):
      parts.append(items.map { "- " + inline($0) }.joined(separator: "\n"))
    case .numbered(let items):
      parts.append(
        items.enumerated().map { "\($0 + 1). " + inline($1) }.joined(separator: "\n"))
    case .table(let table): parts.append(markdown(table))
    case .profile(let rows):
      parts.append(
        markdown(
          Table(
            [.init("Area"), .init("Of 100", .right), .init("Step", .right), .init("")],
            rows: rows.map { row in
              [
                row.title, row.score.map { decimal($0) } ?? "–",
                row.step.map(String.init) ?? "–", row.note,
              ]
            })))
    case .changes(let chart):
      parts.append(markdown(chart.table))
    case .histogram(let rows):
      parts.append(
        markdown(
          Table(
            [.init("Answer"), .init("Votes", .right), .init("")],
            rows: rows.map { [$0.key, String($0.count), $0.note] }
          ).filled))
    case .options(let choices):
      parts.append(
        choices.map { "- " + inline(Words($0.key + " ", .strong) + Words($0.text)) }
          .joined(separator: "\n"))
    case .chart(let chart):
      parts.append(inline(Words(chart.title, .strong) + Words(" " + chart.says)))
      if !chart.isTableBeside { parts.append(markdown(chart.table)) }
    case .group(_, let document):
      let text = markdownText(document)
      if text != "\n" { parts.append(String(text.dropLast())) }
    case .strip, .gap: break
    }
  }
  return parts.joined(separator: "\n\n") + "\n"
}

private func markdown(_ table: Table) -> String {
  let header =
    "| " + table.columns.map { escaped($0.title, startsLine: false) }.joined(separator: " | ") + " |"
  let rule =
    "|" + table.columns.map { $0.alignment == .right ? " ---: |" : " --- |" }.joined()
  let rows = table.rows.map {
    "| " + $0.map { escaped($0, startsLine: false) }.joined(separator: " | ") + " |"
  }
  return ([header, rule] + rows).joined(separator: "\n")
}

private func inline(_ words: Words) -> String {
  words.runs.enumerated().map { index, run in
    // Within these marks nothing else is one.
    if run.emphasis == .code { return "`\(run.text.harmless.replacing("`", with: "'"))`" }
    let text = escaped(run.text, startsLine: index == 0)
    guard run.emphasis == .strong, !text.isEmpty else { return text }
    // Emphasis does not open before a blank nor close after one.
    let core = text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    let lead = text.prefix { $0 == " " }
    let trail = text.reversed().prefix { $0 == " " }
    return core.isEmpty ? text : lead + "**" + String(core) + "**" + String(trail)
  }.joined()
}

/// The text with what Markdown would act on made literal; what matters only where a line begins, only
/// there.
private func escaped(_ text: String, startsLine: Bool = true) -> String {
  // By scalars: a bar with an accent is one character, and a bar all the same.
  let scalars = Array(text.harmless.unicodeScalars)
  let digits = scalars.prefix { ("0"..."9").contains($0) }.count
  var out = String.UnicodeScalarView()
  for (offset, scalar) in scalars.enumerated() {
    let next = offset + 1 < scalars.count ? scalars[offset + 1] : " "
    let isSpecial: Bool =
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "$": true
      // Only as the beginning of an entity.
      case "&": next == "#" || next.properties.isAlphabetic
      case "+", "-": startsLine && offset == 0 && (next == " " || next == scalar)
      case "#", "=": startsLine && offset == 0
      case ".", ")": startsLine && digits > 0 && offset == digits && next == " "
      default: false
      }
    if isSpecial { out.append("\\") }
    out.append(scalar)
  }
  // A bare address would become a link.
  return String(out).replacing("://", with: "\\://")
}
