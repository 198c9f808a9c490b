internal import Foundation
internal import MeetingForm
internal import Outreach
internal import OutreachClient
internal import OutreachStore
internal import PrivateCluster
internal import Reporting

/// A service as the place where a command works. What it records goes through the outbox of this device:
/// onto the disk first, then over the network.
struct RemoteWorkplace {
    let outbox: Outbox
    let areas = AreaTable.embedded
    let server: ServerAddress
    private let token: AccessToken
    private let authority: String?
    /// Of the service's words.
    private let language: Language

    init(server: ServerAddress, token: AccessToken, authority: String?, language: Language) throws {
        self.server = server
        self.token = token
        self.authority = authority
        self.language = language
        outbox = try Outbox(home: try GoutongHome.resolve())
    }

    /// Decodes a document against the map; every issue found is thrown together.
    func submission(from bytes: [UInt8]) throws(DocumentRefused) -> MeetingSubmission {
        try MeetingSubmission.decode(bytes, today: Workplace.today, areas: areas)
    }

    /// Keeps a document in the outbox, sends it and prints its receipt.
    /// - Throws: `CommandFailure` that says where the document is now.
    func record(_ submission: MeetingSubmission, json: Bool, language: Language) async throws {
        let document = OutgoingDocument(submission)
        let verdict = try await send(document)
        guard case .delivered(let receipt, let outcome) = verdict else {
            throw CommandFailure(verdict, of: document)
        }
        try ReceiptLine(receipt: receipt, outcome: Recorded.Outcome(rawValue: outcome) ?? .recorded).print(
            json: json, language: language)
    }

    private func send(_ document: OutgoingDocument) async throws -> Verdict {
        try outbox.put(document, for: server)
        do {
            return try await withClient { try await outbox.deliver(document, through: $0) }
        } catch {
            // It is on the disk by now, whatever else went wrong.
            var failure = CommandFailure(error)
            failure.isKeptInOutbox = true
            throw failure
        }
    }

    func withClient<Value>(
        _ body: (OutreachClient) async throws -> Value
    ) async throws -> Value {
        do {
            return try await OutreachClient.with(
                server: server, token: token, authority: authority, language: language.rawValue, body)
        } catch is OutreachClient.AuthorityUnreadable {
            throw CommandFailure(
                .usage, code: "ca.unreadable", pointer: "--ca",
                rule: Bilingual(zh: "证书文件无法读取，或不是 PEM 证书", en: "the file holds no PEM certificates"),
                mend: Bilingual(
                    zh: "检查 --ca（或 SSL_CERT_FILE）指明的文件", en: "check the file named by --ca, or SSL_CERT_FILE")
            )
        }
    }
}

extension RemoteWorkplace: RecordingPlace {
    var directory: any FormDirectory { RemoteDirectory(areas: areas) }
    var showsPersons: Bool { false }

    func drafts(correcting meeting: MeetingID?) throws -> any DraftStore {
        // No federation has a code with this character.
        try SealedDraft(vault: outbox.vault, federation: "@server", correcting: meeting)
    }

    func hand(over document: MeetingDocument, json: Bool, language: Language) async throws {
        let outgoing = OutgoingDocument(.record(document))
        let verdict = try await send(outgoing)
        switch verdict {
        case .delivered(let receipt, let outcome):
            try ReceiptLine(receipt: receipt, outcome: Recorded.Outcome(rawValue: outcome) ?? .recorded)
                .print(json: json, language: language)
        case .refused(let problem):
            guard let refused = DocumentRefused(problem.issues) else {
                throw CommandFailure(verdict, of: outgoing)
            }
            // The form, which still has its draft, mends it.
            try outbox.discard(outgoing.name, why: "returned to the form")
            throw RecordingError.refused(refused)
        case .conflict, .undelivered: throw CommandFailure(verdict, of: outgoing)
        }
    }
}
