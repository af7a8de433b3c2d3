import AssessmentModel
import Testing

@testable import Interchange

/// Who is in the room, as a table.
@Suite struct RosterTests {
  @Test(
    arguments: [
      ("name\nAna\nBen\n", [Rater(id: "r1", name: "Ana"), Rater(id: "r2", name: "Ben")]),
      (
        "Name;Department;Group;Last;Named\r\nAna;Billing;;yes;\r\nBen;;customer;;x\r\n",
        [
          Rater(id: "r1", name: "Ana", department: "Billing", last: true),
          Rater(id: "r2", name: "Ben", group: .customer, named: true),
        ]
      ),
      (
        "\u{FEFF}sep=,\nname,department\n\"Grün, Zoë\",物流\n,,\n",
        [Rater(id: "r1", name: "Grün, Zoë", department: "物流")]
      ),
    ] as [(String, [Rater])])
  func people(text: String, raters: [Rater]) throws {
    #expect(try RosterCSV.read(Array(text.utf8)) == raters)
  }

  @Test(
    arguments: [
      ("", "empty"), ("name\n", "nobody under the header"), ("who\nAna\n", "no column \"name\""),
      ("name,departement\nAna,x\n", "no such column"),
      ("name,last\nAna,maybe\n", "neither yes nor no"),
      ("name,group\nAna,boss\n", "neither staff nor customer"), ("name\nAna\nana\n", "stands here twice"),
      ("name,department\n,Sales\n", "the name is missing"),
    ])
  func whatIsWrongIsSaid(text: String, words: String) {
    do throws(CSV.Problem) {
      _ = try RosterCSV.read(Array(text.utf8))
      Issue.record("\(text) was taken")
    } catch {
      #expect(error.message.contains(words), "\(error.message)")
    }
  }
}
