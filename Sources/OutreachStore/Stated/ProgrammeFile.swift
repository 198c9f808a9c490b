public import Outreach
public import PostgresClient

/// A programme as a file has it.
public struct ProgrammeDraft: Hashable, Sendable {
    public struct Unit: Hashable, Sendable {
        /// The version of the area that joins.
        public let areaID: Int
        public let arm: String
        /// nil of a comparison unit that does not start.
        public let startOn: Day?
    }

    public let code: String
    public var name: Bilingual
    public var windowDays: Int
    /// In the order of their areas' ids.
    public var units: [Unit]
}

/// A file of programmes, as it is read: every row or none.
public struct ProgrammeFile: Sendable {
    /// In the order of the file; to be used where `report` is empty.
    public private(set) var programmes: [ProgrammeDraft] = []
    public private(set) var report = RowReport()
    public private(set) var headers: [String] = []
    public private(set) var rows = 0

    /// The window of a programme whose file names none, as the first pilot's.
    public static let windowDays = 30

    /// - Parameter map: for headers that are not ours: what they mean, or `-`.
    /// - Throws: `DocumentRefused` for a file without a header that can be read, and what the source throws.
    public init(_ source: any ImportSource, areas: AreaTable, map: [String: String] = [:]) throws {
        try source.restart()
        var records = CSVRecords()
        guard try records.next(from: source) else { throw DocumentRefused.emptyFile }
        headers = (0..<records.fields.count).map(records.text)
        let reader = ProgrammeRowReader(header: try ImportHeader<ProgrammeColumn>(headers, map: map))
        var order: [String] = []
        var byCode: [String: [ProgrammeRow]] = [:]
        while try records.next(from: source) {
            rows += 1
            guard let row = reader.read(records, &report) else { continue }
            if byCode[row.programme] == nil { order.append(row.programme) }
            byCode[row.programme, default: []].append(row)
        }
        for code in order {
            programmes.append(draft(code, byCode[code] ?? [], reader, areas))
        }
        report.sort()
    }

    private mutating func draft(
        _ code: String, _ rows: [ProgrammeRow], _ reader: ProgrammeRowReader, _ areas: AreaTable
    ) -> ProgrammeDraft {
        var (name, nameEn): (String?, String?)
        var window: Int?
        let first = rows.compactMap(\.startOn).min()
        if first == nil, let row = rows.first {
            report.add(ProgrammeSetRule.noStart, line: row.line, column: reader.place(of: .startOn))
        }
        var units: [Int: (unit: ProgrammeDraft.Unit, line: Int)] = [:]
        for row in rows {
            if [(name, row.name), (nameEn, row.nameEn)].contains(where: { $0 != nil && $1 != nil && $0 != $1 }
            )
                || (window != nil && row.windowDays != nil && window != row.windowDays)
            {
                report.add(
                    ProgrammeSetRule.differs, line: row.line, column: reader.place(of: .name),
                    other: rows.first?.line)
            }
            (name, nameEn, window) = (name ?? row.name, nameEn ?? row.nameEn, window ?? row.windowDays)
            guard let day = row.startOn ?? first else { continue }
            guard let area = areas.area(code: row.unit, on: day), area.code.utf8.count == 9 else {
                report.add(ProgrammeSetRule.unitUnknown, line: row.line, column: reader.place(of: .unit))
                continue
            }
            if let other = units[area.id] {
                report.add(
                    ProgrammeSetRule.unitTwice, line: row.line, column: reader.place(of: .unit),
                    other: other.line)
                continue
            }
            units[area.id] = (.init(areaID: area.id, arm: row.arm, startOn: row.startOn), row.line)
        }
        if name == nil, let row = rows.first {
            report.add(ProgrammeSetRule.unnamed, line: row.line, column: reader.place(of: .name))
        }
        return ProgrammeDraft(
            code: code, name: Bilingual(zh: name ?? code, en: nameEn ?? name ?? code),
            windowDays: window ?? Self.windowDays,
            units: units.values.map(\.unit).sorted { $0.areaID < $1.areaID })
    }
}

extension ProgrammeDraft {
    /// What the ledger has under a code; nil where it has none.
    public static func standing(
        _ code: String, of federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) -> ProgrammeDraft? {
        guard
            let row = try await connection.query(
                """
                SELECT name_zh, name_en, window_days FROM goutong.programme
                WHERE federation_id = \(federation.id) AND code = \(code)
                """
            ).first
        else { return nil }
        let (zh, en, window) = try row.decode((String, String, Int).self)
        let units = try await connection.query(
            """
            SELECT area_id, arm, start_on FROM goutong.programme_unit
            WHERE federation_id = \(federation.id) AND programme_code = \(code) ORDER BY area_id
            """
        ).decode((Int, String, Day?).self)
        return ProgrammeDraft(
            code: code, name: Bilingual(zh: zh, en: en), windowDays: window,
            units: units.map { Unit(areaID: $0.0, arm: $0.1, startOn: $0.2) })
    }
}

extension FactRecorder {
    /// Records programmes: all of them or nothing. One that is there word for word stays as it is.
    /// - Parameter file: what the audit names: the file's SHA-256.
    /// - Returns: codes of those that are new.
    /// - Throws: `conflicting` where another programme has a code: a comparison that was printed must stay what it was.
    @discardableResult
    public func add(
        _ programmes: [ProgrammeDraft], file: String, on connection: PostgresConnection
    ) async throws(RecordingError) -> [String] {
        let lock: SQL = "SELECT pg_advisory_xact_lock(hashtextextended('goutong.stated', \(federation.id)))"
        return try await writing(
            .on(.programmeImport, "file", file), at: nil, after: lock, on: connection
        ) { connection, stamp in
            var added: [String] = []
            for programme in programmes {
                if let standing = try await ProgrammeDraft.standing(
                    programme.code, of: federation, on: connection)
                {
                    guard standing == programme else {
                        throw RecordingError.conflicting(programme.conflict(with: standing))
                    }
                    continue
                }
                try await connection.execute(
                    """
                    INSERT INTO goutong.programme (federation_id, code, name_zh, name_en, window_days, recorded_at,
                        recorded_by)
                    VALUES (\(federation.id), \(programme.code), \(programme.name.zh), \(programme.name.en),
                        \(programme.windowDays), \(stamp), \(authority.account?.uuid))
                    """)
                for unit in programme.units {
                    try await connection.execute(
                        """
                        INSERT INTO goutong.programme_unit (federation_id, programme_code, area_id, arm, start_on)
                        VALUES (\(federation.id), \(programme.code), \(unit.areaID), \(unit.arm), \(unit.startOn))
                        """)
                }
                added.append(programme.code)
            }
            return added
        }
    }
}

extension ProgrammeDraft {
    public func conflict(with standing: ProgrammeDraft) -> DocumentIssue {
        DocumentIssue(
            code: "programme.conflict", pointer: "/\(code)",
            rule: Bilingual(
                zh: "项目 \(code) 已登记（\(standing.name.zh)，\(standing.units.count) 个单位），与这里"
                    + "（\(name.zh)，\(units.count) 个单位）不同",
                en:
                    "programme \(code) is recorded (\(standing.name.en), \(standing.units.count) units) and differs "
                    + "from this one (\(name.en), \(units.count) units)"),
            mend: Bilingual(
                zh: "项目登记后不改；另用一个项目代码", en: "a programme does not change; give this one another code"))
    }
}
