internal import Foundation
internal import Outreach
internal import Vault

/// A person as sealed at rest, with the tags by which a duplicate is found without opening anything.
struct SealedPerson: Sendable {
    let sealed: [UInt8]
    let mobileTag: [UInt8]?
    let documentTag: [UInt8]?

    init(_ person: Person, of applicant: ApplicantID, vault: Vault) throws(VaultError) {
        let clear = ClearPerson(person)
        guard let bytes = try? JSONEncoder().encode(clear) else { throw .cannotSeal }
        sealed = try vault.seal(Array(bytes), context: "applicant/\(applicant)")
        mobileTag = person.mobile.map { vault.tag($0.text, purpose: "mobile") }
        documentTag = person.document.map { vault.tag(Self.key(of: $0), purpose: "document") }
    }

    static func key(of document: IdentityDocument) -> String {
        switch document {
        case .residentID(let id): "resident_id/\(id.text)"
        case .other(let kind, let number): "\(kind.rawValue)/\(number)"
        }
    }
}

/// What is inside a sealed applicant. Keys are the meeting document's.
struct ClearPerson: Codable, Sendable {
    struct Document: Codable, Sendable {
        let kind: String
        let number: String
    }

    let name: String
    let mobile: String?
    let document: Document?

    init(_ person: Person) {
        name = person.name
        mobile = person.mobile?.text
        document = person.document.map {
            switch $0 {
            case .residentID(let id): Document(kind: "resident_id", number: id.text)
            case .other(let kind, let number): Document(kind: kind.rawValue, number: number)
            }
        }
    }
}

/// What is inside a sealed contact of a firm.
struct ClearContact: Codable, Sendable {
    let name: String?
    let position: String?
    let phone: String?

    init(_ contact: FirmContact) {
        name = contact.name
        position = contact.position
        phone = contact.phone
    }

    /// `position` is the firm's in the document: the firm's id is not known before it is matched.
    func sealed(meeting: MeetingID, position: Int, vault: Vault) throws(VaultError) -> [UInt8] {
        guard let bytes = try? JSONEncoder().encode(self) else { throw .cannotSeal }
        return try vault.seal(Array(bytes), context: "contact/\(meeting)/\(position)")
    }
}
