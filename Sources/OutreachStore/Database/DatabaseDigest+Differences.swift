public import Outreach

extension DatabaseDigest {
    /// In what a copy differs from this; empty where it is the same.
    /// - Parameter sameServer: whether both are of one major version of PostgreSQL.
    public func differences(of copy: DatabaseDigest, sameServer: Bool) -> [DocumentIssue] {
        var found: [DocumentIssue] = []
        func expect(_ name: String, _ here: String, _ there: String) {
            guard here != there else { return }
            found.append(
                DocumentIssue(
                    code: "backup.differs", pointer: "/\(name)",
                    rule: Bilingual(
                        zh: "\(name)：备份时为 \(here)，恢复后为 \(there)",
                        en: "\(name): \(here) in the backup, \(there) when restored"),
                    mend: Bilingual(
                        zh: "现有数据库未动；改用另一份备份，并把此信息告诉系统管理员",
                        en:
                            "the live database stays as it was; use another backup, and tell your administrator"
                    )))
        }
        expect("migrations", Self.text(steps), Self.text(copy.steps))
        for table in Set(rows.keys).union(copy.rows.keys).sorted() {
            expect(
                "rows/\(table)", rows[table].map(String.init) ?? "-",
                copy.rows[table].map(String.init) ?? "-")
        }
        let theirs = Dictionary(copy.ledgers.map { ($0.federation, $0) }) { $1 }
        for ledger in ledgers {
            let other = theirs[ledger.federation]
            // Another scheme is another program's: its hash tells nothing here.
            if other?.scheme == ledger.scheme {
                expect("ledger/\(ledger.federation)", ledger.hash, other?.hash ?? "-")
            }
            expect("audit/\(ledger.federation)", ledger.auditHead ?? "-", other?.auditHead ?? "-")
        }
        expect(
            "federations", ledgers.map(\.federation).joined(separator: " "),
            copy.ledgers.map(\.federation).joined(separator: " "))
        expect("rights", rights, copy.rights)
        if sameServer { expect("structure", structure, copy.structure) }
        return found
    }

    private static func text(_ steps: [Step]) -> String {
        steps.map { "\($0.number):\($0.checksum.prefix(12))" }.joined(separator: " ")
    }
}
