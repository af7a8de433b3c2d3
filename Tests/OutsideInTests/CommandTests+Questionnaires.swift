import AssessmentModel
import Foundation
import GRDB
import Testing

/// Questionnaires of one's own, and their check.
extension CommandTests {
  /// Answers to the small questionnaire, at its Outside-In end.
  static let smallDocument =
    "{\"schema\":\"outside-in.assessment/1\",\"id\":\"S\",\"questionnaire\":{\"id\":\"small\"},\"responses\":[{\"item\":\"one-item\",\"value\":4},{\"item\":\"two-item\",\"value\":0}]}"

  @Test func theShippedQuestionnairesHaveNoProblem() throws {
    let check = try run("questionnaire", "check", packageRoot.path + "/questionnaires")
    #expect(
      check.status == 0 && check.output.isEmpty && check.errors.contains("no problem"), "\(check.output)")
  }

  @Test func adviceIsShownAndKeepsNothingFromBeingUsed() throws {
    let text = soundFiles["only.yaml"]!.replacing("text: How is it?", with: "text: How is it? # or not")
    let main = soundFiles["questionnaire.yaml"]!.replacing("status: draft", with: "status: published")
    try folder.write(["questionnaire.yaml": main, "only.yaml": text], to: "q/small/1.0.0")
    #expect(try run("questionnaire", "lock", "q").status == 0)
    let check = try run("questionnaire", "check", "q")
    #expect(check.status == 0 && check.output.contains("only.yaml:8:11: advice Q38"), "\(check.output)")
    #expect(check.errors.contains("no problem, 1 piece of advice."), "\(check.errors)")
    let json = try JSONValue(parsing: try run("questionnaire", "check", "q", "--format", "json").output.utf8)
    #expect(json["problems"].list.map { $0["severity"].text } == ["advice"])
  }

  @Test func checkShowsThePlaceOfEveryProblem() throws {
    let own = folder.file("q/small/1.0.0")
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    for (name, text) in soundFiles {
      let broken = text.replacing("dimension: insight\n    text", with: "dimension: insigth\n    text")
        .replacing("text: How is it?", with: "text: 'é日本\\u001b ' # \u{1B}[2J")
      try Data(broken.utf8).write(to: URL(fileURLWithPath: "\(own)/\(name)"))
    }
    let check = try run("questionnaire", "check", "q/small")
    #expect(check.status == 65)
    #expect(
      check.output.contains("q/small/1.0.0/only.yaml:8:26: error Q01"), "\(check.output)")
    #expect(!check.output.contains("\u{1B}"))
    let clean = soundFiles["only.yaml"]!.replacing(
      "dimension: insight\n    text", with: "dimension: insigth\n    text")
    try Data(clean.utf8).write(to: URL(fileURLWithPath: "\(own)/only.yaml"))
    let again = try run("questionnaire", "check", "q")
    #expect(
      again.output == """
        q/small/1.0.0/only.yaml:11:16: error Q17: unknown dimension "insigth"; did you mean "insight"?
                dimension: insigth
                           ^

        """, "\(again.output)")
    let json = try JSONValue(
      parsing: try run("questionnaire", "check", "q/small/1.0.0/only.yaml", "--format", "json").output.utf8)
    #expect(json["problems"].list.map { $0["code"].text } == ["Q17"])
    // The other file of the folder has no problem of its own.
    #expect(try run("questionnaire", "check", "q/small/1.0.0/questionnaire.yaml").status == 0)
    try folder.write(soundFiles, to: "q/small/1.0.0")
    let steps = """
      format: 1
      questionnaire: small
      actions:
        - { id: one-item-3, item: one-item, to: 3, title: T, firstStep: F }
        - { id: one-itme-2, item: one-itme, to: 2, title: T, firstStep: F }
      """
    try Data(steps.utf8).write(to: URL(fileURLWithPath: folder.file("q/small/actions.yaml")))
    let actions = try run("questionnaire", "check", "q").output
    #expect(actions.contains("actions.yaml:4:43: error Q17: \"one-item\" has no level 3"), "\(actions)")
    #expect(actions.contains("5:29: error Q17") && actions.contains("did you mean \"one-item\""))
    try FileManager.default.removeItem(atPath: folder.file("q/small/actions.yaml"))
    try FileManager.default.moveItem(atPath: folder.file("q/small"), toPath: folder.file("q/tiny"))
    #expect(try run("questionnaire", "check", "q").output.contains("Q08: the folder says \"tiny\""))
    try FileManager.default.moveItem(atPath: folder.file("q/tiny/1.0.0"), toPath: folder.file("q/tiny/1.0"))
    #expect(try run("questionnaire", "check", "q").output.contains("Q08: the folder says 1.0;"))
    #expect(try run("questionnaire", "check", "nowhere").status == 66)
    #expect(try run("questionnaire", "check", folder.file("data")).status == 66)
  }

  @Test func questionnairesAreListedAndOnesOwnFound() throws {
    try folder.write(soundFiles, to: "data/questionnaires/small/1.0.0")
    let list = try run("questionnaire", "list").output
    #expect(list.contains("outside-in@1.0.0") && list.contains("small@1.0.0"))
    let imported = try run("import", "-", input: Self.smallDocument)
    #expect(imported.output == "S\n", "\(imported.errors)")
    // It opens and scores even when the files are gone.
    try FileManager.default.removeItem(atPath: folder.file("data/questionnaires"))
    #expect(try run("result", "S").output.contains("100 of 100"))
    #expect(try run("plan", "S").status == 0)
  }

  @Test func publishedVersionsCantChangeUnnoticed() throws {
    let published = soundFiles.merging([
      "questionnaire.yaml": soundFiles["questionnaire.yaml"]!.replacing(
        "status: draft", with: "status: published")
    ]) { $1 }
    try folder.write(soundFiles, to: "q/small/1.0.0")
    let draft = try run("questionnaire", "lock", "q")
    #expect(draft.status == 0 && draft.errors.contains("No version is published"))
    try folder.write(published, to: "q/small/1.0.0")
    let open = try run("questionnaire", "check", "q")
    #expect(open.status == 65 && open.output.contains("q/small/1.0.0/questionnaire.yaml:1:1: error Q28"))
    #expect(try run("questionnaire", "lock", "q").errors == "small 1.0.0 is locked.\n")
    let lock = try String(contentsOfFile: folder.file("q/LOCK"), encoding: .utf8)
    #expect(lock.wholeMatch(of: /small 1\.0\.0( sha256:[0-9a-f]{64}){3}\n/) != nil, "\(lock)")
    #expect(try run("questionnaire", "check", "q").status == 0)
    #expect(try run("questionnaire", "lock", "q").errors.contains("locked already"))
    // A version may be withdrawn; nothing else of it may change.
    let main = published["questionnaire.yaml"]!
    for (text, words) in [
      (main.replacing("published", with: "withdrawn"), ""),
      (main.replacing("label: Partly", with: "label: In part"), "its wording"),
      (main.replacing("cut: 50", with: "cut: 51"), "what it measures"),
      (
        main.replacing("published", with: "draft").replacing("cut: 50", with: "cut: 51"),
        "can't be a draft again"
      ),
      (main.replacing("title: Small", with: "title: Smaller"), "its other texts"),
    ] {
      try folder.write(["questionnaire.yaml": text], to: "q/small/1.0.0")
      for path in ["q", "q/small/1.0.0"] {
        let check = try run("questionnaire", "check", path)
        #expect(check.status == (words.isEmpty ? 0 : 65), "\(check.output)")
        if !words.isEmpty {
          #expect(check.output.contains("q/LOCK:1:1: error Q28: small 1.0.0") && check.output.contains(words))
        }
      }
    }
    let refused = try run("questionnaire", "lock", "q")
    #expect(refused.status == 65 && refused.output.contains("Q28"))
    try FileManager.default.removeItem(atPath: folder.file("q/small"))
    try folder.write(
      published.mapValues { $0.replacing("version: 1.0.0", with: "version: 1.1.0") }, to: "q/small/1.1.0")
    #expect(try run("questionnaire", "check", "q").output.contains("not there any more"))
    try Data("what\n".utf8).write(to: URL(fileURLWithPath: folder.file("q/LOCK")))
    #expect(try run("questionnaire", "check", "q").output.contains("q/LOCK:1:1: error Q28: this is no line"))
  }

  @Test func onlyWhatStandsInItsPlaceIsLocked() throws {
    let published = soundFiles.mapValues { $0.replacing("status: draft", with: "status: published") }
    try folder.write(published, to: "q/small/1.0.0")
    try folder.write(
      published.mapValues { $0.replacing("How is it?", with: "How was it?") }, to: "q/archive/small-before")
    #expect(try run("questionnaire", "lock", "q").errors == "small 1.0.0 is locked.\n")
    #expect(try run("questionnaire", "check", "q").status == 0)
    #expect(try run("questionnaire", "check", "q//").status == 0)
    #expect(try run("questionnaire", "lock", "q/small").status == 64)
    // Lines turned by git, and both sides of a merge.
    let lock = try String(contentsOfFile: folder.file("q/LOCK"), encoding: .utf8)
    try folder.write(["LOCK": lock.replacing("\n", with: "\r\n")], to: "q")
    #expect(try run("questionnaire", "check", "q").status == 0)
    try folder.write(["LOCK": lock + lock], to: "q")
    #expect(
      try run("questionnaire", "check", "q").output.contains(
        "q/LOCK:2:1: error Q28: small 1.0.0 stands here twice"))
  }

  @Test func checkWorksFromAnyFolder() throws {
    try folder.write(soundFiles, to: "q/small/1.0.0")
    for (place, path) in [
      ("q/small/1.0.0", "."), ("q/small/1.0.0", "./"), ("q/small/1.0.0", "only.yaml"), ("q/small", "1.0.0"),
      ("q/small/1.0.0", ".."), ("q/small/1.0.0", "../../small/1.0.0/only.yaml"), ("q", "small"),
    ] {
      let check = try OutsideInTests.run(["questionnaire", "check", path], in: folder, at: place)
      #expect(check.status == 0, "\(place) \(path): \(check.output)\(check.errors)")
    }
    // A file elsewhere is the one that is looked at.
    try folder.write(
      soundFiles.merging(["only.yaml": "section: only\ntitle: Only\n"]) { $1 }.mapValues {
        $0.replacing("id: small", with: "id: other")
      }, to: "q/other/1.0.0")
    let other = try OutsideInTests.run(
      ["questionnaire", "check", "../other/1.0.0/only.yaml"], in: folder, at: "q/small")
    #expect(
      other.output.contains("../other/1.0.0/only.yaml:1:1: error Q14"), "\(other.output)\(other.errors)")
    try folder.write(["note.txt": "x"], to: "elsewhere")
    #expect(try run("questionnaire", "check", "elsewhere/note.txt").status == 65)
  }

  @Test func actionsNeedEveryStepUp() throws {
    try folder.write(soundFiles, to: "q/small/1.0.0")
    let steps = """
      format: 1
      questionnaire: small
      actions:
        - { id: one-item-2, item: one-item, to: 2, title: T, firstStep: F }
      """
    try folder.write(["actions.yaml": steps], to: "q/small")
    let output = try run("questionnaire", "check", "q").output
    #expect(
      output.contains("q/small/actions.yaml:4:5: error Q37: \"one-item\" of 1.0.0 has no step to level 4"),
      "\(output)")
    #expect(
      output.contains("q/small/actions.yaml:4:3: error Q37: \"two-item\"") && output.contains("to level 3"))
  }

  @Test func aNewQuestionnaireHasNoProblemAndCanBeAsked() throws {
    let new = try run("questionnaire", "new", "mine/house-check")
    #expect(new.status == 0 && new.errors.contains("preview first-question"), "\(new.errors)")
    #expect(try run("questionnaire", "check", "mine").status == 0)
    let preview = try run(
      "--questionnaires", "mine", "questionnaire", "preview", "second-question", "--questionnaire",
      "house-check")
    #expect(
      preview.output.contains("  e  When it is finished") && preview.output.contains("a to e   dk   next"))
    #expect(FileManager.default.fileExists(atPath: folder.file("mine/house-check/1.0.0/section.schema.json")))
    #expect(try run("questionnaire", "new", "mine/house-check").status == 73)
    #expect(try run("questionnaire", "new", "mine/House").status == 64)
  }

  @Test func editionsAreCheckedAndFoundWithWhatTheyAreBasedOn() throws {
    try folder.write(EditionTests.hospital, to: "data/questionnaires/hospital/1.0.0")
    #expect(try run("questionnaire", "check", "data/questionnaires").status == 0)
    #expect(try run("questionnaire", "list").output.contains("hospital@1.0.0"))
    let preview = try run("questionnaire", "preview", "jou-handover", "--questionnaire", "hospital")
    #expect(preview.output.contains("When a patient's matter passes"))
    // A file that nobody reads is told.
    try folder.write(["vision.yaml.txt": "x"], to: "data/questionnaires/hospital/1.0.0")
    #expect(try run("questionnaire", "check", "data/questionnaires").output.contains("this file is not read"))
    // The plan has the steps of what it is based on, in its own words, also when the files are gone.
    let answers =
      "{\"schema\":\"outside-in.assessment/1\",\"id\":\"H\",\"scope\":\"core\",\"questionnaire\":{\"id\":\"hospital\"},\"responses\":["
      + outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }
      .map { "{\"item\":\"\($0.id)\",\"value\":2}" }.joined(separator: ",") + "]}"
    #expect(try run("import", "-", input: answers).status == 0)
    try folder.write(
      ["1.0.0.de.yaml": "format: 1\nquestionnaire: hospital\nversion: 1.0.0\nlanguage: de\ntitel: x\n"],
      to: "data/questionnaires/hospital/i18n")
    let overlay = try run("questionnaire", "check", "data/questionnaires/hospital/i18n/1.0.0.de.yaml")
    #expect(overlay.status == 65 && overlay.output.contains("5:1: error Q35"), "\(overlay.output)")
    try FileManager.default.removeItem(atPath: folder.file("data/questionnaires"))
    let plan = try run("plan", "H").output
    #expect(plan.contains("patients"))
    #expect(plan.contains("No added step unless somebody signs"), "\(plan.prefix(3000))")
  }

  @Test func questionnairesAreShownToReadToPrintAndForPrograms() throws {
    let text = try run("questionnaire", "show", "outside-in")
    #expect(text.output.contains("42 questions, 16 of them in the short scope"))
    #expect(!text.output.contains("Probe: ") && !text.output.contains("{customer"))
    let facilitator = try run(
      "questionnaire", "show", "outside-in@2.0.0", "--facilitator", "--format", "markdown"
    ).output
    #expect(facilitator.contains("- Probe: ") && facilitator.contains("## The customer's journey"))
    let json = try JSONValue(
      parsing: try run("questionnaire", "show", "outside-in", "--format", "json").output.utf8)
    #expect(json == outsideIn.questionnaire.canonical)
    #expect(try run("questionnaire", "show", "nothing").status == 66)
    #expect(try run("questionnaire", "preview", "own-whom").errors.contains("did you mean \"own-who\""))
  }

  @Test func aDamagedQuestionnaireIsReadAndNotBuiltOn() throws {
    _ = try run("import", "-", input: Self.document(3))
    let database = try DatabaseQueue(path: folder.file("data/outside-in.sqlite"))
    try database.write {
      try $0.execute(
        sql:
          "UPDATE questionnaire SET canonical = replace(canonical, 'Customers measure', 'Managers measure')")
    }
    try database.close()
    let result = try run("result", "A1")
    #expect(result.status == 0 && result.errors.contains("no longer matches its digest"), "\(result.errors)")
    for arguments in [["finish", "A1"], ["rename", "A1", "--team", "X"]] {
      let refused = try OutsideInTests.run(arguments, in: folder)
      #expect(
        refused.status == 74 && refused.errors.contains("can be read, not changed"), "\(refused.errors)")
    }
  }

  @Test func anInstalledVersionThatHasChangedIsTold() throws {
    try folder.write(soundFiles, to: "data/questionnaires/small/1.0.0")
    _ = try run("import", "-", input: Self.smallDocument)
    #expect(try run("result", "S").errors.isEmpty)
    try folder.write(
      ["only.yaml": soundFiles["only.yaml"]!.replacing("How is it?", with: "How was it?")],
      to: "data/questionnaires/small/1.0.0")
    let changed = try run("explain", "S")
    #expect(
      changed.errors.contains("keeps its own") && changed.output.contains("one-item"), "\(changed.errors)")
  }
}
