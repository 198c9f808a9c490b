import PostgresClient
import Testing

@Suite("SQL")
struct SQLTests {
    @Test("values become numbered binds")
    func binds() {
        let name = "甲'; DROP TABLE firm; --"
        let area: Int? = nil
        let statement: SQL = "SELECT * FROM firm WHERE name = \(name) AND area = \(area) LIMIT \(5)"
        #expect(statement.text == "SELECT * FROM firm WHERE name = $1 AND area = $2 LIMIT $3")
    }

    @Test("parts renumber their binds", arguments: [0, 1, 2, 5])
    func composition(count: Int) {
        let conditions = (0..<count).map { index -> SQL in "c\(raw: String(index)) = \(index)" }
        let statement: SQL = "UPDATE t SET x = \("a") WHERE \(conditions.joined(separator: " AND "))"
        let expected = (0..<count).map { "c\($0) = $\($0 + 2)" }.joined(separator: " AND ")
        #expect(statement.text == "UPDATE t SET x = $1 WHERE " + expected)
        let sum: SQL = "SELECT \(1)" + statement
        #expect(sum.text.hasPrefix("SELECT $1UPDATE t SET x = $2"))
    }

    @Test("identifiers are quoted")
    func identifiers() {
        let statement: SQL = "LISTEN \(identifier: "a\"b")"
        #expect(statement.text == "LISTEN \"a\"\"b\"")
    }

    @Test("values appear in no description")
    func descriptions() {
        let statement: SQL = "SELECT \("13800000000")"
        for text in [String(describing: statement), String(reflecting: statement), "\(statement)"] {
            #expect(!text.contains("138"))
        }
        var dumped = ""
        dump(statement, to: &dumped)
        #expect(!dumped.contains("138") && dumped.contains("$1"))
    }

    @Test("a composed statement sends the values of its parts")
    func composedValues() async throws {
        try await withConnection { connection in
            let part: SQL = "\(2) + \(3)"
            let empty = ""
            let none: String? = nil
            let row = try await connection.query(
                "SELECT \(1) + \(part), \(empty), \(none), \([UInt8]())" + ", \("末")"
            ).only()
            let (sum, text, null, bytes, last) = try row.decode(
                (Int, String, String?, [UInt8], String).self)
            #expect(sum == 6 && text == "" && null == nil && bytes == [] && last == "末")
        }
    }
}
