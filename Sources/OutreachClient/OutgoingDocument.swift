public import Outreach
internal import Vault

/// A document on its way to a service, with what its receipt has to say.
public struct OutgoingDocument: Hashable, Sendable {
    public let id: MeetingID
    /// The revision that it replaces; nil for a new meeting.
    public let replaces: Int?
    /// nil for a void.
    public let kind: MeetingKind?
    public let heldOn: Day?
    /// Code of the street or township.
    public let area: String?
    /// SHA-256 of the facts without persons, 32 bytes.
    public let factsHash: [UInt8]
    /// The document as it is sent, with its persons: sealed wherever it is kept.
    public let text: String

    /// The revision that it becomes.
    public var revision: Int { (replaces ?? 0) + 1 }
    /// What it is called in the outbox and in its files: an id and a number, nothing else.
    public var name: String { "\(id)@\(revision)" }

    public init(_ submission: MeetingSubmission) {
        id = submission.id
        replaces = submission.replaces
        switch submission {
        case .record(let document):
            (kind, heldOn, area) = (document.kind, document.heldOn, document.area.text)
        case .void: (kind, heldOn, area) = (nil, nil, nil)
        }
        factsHash = sha256(Array(submission.factsText.utf8))
        text = submission.json.text()
    }

    init(
        id: MeetingID, replaces: Int?, kind: MeetingKind?, heldOn: Day?, area: String?, factsHash: [UInt8],
        text: String
    ) {
        self.id = id
        self.replaces = replaces
        self.kind = kind
        self.heldOn = heldOn
        self.area = area
        self.factsHash = factsHash
        self.text = text
    }

    /// Whether a receipt is for this document and for no other.
    func isReceipted(by receipt: Receipt) -> Bool {
        receipt.id == id && receipt.revision == revision && receipt.factsHash == factsHash
    }
}
