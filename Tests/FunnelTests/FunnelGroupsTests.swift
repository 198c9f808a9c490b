import Foundation
import Funnel
import Outreach
import Testing

@Suite struct FunnelGroupsTests {
    struct Wrong: CustomTestStringConvertible, Sendable {
        let words: [String]
        let track: FunnelDefinition.Track
        let error: FunnelGroupsError
        var testDescription: String { words.joined(separator: " ") }
    }

    static let wrongs = [
        Wrong(words: ["mood"], track: .firm, error: .unknown),
        Wrong(words: [""], track: .firm, error: .unknown),
        Wrong(words: ["area,"], track: .firm, error: .unknown),
        Wrong(words: ["area", "ownership"], track: .worker, error: .ofTheOtherTrack(.ownership)),
        Wrong(words: ["headcount"], track: .worker, error: .ofTheOtherTrack(.headcount)),
        Wrong(words: ["week,industry"], track: .worker, error: .ofTheOtherTrack(.industry)),
        Wrong(words: ["category"], track: .firm, error: .ofTheOtherTrack(.category)),
        Wrong(words: ["week", "week"], track: .firm, error: .twice(.week)),
        Wrong(words: ["none,week"], track: .firm, error: .noneAmongOthers),
        Wrong(words: ["area,district"], track: .firm, error: .districtWithinArea),
    ]

    @Test(arguments: wrongs) func whatMakesNoSenseIsRefused(_ wrong: Wrong) {
        #expect(throws: wrong.error) { try FunnelGroups(words: wrong.words, of: wrong.track) }
        #expect(!wrong.error.rule.zh.isEmpty && wrong.error.rule.zh != wrong.error.rule.en)
        #expect(!wrong.error.mend.zh.isEmpty && !wrong.error.code.isEmpty)
    }

    @Test func groupsAreRead() throws {
        #expect(try FunnelGroups(words: [], of: .firm).levels == [])
        #expect(try FunnelGroups(words: ["none"], of: .firm).text == "none")
        let groups = try FunnelGroups(words: ["district,area", "cadre"], of: .firm)
        #expect(groups.levels == [.district, .area, .cadre] && groups.text == "district,area,cadre")
        #expect(groups.overlaps && groups.depth(\.isPlace) == 2 && groups.depth(\.isOfMeetings) == 3)
        #expect(FunnelGroups([.district, .headcount, .week]).depth(\.isOfMeetings) == 1)
        let owned = try FunnelGroups(words: ["ownership,district"], of: .firm)
        #expect(!owned.overlaps && owned.depth(\.isPlace) == 0 && owned.depth(\.isOfMeetings) == 0)
    }

    /// Each group before its parts; in the field's order, never by a rate; what is not known last.
    @Test func theOrderIsTheFields() {
        let order = FunnelGroupOrder(FunnelGroups([.headcount, .venue]))
        let sorted = [
            ["", "park"], ["500+"], ["1-9", ""], [], ["100-499", "firm"], ["1-9", "market"], [""],
            ["1-9"], ["10-24"], ["1-9", "community"], ["25-99", "new"], ["25-99", "other"],
        ].sorted(by: order.precedes)
        #expect(
            sorted == [
                [], ["1-9"], ["1-9", "community"], ["1-9", "market"], ["1-9", ""], ["10-24"],
                ["25-99", "other"], ["25-99", "new"], ["100-499", "firm"], ["500+"], [""], ["", "park"],
            ])
    }
}

@Suite struct FunnelRateTests {
    @Test func nothingToDivideByIsNoRate() {
        let rate = FunnelRate(.intentsPerMeeting, townships: [(x: 0, n: 0)])
        #expect(rate.value == nil && rate.interval == nil && rate.townships == 0)
    }

    /// One township alone is exact for counts: 3 at 6 meetings, which are no chance of their own.
    @Test func oneTownshipAlone() throws {
        let rate = FunnelRate(.intentsPerMeeting, townships: [(x: 3, n: 6), (x: 0, n: 0)])
        #expect(rate.value == 0.5 && rate.townships == 1)
        #expect(rate.interval == CountRate(3, over: 6).interval && rate.method == .poisson)
        // Of one meeting: 46 and the exact limits of R's poisson.test.
        let one = try #require(FunnelRate(.applicationsPerMeeting, townships: [(x: 46, n: 1)]).interval)
        #expect(
            agree(one.lower, 33.677_781_4, absolute: 1e-6) && agree(one.upper, 61.357_553_7, absolute: 1e-6))
    }

    /// Townships are the clusters: what they all alike do is surer than what one of them does alone.
    @Test func townshipsAreTheClusters() throws {
        let even = FunnelRate(
            .intentsPerMeeting, townships: (0..<40).map { (x: 5 + $0 % 2, n: 10) })
        let uneven = FunnelRate(
            .intentsPerMeeting, townships: (0..<40).map { (x: $0 < 20 ? 1 : 10, n: 10) })
        #expect(even.value == 0.55 && uneven.value == 0.55 && even.method == .clustered)
        let (narrow, wide) = (try #require(even.interval), try #require(uneven.interval))
        #expect(narrow.upper - narrow.lower < (wide.upper - wide.lower) / 5)
        #expect(wide.lower < 0.55 && 0.55 < wide.upper)
    }

    /// Minutes and persons are counted; hours and thousands are printed.
    @Test func theScaleIsTheKinds() throws {
        let hours = FunnelRate(.applicationsPerHour, townships: [(x: 6, n: 90), (x: 2, n: 30)])
        #expect(hours.value == 4)
        let thousands = FunnelRate(.intentsPerThousandEmployees, townships: [(x: 2, n: 500), (x: 0, n: 300)])
        #expect(thousands.value == 2.5)
        let interval = try #require(thousands.interval)
        #expect(interval.lower == 0 && interval.upper > 2.5)
    }
}
