import Foundation
import Funnel
import Outreach
import Testing

@Suite struct PublicationTests {
    private static let december = PublicationFixture.day(12, 30)

    /// Linear programs take their time: more in the long mode.
    static func seeds(_ few: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment["GOUTONG_TEST_LONG"] == nil ? few : few * 8
    }

    private func published(_ seed: UInt64, _ asOf: Day = december) throws -> PilotComparison {
        try PublicationFixture.comparison(seed: seed, asOf: asOf).published()
    }

    @Test(
        "no suppressed number of a folder can be worked out",
        arguments: 0..<PublicationTests.seeds(8) as Range<UInt64>)
    func alone(_ seed: UInt64) throws {
        let folder = try published(seed)
        #expect(folder.audience == .public && folder.cells.contains(where: \.suppressed))
        #expect(try FolderAttack([folder]).recovered() == [])
        let rule = SuppressionRule()
        for cell in folder.cells {
            guard let x = cell.numerator, let n = cell.denominator else { continue }
            #expect(!rule.isDisclosive(x) && !rule.isDisclosive(n) && !rule.isDisclosive(n - x))
            #expect(cell.stage == .unorganised || n == 0 || x != n)
        }
    }

    @Test(
        "nor from two weeks' folders side by side", arguments: 0..<PublicationTests.seeds(3) as Range<UInt64>)
    func sideBySide(_ seed: UInt64) throws {
        // A month's windows close between the two.
        let folders = try [PublicationFixture.day(12, 23), Self.december].map { try published(seed, $0) }
        #expect(folders[0].cells.count < folders[1].cells.count)
        #expect(try FolderAttack(folders).recovered() == [])
        // What was published stays as it was.
        let later = Set(folders[1].cells)
        #expect(folders[0].cells.allSatisfy(later.contains))
        #expect(folders[0].totals.allSatisfy(Set(folders[1].totals).contains))
    }

    @Test("hiding the small cells alone would not do: the attack finds them")
    func primaryOnly() throws {
        let rule = SuppressionRule()
        var broken = 0
        for seed in 0..<2 as Range<UInt64> {
            var folder = try published(seed)
            let open = try PublicationFixture.comparison(seed: seed, asOf: Self.december)
                .published(rule: SuppressionRule(threshold: 1))
            let full = Dictionary(
                uniqueKeysWithValues: open.cells.map {
                    ("\($0.arm)\($0.unitCode)\($0.periodFrom)\($0.stage)", $0)
                })
            folder.cells = folder.cells.map { cell in
                guard let whole = full["\(cell.arm)\(cell.unitCode)\(cell.periodFrom)\(cell.stage)"],
                    let x = whole.numerator, let n = whole.denominator,
                    !rule.isDisclosive(x), !rule.isDisclosive(n), !rule.isDisclosive(n - x)
                else { return cell }
                return whole
            }
            folder.totals = open.totals
            if let recovered = try FolderAttack([folder]).recovered(), !recovered.isEmpty { broken += 1 }
        }
        #expect(broken == 2)
    }

    @Test(
        "late entries are not told by the folder before and the folder after",
        arguments: 0..<PublicationTests.seeds(3) as Range<UInt64>)
    func lateEntries(_ seed: UInt64) throws {
        let before = try published(seed)
        let earlier = EarlierPublication(
            programme: before.programme, windowDays: before.windowDays, cells: before.cells,
            totals: before.totals, estimates: before.estimates)
        var random = SplitMix64(seed: seed + 1000)
        var changed = PublicationFixture.comparison(seed: seed, asOf: Self.december)
        for index in changed.cells.indices where changed.cells[index].stage == .unorganised {
            // A firm met late, or many.
            guard random.below(8) == 0 else { continue }
            let more = random.below(3) == 0 ? 9 : 1 + random.below(4)
            changed.cells[index].denominator? += more
            changed.cells[index].numerator? += random.below(2) * more
        }
        let after = try changed.published(after: earlier)
        #expect(try FolderAttack([after]).recovered() ?? [] == [])
        #expect(try FolderAttack([before, after]).recovered() ?? [] == [])
        let rule = SuppressionRule()
        #expect(before.cells.count == after.cells.count)
        for (old, new) in zip(before.cells, after.cells) {
            #expect(old.suppressed == new.suppressed)
            guard let a = old.numerator, let b = new.numerator, let m = old.denominator,
                let n = new.denominator
            else { continue }
            #expect(!rule.isDisclosive(abs(a - b)) && !rule.isDisclosive(abs(m - n)))
        }
        let places = Dictionary(uniqueKeysWithValues: before.totals.map { ($0.place, $0) })
        for new in after.totals {
            guard let old = places[new.place], let m = old.denominator, let n = new.denominator else {
                continue
            }
            #expect(!rule.isDisclosive(abs(m - n)))
        }
        #expect(after.carried > 0)
        // Without it they would be.
        let alone = try changed.published()
        #expect(alone.totals != after.totals)
    }

    @Test("an earlier folder of another programme or window is refused")
    func otherProgramme() throws {
        let comparison = PublicationFixture.comparison(seed: 1, asOf: Self.december)
        #expect(throws: PilotPublicationError.otherProgramme) {
            try comparison.published(
                after: EarlierPublication(programme: "another", windowDays: comparison.windowDays))
        }
        #expect(throws: PilotPublicationError.otherWindow) {
            try comparison.published(
                after: EarlierPublication(programme: comparison.programme, windowDays: 90))
        }
    }

    @Test("counts that contradict each other are not published")
    func contradictory() throws {
        var comparison = PublicationFixture.comparison(seed: 1, asOf: Self.december)
        let index = try #require(comparison.cells.firstIndex { $0.stage == .established })
        comparison.cells[index].numerator = 99
        #expect(throws: PilotPublicationError.contradictoryCounts) { try comparison.published() }
    }

    @Test(
        "estimates are of what the totals show, and withheld with them",
        arguments: 0..<PublicationTests.seeds(3) as Range<UInt64>)
    func estimates(_ seed: UInt64) throws {
        let folder = try published(seed)
        for stage in PilotStage.allCases {
            for (arm, estimand) in [
                (PilotArm.pilot, PilotEstimand.pilotRate), (.comparison, .comparisonRate),
            ] {
                guard
                    let estimate = folder.estimates.first(where: {
                        $0.outcome == stage && $0.estimand == estimand
                    })
                else { continue }
                let shown = folder.totals.filter {
                    $0.arm == arm && $0.districtCode == nil && $0.stage == stage && !$0.suppressed
                }
                if estimate.suppressed {
                    #expect(estimate.n == nil && estimate.estimate == nil)
                } else if let n = estimate.n, let rate = estimate.estimate {
                    #expect(
                        shown.contains {
                            $0.denominator == n && $0.numerator == Int((rate * Double(n)).rounded())
                        })
                }
            }
        }
        #expect(folder.estimates.contains { !$0.suppressed })
    }
}
