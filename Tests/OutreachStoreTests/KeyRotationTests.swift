import Foundation
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing
import Vault

/// Generations of the key: what the old one sealed opens, what the new one seals says so, and a rotation
/// goes on where it stopped, with writers beside it.
@Suite struct KeyRotationTests {
    /// A key file of its own, read as by two processes: one before, one after the rotation.
    private func withKeys<Value>(
        _ body: (StoreFixture, URL) async throws -> Value
    ) async throws -> Value {
        try await StoreFixture.withFederation { fixture in
            let file = FileManager.default.temporaryDirectory
                .appendingPathComponent("goutong-\(UUID().uuidString).key")
            defer { try? FileManager.default.removeItem(at: file) }
            let vault = Vault(
                master: try MasterKey.readOrMake(at: file), federation: fixture.federation.code)
            return try await body(fixture.keyed(vault), file)
        }
    }

    @Test("rotated: old values open, replays are replays, duplicates are found across generations")
    func rotation() async throws {
        try await withKeys { fixture, file in
            try await fixture.federation.checkKey(fixture.vault, on: fixture.connection)
            let (document, old) = try await fixture.applicant()
            try await fixture.record(try Documents.enterprise(firms: 2))
            try MasterKey.read(from: file).rotated().write(to: file)
            let new = fixture.keyed(
                Vault(master: try MasterKey.read(from: file), federation: fixture.federation.code))
            #expect(new.vault.generation == 1)
            #expect(try await new.record(document).outcome == .replayed)
            let (_, fresh) = try await new.applicant()
            #expect(
                try await new.applications.duplicates(of: fresh, on: new.connection).map(\.applicant)
                    == [old])
            // The one that runs since before the rotation opens what the new key sealed, too.
            #expect(
                try await fixture.persons.unmask(fresh, why: "核对", on: fixture.connection).person?.name
                    == "王示例")

            let rotation = KeyRotation(federation: new.federation, vault: new.vault, batch: 1)
            #expect(try await rotation.standing(on: new.connection).contacts == 2)
            let done = try await rotation.run(on: new.connection)
            #expect(done.persons == 1 && done.contacts == 2)
            #expect(try await rotation.standing(on: new.connection).isDone)
            let tags = try await new.connection.query(
                "SELECT count(DISTINCT mobile_tag) FROM goutong.applicant_person"
            ).only().decode(Int.self)
            #expect(tags == 1)
            #expect(try await rotation.run(on: new.connection).persons == 0)
            #expect(try await new.record(document).outcome == .replayed)
            #expect(
                try await new.persons.unmask(old, why: "核对", on: new.connection).person?.name == "王示例")
        }
    }

    @Test("the database's key-check follows; a file without the new generation is refused")
    func check() async throws {
        try await withKeys { fixture, file in
            let before = try MasterKey.read(from: file)
            func check(_ key: MasterKey) async throws {
                try await fixture.federation.checkKey(
                    Vault(master: key, federation: fixture.federation.code), on: fixture.connection)
            }
            try await check(before)
            let after = try before.rotated()
            try await check(after)
            // Read from elsewhere, so that it does not look at this file again.
            let copy = file.appendingPathExtension("old")
            defer { try? FileManager.default.removeItem(at: copy) }
            try before.export(to: copy)
            await #expect(throws: VaultError.otherKey) { try await check(try MasterKey.read(from: copy)) }
            // A restored backup, sealed by the old generation, is opened by the file that has both.
            try await fixture.connection.execute(
                "UPDATE goutong.federation SET key_check = \(Vault(master: before, federation: fixture.federation.code).keyCheck)"
            )
            try await check(after)
        }
    }

    @Test("exported and imported keys are the same keys; another key of the same number is refused")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("master.key")
        let copy = folder.appendingPathComponent("copy.key")
        let first = try MasterKey.readOrMake(at: file)
        let second = try first.rotated().rotated()
        #expect(second.numbers == [2, 1, 0])
        try second.export(to: copy)
        #expect(throws: VaultError.self) { try second.export(to: copy) }
        let brought = try MasterKey.read(from: copy)
        #expect(try first.merged(with: brought).numbers == [2, 1, 0])
        let sealed = try Vault(master: brought, federation: "a").seal([1, 2, 3], context: "c")
        #expect(try Vault(master: second, federation: "a").open(sealed, context: "c") == [1, 2, 3])
        #expect(throws: VaultError.cannotOpen) {
            try Vault(master: second, federation: "b").open(sealed, context: "c")
        }
        let stranger = try MasterKey.readOrMake(at: folder.appendingPathComponent("other.key"))
        #expect(throws: VaultError.otherKey) { try first.merged(with: stranger) }
        let mode = try FileManager.default.attributesOfItem(atPath: copy.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("a rotation with writers beside it: nothing is lost, a second run finishes")
    func writersBeside() async throws {
        try await withKeys { fixture, file in
            try await fixture.federation.checkKey(fixture.vault, on: fixture.connection)
            for number in 0..<20 {
                _ = try await fixture.applicant(mobile: "138001380\(10 + number)")
            }
            try MasterKey.read(from: file).rotated().write(to: file)
            let vault = Vault(
                master: try MasterKey.read(from: file), federation: fixture.federation.code)
            let rotation = KeyRotation(federation: fixture.federation, vault: vault, batch: 3)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let connection = try await fixture.database.connect()
                    _ = try await rotation.run(on: connection)
                    await connection.close()
                }
                group.addTask {
                    // A service that has not looked at the key file yet.
                    for number in 0..<20 {
                        _ = try await fixture.applicant(mobile: "139001390\(10 + number)")
                    }
                }
                try await group.waitForAll()
            }
            _ = try await rotation.run(on: fixture.connection)
            #expect(try await rotation.standing(on: fixture.connection).isDone)
            #expect(try await fixture.count("applicant_person") == 40)
            let listed = try await fixture.keyed(vault).applications.list(
                ApplicationFilter(), today: StoreFixture.today, on: fixture.connection)
            #expect(listed.count { $0.person?.name == "王*" } == 40)
        }
    }
}

extension StoreFixture {
    /// The same database with another vault.
    fileprivate func keyed(_ vault: Vault) -> StoreFixture {
        StoreFixture(
            database: database, connection: connection, federation: federation, areas: areas, vault: vault)
    }
}
