/// The part of Markdown that texts of ours are written in: headings, paragraphs, lists, **strong** words, `typed` ones, and places on
/// lines of their own, `{{agenda}}`, for what is made.
///
/// - Parameter place: what stands at a place, by its name.
package func document(markdown text: String, place: (String) -> Document) -> Document {
  var document: Document = []
  var items: [Words] = []
  func close() {
    if !items.isEmpty { document.append(.bullets(items)) }
    items = []
  }
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.hasPrefix("- ") {
      items.append(words(line.dropFirst(2)))
      continue
    }
    close()
    if line.isEmpty { continue }
    if line.hasPrefix("{{"), line.hasSuffix("}}") {
      document += place(String(line.dropFirst(2).dropLast(2)))
    } else if line.hasPrefix("#") {
      let level = line.prefix { $0 == "#" }.count
      document.append(.heading(level, line.dropFirst(level).drop { $0 == " " }.description))
    } else {
      document.append(.paragraph(words(line)))
    }
  }
  close()
  return document
}

/// Text with the words between two pairs of stars strong, and what stands between two strokes to be typed.
private func words(_ line: some StringProtocol) -> Words {
  var runs: [Words] = []
  for (place, part) in String(line).split(separator: "**", omittingEmptySubsequences: false).enumerated() {
    for (inner, text) in part.split(separator: "`", omittingEmptySubsequences: false).enumerated()
    where !text.isEmpty {
      runs.append(Words(String(text), inner % 2 == 1 ? .code : place % 2 == 1 ? .strong : .plain))
    }
  }
  return runs.dropFirst().reduce(runs.first ?? "") { $0 + $1 }
}
