internal import Outreach
internal import Vault

/// What tells a replay from a conflict: SHA-256 of the facts without persons, and a keyed tag of the
/// persons' part, so that the hash of a known name cannot be looked up.
struct Fingerprint: Sendable {
    let facts: [UInt8]
    let persons: [UInt8]?
    /// The tag under every generation of the key: one that was recorded before a rotation is the same.
    let personsUnderAnyKey: [[UInt8]]

    init(_ submission: MeetingSubmission, vault: Vault) {
        facts = sha256(Array(submission.factsText.utf8))
        personsUnderAnyKey = submission.personsText.map { vault.tags($0, purpose: "persons") } ?? []
        persons = personsUnderAnyKey.first
    }
}
