internal import Foundation
internal import Outreach
internal import Vault

extension Person {
    /// A person as sealed for one applicant. What opens but breaks a rule of today is not guessed at.
    init(opening sealed: [UInt8], of applicant: ApplicantID, vault: Vault) throws(VaultError) {
        let bytes = try vault.open(sealed, context: "applicant/\(applicant)")
        do {
            let clear = try JSONDecoder().decode(ClearPerson.self, from: Data(bytes))
            self.init(
                name: clear.name, mobile: try clear.mobile.map(Mobile.init(validating:)),
                document: try clear.document.map(IdentityDocument.init))
        } catch {
            throw .cannotOpen
        }
    }
}

extension IdentityDocument {
    fileprivate init(_ clear: ClearPerson.Document) throws {
        if let kind = OtherDocumentKind(rawValue: clear.kind) {
            self = .other(kind: kind, number: clear.number)
        } else {
            self = .residentID(try ResidentID(validating: clear.number))
        }
    }
}

extension FirmContact {
    /// A contact as sealed for the firm at `position` of one revision.
    init(opening sealed: [UInt8], meeting: MeetingID, position: Int, vault: Vault) throws(VaultError) {
        let bytes = try vault.open(sealed, context: "contact/\(meeting)/\(position)")
        guard let clear = try? JSONDecoder().decode(ClearContact.self, from: Data(bytes)) else {
            throw .cannotOpen
        }
        self.init(name: clear.name, position: clear.position, phone: clear.phone)
    }
}
