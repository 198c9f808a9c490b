internal import MeetingForm
internal import Outreach
internal import OutreachStore

/// What the form looks up: areas in the map that was read at the start, firms in the ledger.
struct LedgerDirectory: FormDirectory {
    let place: Workplace

    /// By code, name, pinyin or initials: beginnings before middles, each in code order.
    func searchAreas(_ text: String, on day: Day, limit: Int) async throws -> [AreaChoice] {
        let typed = NormalisedText.code(text).lowercased()
        guard !typed.isEmpty else { return [] }
        let ranked = place.areas.townships.compactMap { area -> (rank: Int, area: AreaTable.Area)? in
            guard area.isValid(on: day) else { return nil }
            return rank(of: area, typed: typed).map { ($0, area) }
        }
        return ranked.sorted { ($0.rank, $0.area.code) < ($1.rank, $1.area.code) }.prefix(limit)
            .compactMap { choice(of: $0.area) }
    }

    private func rank(of area: AreaTable.Area, typed: String) -> Int? {
        let names = [area.name] + area.aliases
        if area.code == typed || names.contains(typed) { return 0 }
        if area.code.hasPrefix(typed) || names.contains(where: { $0.hasPrefix(typed) }) { return 1 }
        if area.initials.hasPrefix(typed) || area.pinyin.hasPrefix(typed) { return 2 }
        if names.contains(where: { $0.contains(typed) }) || (area.districtName + area.name).contains(typed) {
            return 3
        }
        return typed.utf8.count >= 3 && area.pinyin.contains(typed) ? 4 : nil
    }

    private func choice(of area: AreaTable.Area) -> AreaChoice? {
        guard let code = try? AreaCode(validating: area.code) else { return nil }
        return AreaChoice(code: code, name: area.name, district: area.districtName)
    }

    func searchFirms(_ text: String, in area: AreaCode?, limit: Int) async throws -> [FirmChoice] {
        let firms = try await FirmSearch(federation: place.federation).firms(
            matching: text, district: area?.district, limit: limit, on: place.connection)
        return firms.compactMap { firm in
            firm.name.map {
                FirmChoice(
                    name: $0, uscc: firm.uscc.flatMap { try? CreditCode(validating: $0) },
                    unionStatus: firm.unionStatus, headcount: firm.headcount, lastMet: firm.lastMet)
            }
        }
    }

    func lastMeeting(_ kind: MeetingKind) async throws -> MeetingDefaults {
        let meetings = try await MeetingReader(federation: place.federation).latestVenue(
            of: kind, on: place.connection)
        guard let last = meetings else { return MeetingDefaults() }
        let area = place.areas.area(code: last.areaCode, on: Workplace.today)
        return MeetingDefaults(
            area: area.flatMap(choice(of:)), venue: Venue(kind: last.venueKind, name: last.venue),
            format: last.format)
    }
}
