extension Assessment {
  /// Whether anything is there that customers said.
  public var hasCustomersAnswers: Bool {
    let customers = Set(raters.filter { $0.group == .customer }.map(\.id))
    return tallies.contains { $0.group == .customer }
      || !customers.isEmpty
        && responses.contains { response in
          response.counted != .open && response.key.rater.map { customers.contains($0) } == true
        }
  }

  /// Whether what customers say is kept unseen: as long as a workshop lasts, until the team has said what it expects them
  /// to say, or that it does without.
  public var hidesCustomers: Bool {
    setting == .workshop && finishedAt == nil && !hasCustomersAnswers && workshop?.areCustomersOpen != true
  }
}
