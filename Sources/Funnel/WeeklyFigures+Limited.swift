extension WeeklyFigures {
    /// The same report with the rows of some areas and districts alone; the city's figures stay the city's.
    ///
    /// - Parameters:
    ///   - areas: codes of streets and townships. A follow-up counts by its area's code on the day of the
    ///     meeting.
    ///   - earlier: codes that these areas had before, for follow-ups.
    public func limited(
        toAreas areas: Set<String>, earlier: Set<String> = [], districts: Set<String>
    ) -> WeeklyFigures {
        var limited = self
        limited.peers = peers ?? Peers(areas: self.areas.map(\.rates), districts: self.districts.map(\.rates))
        limited.areas = self.areas.filter { areas.contains($0.code) }
        limited.districts = self.districts.filter { districts.contains($0.code) }
        limited.completeness = completeness.filter { areas.contains($0.code) }
        func isHere(_ code: String?) -> Bool {
            code.map { areas.contains($0) || earlier.contains($0) } ?? false
        }
        limited.followUps = followUps.filter { isHere($0.areaCode) }
        limited.waitingIntents = waitingIntents.filter { isHere($0.areaCode) }
        limited.plausibility = plausibility.filter { $0.areaCode == nil || isHere($0.areaCode) }
        func isHere(_ code: String, isWhole: Bool) -> Bool {
            !isWhole && (districts.contains(code) || isHere(code))
        }
        limited.declared = declared.filter { isHere($0.code, isWhole: $0.isWhole) }
        limited.targets = targets.filter { isHere($0.code, isWhole: $0.isWhole) }
        limited.twoSided?.ready.removeAll { !isHere($0.areaCode) }
        return limited
    }

    /// The same without the names of those who follow firms up.
    public var withoutOwners: WeeklyFigures {
        var nameless = self
        for index in nameless.followUps.indices { nameless.followUps[index].owner = nil }
        for index in nameless.waitingIntents.indices { nameless.waitingIntents[index].owner = nil }
        return nameless
    }
}
