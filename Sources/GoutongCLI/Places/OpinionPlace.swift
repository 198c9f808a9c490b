internal import Outreach
internal import OutreachClient
internal import OutreachStore

/// What was said at meetings. An answer goes through `MeetingPlace`, as the correction that it is.
protocol OpinionPlace {
    /// Those of the latest meetings first.
    func opinions(_ filter: OpinionFilter, limit: Int) async throws -> [JSONRow]
}

extension Workplace: OpinionPlace {
    func opinions(_ filter: OpinionFilter, limit: Int) async throws -> [JSONRow] {
        try await OpinionReader(federation: federation).page(filter, limit: limit, on: connection)
            .map { JSONRow($0.json) }
    }
}

extension RemoteWorkplace: OpinionPlace {
    func opinions(_ filter: OpinionFilter, limit: Int) async throws -> [JSONRow] {
        try await rows(.init(.get, "opinions"), in: "items", limit: limit, next: "next") { limit, cursor in
            [
                "from": filter.from?.iso, "to": filter.to?.iso, "area": filter.area,
                "unanswered": filter.isUnanswered ? "true" : nil, "limit": "\(limit)", "cursor": cursor,
            ]
        }
    }
}
