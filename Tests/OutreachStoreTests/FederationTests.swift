import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Setting up federations, also where two do it at once.
@Suite struct FederationTests {
    @Test("one code twice at once is one federation: one call made it, the other is told what stands")
    func sameCode() async throws {
        try await StoreFixture.withFederation { fixture in
            for round in 0..<8 {
                async let one = add("same-\(round)", "甲", to: fixture.database)
                async let two = add("same-\(round)", "乙", to: fixture.database)
                let both = try await [one, two]
                #expect(both.map(\.isNew).filter(\.self).count == 1)
                let made = try #require(both.first(where: \.isNew)?.federation)
                #expect(both.allSatisfy { $0.federation == made })
                #expect(
                    try await Federation.all(on: fixture.connection).filter { $0.code == made.code } == [made]
                )
            }
        }
    }

    @Test("two codes at once are two federations, each with a number of its own")
    func twoCodes() async throws {
        try await StoreFixture.withFederation { fixture in
            for round in 0..<8 {
                async let one = add("one-\(round)", "甲", to: fixture.database)
                async let two = add("two-\(round)", "乙", to: fixture.database)
                #expect(try await [one, two].allSatisfy(\.isNew))
            }
            let all = try await Federation.all(on: fixture.connection)
            #expect(all.count == 17)
            #expect(Set(all.map(\.id)).count == 17)
        }
    }

    private func add(
        _ code: String, _ name: String, to database: TestDatabase
    ) async throws -> (federation: Federation, isNew: Bool) {
        let connection = try await database.connect()
        let added = try await Federation.add(
            code: code, name: Bilingual(zh: name, en: name), synthetic: false,
            since: Day(ordinal: 17_622), on: connection)
        await connection.close()
        return added
    }
}
