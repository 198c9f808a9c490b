import Foundation
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Acceptance: a dump of the whole database holds no applicant's name, number or phone.
@Suite struct PersonDumpTests {
    @Test("pg_dump after everything that this product does with a person holds nothing of them in clear")
    func dump() async throws {
        try await StoreFixture.withFederation { fixture in
            // Every way in: a document, a correction, a review, requests, a hand-over, an erasure.
            try await fixture.record(try Documents.worker(applicants: 2))
            try await fixture.record(try Documents.enterprise(firms: 1))
            let (_, id) = try await fixture.applicant(mobile: "13911112222", share: true)
            let corrected = Person(
                name: "赵更正示例", mobile: try Mobile(validating: "13933334444"),
                document: .other(kind: .passport, number: "E12345678"))
            try await fixture.persons.correct(id, to: corrected.json, why: "有误", on: fixture.connection)
            _ = try await fixture.persons.unmask(id, why: "电话核实", on: fixture.connection)
            _ = try await fixture.persons.handOver(
                id, to: .employerUnion, named: "示例单位工会", why: "转交", on: fixture.connection)
            _ = try await fixture.persons.copy(of: id, why: "本人要求", on: fixture.connection)
            _ = try await fixture.applications.list(
                ApplicationFilter(), today: StoreFixture.today, on: fixture.connection)
            let (_, gone) = try await fixture.applicant(mobile: "13955556666")
            try await fixture.persons.erase(gone, why: "本人要求", on: fixture.connection)

            let text = try Self.dump(of: fixture.database.conninfo)
            #expect(text.contains("COPY goutong.applicant_person") && text.contains("示例单位工会"))
            let secrets =
                Documents.secrets + ["13911112222", "13933334444", "E12345678", "赵更正示例", "13955556666"]
            for (index, secret) in secrets.enumerated() {
                #expect(!text.contains(secret), "secret \(index)")
                // bytea is dumped as hex.
                let hex = secret.utf8.map { byte in
                    String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
                }.joined()
                #expect(!text.contains(hex), "secret \(index) as bytes")
                #expect(!text.contains(Data(secret.utf8).base64EncodedString()), "secret \(index) in Base64")
            }
        }
    }

    /// What pg_dump writes of a database, data and all.
    private static func dump(of conninfo: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["pg_dump", "--dbname", conninfo]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self)
    }
}
