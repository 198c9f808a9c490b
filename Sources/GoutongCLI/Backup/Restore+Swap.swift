internal import Outreach
internal import OutreachStore
internal import PostgresClient

// Swap: the one step that changes the live database.
extension Restore {
    /// - Returns: the name that the database before has now; nil where it is gone.
    func swap(force: Bool, isEmpty: Bool, dropOld: Bool) async throws -> String? {
        try await steps.time("swap", Bilingual(zh: "替换", en: "swapped in")) {
            try await exchange(force: force)
        }
        guard try await server.standing(of: old) != nil else { return nil }
        guard dropOld || isEmpty else { return old }
        do throws(PostgresError) {
            try await server.drop(old)
            return nil
        } catch {
            return old
        }
    }

    private func exchange(force: Bool) async throws {
        // The renaming waits some seconds for the last ones to leave, and holds off who comes; so who is there is
        // told to leave while it waits.
        let ending = force ? try await DatabaseServer(try await target.outside()) : nil
        async let ended: Void = Self.endSessions(of: live, on: ending)
        do throws(PostgresError) {
            try await server.replace(live, with: scratch, keeping: old)
        } catch {
            await ending?.connection.close()
            await ended
            guard error.sqlState == .objectInUse else { throw error }
            let sessions = try await server.standing(of: live)?.sessions ?? 0
            throw force
                ? CommandFailure.mayNotEnd(live, sessions: sessions)
                : CommandFailure.inUse(live, sessions: sessions)
        }
        await ending?.connection.close()
        await ended
    }

    /// Until its connection is closed.
    private static func endSessions(of name: String, on server: DatabaseServer?) async {
        guard let server else { return }
        while (try? await server.endSessions(of: name)) != nil {
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}
