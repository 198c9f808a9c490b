public import Outreach
public import PostgresClient

/// A duplicate that is counted as another firm.
public struct FirmMerge: Hashable, Sendable {
    public let id: MergeID
    public let duplicate: FirmID
    public let kept: FirmID
    /// Both stand for themselves again.
    public let isUndone: Bool
}

extension FactRecorder {
    /// Counts a duplicate as the firm that is kept, from now on and for every day; reversible. The same id with
    /// the same firms is a replay, also after the merge was undone.
    /// - Returns: whether it is new.
    /// - Throws: `notFound` where neither firm is the account's business, `conflicting`.
    @discardableResult
    public func merge(
        _ duplicate: FirmID, into kept: FirmID, as id: MergeID, on connection: PostgresConnection
    ) async throws(RecordingError) -> Bool {
        // One merge at a time, so that two cannot close a loop between them.
        let lock: SQL = "SELECT pg_advisory_xact_lock(hashtextextended('goutong.merge', \(federation.id)))"
        return try await writing(
            .on(.firmMerge, "firm", "\(duplicate)"), at: nil, after: lock, on: connection
        ) { connection, stamp in
            try await checkScope(of: duplicate, kept, on: connection)
            let known = try await connection.query(
                """
                SELECT duplicate_id, kept_id FROM goutong.firm_merge
                WHERE federation_id = \(federation.id) AND merge_id = \(id)
                """
            ).first?.decode((FirmID, FirmID).self)
            if let known {
                guard known == (duplicate, kept) else { throw RecordingError.conflicting(.mergeKnown) }
                return false
            }
            let root = try await connection.query(
                """
                SELECT coalesce(
                    (SELECT root_id FROM goutong.firm_root_at(\(federation.id)::integer, 'infinity')
                     WHERE firm_id = \(kept)), \(kept))
                """
            ).only().decode(FirmID.self)
            guard kept != duplicate, root != duplicate else {
                throw RecordingError.conflicting(.mergedInLoop)
            }
            let added = try await connection.execute(
                """
                INSERT INTO goutong.firm_merge (federation_id, merge_id, duplicate_id, kept_id, recorded_at)
                VALUES (\(federation.id), \(id), \(duplicate), \(kept), \(stamp))
                ON CONFLICT DO NOTHING
                """)
            guard added == 1 else { throw RecordingError.conflicting(.mergedAlready) }
            try await touch([duplicate, kept], stamp, on: connection)
            return true
        }
    }

    /// Undoes a merge: both firms stand for themselves again. Undoing it twice changes nothing.
    /// - Throws: `notFound` where it is not the account's business.
    public func undo(
        _ merge: FirmMerge, on connection: PostgresConnection
    ) async throws(RecordingError) {
        try await writing(
            .on(.firmUnmerge, "firm", "\(merge.duplicate)"), at: nil, on: connection
        ) { connection, stamp in
            try await checkScope(of: merge.duplicate, merge.kept, on: connection)
            let undone = try await connection.execute(
                """
                UPDATE goutong.firm_merge SET superseded_at = \(stamp)
                WHERE federation_id = \(federation.id) AND merge_id = \(merge.id)
                  AND superseded_at IS NULL AND recorded_at < \(stamp)
                """)
            guard undone > 0 else { return }
            try await touch([merge.kept, merge.duplicate], stamp, on: connection)
        }
    }

    /// As what this firm is counted; nil where it stands for itself.
    public func merge(
        of duplicate: FirmID, on connection: PostgresConnection
    ) async throws(PostgresError) -> FirmMerge? {
        try await merge("duplicate_id = \(duplicate) AND superseded_at IS NULL", on: connection)
    }

    /// A merge, undone or not.
    public func merge(
        _ id: MergeID, on connection: PostgresConnection
    ) async throws(PostgresError) -> FirmMerge? {
        try await merge("merge_id = \(id)", on: connection)
    }

    private func merge(
        _ condition: SQL, on connection: PostgresConnection
    ) async throws(PostgresError) -> FirmMerge? {
        let found = try await connection.query(
            """
            SELECT merge_id, duplicate_id, kept_id, superseded_at IS NOT NULL FROM goutong.firm_merge
            WHERE federation_id = \(federation.id) AND \(condition)
            """
        ).first?.decode((MergeID, FirmID, FirmID, Bool).self)
        return found.map { FirmMerge(id: $0.0, duplicate: $0.1, kept: $0.2, isUndone: $0.3) }
    }

    /// The policy asks this too, and would say that the account may not: as of a firm that is nobody's secret,
    /// but whose dealings are.
    private func checkScope(
        of duplicate: FirmID, _ kept: FirmID, on connection: PostgresConnection
    ) async throws {
        guard authority.account != nil else { return }
        let isOwn = try await connection.query(
            """
            SELECT goutong.firm_in_scope(\(federation.id)::integer, \(duplicate))
                OR goutong.firm_in_scope(\(federation.id)::integer, \(kept))
            """
        ).only().decode(Bool?.self)
        guard isOwn == true else { throw RecordingError.notFound }
    }
}
