import Outreach
import Testing

@testable import Reporting

@Suite struct NumberTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (15_500, "15,500"), (-1_234_567, "-1,234,567"),
    ])
    func englishGroupsThousands(value: Int, text: String) {
        #expect(Catalogue(.en).count(value) == text)
        #expect(Catalogue(.zh).count(value) == String(value))
    }

    @Test func whatIsUnknownIsADash() {
        let words = Catalogue(.zh)
        #expect(words.count(nil) == "—")
        #expect(words.percent(nil) == "—")
        #expect(words.rate(RateEstimate(x: 0, of: 0)) == "—")
        #expect(words.interval(RateEstimate(x: 0, of: 0)) == "—")
    }

    @Test func aRateCarriesItsFractionAndItsInterval() {
        let estimate = RateEstimate(x: 885, of: 2616)
        #expect(Catalogue(.zh).rate(estimate) == "33.8%（885/2616）")
        #expect(Catalogue(.en).rate(estimate) == "33.8% (885/2,616)")
        #expect(Catalogue(.zh).interval(estimate) == "32.0%–35.7%")
    }

    @Test func aPartLargerThanTheWholeIsNoRate() {
        #expect(RateEstimate(x: 3, of: 2) == nil)
        #expect(RateEstimate(x: -1, of: 2) == nil)
    }

    @Test(arguments: [
        ("2018-12-31T09:00:00.000001+08:00", "2018年12月31日09:00（+08:00）"),
        ("2018-12-31T09:00:00Z", "2018年12月31日09:00（Z）"), ("now", "now"),
    ])
    func instants(text: String, shown: String) {
        #expect(Catalogue(.zh).instant(text) == shown)
    }

    @Test(arguments: [(0.0004, "<0.001"), (0.0364, "0.036"), (1.0, "1.000")])
    func probabilities(value: Double, text: String) {
        #expect(Catalogue(.en).probability(value) == text)
    }
}
