import AssessmentModel

/// A problem with the line of the file it is in and a caret under the place, indented by four; the
/// problem alone where the file has no such line.
///
/// - Parameter lines: the file's, from the first.
package func excerpt(_ problem: Diagnostic, from lines: [Substring]) -> String {
  let heading = problem.text.harmless
  // A line that nobody wrote by hand helps nobody.
  guard lines.indices.contains(problem.line - 1), lines[problem.line - 1].utf8.count <= 10_000 else {
    return heading
  }
  let line = String(lines[problem.line - 1])
  // YAML counts characters as Unicode does; on the screen some take two columns and some none.
  let before = String(String.UnicodeScalarView(line.unicodeScalars.prefix(problem.column - 1)))
  let caret = String(repeating: " ", count: before.harmless.columns) + "^"
  // What is long is cut on both sides of the place.
  let width = 100
  let shown = line.harmless
  guard shown.columns > width, shown.columns == shown.count else {
    return "\(heading)\n    \(shown)\n    \(caret)"
  }
  let start = max(0, min(before.harmless.columns - width / 2, shown.count - width))
  return "\(heading)\n    \(shown.dropFirst(start).prefix(width))\n    \(caret.dropFirst(start))"
}
