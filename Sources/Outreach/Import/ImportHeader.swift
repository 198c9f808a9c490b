/// Which column of a file holds what, as its first row says.
public struct ImportHeader<Column: ImportColumn>: Sendable {
    private let places: [Column: Int]
    /// Of the file.
    public let width: Int

    /// - Parameters:
    ///   - names: the first row of the file.
    ///   - map: for headers that are not ours: what they mean, or `-` for a column to pass over.
    public init(_ names: [String], map: [String: String] = [:]) throws(DocumentRefused) {
        let map = Dictionary(map.map { (Self.folded($0.key), $0.value) }, uniquingKeysWith: { $1 })
        var places: [Column: Int] = [:]
        var issues: [DocumentIssue] = []
        for (index, name) in names.enumerated() {
            let folded = Self.folded(name)
            let meant = map[folded]
            // The last column of a list of problems, which comes back mended.
            if meant == "-" || folded == Self.folded(ImportProblems.header.zh)
                || folded == Self.folded(ImportProblems.header.en)
            {
                continue
            }
            guard let column = Self.known[meant.map(Self.folded) ?? folded] else {
                issues.append(.columnUnknown(index))
                continue
            }
            if let first = places.updateValue(index, forKey: column) {
                issues.append(.columnTwice(index, first: first))
            }
        }
        for column in Column.allCases where column.isRequired && places[column] == nil {
            issues.append(.columnMissing(column.headers[0], column.rawValue))
        }
        if let refused = DocumentRefused(issues) { throw refused }
        self.places = places
        width = names.count
    }

    public subscript(column: Column) -> Int? { places[column] }

    private static var known: [String: Column] {
        var known: [String: Column] = [:]
        for column in Column.allCases {
            for header in column.headers + [column.rawValue] { known[folded(header)] = column }
        }
        return known
    }

    /// Case, width, spaces, `_`, brackets and the star of a required column do not matter.
    private static func folded(_ header: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in header.unicodeScalars {
            let narrow = NormalisedText.narrowed(scalar)
            guard narrow.properties.isAlphabetic || narrow.properties.numericType != nil else { continue }
            scalars.append(narrow)
        }
        return String(scalars).lowercased()
    }
}

/// The file of rows that were not taken.
public enum ImportProblems {
    /// Of the column behind the file's own that says what is wrong. An import passes it over.
    public static let header = Bilingual(zh: "问题", en: "problem")
}

extension DocumentIssue {
    fileprivate static func columnUnknown(_ index: Int) -> DocumentIssue {
        let letter = RowIssue.letter(index)
        return DocumentIssue(
            code: "column.unknown", pointer: "1:\(letter)",
            rule: Bilingual(zh: "\(letter) 列的表头不认识", en: "the header of column \(letter) is not known"),
            mend: Bilingual(
                zh: "改用模板的表头，或用 --map 文件写明对应的表头；不要的列对应 -",
                en:
                    "use the template's header, or say what it means in a file for --map; - passes a column over"
            ))
    }

    fileprivate static func columnTwice(_ index: Int, first: Int) -> DocumentIssue {
        let letter = RowIssue.letter(index)
        let other = RowIssue.letter(first)
        return DocumentIssue(
            code: "column.twice", pointer: "1:\(letter)",
            rule: Bilingual(
                zh: "\(letter) 列与 \(other) 列是同一项", en: "columns \(other) and \(letter) mean the same"),
            mend: Bilingual(zh: "删去一列", en: "take one of them out"))
    }

    fileprivate static func columnMissing(_ zh: String, _ en: String) -> DocumentIssue {
        DocumentIssue(
            code: "column.missing", pointer: "1",
            rule: Bilingual(zh: "缺少“\(zh)”列", en: "there is no column \(en)"),
            mend: Bilingual(
                zh: "补上该列；模板见 goutong import template",
                en: "add it; goutong import template prints the template"))
    }
}
