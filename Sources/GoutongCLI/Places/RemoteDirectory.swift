internal import MeetingForm
internal import Outreach
internal import OutreachStore

/// What the form looks up without a ledger at hand: areas on the map that the program carries. Firms are
/// typed; the service finds them by name or code when it records.
struct RemoteDirectory: FormDirectory {
    let areas: AreaTable

    func searchAreas(_ text: String, on day: Day, limit: Int) async throws -> [AreaChoice] {
        areas.choices(matching: text, on: day, limit: limit)
    }

    func searchFirms(_ text: String, in area: AreaCode?, limit: Int) async throws -> [FirmChoice] { [] }

    func lastMeeting(_ kind: MeetingKind) async throws -> MeetingDefaults { MeetingDefaults() }
}
