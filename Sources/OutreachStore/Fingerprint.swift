internal import Outreach
internal import Vault

/// What tells a replay from a conflict: SHA-256 of the facts without persons, and a keyed tag of the
/// persons' part, so that the hash of a known name cannot be looked up.
struct Fingerprint: Sendable {
    let facts: [UInt8]
    let persons: [UInt8]?

    init(_ submission: MeetingSubmission, vault: Vault) {
        facts = sha256(Array(submission.factsText.utf8))
        persons = submission.personsText.map { vault.tag($0, purpose: "persons") }
    }
}
