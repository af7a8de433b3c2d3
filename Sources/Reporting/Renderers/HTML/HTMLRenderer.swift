/// How pages look.
package struct HTMLLook: Hashable, Sendable {
  /// All of it; nothing else is loaded.
  let stylesheet: String
  /// Its SHA-256 in base 64, by which a browser knows that it is this one.
  let digest: String

  package init(stylesheet: String, digest: String) {
    self.stylesheet = stylesheet
    self.digest = digest
  }
}

/// What a page is for.
package enum HTMLLayout: String, Hashable, Sendable {
  /// To read, with a list of what is in it.
  case report
  /// One side of paper, to be read from some steps away.
  case wall
  /// One side of paper, to be read at a table.
  case board
  /// To hand out on paper.
  case handout
}

/// Writes a document as one HTML file: no script, nothing that is loaded, every text of anybody's shown and never acted on.
package func htmlText(_ document: Document, look: HTMLLook, layout: HTMLLayout = .report) -> String {
  var renderer = HTMLRenderer()
  var parts: [String] = []
  // What comes before the first section is what everybody reads; the list of the others stands behind it.
  var placeOfContents: Int?
  for block in document {
    let text = renderer.block(block)
    if renderer.hasSections, placeOfContents == nil { placeOfContents = parts.count }
    parts.append(text)
  }
  let title = document.firstTitle ?? "Outside-In"
  if layout == .report, let placeOfContents { parts.insert(renderer.contents, at: placeOfContents) }
  let kind =
    [.wall, .board].contains(layout) ? "\(layout.rawValue) \(density(document, layout))" : layout.rawValue
  return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-\(look.digest)'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(html(title))</title>
    <style>\(look.stylesheet)</style>
    </head>
    <body class="\(kind)">
    <main>
    \(parts.joined())</main>
    </body>
    </html>

    """
}

/// How closely a sheet has to be written so that all of it stands on one side, of A4 and of Letter: nothing of it is ever
/// cut. The sizes behind the names are in the stylesheet; how much fits at each was tried in print.
private func density(_ document: Document, _ layout: HTMLLayout) -> String {
  let fits = layout == .wall ? [1_650, 2_200, 3_330, 4_200] : [2_550, 3_150, 4_100, 5_050]
  let names = ["roomy", "usual", "close", "closer", "closest"]
  let letters = document.letters
  return names[fits.firstIndex { letters <= $0 } ?? fits.count]
}

extension Document {
  /// How much there is to read, about.
  fileprivate var letters: Int {
    reduce(0) { sum, block in
      switch block {
      case .heading(_, let text): sum + text.count + 40
      case .paragraph(let words): sum + words.text.count + 20
      case .bullets(let items), .numbered(let items): sum + items.reduce(0) { $0 + $1.text.count + 20 }
      // A narrow column takes more room than a wide line.
      case .table(let table): sum + table.rows.joined().reduce(0) { $0 + $1.count * 2 + 4 }
      case .group(_, let inner): sum + inner.letters
      case .profile, .changes, .chart: sum + 300
      case .histogram, .options, .strip, .gap: sum
      }
    }
  }
}

private struct HTMLRenderer {
  private var drawing = ChartDrawing()
  /// Tells tables with the same columns apart.
  private var tables = 0
  /// The headings of sections, for the list of contents.
  private var sections: [(id: String, title: String)] = []
  /// A second title is a part of the first one's page, and what is below it lies one deeper.
  private var hasTitle = false
  private var depth = 0
  var hasSections: Bool { !sections.isEmpty }

  /// The list of contents; empty where there is little to list.
  var contents: String {
    guard sections.count > 3 else { return "" }
    return
      "<nav aria-label=\"Contents\">\n<ol>\n"
      + sections.map { "<li><a href=\"#\($0.id)\">\(daysKept(html($0.title)))</a></li>\n" }.joined()
      + "</ol>\n</nav>\n"
  }

  private mutating func blocks(_ document: Document) -> String {
    document.map { block($0) }.joined()
  }

  mutating func block(_ block: Block) -> String {
    switch block {
    case .heading(let level, let text): return heading(level, text)
    case .paragraph(let words): return "<p>\(inline(words))</p>\n"
    case .bullets(let items): return list("ul", items)
    case .numbered(let items): return list("ol", items)
    case .table(let table): return self.table(table)
    case .profile(let rows): return figure(areas(rows))
    case .changes(let chart): return figure(movesChart(chart))
    case .histogram(let rows):
      return self.table(
        Table(
          [.init("Answer"), .init("Votes", .right), .init("")],
          rows: rows.map { [$0.key, String($0.count), $0.note] }
        ).filled)
    case .options(let choices):
      return "<ul class=\"options\">\n"
        + choices.map { "<li><strong>\(html($0.key))</strong> \(html($0.text))</li>\n" }.joined() + "</ul>\n"
    case .strip, .gap: return ""
    case .chart(let chart): return figure(chart)
    case .group(let kind, let document):
      return "<div class=\"\(kind.rawValue)\">\n\(blocks(document))</div>\n"
    }
  }

  private mutating func figure(_ chart: Chart) -> String {
    let told = [chart.says, chart.howToRead].filter { !$0.isEmpty }.joined(separator: " ")
    return
      "<figure class=\"\(chart.figure.kind)\">\n<figcaption><strong>\(html(chart.title))</strong> \(daysKept(html(told)))</figcaption>\n"
      + drawing.figure(chart) + (chart.isTableBeside ? "" : behind(chart.table)) + "</figure>\n"
  }

  private mutating func heading(_ level: Int, _ text: String) -> String {
    if level == 1, !hasTitle {
      hasTitle = true
      return "<h1>\(daysKept(html(text)))</h1>\n"
    }
    if level == 1 { depth = 1 }
    let shown = min(6, level + (level == 1 ? 1 : depth))
    guard shown == 2 else { return "<h\(shown)>\(daysKept(html(text)))</h\(shown)>\n" }
    let id = "s\(sections.count + 1)"
    sections.append((id, text))
    return "<h2 id=\"\(id)\"\(level == 1 ? " class=\"part\"" : "")>\(daysKept(html(text)))</h2>\n"
  }

  private func list(_ kind: String, _ items: [Words]) -> String {
    items.isEmpty ? "" : "<\(kind)>\n" + items.map { "<li>\(inline($0))</li>\n" }.joined() + "</\(kind)>\n"
  }

  private func inline(_ words: Words) -> String {
    words.runs.map { run in
      let text = daysKept(html(run.text))
      return switch run.emphasis {
      case .plain: text
      case .strong: "<strong>\(text)</strong>"
      case .faint: "<span class=\"faint\">\(text)</span>"
      case .good: "<span class=\"good\">\(text)</span>"
      case .bad: "<span class=\"bad\">\(text)</span>"
      case .code: "<code>\(text)</code>"
      }
    }.joined()
  }

  /// A wide table is moved under the finger, or with the keys, instead of the page.
  private mutating func table(_ table: Table) -> String {
    if table.rows.isEmpty { return "" }
    tables += 1
    let name = table.columns.map(\.title).filter { !$0.isEmpty }.joined(separator: ", ")
    return
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table \(tables): \(html(name))\">\n\(bare(table))</div>\n"
  }

  private mutating func behind(_ table: Table) -> String {
    if table.rows.isEmpty { return "" }
    return "<details>\n<summary>The figures as a table</summary>\n\(self.table(table))</details>\n"
  }

  /// On a phone each row of a wide table is a list of its own, in which every cell says what it is.
  private func bare(_ table: Table) -> String {
    let isWide = table.columns.count > 3
    func kind(_ column: Table.Column) -> String { column.alignment == .right ? " class=\"n\"" : "" }
    func title(_ column: Table.Column) -> String {
      isWide && !column.title.isEmpty ? " data-title=\"\(html(column.title))\"" : ""
    }
    let head = table.columns.map { column in
      column.title.isEmpty ? "<td></td>" : "<th scope=\"col\"\(kind(column))>\(html(column.title))</th>"
    }.joined()
    let rows = table.rows.map { row in
      "<tr>"
        + zip(table.columns, row).enumerated().map { place, cell in
          let (column, text) = cell
          return place == 0 && !text.isEmpty
            ? "<th scope=\"row\"\(kind(column))>\(daysKept(html(text)))</th>"
            : "<td\(kind(column))\(title(column))>\(daysKept(html(text)))</td>"
        }.joined() + "</tr>\n"
    }.joined()
    return
      "<table\(isWide ? " class=\"wide\"" : "")>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(rows)</tbody>\n</table>\n"
  }
}

extension Document {
  fileprivate var firstTitle: String? {
    for case .heading(1, let text) in self { return text }
    return nil
  }
}

/// A profile as a chart, without more than it knows.
private func areas(_ rows: [ProfileRow]) -> Chart {
  Chart(
    title: "Area by area.", says: "",
    figure: .areas(
      rows.map {
        AreaBar(title: $0.title, score: $0.score, range: nil, step: $0.step, note: $0.note, isRaised: false)
      }, cut: rows.first?.cut ?? 50),
    table: Table(
      [.init("area"), .init("of 100", .right), .init("step", .right), .init("note")],
      rows: rows.map {
        [$0.title, $0.score.map { decimal($0) } ?? "–", $0.step.map(String.init) ?? "–", $0.note]
      }))
}

private func movesChart(_ chart: ChangeChart) -> Chart {
  Chart(title: "Area by area, from then to now.", says: "", figure: .moves(chart), table: chart.table)
}
