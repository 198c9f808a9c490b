import Outreach
import SampleData
import Testing

@Suite("The sample meets the published totals")
struct SampleTotalsTests {
    @Test("exactly, whatever the seed", arguments: [0, 1, 2, 7, 42, 2018, 20_181_230, UInt64.max])
    func totals(seed: UInt64) throws {
        let sample = try SampleGenerator(seed: seed, areas: SampleFixture.areas()).makeSample()
        let tally = SampleTally(entries: sample.entries)
        #expect(tally.figures.enterpriseMeetings == 1714)
        #expect(tally.figures.workerMeetings == 870)
        #expect(tally.figures.firmsMet == 3745)
        #expect(tally.figures.unorganisedFirmsMet == 2616)
        #expect(tally.figures.foundingIntents == 885)
        #expect(tally.figures.onSiteApplications == 15_500)
        #expect(tally.intentsByOtherFirms == 0)
        #expect(tally.intentsBeforeFirstContact == 0)
        // Throws where an entry comes before what it builds on.
        _ = try SampleRecord(sample)
    }

    @Test("or is refused where the areas cannot carry them")
    func tooFewAreas() throws {
        let none = SampleGenerator(seed: 1, areas: [])
        #expect(throws: SampleError.areasTooFew) { try none.makeSample() }
        let late = try SampleFixture.areas().map { area in
            SampleArea(
                code: area.code, name: area.name, districtCode: area.districtCode,
                districtName: area.districtName, arm: area.arm, startOn: Day(ordinal: 17_897))
        }
        let afterTheYear = SampleGenerator(seed: 1, areas: late)
        #expect(throws: SampleError.areasTooFew) { try afterTheYear.makeSample() }
    }
}
