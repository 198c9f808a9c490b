import Foundation
import Funnel
import Outreach
import Testing

@testable import Reporting

@Suite struct FunnelPageTests {
    private func table(_ grouping: FunnelGrouping, _ track: FunnelDefinition.Track = .firm) -> FunnelTable {
        let counts = FunnelCounts(
            FirmFunnelCounts(
                met: 10, atRisk: 8, intent: 4, application: 3, established: 1, converted: 4, covered: 1,
                exited: 1, open: 1, expired: 1, medianDaysToIntent: 12.5))
        let units: [FunnelGrouping: String] = [
            .area: "110105021", .district: "110105", .week: "2018-W37", .venue: "park",
            .headcount: "100-499",
        ]
        return FunnelTable(
            breakdown: FunnelBreakdown(
                groups: units[grouping].map { [.init(unit: $0, counts: counts)] } ?? [], total: counts),
            definition: FunnelDefinition(
                track: track, start: track == .worker ? .intent : .firstContact, boundaries: "as_is"),
            grouping: grouping, from: Day(ordinal: 17_622), to: Day(ordinal: 17_895),
            federation: Bilingual(zh: "测试市<总>工会", en: "Test federation"), synthetic: true,
            asKnownAt: "2018-12-31T18:00:00.000000+08:00", names: ["110105021": "南磨房"])
    }

    @Test(arguments: Language.allCases, FunnelGrouping.allCases)
    func thePageStandsAlone(language: Language, grouping: FunnelGrouping) {
        for track in [FunnelDefinition.Track.firm, .worker] where track == .firm || grouping != .headcount {
            let page = table(grouping, track).html(language)
            #expect(MarkupBalance.firstFault(in: page) == nil)
            #expect(!page.contains("⟦") && !page.contains("<script") && !page.contains("<总>"))
            let words = Catalogue(language)
            #expect(page.contains("<p class=\"synthetic\"") && page.contains(words["row.total"]))
            #expect(page.contains(table(grouping, track).definition.hash))
        }
        let page = table(.area).html(language)
        #expect(page.contains("南磨房") && page.contains("50.0%") && page.contains("12.5"))
    }

    @Test func codesAreWords() {
        #expect(table(.venue).text(.zh).contains("园区") && !table(.venue).text(.zh).contains("park"))
        #expect(table(.venue).html(.en).contains("Park"))
    }

    @Test(arguments: Language.allCases, FunnelGrouping.allCases)
    func theWorkbookIsOne(language: Language, grouping: FunnelGrouping) throws {
        #expect(try table(grouping).workbookBytes(language).starts(with: "PK".utf8))
    }
}
