import Outreach
import Testing

@Suite struct WarningTests {
    private func document(_ kind: MeetingKind) throws -> MeetingDocument {
        let id = try #require(MeetingID("0168325a-1c00-7000-8000-00000000e001"))
        let day = try #require(Day(iso: "2018-09-12"))
        return MeetingDocument(
            id: id, kind: kind, heldOn: day, area: try AreaCode(validating: "110105021"),
            venue: Venue(kind: .park))
    }

    private func pointers(_ document: MeetingDocument) -> [String] { document.warnings.map(\.pointer) }

    @Test func anEnterpriseMeetingWithoutFirms() throws {
        var document = try document(.enterprise)
        #expect(pointers(document) == ["/firms"])
        document.firms = [FirmMet(name: "示例", unionStatus: .unknown)]
        #expect(pointers(document) == [])
    }

    @Test(arguments: [(100, []), (101, ["/applications"])] as [(Int, [String])])
    func manyAskedAndNobodyApplied(_ consulted: Int, _ expected: [String]) throws {
        var document = try document(.worker)
        document.counts.consulted = consulted
        #expect(pointers(document) == expected)
    }

    @Test func firmsThatContradictThemselves() throws {
        var document = try document(.enterprise)
        var firm = FirmMet(
            uscc: try CreditCode(validating: "911101051000000108"), unionStatus: .unorganised)
        firm.headcount = 0
        firm.attitude = .opposed
        firm.intent = Intent(form: .verbal, on: document.heldOn)
        document.firms = [firm]
        #expect(pointers(document) == ["/firms/0/uscc", "/firms/0/headcount", "/firms/0/attitude"])
    }

    @Test(arguments: [("20:00", 0), ("20:01", 1)]) func aVeryLongDay(_ end: String, _ count: Int) throws {
        var document = try document(.worker)
        document.startsAt = TimeOfDay("08:00")
        document.endsAt = TimeOfDay(end)
        #expect(document.warnings.count == count)
    }
}
