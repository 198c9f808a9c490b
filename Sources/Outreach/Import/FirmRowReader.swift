/// Reads the rows of a list of firms, one after another, into the same `FirmRow`.
///
/// What a row usually holds is checked on its bytes; whatever else stands there takes the way of a document's
/// fields, so that both accept and refuse the same.
public struct FirmRowReader: Sendable {
    private let places: Places
    private let width: Int
    private let areas: ImportAreas
    private let types: RegistrationTypes
    private let today: Day
    private var industries: [[UInt8]: IndustryCode] = [:]
    private var knownTypes: [[UInt8]: String] = [:]
    private var isWhole = true

    /// Where the columns stand; nil where there is no such column. A row asks a dozen times.
    private struct Places {
        let uscc, name, area, areaName, registeredOn, headcount, headcountBand, industry: Int?
        let registrationType, organisedFrom, organisedUntil: Int?

        init(_ header: ImportHeader<FirmColumn>) {
            uscc = header[.uscc]
            name = header[.name]
            area = header[.area]
            areaName = header[.areaName]
            registeredOn = header[.registeredOn]
            headcount = header[.headcount]
            headcountBand = header[.headcountBand]
            industry = header[.industry]
            registrationType = header[.registrationType]
            organisedFrom = header[.organisedFrom]
            organisedUntil = header[.organisedUntil]
        }
    }

    /// The last row that was whole.
    public private(set) var row = FirmRow()

    /// - Parameter today: in the office; nothing may be dated later.
    public init(
        header: ImportHeader<FirmColumn>, areas: ImportAreas, types: RegistrationTypes, today: Day
    ) {
        places = Places(header)
        width = header.width
        self.areas = areas
        self.types = types
        self.today = today
    }

    /// Reads the row that `records` stands at. False where something is wrong with it; `report` says what.
    public mutating func read(_ records: CSVRecords, _ report: inout RowReport) -> Bool {
        isWhole = true
        row.line = records.line
        guard records.isReadable(width: width, &report) else { return false }
        let bytes = records.bytes
        uscc(bytes, records, &report)
        name(bytes, records, &report)
        if row.uscc.isEmpty, row.name.isEmpty, isWhole {
            note(.firmUnnamed, places.name ?? places.uscc, &report)
        }
        row.registeredOn = day(places.registeredOn, bytes, records, &report)
        area(bytes, records, &report)
        headcount(bytes, records, &report)
        industry(bytes, records, &report)
        registrationType(bytes, records, &report)
        row.organisedFrom = day(places.organisedFrom, bytes, records, &report)
        row.organisedUntil = day(places.organisedUntil, bytes, records, &report, latest: nil)
        if let until = row.organisedUntil {
            if let from = row.organisedFrom {
                if until <= from { note(.coverageOrder, places.organisedUntil, &report) }
            } else if isWhole {
                note(.coverageBegins, places.organisedFrom ?? places.organisedUntil, &report)
            }
        }
        return isWhole
    }

    // MARK: Fields

    /// Where a column's text stands, without spaces around it; nil where it is blank or there is no such column.
    private func range(_ place: Int?, _ bytes: [UInt8], _ records: CSVRecords) -> Range<Int>? {
        guard let place, place < records.fields.count else { return nil }
        var range = records.fields[place]
        while let first = range.first, bytes[first] == 0x20 || bytes[first] == 0x09 {
            range = first + 1..<range.upperBound
        }
        while let last = range.last, bytes[last] == 0x20 || bytes[last] == 0x09 {
            range = range.lowerBound..<last
        }
        return range.isEmpty ? nil : range
    }

    private mutating func note(_ issue: DocumentIssue, _ column: Int?, _ report: inout RowReport) {
        isWhole = false
        report.add(issue, line: row.line, column: column)
    }

    private mutating func note(_ error: CodeError, _ column: Int?, _ report: inout RowReport) {
        isWhole = false
        report.add(error, line: row.line, column: column)
    }

    private mutating func uscc(_ bytes: [UInt8], _ records: CSVRecords, _ report: inout RowReport) {
        row.uscc.removeAll(keepingCapacity: true)
        guard let range = range(places.uscc, bytes, records) else { return }
        if CreditCode.isValid(bytes, range) {
            row.uscc.append(contentsOf: bytes[range])
            return
        }
        let text = String(decoding: bytes[range], as: UTF8.self)
        guard !text.isScientific else { return note(.scientific, places.uscc, &report) }
        do throws(CodeError) {
            row.uscc.append(contentsOf: try CreditCode(validating: text).text.utf8)
        } catch {
            let isCut = error.code == "uscc.check_character" && text.hasSuffix("000")
            if isCut { note(.digitsLost, places.uscc, &report) } else { note(error, places.uscc, &report) }
        }
    }

    private mutating func name(_ bytes: [UInt8], _ records: CSVRecords, _ report: inout RowReport) {
        row.name.removeAll(keepingCapacity: true)
        row.foldedName.removeAll(keepingCapacity: true)
        guard let range = range(places.name, bytes, records) else { return }
        // 200 characters of three bytes; what may begin with a formula's sign is looked at in full.
        if range.count <= 200, bytes[range.lowerBound] > UInt8(ascii: "@"), ImportText.isPlain(bytes, range) {
            row.name.append(contentsOf: bytes[range])
            ImportText.fold(bytes, range, into: &row.foldedName)
            return
        }
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            return note(.rowEncoding, places.name, &report)
        }
        let issues = IssueList()
        let reader = ObjectReader(
            .object([.init("name", .string(text))]), at: "", known: ["name"], issues: issues)
        if let name = reader?.name("name") {
            row.name.append(contentsOf: name.utf8)
            row.foldedName.append(contentsOf: FoldedName(name).text.utf8)
        }
        for issue in issues.issues {
            note(
                DocumentIssue(code: issue.code, pointer: "", rule: issue.rule, mend: issue.mend),
                places.name, &report)
        }
    }

    private mutating func day(
        _ place: Int?, _ bytes: [UInt8], _ records: CSVRecords, _ report: inout RowReport
    ) -> Day? {
        day(place, bytes, records, &report, latest: today)
    }

    private mutating func day(
        _ place: Int?, _ bytes: [UInt8], _ records: CSVRecords, _ report: inout RowReport,
        latest: Day?
    ) -> Day? {
        guard let range = range(place, bytes, records) else { return nil }
        switch ImportDay.read(bytes, range) {
        case .wrong(let issue): note(issue, place, &report)
        case .day(let day) where latest.map({ day > $0 }) ?? false: note(.dateFuture, place, &report)
        case .day(let day) where day.ordinal < Self.firstDay: note(.dateTooEarly, place, &report)
        case .day(let day): return day
        }
        return nil
    }

    /// 1949-01-01.
    private static let firstDay = -7670

    private mutating func area(_ bytes: [UInt8], _ records: CSVRecords, _ report: inout RowReport) {
        guard let range = range(places.area, bytes, records) else {
            return note(.required, places.area, &report)
        }
        guard let code = areaCode(bytes, range, &report) else { return }
        guard let version = areas.version(code, on: row.registeredOn ?? today) else {
            return note(.areaUnknown, places.area, &report)
        }
        row.areaID = version.id
        row.district.removeAll(keepingCapacity: true)
        row.district.append(contentsOf: version.district)
        if let named = self.range(places.areaName, bytes, records),
            !version.entry.isCalled(NormalisedText.prose(String(decoding: bytes[named], as: UTF8.self)))
        {
            note(.areaName, places.areaName, &report)
        }
    }

    /// The nine digits as a number. Of a village's twelve digits that end in 000, the first nine.
    private mutating func areaCode(_ bytes: [UInt8], _ range: Range<Int>, _ report: inout RowReport) -> Int? {
        if range.count == 9, let number = Self.number(bytes, range) { return number }
        var text = String(decoding: bytes[range], as: UTF8.self)
        guard !text.isScientific else {
            note(.scientific, places.area, &report)
            return nil
        }
        if text.hasSuffix(".0") { text.removeLast(2) }
        text = NormalisedText.code(text)
        if text.utf8.count == 12, text.hasSuffix("000") { text.removeLast(3) }
        if text.utf8.count < 9, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            note(.zerosLost, places.area, &report)
            return nil
        }
        do throws(CodeError) { return Int(try AreaCode(validating: text).text) } catch {
            note(error, places.area, &report)
            return nil
        }
    }

    private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        var value = 0
        for byte in bytes[range] {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }

    private mutating func headcount(_ bytes: [UInt8], _ records: CSVRecords, _ report: inout RowReport) {
        row.headcount = nil
        row.headcountBand = nil
        if let range = range(places.headcount, bytes, records) {
            if range.count <= 7, let number = Self.number(bytes, range) {
                row.headcount = number
            } else if let number = String(decoding: bytes[range], as: UTF8.self).spreadsheetInteger {
                row.headcount = number
            } else {
                note(.notANumber, places.headcount, &report)
            }
        }
        if let headcount = row.headcount, !(0...1_000_000).contains(headcount) {
            note(.numberRange, places.headcount, &report)
            row.headcount = nil
        }
        guard let range = range(places.headcountBand, bytes, records) else { return }
        guard let band = HeadcountBand(rawValue: String(decoding: bytes[range], as: UTF8.self)) else {
            return note(
                .choice(HeadcountBand.allCases.map(\.rawValue)), places.headcountBand, &report)
        }
        row.headcountBand = band
        if let headcount = row.headcount, headcount > 0, HeadcountBand(headcount: headcount) != band {
            note(.bandMismatch, places.headcountBand, &report)
        }
    }

    private mutating func industry(_ bytes: [UInt8], _ records: CSVRecords, _ report: inout RowReport) {
        row.industry.removeAll(keepingCapacity: true)
        guard let range = range(places.industry, bytes, records) else { return }
        let written = Array(bytes[range])
        if let known = industries[written] {
            row.industry.append(contentsOf: known.text.utf8)
            return
        }
        do throws(CodeError) {
            let code = try IndustryCode(validating: String(decoding: written, as: UTF8.self))
            // There are about two thousand; a file with more has something else in this column.
            if industries.count < 4000 { industries[written] = code }
            row.industry.append(contentsOf: code.text.utf8)
        } catch {
            note(error, places.industry, &report)
        }
    }

    private mutating func registrationType(
        _ bytes: [UInt8], _ records: CSVRecords, _ report: inout RowReport
    ) {
        row.registrationType.removeAll(keepingCapacity: true)
        guard let range = range(places.registrationType, bytes, records) else { return }
        let written = Array(bytes[range])
        if let known = knownTypes[written] {
            row.registrationType.append(contentsOf: known.utf8)
            return
        }
        do throws(CodeError) {
            let code = try types.code(validating: String(decoding: written, as: UTF8.self))
            if knownTypes.count < 1000 { knownTypes[written] = code }
            row.registrationType.append(contentsOf: code.utf8)
        } catch {
            note(error, places.registrationType, &report)
        }
    }
}

extension CSVRecords {
    /// Whether the row's fields can be read at all; notes why not.
    func isReadable(width: Int, _ report: inout RowReport) -> Bool {
        if problem != nil {
            report.add(.rowQuote, line: line, column: nil)
            return false
        }
        if fields.count > width, fields[width...].contains(where: { !$0.isEmpty }) {
            report.add(.rowWidth, line: line, column: width)
            return false
        }
        return true
    }
}

extension String {
    /// `9.1110E+17`, as a spreadsheet writes a long code.
    var isScientific: Bool {
        let parts = uppercased().split(separator: "E", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[1].hasPrefix("+") && Int(parts[1].dropFirst()) != nil
            && Double(parts[0]) != nil
    }

    /// `1,200`, `180.0` and `180人`: a whole number all the same.
    var spreadsheetInteger: Int? {
        var text = NormalisedText.code(self).replacing("人", with: "")
        if hasSuffix(".0") { text = NormalisedText.code(dropLast(2)) }
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count > 1 else {
            return text.utf8.allSatisfy { (48...57).contains($0) } && !contains(".") || hasSuffix(".0")
                ? Int(text) : nil
        }
        guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
            return nil
        }
        return Int(groups.joined())
    }
}
