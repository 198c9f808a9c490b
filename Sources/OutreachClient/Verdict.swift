internal import Foundation
public import Outreach

/// What became of a document that was sent.
public enum Verdict: Hashable, Sendable {
    /// Our own receipt, for this very document. `outcome`: recorded, replayed or corrected.
    case delivered(Receipt, outcome: String)
    /// Another content holds the id or the revision.
    case conflict(current: Receipt)
    /// Will not pass however often it is sent.
    case refused(ServerProblem)
    /// Nothing is known to be recorded: to be sent again.
    case undelivered(Obstacle)
}

/// Why nothing arrived, or nothing that can be believed came back.
public enum Obstacle: Error, Hashable, Sendable {
    /// No connection, or it broke.
    case unreachable
    case tookTooLong
    /// The certificate is not from an authority that is trusted.
    case untrusted
    /// An answer that is not our service's: a portal, a proxy, a redirect, a body cut short.
    case notOurs(status: Int)
    /// Our service, but it does not know the address: older, or below another path.
    case noSuchRoute
    /// The token is not valid (any more).
    case unauthenticated
    /// Busy, restarting or failing, in its own words; worth trying again after so many seconds.
    case busy(status: Int, retryAfter: Int?)

    /// Whether it may pass within seconds.
    var mayPass: Bool {
        switch self {
        case .unreachable, .tookTooLong, .busy: true
        case .notOurs(let status): status >= 500
        case .untrusted, .noSuchRoute, .unauthenticated: false
        }
    }
}

extension Verdict {
    /// Reads an answer to `document`. Only a receipt with its id, revision and facts hash is success.
    init(
        status: Int, contentType: String?, retryAfter: String?, body: [UInt8],
        to document: OutgoingDocument
    ) {
        if status == 200 || status == 201 {
            guard OwnAnswer.isMedia(contentType, "application/json"),
                let answer = try? JSONDecoder().decode(OwnAnswer.self, from: Data(body)),
                let receipt = Receipt(answer.receipt), document.isReceipted(by: receipt)
            else {
                self = .undelivered(.notOurs(status: status))
                return
            }
            self = .delivered(receipt, outcome: answer.outcome)
            return
        }
        guard let problem = ServerProblem(status: status, contentType: contentType, body: body) else {
            self = .undelivered(.notOurs(status: status))
            return
        }
        switch status {
        case 401: self = .undelivered(.unauthenticated)
        case 404 where problem.code != "not-found", 405: self = .undelivered(.noSuchRoute)
        case 409:
            if let current = problem.current.flatMap({ Receipt($0) }), current.id == document.id {
                self = .conflict(current: current)
            } else {
                self = .refused(problem)
            }
        case 408, 429, 500...:
            self = .undelivered(.busy(status: status, retryAfter: retryAfter.flatMap { Int($0) }))
        case 400..<500: self = .refused(problem)
        default: self = .undelivered(.notOurs(status: status))
        }
    }
}
