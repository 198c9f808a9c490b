internal import Outreach

/// Rows of a CSV text (RFC 4180), each with the line it begins on. A byte order mark and blank lines are passed over.
struct CSVRows {
    struct Row {
        let line: Int
        let fields: [String]
    }

    private(set) var all: [Row] = []

    init(_ text: String) throws(DocumentRefused) {
        var fields: [String] = []
        var field = String.UnicodeScalarView()
        var isQuoted = false
        var wasQuoted = false
        var line = 1
        var begun = 1
        var scalars = Substring(text).unicodeScalars
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        func refused(_ code: String, _ zh: String, _ en: String) -> DocumentRefused {
            DocumentRefused(
                first: UnitIssue.at(
                    line, fields.count + 1, code, zh, en, "双引号成对；字段中的双引号写两个",
                    "pair the quotes; double one inside a field"))
        }
        func endRow() {
            fields.append(String(field))
            field.removeAll()
            wasQuoted = false
            if fields != [""] { all.append(Row(line: begun, fields: fields)) }
            fields = []
        }
        while let scalar = scalars.popFirst() {
            if isQuoted {
                if scalar == "\"" {
                    if scalars.first == "\"" {
                        field.append(scalar)
                        scalars.removeFirst()
                    } else {
                        isQuoted = false
                        wasQuoted = true
                    }
                } else {
                    if scalar == "\n" { line += 1 }
                    field.append(scalar)
                }
                continue
            }
            switch scalar {
            case "\"" where field.isEmpty && !wasQuoted: isQuoted = true
            case ",":
                fields.append(String(field))
                field.removeAll()
                wasQuoted = false
            case "\r" where scalars.first == "\n": continue
            case "\n":
                endRow()
                line += 1
                begun = line
            case "\"": throw refused("csv.quote", "双引号位置不对", "a quote is out of place")
            default:
                guard !wasQuoted else {
                    throw refused("csv.quote", "右引号之后还有文字", "there is text behind a closing quote")
                }
                field.append(scalar)
            }
        }
        guard !isQuoted else { throw refused("csv.quote", "双引号没有结束", "a quote is not closed") }
        endRow()
    }
}
