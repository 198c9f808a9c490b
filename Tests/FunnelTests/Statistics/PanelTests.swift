import Funnel
import Outreach
import Testing

@Suite struct PanelTests {
    /// Townships 0..<pilots are pilots; a few cells are of nobody.
    private func panel(
        _ seed: UInt64, townships: Int = 9, weeks: Int = 6, gaps: Bool = true
    ) -> [PanelCell] {
        var random = SplitMix64(seed: seed)
        return (0..<townships).flatMap { township in
            (0..<weeks).map { week in
                let n = gaps && random.below(8) == 0 ? 0 : 5 + random.below(30)
                return PanelCell(
                    township: township, week: week,
                    counts: Proportion(x: (0..<n).count { _ in random.below(10) < 3 }, n: n))
            }
        }
    }

    private func analysis(_ cells: [PanelCell], pilots: Int = 4, firstWeek: Int = 3)
        -> DifferenceInDifferences
    {
        DifferenceInDifferences(cells, firstWeek: firstWeek, isPilot: { $0 < pilots })
    }

    @Test("a balanced panel's difference is that of the changes, and CR2's error is Welch's")
    func balanced() throws {
        let analysis = analysis(panel(1, gaps: false))
        let (estimate, change) = try (
            #require(analysis.unweighted), #require(analysis.collapsed)
        )
        #expect(agree(estimate.difference, change.difference, absolute: 1e-13))
        #expect(agree(estimate.standardErrorCR2, change.standardError, relative: 1e-9))
    }

    @Test("equal cells: weights change nothing") func equal() throws {
        let cells = panel(2, gaps: false).map {
            PanelCell(
                township: $0.township, week: $0.week, counts: Proportion(x: min($0.counts.x, 20), n: 20))
        }
        let analysis = analysis(cells)
        let (one, other) = try (#require(analysis.unweighted), #require(analysis.weighted))
        #expect(agree(one.difference, other.difference, absolute: 1e-13))
        #expect(agree(one.standardErrorCR2, other.standardErrorCR2, relative: 1e-9))
        #expect(agree(one.dfCR2, other.dfCR2, relative: 1e-8))
    }

    @Test(
        "weeks counted from elsewhere and townships named otherwise change nothing",
        arguments: 3..<9 as Range<UInt64>)
    func renamed(_ seed: UInt64) throws {
        let cells = panel(seed)
        let one = analysis(cells)
        let other = DifferenceInDifferences(
            cells.reversed().map {
                PanelCell(township: 100 - $0.township, week: $0.week + 40, counts: $0.counts)
            }, firstWeek: 43, isPilot: { $0 > 96 })
        #expect(agree(one.weighted?.standardErrorCR2, other.weighted?.standardErrorCR2, relative: 1e-8))
        #expect(agree(one.weighted?.dfCR2, other.weighted?.dfCR2, relative: 1e-7))
        #expect(
            agree(one.eventStudy?.pretrend?.pValue, other.eventStudy?.pretrend?.pValue, relative: 1e-7))
        #expect(agree(one.pretrendSlope?.estimate, other.pretrendSlope?.estimate, relative: 1e-8))
        #expect(one.unweighted?.parameters == other.unweighted?.parameters)
    }

    @Test("no week after, none before, or no other townships: no difference") func undetermined() {
        #expect(analysis(panel(9), firstWeek: 6).unweighted == nil)
        #expect(analysis(panel(9), firstWeek: 0).weighted == nil)
        #expect(analysis(panel(9), pilots: 9).unweighted == nil)
        #expect(analysis(panel(9), pilots: 0).unweighted == nil)
        let none = analysis([])
        #expect(none.unweighted == nil && none.collapsed == nil && none.eventStudy == nil)
    }

    @Test("one pilot township: a difference, and only randomisation for its error") func single() throws {
        let analysis = analysis(panel(10, gaps: false), pilots: 1)
        #expect(analysis.needsRandomisation)
        #expect(analysis.unweighted != nil)
        #expect(try #require(analysis.collapsed).standardError == nil)
    }

    @Test("one week before: no pre-trend to judge") func short() {
        let analysis = analysis(panel(11), firstWeek: 1)
        #expect(analysis.pretrendSlope == nil)
        #expect(analysis.eventStudy?.pretrend == nil)
        #expect(analysis.eventStudy?.weeks.map(\.week) == [0, 1, 2, 3, 4])
    }

    @Test("a week before the start of nobody leaves no event study") func reference() {
        let cells = panel(12).filter { $0.week != 2 }
        #expect(analysis(cells).eventStudy == nil)
        #expect(analysis(cells).unweighted != nil)
    }

    @Test("effects of staggered starts are differences of mean changes") func staggered() throws {
        let cells = [0, 1, 2, 3].flatMap { township in
            (0..<4).map { week in
                PanelCell(
                    township: township, week: week,
                    counts: Proportion(x: township < 2 && week >= 2 ? 6 : 2, n: 10))
            }
        }
        let adoption = StaggeredAdoption(cells, weeks: 4) { $0 < 2 ? 2 : nil }
        #expect(adoption.effects.map(\.week) == [0, 2, 3])
        #expect(agree(adoption.overall, 0.4, absolute: 1e-15))
        #expect(adoption.effects.allSatisfy { agree($0.standardError, 0, absolute: 1e-15) })
    }

    @Test("starts without a week before, and weeks of nobody") func staggeredEdges() throws {
        let cells = panel(13, gaps: false).filter { !($0.township < 2 && $0.week == 4) }
        let adoption = StaggeredAdoption(cells, weeks: 6) { $0 < 2 ? 2 : $0 == 2 ? 0 : nil }
        #expect(Set(adoption.effects.map(\.cohort)) == [2])
        #expect(try #require(adoption.effects.first { $0.week == 4 }).effect == nil)
        #expect(adoption.overall != nil)
        let nobodyLeft = StaggeredAdoption(cells, weeks: 6) { _ in 2 }
        #expect(nobodyLeft.overall == nil)
        #expect(nobodyLeft.effects.allSatisfy { $0.effect == nil })
    }

    @Test("a coefficient that one township determines has an error of 0 by CR0, and none by CR2") func alone()
        throws
    {
        // Only township 0 has weeks on both sides of the start.
        let counts: [(Int, Int, Int, Int)] = [
            (0, 2, 10, 18), (1, 3, 2, 15), (0, 4, 27, 27), (2, 4, 15, 22), (0, 0, 20, 22), (2, 0, 4, 8),
            (1, 1, 1, 6), (2, 2, 15, 25),
        ]
        let cells = counts.map { PanelCell(township: $0, week: $1, counts: Proportion(x: $2, n: $3)) }
        let analysis = analysis(cells, pilots: 1, firstWeek: 2)
        let estimate = try #require(analysis.unweighted)
        #expect(estimate.standardErrorCR0 < 1e-14)
        #expect(estimate.standardErrorCR2 == nil && estimate.dfCR2 == nil && estimate.intervalCR2 == nil)
    }
}
