internal import Foundation
public import Outreach

/// One document in the outbox, and how far it has come.
public struct OutboxItem: Hashable, Sendable {
    public enum State: String, Sendable, Codable {
        /// Waits to be sent.
        case ready
        /// Was about to be sent; after a crash nobody knows whether it arrived, so it is sent again.
        case sending
        /// Will not pass as it stands.
        case refused
        /// Other content holds its id or revision.
        case conflict
    }

    public let document: OutgoingDocument
    /// The `identity` of the service that it is meant for; nil where it was kept before items named one.
    public internal(set) var server: String?
    public var state = State.ready
    /// Milliseconds since 1970 on this device's clock: for people, never for an order.
    public let madeAt: Int64
    public var attempts = 0
    /// The code of what went wrong last.
    public var lastProblem: String?
    public var refusal: ServerProblem?
    /// The receipt that stands, of a conflict.
    public var current: Receipt?

    init(_ document: OutgoingDocument, for server: String?, madeAt: Int64) {
        self.document = document
        self.server = server
        self.madeAt = madeAt
    }
}

extension OutboxItem {
    private struct Stored: Codable {
        let schema: String
        let id: String
        let replaces: Int?
        let kind, heldOn, area: String?
        let factsHash: Data
        let text: String
        let state: State
        let madeAt: Int64
        let attempts: Int
        let lastProblem: String?
        let refusal: ServerProblem?
        let current: String?
        /// Not in what earlier versions kept.
        let server: String?
    }

    private static let schema = "goutong.outbox/1"

    func encoded() throws(OutboxError) -> [UInt8] {
        let stored = Stored(
            schema: Self.schema, id: "\(document.id)", replaces: document.replaces,
            kind: document.kind?.rawValue, heldOn: document.heldOn?.iso, area: document.area,
            factsHash: Data(document.factsHash), text: document.text, state: state, madeAt: madeAt,
            attempts: attempts, lastProblem: lastProblem, refusal: refusal, current: current?.description,
            server: server)
        guard let data = try? JSONEncoder().encode(stored) else { throw .unreadable }
        return Array(data)
    }

    init?(_ bytes: [UInt8]) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)),
            stored.schema == Self.schema, let id = MeetingID(stored.id)
        else { return nil }
        document = OutgoingDocument(
            id: id, replaces: stored.replaces, kind: stored.kind.flatMap(MeetingKind.init(rawValue:)),
            heldOn: stored.heldOn.flatMap { Day(iso: $0) }, area: stored.area,
            factsHash: Array(stored.factsHash), text: stored.text)
        server = stored.server
        state = stored.state
        madeAt = stored.madeAt
        attempts = stored.attempts
        lastProblem = stored.lastProblem
        refusal = stored.refusal
        current = stored.current.flatMap { Receipt($0) }
    }
}
