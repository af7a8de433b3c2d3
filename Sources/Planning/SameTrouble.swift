import AssessmentModel

/// Whether what people wrote and what a step does are about the same trouble, by the words they have in common.
struct Troubles {
  /// In how many items' questions and steps each word occurs; one that occurs in few tells what they are about.
  private var frequency: [String: Int] = [:]
  private let questionnaire: Questionnaire
  private let customer: Set<String>
  private let known = KnownStems()

  init(_ steps: [Candidate], _ questionnaire: Questionnaire) {
    self.questionnaire = questionnaire
    customer = Set([questionnaire.customer.one, questionnaire.customer.many].flatMap(Self.stems))
    var byItem: [String: Set<String>] = [:]
    for item in questionnaire.items where item.scored != nil { byItem[item.id] = Self.stems(item.text) }
    for step in steps { byItem[step.item ?? "", default: []].formUnion(Self.stems(step.title)) }
    for words in byItem.values {
      for word in words { frequency[word, default: 0] += 1 }
    }
  }

  /// A step with a gap: a word that few steps have, or two of any kind.
  func areAlike(_ gap: Candidate, step: Candidate) -> Bool {
    let question = step.item.flatMap { questionnaire.item($0)?.text } ?? ""
    let common = words(gap).intersection(stems("\(step.title) \(question)")).subtracting(customer)
    return common.count > 1 || common.contains { frequency[$0, default: 0] <= 2 }
  }

  /// Two gaps, or a gap and what the team promises in its own words: any word at all.
  func areAlike(_ gap: Candidate, gap other: Candidate) -> Bool {
    !words(gap).intersection(words(other)).subtracting(customer).isEmpty
  }

  /// A line in the team's words with anything else: a word that few steps have in the title, or two of any kind anywhere.
  func areAlike(_ entry: PlanEntry, _ other: Candidate) -> Bool {
    let question = other.item.flatMap { questionnaire.item($0)?.text } ?? ""
    let words = stems("\(other.title) \(other.about ?? "") \(question)").subtracting(customer)
    let title = stems(entry.title).intersection(words)
    if title.contains(where: { frequency[$0, default: 0] <= 2 }) { return true }
    return stems("\(entry.title) \(entry.firstStep) \(entry.done)").intersection(words).count > 1
  }

  /// Whether a promise comes to a step, so that its figure may stand for it: a word that few steps have is in its title
  /// and in what was felt.
  func comesTo(_ step: Candidate, _ title: String, _ felt: String?) -> Bool {
    let question = step.item.flatMap { questionnaire.item($0)?.text } ?? ""
    let words = stems("\(step.title) \(question)").subtracting(customer).filter {
      frequency[$0, default: 0] <= 2
    }
    return !stems(title).isDisjoint(with: words)
      && (felt.map { !stems($0).isDisjoint(with: words) } ?? true)
  }

  private func words(_ gap: Candidate) -> Set<String> { stems(gap.about ?? gap.title) }

  private func stems(_ text: String) -> Set<String> { known.stems(of: text) }

  /// Each text is taken apart once, however many it is held against.
  private final class KnownStems {
    private var byText: [String: Set<String>] = [:]

    func stems(of text: String) -> Set<String> {
      if let known = byText[text] { return known }
      let stems = Troubles.stems(text)
      byText[text] = stems
      return stems
    }
  }

  /// The words that carry a meaning, without their endings.
  static func stems(_ text: String) -> Set<String> {
    // Nearly all texts are plain letters, whose bytes are much faster to look at.
    let words: [String] =
      text.utf8.allSatisfy { $0 < 0x80 }
      ? text.utf8.split { !(0x41...0x5A).contains($0 & 0xDF) }.filter { $0.count > 3 }.map {
        String(decoding: $0.map { $0 | 0x20 }, as: UTF8.self)
      }
      : text.nameKey.split { !$0.isLetter }.filter { $0.count > 3 }.map(String.init)
    return Set(
      words.filter { !common.contains($0) }.map { word in
        var stem = word
        for ending in ["ings", "ing", "ied", "ies", "ed", "es", "s", "ly", "e"]
        where stem.hasSuffix(ending) && stem.count - ending.count > 2 {
          stem.removeLast(ending.count)
          break
        }
        if stem.count > 3, stem.last == stem.dropLast().last { stem.removeLast() }
        return stem
      })
  }

  /// Words that tell no trouble from another.
  private static let common = Set(
    """
    about after again against ahead almost along already also always among another answer answers anybody \
    anyone anything around asked asking asks away back because been before being best better between both \
    bring call called came case cases clear come comes could customer customers department departments \
    does doing done down each early easy either else enough even ever every everybody everyone everything \
    fact feel feels felt find first form found from gave gets give given gives goes going gone good hand \
    happen happens hardly have having hear here how into itself just keep keeps kept kind knew know known \
    knows last least left less like likely line little look looks made make makes many matter meet might \
    more most much must name named need needs never next nice nobody none nothing often once only open \
    order organisation other others ours over people person place plan point quite rather ready really \
    right said same says seen sees sends sent several shall should show shows some somebody someone \
    something soon speak speaks spoken start still such sure take taken takes team tell tells than thank \
    that their them then there these they thing things think this those though three through time times \
    today together told too took toward twice under until upon used using usual usually very want wants \
    well went were what whatever when where whether which while whole whom whoever whose will with within \
    without word words work works would wrong year years yours yourself
    """.split(separator: " ").map(String.init))
}
