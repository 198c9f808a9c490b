internal import MeetingForm
internal import Outreach
internal import OutreachStore
internal import Reporting

/// Where the form's meeting goes: the ledger of this machine, or a service through the outbox.
protocol RecordingPlace {
    var areas: AreaTable { get }
    var directory: any FormDirectory { get }
    /// Whether a meeting's document comes with its applicants and contacts, or with the applicants' ids alone.
    var showsPersons: Bool { get }
    func drafts(correcting meeting: MeetingID?) throws -> any DraftStore
    /// Records and prints the receipt.
    /// - Throws: `RecordingError.refused` where the form can mend it; nothing of it is kept then.
    func hand(over document: MeetingDocument, json: Bool, language: Language) async throws
}

extension Workplace: RecordingPlace {
    var directory: any FormDirectory { LedgerDirectory(place: self) }
    var showsPersons: Bool { true }

    func drafts(correcting meeting: MeetingID?) throws -> any DraftStore {
        try SealedDraft(vault: vault, federation: federation.code, correcting: meeting)
    }

    func hand(over document: MeetingDocument, json: Bool, language: Language) async throws {
        try await record(.record(document), json: json, language: language)
    }
}
