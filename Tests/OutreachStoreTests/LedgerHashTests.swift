import Outreach
import OutreachStore
import PostgresClient
import Testing

/// The ledger hash: every fact, one text, whatever the session's settings.
@Suite struct LedgerHashTests {
    @Test("as known at a moment it stays, whatever is corrected later") func asKnownAt() async throws {
        try await StoreFixture.withFederation { fixture in
            let document = try Documents.enterprise(firms: 2, intents: 1)
            _ = try await fixture.record(document)
            let moment = try await LedgerClock(federation: fixture.federation)
                .fixMoment(on: fixture.connection)
            let then = try await hash(fixture, at: moment)
            let all = try await hash(fixture)
            #expect(then.rows == all.rows && then.rows > 5)
            var corrected = document
            corrected.replaces = 1
            corrected.firms.removeLast()
            _ = try await fixture.record(corrected)
            #expect(try await hash(fixture, at: moment) == then)
            #expect(try await hash(fixture) != all)
        }
    }

    @Test("a changed value and a lost row show; settings of the session do not") func sensitive() async throws
    {
        try await StoreFixture.withFederation { fixture in
            _ = try await fixture.record(try Documents.enterprise(firms: 2, intents: 1))
            let before = try await hash(fixture)
            try await fixture.connection.script(
                "SET DateStyle = 'German'; SET TimeZone = 'Asia/Shanghai'; SET extra_float_digits = -5; "
                    + "SET bytea_output = 'escape'; SET IntervalStyle = 'sql_standard'")
            #expect(try await hash(fixture) == before)
            try await fixture.connection.script("UPDATE goutong.milestone SET reference = ''")
            let changed = try await hash(fixture)
            #expect(changed != before)
            try await fixture.connection.script("DELETE FROM goutong.milestone")
            #expect(try await hash(fixture).rows == before.rows - 1)
        }
    }

    @Test("every column of its tables is in it, or left out on purpose") func columns() async throws {
        try await StoreFixture.withFederation { fixture in
            for table in LedgerHashTable.all {
                let columns = try await fixture.connection.query(
                    """
                    SELECT attname::text FROM pg_attribute
                    WHERE attrelid = ('goutong.' || \(table.name))::regclass AND attnum > 0
                      AND NOT attisdropped
                    """
                ).map { row in try row.decode(String.self) }
                #expect(Set(columns) == Set(table.columnNames + table.leftOut), "\(table.name)")
            }
        }
    }

    @Test(
        "what the schema promises is checked: forced row-level security, an owner who sees all, constraints")
    func structure() async throws {
        try await StoreFixture.withFederation { fixture in
            #expect(try await StructureCheck.findings(on: fixture.connection) == [])
            try await fixture.connection.script(
                """
                ALTER TABLE goutong.meeting NO FORCE ROW LEVEL SECURITY;
                DROP POLICY operator ON goutong.opinion;
                ALTER TABLE goutong.firm ADD CONSTRAINT firm_late CHECK (federation_id > 0) NOT VALID;
                """)
            #expect(
                try await StructureCheck.findings(on: fixture.connection).map(\.code) == [
                    "constraint.not_validated", "rls.not_forced", "rls.owner_blind",
                ])
        }
    }

    private func hash(
        _ fixture: StoreFixture, at moment: PostgresTimestamp? = nil
    ) async throws -> LedgerHash {
        try await LedgerHash.compute(fixture.federation, asKnownAt: moment, on: fixture.connection)
    }
}
