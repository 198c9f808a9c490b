internal import MeetingForm
internal import Outreach
internal import OutreachStore

/// What the form looks up: areas in the map that was read at the start, firms in the ledger.
struct LedgerDirectory: FormDirectory {
    let place: Workplace

    func searchAreas(_ text: String, on day: Day, limit: Int) async throws -> [AreaChoice] {
        place.areas.choices(matching: text, on: day, limit: limit)
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
            area: area?.choice, venue: Venue(kind: last.venueKind, name: last.venue),
            format: last.format)
    }
}
