@testable import OutreachStore
import Outreach

/// A list of firms with one bad row in a hundred, and what is to be said of each.
struct FirmList {
    let text: String
    let bad: [FirmImportTests.Told]
    let good: Int
    /// Good rows with union coverage.
    let covered: Int

    private static let columns = "统一社会信用代码,企业名称,街道（乡镇）代码,注册日期,职工人数,行业代码,工会覆盖起"
    private static let areas = ["110105021", "110101001", "110108012"]

    init(rows: Int) {
        var lines = [Self.columns]
        var bad: [FirmImportTests.Told] = []
        var covered = 0
        for index in 0..<rows {
            let isCovered = index % 5 == 0
            var fields = [
                Self.code(index), "北京示例\(index)有限公司", Self.areas[index % 3],
                Day(ordinal: 12_000 + index % 5000).iso, "\(index % 900 + 1)", "I65",
                isCovered ? "2018-03-01" : "",
            ]
            if index % 100 == 37 {
                bad.append(Self.spoil(&fields, index / 100 % 6, line: index + 2))
            } else if isCovered {
                covered += 1
            }
            lines.append(fields.joined(separator: ","))
        }
        text = lines.joined(separator: "\n") + "\n"
        self.bad = bad
        good = rows - bad.count
        self.covered = covered
    }

    private static func spoil(_ fields: inout [String], _ way: Int, line: Int) -> FirmImportTests.Told {
        switch way {
        case 0:
            fields[0] = "911101050000000000"
            return .init(line, 0, "excel.digits_lost")
        case 1:
            fields[2] = "110105999"
            return .init(line, 2, "area.not_valid_on_day")
        case 2:
            fields[3] = "43000"
            return .init(line, 3, "excel.date_serial")
        case 3:
            fields[0] = code(line - 2 - 5)
            return .init(line, nil, "firm.listed_twice")
        case 4:
            fields[4] = "很多"
            return .init(line, 4, "type.integer")
        default:
            fields[1] = "\"甲\"乙"
            return .init(line, nil, "csv.quote")
        }
    }

    /// The valid credit code of a number.
    static func code(_ number: Int) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
        let digits = String(number)
        let body = "91110105" + String(repeating: "0", count: 9 - digits.count) + digits
        let sum = zip(body, weights).reduce(0) { $0 + (alphabet.firstIndex(of: $1.0) ?? 0) * $1.1 }
        return body + String(alphabet[(31 - sum % 31) % 31])
    }
}

extension Identifier {
    static func derivedForTest(_ text: String) -> Self { derived(from: text) }
}
