internal import Outreach
internal import Vault

/// The tags of a person under every generation of the key, the current first.
struct PersonTags: Sendable {
    let mobiles: [[UInt8]]
    let documents: [[UInt8]]

    init(_ person: Person, vault: Vault) {
        mobiles = person.mobile.map { vault.tags($0.text, purpose: "mobile") } ?? []
        documents = person.document.map { vault.tags(SealedPerson.key(of: $0), purpose: "document") } ?? []
    }
}
