internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting
internal import Vault

/// `goutong db verify`: everything that can be checked is, what does not hold is listed, exit 1 where anything is.
struct VerifyDatabase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "核对结构、权限、留痕链、各户进度，给出台账校验值 · check everything; print the ledger's hash")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @Flag(
        help: """
            由台账重算每家企业的进度和每个单元格，逐项列出不符 · recompute every journey and cell from the ledger; name each
            difference
            """)
    var figures = false

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let database = try await Database.open()
            let connection = database.connection
            var issues: [DocumentIssue] = []
            do throws(Migrator.Problem) {
                try await Migrator().verify(on: connection)
            } catch {
                // Without the schema nothing can be read; one step out of place is one finding of several.
                guard case .notInPlace = error else { throw error }
                issues += CommandFailure(error).issues
            }
            issues += try await StructureCheck.findings(on: connection)
            let master: Result<MasterKey, any Error>
            do { master = .success(try await database.masterKey()) } catch { master = .failure(error) }
            for federation in try await Federation.all(on: connection) {
                let hash = try await LedgerHash.compute(federation, on: connection)
                if figures {
                    issues += try await FiguresCheck.differences(federation: federation, on: connection)
                        .map { $0.issue(in: federation) }
                } else {
                    while try await JourneyQueue.drain(federation: federation, limit: 5000, on: connection)
                        > 0
                    {}
                    let journeys = try await JourneyQueue.differences(federation: federation, on: connection)
                    if !journeys.isEmpty { issues.append(Self.issue(journeys, in: federation)) }
                }
                var audit: AuditReport?
                do {
                    audit = try await self.audit(federation, try master.get(), on: connection)
                    issues += audit?.issues ?? []
                } catch let error as VaultError {
                    issues += CommandFailure(error).issues
                }
                try Console.out(
                    output.json
                        ? Self.json(federation, hash, audit).text()
                        : "\(federation.code)\t\(LedgerHash.scheme)\t\(hash.text)\t\(hash.rows)"
                            + "\t\(audit?.links ?? 0)\t\(audit?.head?.text ?? "-")")
            }
            guard issues.isEmpty else { throw CommandFailure(.failure, issues: issues) }
            Console.say(common.text(Bilingual(zh: "核对无误", en: "everything is in place")))
        }
    }

    private func audit(
        _ federation: Federation, _ master: MasterKey, on connection: PostgresConnection
    ) async throws -> AuditReport {
        let vault = Vault(master: master, federation: federation.code)
        try await federation.checkKey(vault, on: connection)
        _ = try await AuditSealer(federation: federation, key: vault.auditKey, connection: connection)
            .sealOnce()
        return try await AuditVerifier(federation: federation, keys: [vault.auditKey]).verify(on: connection)
    }

    private static func json(
        _ federation: Federation, _ hash: LedgerHash, _ audit: AuditReport?
    ) -> JSONValue {
        .object([
            .init("federation", .string(federation.code)), .init("ledger_scheme", .string(LedgerHash.scheme)),
            .init("ledger_hash", .string(hash.text)), .init("rows", .integer(hash.rows)),
            .init("audit_links", audit.map { .integer($0.links) } ?? .null),
            .init("audit_waiting", audit.map { .integer($0.waiting) } ?? .null),
            .init("audit_head", audit?.head.map { .string($0.text) } ?? .null),
        ])
    }

    private static func issue(_ journeys: [FirmID], in federation: Federation) -> DocumentIssue {
        let firms = journeys.prefix(10).map(\.description).joined(separator: " ")
        return DocumentIssue(
            code: "journey.differs", pointer: "/\(federation.code)/journeys",
            rule: Bilingual(
                zh: "\(federation.code)：\(journeys.count) 家企业的进度与台账不符",
                en: "\(federation.code): \(journeys.count) journeys differ from the ledger"),
            mend: Bilingual(zh: "企业编号：\(firms)", en: "firms: \(firms)"))
    }
}
