internal import Foundation
internal import PostgresClient
internal import Vault

/// A link as read back, with its entry where that is still there.
struct AuditLink: Sendable {
    let position: Int
    let entryID: UUID
    let code: [UInt8]
    let sealedAt: PostgresTimestamp
    let entry: AuditEntry?
}

/// Walks along a chain, one link after another, and notes what does not fit.
struct AuditWalk {
    /// A link that has another code than it should, and the code of the one before it.
    private struct Misfit {
        let link: AuditLink
        let entry: AuditEntry
        let previous: [UInt8]
    }

    let keys: [AuditKey]
    private(set) var position = 0
    private(set) var links = 0
    private(set) var previous = AuditPlace.beginning
    private(set) var findings: [AuditFinding] = []
    private var misfits: [Misfit] = []
    /// Misfits one after another: the first and the last of them, and how many.
    private var run: (first: Misfit, last: Int, count: Int)?

    init(keys: [AuditKey]) { self.keys = keys }

    mutating func visit(_ link: AuditLink) {
        let isNext = link.position == position + 1
        if !isNext { findings.append(.gap(from: position + 1, to: link.position - 1)) }
        if let entry = link.entry {
            // Behind a gap, the code that this one follows is gone with it.
            if isNext, !fits(link, entry) {
                note(Misfit(link: link, entry: entry, previous: previous))
            } else {
                endRun()
            }
        } else {
            endRun()
            findings.append(.missing(position: link.position, entry: link.entryID))
        }
        position = link.position
        previous = link.code
        links += 1
    }

    /// Says what became of the misfits, now that all of them are known.
    mutating func end() {
        endRun()
        for misfit in misfits {
            findings.append(finding(of: misfit))
        }
        misfits = []
    }

    private func fits(_ link: AuditLink, _ entry: AuditEntry) -> Bool {
        let place = AuditPlace(previous: previous, position: link.position, sealedAt: link.sealedAt)
        return keys.contains { place.code(of: entry, key: $0) == link.code }
    }

    private mutating func note(_ misfit: Misfit) {
        run = (run?.first ?? misfit, misfit.link.position, (run?.count ?? 0) + 1)
        if misfits.count <= AuditVerifier.mostFindings { misfits.append(misfit) }
    }

    private mutating func endRun() {
        guard let run else { return }
        self.run = nil
        guard run.count > AuditVerifier.longestRun else { return }
        let first = run.first.link.position
        misfits.removeAll { $0.link.position >= first }
        findings.append(.foreign(from: first, to: run.last, entry: run.first.link.entryID))
    }

    /// Moved from another place of the misfits, or altered.
    private func finding(of misfit: Misfit) -> AuditFinding {
        let link = misfit.link
        let altered = AuditFinding.altered(position: link.position, entry: link.entryID)
        // What moved is looked for among few; among many, each is named as altered.
        guard misfits.count <= AuditVerifier.longestRun else { return altered }
        let before = [AuditPlace.beginning] + misfits.flatMap { [$0.previous, $0.link.code] }
        for other in misfits where other.link.position != link.position {
            let belongsAt = other.link.position
            // The link went, with its code.
            for previous in before {
                let place = AuditPlace(previous: previous, position: belongsAt, sealedAt: link.sealedAt)
                if keys.contains(where: { place.code(of: misfit.entry, key: $0) == link.code }) {
                    return .reordered(position: link.position, entry: link.entryID, belongsAt: belongsAt)
                }
            }
            // The entry alone went: the other's link has the code that this one makes there.
            let place = AuditPlace(
                previous: other.previous, position: belongsAt, sealedAt: other.link.sealedAt)
            if keys.contains(where: { place.code(of: misfit.entry, key: $0) == other.link.code }) {
                return .reordered(position: link.position, entry: link.entryID, belongsAt: belongsAt)
            }
        }
        return altered
    }
}
