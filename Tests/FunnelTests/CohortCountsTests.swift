import Funnel
import Testing

@Suite struct CohortCountsTests {
    /// Ten firms whose windows have ended, four with an intent; six that are still open.
    private let street = CohortCounts(
        matured: Proportion(x: 4, n: 10), immature: 6,
        endings: [
            .init(days: 3, end: .event, firms: 4), .init(days: 40, end: .competing, firms: 1),
            .init(days: 90, end: .censored, firms: 5), .init(days: 5, end: .event, firms: 2),
            .init(days: 20, end: .censored, firms: 4),
        ])

    @Test("the provisional share is Aalen and Johansen's over every firm")
    func provisional() throws {
        let share = try #require(street.provisional(window: 90))
        // Six of sixteen within five days, and none later.
        #expect(abs(share.share - 6.0 / 16) < 1e-12)
        #expect(share.firms == 16 && share.followed == 5)
        let interval = try #require(share.interval)
        #expect(interval.lower < share.share && share.share < interval.upper)
    }

    @Test("with every window over it is the rate itself, so that there is none")
    func nothingProvisional() throws {
        let closed = CohortCounts(
            matured: Proportion(x: 4, n: 10), immature: 0,
            endings: [.init(days: 3, end: .event, firms: 4), .init(days: 90, end: .censored, firms: 6)])
        #expect(closed.provisional(window: 90) == nil)
        var open = closed
        open.immature = 1
        let share = try #require(open.provisional(window: 90)).share
        #expect(abs(share - 0.4) < 1e-12)
    }

    @Test("nobody followed to the window's end: no estimate, not 0")
    func young() {
        let young = CohortCounts(
            matured: Proportion(x: 0, n: 0), immature: 3, endings: [.init(days: 9, end: .censored, firms: 3)])
        #expect(young.provisional(window: 90) == nil)
        #expect(CohortCounts.none.provisional(window: 90) == nil)
    }

    @Test("an intent of nobody so far is a share of 0 that nothing is certain of")
    func noneYet() throws {
        let quiet = CohortCounts(
            matured: Proportion(x: 0, n: 2), immature: 1,
            endings: [.init(days: 90, end: .censored, firms: 2), .init(days: 8, end: .censored, firms: 1)])
        let share = try #require(quiet.provisional(window: 90))
        #expect(share.share == 0 && share.interval == nil && share.firms == 3)
    }

    @Test("places add up, whatever their order")
    func sums() {
        let both = CohortCounts(sumOf: [street, street])
        #expect(both.matured == Proportion(x: 8, n: 20) && both.immature == 12)
        #expect(both.endings.reduce(0) { $0 + $1.firms } == 32)
        #expect(both == CohortCounts(sumOf: [street, street].reversed()))
        #expect(CohortCounts(sumOf: [street, .none]) == CohortCounts(sumOf: [.none, street]))
    }
}
