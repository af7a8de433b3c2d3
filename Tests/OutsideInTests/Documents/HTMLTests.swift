import AssessmentModel
import Foundation
import Testing

@testable import Reporting

/// What people type is shown on a page and never acted on.
@Suite struct HTMLTests {
  /// Texts that would do something where they were let: tags, attributes, entities, addresses, scripts, styles, formulas,
  /// Markdown, and letters that hide or turn what stands around them; alone, in each other and cut off.
  static let payloads: [String] = {
    let actions = ["alert(1)", "fetch('//canary')", "location='//canary'", "document.title=1"]
    var payloads: [String] = []
    for action in actions {
      payloads += [
        "<script>\(action)</script>", "<SCRIPT SRC=//canary></SCRIPT>", "<img src=x onerror=\(action)>",
        "<svg onload=\(action)>", "<svg><script>\(action)</script></svg>", "\"><script>\(action)</script>",
        "' onmouseover='\(action)", "\" autofocus onfocus=\"\(action)",
        "<a href=\"javascript:\(action)\">x</a>",
        "<iframe srcdoc=\"<script>\(action)</script>\">", "<body onload=\(action)>",
        "<details open ontoggle=\(action)>",
        "<math><mtext><script>\(action)</script></mtext></math>", "</title><script>\(action)</script>",
        "</style><script>\(action)</script>", "</desc></svg><script>\(action)</script>",
        "--><script>\(action)</script>", "<!--\(action)", "<![CDATA[<script>\(action)</script>]]>",
        "<object data=\"data:text/html,<script>\(action)</script>\">", "javascript:\(action)",
        "<form action=\"javascript:\(action)\"><button>", "<video><source onerror=\(action)></video>",
        "<input onfocus=\(action) autofocus>", "<marquee onstart=\(action)>", "<base href=//canary/>",
        "<meta http-equiv=refresh content=\"0;url=//canary\">", "<link rel=stylesheet href=//canary>",
        "<style>*{background:url(//canary)}</style>", "<template><script>\(action)</script></template>",
      ]
    }
    let marks = [
      "&", "&lt;", "&#60;script&#62;", "&#x3c;", "&amp;lt;", "<", ">", "\"", "'", "`", "<!-",
      "<!--contents-->", "]]>",
      "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "<x", "</x", "<x/", "a<b", "1 < 2 > 0", "{{7*7}}",
      "${7*7}", "%0a", "\\",
      "\\\"", "\u{0}<b>", "<\u{0}script>", "\u{202E}<b>", "\u{200B}<b>", "\u{FEFF}<script>", "\u{2028}<b>",
      "\u{FFFE}<b>",
      "\u{1FFFE}", "<b\u{AD}>", "e\u{301}<", "<\u{301}", "👍<b>", "日本<b>", "\n<b>", "\r\n<script>", "*a*",
      "_a_", "# a", "- a",
      "1. a", "> a", "[a](javascript:alert(1))", "![a](//canary)", "<http://canary>", "http://canary", "`a`",
      "~~a~~", "| a |",
      "---", "***", "a\\", "<div>", "**<b>**", "&copy;", "&copy", "&nosuch;", "\u{9B}31m<b>", "\u{1B}[31m<b>",
    ]
    payloads += marks
    // Cut off wherever it may be, and one within another.
    for text in [
      "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "</text></svg><script>1</script>",
      "&#x3c;img&#x3e;",
    ] {
      for length in 1..<text.count { payloads.append(String(text.prefix(length))) }
    }
    for (place, mark) in marks.enumerated() {
      for other in [
        marks[(place + 7) % marks.count], marks[(place + 19) % marks.count],
        marks[(place + 31) % marks.count], marks[(place + 43) % marks.count],
      ] {
        payloads.append(mark + other)
      }
    }
    return payloads
  }()

  /// The tags of a page with all of their attributes but those that hold texts of somebody's.
  static func skeleton(_ page: String) -> [String] {
    var tags: [String] = []
    var tag: [UInt8]?
    for byte in page.utf8 {
      if byte == UInt8(ascii: "<") { tag = [] }
      tag?.append(byte)
      if byte == UInt8(ascii: ">"), let whole = tag {
        tag = nil
        let text = String(decoding: whole, as: UTF8.self)
        // How closely a sheet is written depends on how much there is to read.
        tags.append(
          text.hasPrefix("<body")
            ? "<body>"
            : text.contains("aria-label=")
              ? text.split(separator: "\"").enumerated().filter { $0.offset % 2 == 0 }.map {
                String($0.element)
              }.joined()
              : text)
      }
    }
    return tags
  }

  static func page(_ name: String, _ document: Document) -> String {
    htmlText(document, look: testLook, layout: layout(of: name))
  }

  /// In every field that people fill in, in every document: the page is made of the same tags as with plain words.
  @Test func noPayloadIsMoreThanAText() throws {
    #expect(Self.payloads.count >= 500)
    func pages(_ text: (String) -> String) throws -> [(name: String, page: String)] {
      let before = filledAssessment("BEFORE", on: noon.day.adding(days: -180), text)
      return allDocuments(try contents(filledAssessment("FILLED", text), before: before)).map {
        ($0.name, Self.page($0.name, $0.document))
      }
    }
    // A dozen in each field, each field with its own name; beside it the same without what could act.
    let harmless: [Character: Character] = ["<": "(", ">": ")", "&": "+", "\"": "^", "'": "^"]
    for start in stride(from: 0, to: Self.payloads.count, by: 12) {
      let some = Self.payloads[start..<min(start + 12, Self.payloads.count)].joined(separator: " word ")
      let tame = String(
        String.UnicodeScalarView(
          some.unicodeScalars.map { harmless[Character($0)]?.unicodeScalars.first ?? $0 }))
      let known = try pages { "word \($0) \(tame) word" }
      #expect(known.count == 8)
      for (known, page) in zip(known, try pages { "word \($0) \(some) word" }) {
        let (tags, tame) = (Self.skeleton(page.page), Self.skeleton(known.page))
        let first = zip(tags, tame).first { $0 != $1 }
        #expect(tags == tame, "\(known.name), payloads from \(start): \(first.debugDescription)")
      }
    }
  }

  /// What was typed is read as it was typed.
  @Test(arguments: [
    "<b>&amp; \"x\" 'y'</b>", "a < b & c > d", "</p><p>", "2026-09-22 & 2026-9-2, 12026-09-22",
  ])
  func whatWasTypedIsShown(text: String) throws {
    let page = Self.page(
      "report", [.heading(1, text), .paragraph(Words(text)), .table(Table([.init(text)], rows: [[text]]))])
    let shown = page.replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    #expect(shown.components(separatedBy: text).count == 6, "\(shown)")
  }

  /// The only thing a page may load is nothing, and the only style it takes is its own.
  @Test func nothingIsLoaded() throws {
    let contents = try contents(
      filledAssessment { $0 }, before: filledAssessment("B", on: noon.day.adding(days: -180)) { $0 })
    for (name, document) in allDocuments(contents) {
      let page = Self.page(name, document)
      #expect(page.contains("content=\"default-src 'none'; style-src 'sha256-x'\""))
      #expect(
        page.firstMatch(of: /<(script|link|img|iframe|object|embed|base|form|input|audio|video)/) == nil,
        "\(name)")
      #expect(page.firstMatch(of: /\s(style|on[a-z]+|src|srcset|action|xlink:href)=/) == nil, "\(name)")
      #expect(page.matches(of: /href="([^"]*)"/).allSatisfy { $0.1.hasPrefix("#") }, "\(name)")
      #expect(
        page.matches(of: /\sid="([^"]*)"/).map(\.1).count
          == Set(page.matches(of: /\sid="([^"]*)"/).map(\.1)).count)
    }
  }

  /// Every picture says what it shows, and has its figures as a table.
  @Test func picturesAreToldToThoseWhoCantSeeThem() throws {
    let contents = try contents(
      filledAssessment { $0 }, before: filledAssessment("B", on: noon.day.adding(days: -180)) { $0 })
    let report = fullReport(contents)
    let charts = report.compactMap { block in if case .chart(let chart) = block { chart } else { nil } }
    #expect(charts.count == 7, "\(charts.map(\.title))")
    for chart in charts {
      #expect(!chart.title.isEmpty && chart.says.count > 20 && !chart.table.rows.isEmpty, "\(chart.title)")
    }
    let page = Self.page("report", report)
    #expect(
      page.matches(of: /<svg class="plane"[^>]*role="img" aria-labelledby="c\d+-t c\d+-d"><title/).count == 3)
    #expect(page.matches(of: /<svg (?![^>]*(role="img"|aria-hidden="true"|overflow="visible"))/).isEmpty)
  }
}
