import AssessmentModel
import Testing

@testable import Scoring

@Suite struct DepartmentTests {
  @Test func aDepartmentFarFromTheOthersIsFlagged() {
    let result = AgreementTests.agreement(
      [[0, 3], [1, 3], [3, 3], [4, 2], [3, 3]],
      departments: ["Sales", "Sales", "Ops", "Ops", "Billing"])
    #expect(result.departments.map(\.department) == ["Billing", "Ops", "Sales"])
    #expect(result.departments.map(\.n) == [1, 2, 2])
    // 0.5 against 10/3, times 25.
    #expect(isClose(result.departments[2].dimensions[0].delta, 25 * (0.5 - 10.0 / 3)))
    #expect(result.departments[2].dimensions[0].flag == .lower)
    #expect(result.departments[2].dimensions[1].flag == nil)
    #expect(result.departments[1].dimensions[0].flag == .higher)
    // 3 against 2: exactly 25 points, and one voice.
    #expect(result.departments[0].dimensions[0].flag == .singleVoice)
  }

  @Test func spellingsOfADepartmentAreOne() {
    let result = AgreementTests.agreement(
      [[0], [1], [3]], departments: ["Sales", " sales ", "Ops"])
    #expect(result.departments.map(\.department) == ["Ops", "Sales"])
    #expect(result.departments.map(\.n) == [1, 2])
  }

  @Test func oneDepartmentIsComparedWithNobody() {
    #expect(AgreementTests.agreement([[0], [4]], departments: ["A", "A"]).departments.isEmpty)
    #expect(AgreementTests.agreement([[0], [4]]).departments.isEmpty)
  }

  /// People without a department are among the others.
  @Test func peopleWithoutADepartmentAreOthers() {
    let result = AgreementTests.agreement([[0], [4]], departments: ["A", ""])
    #expect(result.departments.map(\.department) == ["A"])
    #expect(result.departments[0].dimensions[0].delta == -100)
  }

  /// Only items that both sides voted on are compared, or who left the hard ones out would look better.
  @Test func onlySharedItemsAreCompared() {
    let result = AgreementTests.agreement(
      [[3, nil], [3, nil], [3, 0], [3, 0]], departments: ["A", "A", "B", "B"], dimensions: 1)
    #expect(result.departments[0].dimensions[0].delta == 0)
  }

  @Test func silosNeedThreeDepartmentsOfTwo() {
    let three = AgreementTests.agreement(
      [[0, 1], [0, 0], [2, 2], [2, 1], [4, 4], [4, 3]], departments: ["A", "A", "B", "B", "C", "C"])
    #expect(three.overall.icc1Department.value! > 0.8)
    #expect(three.flags.contains(.siloSignal))
    let two = AgreementTests.agreement(
      [[0, 1], [0, 0], [4, 4], [4, 3]], departments: ["A", "A", "B", "B"])
    #expect(two.overall.icc1Department.value! > 0.8)
    #expect(!two.flags.contains(.siloSignal))
    // Members of a department less alike than people at all.
    let mixed = AgreementTests.agreement(
      [[0], [4], [0], [4], [0], [4]], departments: ["A", "A", "B", "B", "C", "C"])
    #expect(mixed.overall.icc1Department.value! < 0)
    #expect(mixed.flags == [.moreThanChanceDisagreement])
    #expect(
      AgreementTests.agreement([[0], [4], [2]], departments: ["A", "B", "C"]).overall.icc1Department
        == .undefined(.tooFewDepartments))
  }

  @Test func aDepartmentThatSeesWhatOthersDontHasABlindSpot() {
    let result = AgreementTests.agreement(
      [[3], [3], [2], [2], [2]], departments: ["A", "A", "B", "B", "B"])
    #expect(
      result.blindSpots == [
        .init(dimension: "d0", department: "A", score: 75, other: .otherDepartments, otherScore: 50)
      ])
    // One voice is no blind spot of a department.
    #expect(
      AgreementTests.agreement([[4], [1], [1]], departments: ["A", "B", "B"]).blindSpots.isEmpty)
  }
}
