import Outreach
import OutreachStore
import PostgresClient
import Testing

/// A list of firms: each bad row told, the good ones in or none, and the same however often it is stopped.
@Suite struct FirmImportTests {
    private static let today = Day(ordinal: 18_000)

    @Test("20,000 firms, one in a hundred bad: each told by line, column and rule; the good ones in")
    func badRows() async throws {
        try await StoreFixture.withFederation { fixture in
            let list = FirmList(rows: 20_000)
            var work = try await checked(list.text, fixture)
            #expect(work.count.rows == 20_000)
            #expect(work.count.bad == list.bad.count && list.bad.count == 200)
            #expect(work.report.issues.map { Told($0) } == list.bad)
            #expect(try await firms(fixture) == 0, "nothing is in the ledger yet")

            try await work.preview()
            #expect(work.count.added == 19_800)
            #expect(try await firms(fixture) == 0, "a preview writes nothing that stays")

            var published = try await checked(list.text, fixture)
            try await published.publish()
            #expect(published.count.added == 19_800 && published.count.present == 0)
            #expect(try await firms(fixture) == 19_800)
            try await ledgerHolds(list, fixture)

            var again = try await checked(list.text, fixture)
            try await again.publish()
            #expect(again.count.added == 0 && again.count.changed == 0 && again.count.present == 19_800)
        }
    }

    @Test("stopped half-way and run again, the ledger is that of one run") func stopped() async throws {
        let list = FirmList(rows: 6000)
        let whole = try await StoreFixture.withFederation { fixture in
            var work = try await checked(list.text, fixture)
            try await work.publish()
            return try await content(fixture)
        }
        try await StoreFixture.withFederation { fixture in
            let stopped = Task {
                var work = try await checked(list.text, fixture) { progress in
                    if progress.step == .publishing, progress.rows >= 3000 {
                        withUnsafeCurrentTask { $0?.cancel() }
                    }
                }
                try await work.publish()
            }
            await #expect(throws: (any Error).self) { try await stopped.value }
            #expect(try await firms(fixture) == 3000)
            var work = try await checked(list.text, fixture)
            guard case .stopped = try await work.run.standing(on: fixture.connection) else {
                Issue.record("the stopped run is not on record")
                return
            }
            try await work.publish()
            #expect(work.count.added == list.good - 3000 && work.count.present == 3000)
            #expect(try await content(fixture) == whole)
            guard case .finished = try await work.run.standing(on: fixture.connection) else {
                Issue.record("the run is not finished")
                return
            }
            #expect(
                try await audited(fixture, "import.firms") == 2,
                "one entry for the run that was stopped, one for the other")
        }
    }

    @Test("firms that the ledger has are found by code and by name, gain their code, and are not renamed")
    func matching() async throws {
        try await StoreFixture.withFederation { fixture in
            var document = try Documents.enterprise(firms: 3, intents: 0)
            document.firms[0].uscc = try CreditCode(validating: FirmList.code(1))
            document.firms[0].name = "北京有码有限公司"
            document.firms[1].name = "北京无码有限公司"
            document.firms[2].name = "北京只有名有限公司"
            _ = try await fixture.recorder.record(.record(document), on: fixture.connection)
            while try await JourneyQueue.drain(
                federation: fixture.federation, limit: 100, on: fixture.connection) > 0
            {}
            let list = """
                uscc,name,area,registered_on,headcount,organised_from
                \(FirmList.code(1)),北京有码,110105021,2016-01-01,30,2017-05-01
                \(FirmList.code(2)),北京无码,110105021,,,
                \(FirmList.code(3)),北京无码,110105021,,,
                ,北京有码,110105021,,,
                ,北京只有名（股份有限公司）,110105021,,,
                """
            var work = try await checked(list, fixture)
            #expect(work.report.issues.map { Told($0) } == [Told(5, nil, "firm.listed_twice")])
            try await work.publish()
            #expect(work.count.added == 1 && work.count.changed == 2 && work.count.present == 1)
            #expect(try await firms(fixture) == 4)
            #expect(
                try await JourneyQueue.differences(federation: fixture.federation, on: fixture.connection)
                    == [])
            let gained = try await fixture.connection.query(
                "SELECT uscc FROM goutong.firm_identity WHERE superseded_at IS NULL AND name = '北京无码有限公司'"
            ).map { row in try row.decode(String?.self) }
            #expect(gained == [FirmList.code(2)])
            let other = try await checked("uscc,name,area\n\(FirmList.code(1)),别的公司,110105021\n", fixture)
            #expect(other.report.issues.map(\.issue.code) == ["firm.name_conflict"])
        }
    }

    @Test("a list changes what it says of a firm, and leaves what it says nothing of as it is")
    func profiles() async throws {
        try await StoreFixture.withFederation { fixture in
            let code = FirmList.code(1)
            let lists = [
                ("headcount,industry", "40,I65"), ("registration_type", "私营有限责任公司"),
                // Nothing new.
                ("registration_type", "173"), ("industry", ""), ("headcount", "40"),
                ("headcount_band", "100-499"), ("registration_type,industry", "151,F51"),
            ]
            var changed: [Int] = []
            for (columns, values) in lists {
                var work = try await checked(
                    "uscc,name,area,\(columns)\n\(code),北京甲有限公司,110105021,\(values)\n", fixture)
                try await work.publish()
                changed.append(work.count.changed)
            }
            #expect(changed == [0, 1, 0, 0, 0, 1, 1])
            let kept = try await fixture.connection.query(
                """
                SELECT concat_ws(' ', coalesce(headcount::text, '-'), headcount_band, industry, registration_type,
                    classification_version, superseded_at IS NULL)
                FROM goutong.firm_profile ORDER BY recorded_at
                """
            ).map { row in try row.decode(String.self) }
            #expect(
                kept == [
                    "40 25-99 I65 f", "40 25-99 I65 173 2011 f", "- 100-499 I65 173 2011 f",
                    "- 100-499 F51 151 2011 t",
                ])
            let firm = try await FirmSearch(federation: fixture.federation).firm(
                .uscc(try CreditCode(validating: code)), on: fixture.connection)
            #expect(firm?.registrationType == RegistrationType(code: "151", name: "国有独资公司"))
            let unknown = try await checked(
                "name,area,登记注册类型\n北京乙有限公司,110105021,自然人独资\n", fixture)
            #expect(unknown.report.issues.map(\.issue.code) == ["registration_type.unknown"])
        }
    }

    @Test("every type stands below a heading that is one of the types, and every heading has its words")
    func headings() async throws {
        try await StoreFixture.withFederation { fixture in
            let types = try await fixture.connection.query(
                "SELECT code, heading, name FROM goutong.registration_type ORDER BY code"
            ).decode((String, String, String).self)
            #expect(types.count == 34 && Set(types.map(\.2)).count == 34)
            let headings = Set(types.map(\.1))
            #expect(
                headings.sorted() == [
                    "110", "120", "130", "140", "150", "160", "170", "190", "200", "300", "400", "600", "700",
                ])
            #expect(headings.isSubset(of: types.map(\.0)))
            // Government bodies stand with the institutions; every other type below its first digits.
            for (code, heading, _) in types where code != "500" {
                let digits = code.hasPrefix("1") ? 2 : 1
                #expect(code.prefix(digits) == heading.prefix(digits), "\(code)")
            }
        }
    }

    @Test("an id made in SQL is the one made in Swift") func derivedIDs() async throws {
        try await StoreFixture.withFederation { fixture in
            var work = try await checked("name,area\n北京甲有限公司,110105021\n", fixture)
            try await work.publish()
            let id = try await fixture.connection.query("SELECT firm_id FROM goutong.firm").only()
                .decode(FirmID.self)
            #expect("\(id)".dropFirst(14).first == "8")
            #expect(id == FirmID.derivedForTest("firm/name/110105/北京甲"))
        }
    }

    // MARK: Fixture

    struct Told: Equatable {
        let line: Int
        let column: Int?
        let code: String

        init(_ line: Int, _ column: Int?, _ code: String) {
            (self.line, self.column, self.code) = (line, column, code)
        }

        init(_ issue: RowIssue) { self.init(issue.line, issue.column, issue.issue.code) }
    }

    private func checked(
        _ text: String, _ fixture: StoreFixture, watch: @escaping (ImportProgress) -> Void = { _ in }
    ) async throws -> FirmImport {
        var work = FirmImport(
            MemorySource(text), into: fixture.federation, areas: fixture.areas, on: fixture.connection,
            watch: watch)
        try await work.read(map: [:], today: Self.today)
        try await work.check()
        return work
    }

    private func firms(_ fixture: StoreFixture) async throws -> Int {
        try await fixture.connection.query("SELECT count(*) FROM goutong.firm").only().decode(Int.self)
    }

    private func audited(_ fixture: StoreFixture, _ action: String) async throws -> Int {
        try await fixture.connection.query(
            "SELECT count(*) FROM goutong.audit_entry WHERE action = \(action)"
        ).only().decode(Int.self)
    }

    /// Everything that an import of firms writes, without its stamps.
    private func content(_ fixture: StoreFixture) async throws -> [String] {
        try await fixture.connection.query(
            """
            SELECT md5(string_agg(x, E'\\n' ORDER BY x)) FROM (
                SELECT 'f' || firm_id AS x FROM goutong.firm
                UNION ALL SELECT concat_ws('|', 'i', firm_id, uscc, name, folded_name, district_code, area_id)
                FROM goutong.firm_identity
                UNION ALL SELECT concat_ws('|', 'r', registration_id, firm_id, area_id, registered_on)
                FROM goutong.firm_registration
                UNION ALL SELECT concat_ws('|', 'p', firm_id, headcount, headcount_band, industry,
                    registration_type, classification_version)
                FROM goutong.firm_profile
                UNION ALL SELECT concat_ws('|', 'c', coverage_id, firm_id, organised_from, organised_until)
                FROM goutong.union_coverage) a
            """
        ).map { row in try row.decode(String.self) }
    }

    private func ledgerHolds(_ list: FirmList, _ fixture: StoreFixture) async throws {
        let counts = try await fixture.connection.query(
            """
            SELECT (SELECT count(*) FROM goutong.firm_identity WHERE uscc IS NOT NULL AND superseded_at IS NULL),
                   (SELECT count(*) FROM goutong.firm_registration),
                   (SELECT count(*) FROM goutong.firm_profile WHERE headcount_band IS NOT NULL),
                   (SELECT count(*) FROM goutong.union_coverage),
                   (SELECT count(DISTINCT recorded_at) FROM goutong.firm)
            """
        ).only().decode((Int, Int, Int, Int, Int).self)
        #expect(counts == (list.good, list.good, list.good, list.covered, 20))
    }
}
