import Foundation

let checks = [
  "benchmark": benchmark, "calibration": calibration, "changes": changeCalibration, "lists": changeLists,
  "selection": selectionProblems,
]

guard CommandLine.arguments.count == 2, let check = checks[CommandLine.arguments[1]] else {
  print("usage: ScoringChecks \(checks.keys.sorted().joined(separator: "|"))")
  exit(64)
}
exit(check() ? 0 : 1)
