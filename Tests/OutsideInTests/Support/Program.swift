import Foundation
import Testing

/// The program under test, as it was built.
let programPath: String = {
  // The tests' own binary lies beside it.
  URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "outside-in").path
}()

/// What a run of the program without a terminal came to.
struct Run {
  let status: Int32
  let output: String
  let errors: String
}

/// Runs the program without a terminal, in a store of the given folder.
///
/// - Parameters:
///   - wrapper: a program and its arguments that run it, such as `strace`.
///   - program: another one that runs it in its own way, such as a shell.
func run(
  _ arguments: [String], input: String = "", in folder: TemporaryFolder, at place: String = "",
  under wrapper: [String] = [], program: String = programPath
) throws -> Run {
  let process = Process()
  let line = wrapper + [program] + arguments
  process.executableURL = URL(fileURLWithPath: line[0])
  process.arguments = Array(line.dropFirst())
  process.currentDirectoryURL = URL(fileURLWithPath: folder.file(place))
  process.environment = [
    "OUTSIDE_IN_DATA_DIR": folder.file("data"), "HOME": folder.path, "TERM": "dumb",
    "LC_ALL": "C.UTF-8",
  ]
  let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
  process.standardInput = stdin
  process.standardOutput = stdout
  process.standardError = stderr
  try process.run()
  stdin.fileHandleForWriting.write(Data(input.utf8))
  try stdin.fileHandleForWriting.close()
  let output = stdout.fileHandleForReading.readDataToEndOfFile()
  let errors = stderr.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return Run(
    status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
    errors: String(decoding: errors, as: UTF8.self))
}
