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
            .headcount: "100-499", .format: "group", .industry: "I", .ownership: "170",
            .category: "courier", .cadre: "张三",
        ]
        return FunnelTable(
            breakdown: FunnelBreakdown(
                groups: units[grouping].map { [.init(unit: $0, counts: counts)] } ?? [], total: counts),
            definition: FunnelDefinition(
                track: track, start: track == .worker ? .intent : .firstContact, boundaries: "as_is"),
            groups: FunnelGroups(grouping), from: Day(ordinal: 17_622), to: Day(ordinal: 17_895),
            federation: Bilingual(zh: "测试市<总>工会", en: "Test federation"), synthetic: true,
            asKnownAt: "2018-12-31T18:00:00.000000+08:00", names: ["110105021": "南磨房"])
    }

    @Test(arguments: Language.allCases, FunnelGrouping.allCases)
    func thePageStandsAlone(language: Language, grouping: FunnelGrouping) {
        for track in [FunnelDefinition.Track.firm, .worker] where grouping.applies(to: track) {
            let page = table(grouping, track).html(language)
            #expect(MarkupBalance.firstFault(in: page) == nil)
            #expect(!page.contains("⟦") && !page.contains("<script") && !page.contains("<总>"))
            let words = Catalogue(language)
            #expect(page.contains("<p class=\"synthetic\"") && page.contains(words["row.total"]))
            #expect(page.contains(words["note.funnel_interval"]), "what its intervals ignore")
            #expect(page.contains(table(grouping, track).definition.hash))
        }
        let page = table(.area).html(language)
        #expect(page.contains("南磨房") && page.contains("50.0%") && page.contains("12.5"))
    }

    @Test func codesAreWords() {
        #expect(table(.venue).text(.zh).contains("园区") && !table(.venue).text(.zh).contains("park"))
        #expect(table(.venue).html(.en).contains("Park"))
        #expect(table(.ownership).text(.zh).contains("私营") && table(.ownership).text(.en).contains("Private"))
    }

    @Test(arguments: Language.allCases, FunnelGrouping.allCases)
    func theWorkbookIsOne(language: Language, grouping: FunnelGrouping) throws {
        #expect(try table(grouping).workbookBytes(language).starts(with: "PK".utf8))
    }

    /// Districts and the kinds of venue in them, with all that stands beside the counts; a firm that two cadres met.
    private func nested(_ levels: [FunnelGrouping]) -> FunnelTable {
        func counts(_ entered: Int) -> FunnelCounts {
            FunnelCounts(
                FirmFunnelCounts(
                    met: entered, atRisk: entered, intent: entered / 2, application: entered / 3,
                    established: entered / 4, converted: entered / 2, covered: 0, exited: 0,
                    open: entered - entered / 2, expired: 0, medianDaysToIntent: 9))
        }
        func firms(_ number: Int) -> FirmTally {
            var tally = FirmTally(steps: 3)
            tally.employees = [number * 120, number * 60, number * 30, 0]
            tally.unstated = [number / 4, number / 8, 0, 0]
            (tally.atMeetings, tally.atTimedMeetings, tally.stated) = (number / 2, number / 3, number / 3)
            return tally
        }
        func meetings(_ number: Int) -> MeetingTally {
            var tally = MeetingTally()
            tally.totals.enterprise = number
            tally.totals.worker = 2
            tally.totals.applications = 31
            tally.totals.cadreMinutes = number * 90
            tally.totals.withoutHours = 1
            (tally.mature, tally.matureMinutes, tally.workerMinutes) = (number, number * 60, number * 30)
            (tally.workerApplications, tally.timedApplications) = (30, 20)
            return tally
        }
        let paths: [([String], Int)] =
            levels == [.cadre]
            ? [([], 12), (["李四"], 5), (["张三"], 9), ([""], 1)]
            : [
                ([], 12), (["110105"], 9), (["110105", "park"], 8), (["110105", ""], 1), (["110106"], 3),
                (["110106", "mall"], 3),
            ]
        let numbers = Dictionary(uniqueKeysWithValues: paths)
        func places(_ number: Int) -> [String: Int] {
            ["110105021": number - number / 3, "110105022": number / 3]
        }
        let groups = FunnelGroups(levels)
        let definition = FunnelDefinition(boundaries: "as_is")
        return FunnelTable(
            breakdown: FunnelBreakdown(
                counts: numbers.mapValues(counts),
                beside: FunnelTallies(
                    firms: numbers.mapValues { places($0).mapValues(firms) },
                    meetings: numbers.mapValues { places($0).mapValues(meetings) },
                    coverage: levels == [.cadre]
                        ? [:]
                        : [
                            []: FunnelCoverage(
                                firms: Proportion(x: 12, n: 40), unknown: 2,
                                employees: Proportion(x: 1440, n: 5000), unstatedFirms: 7),
                            ["110105"]: FunnelCoverage(
                                firms: Proportion(x: 9, n: 30), unknown: 2, employees: nil, unstatedFirms: nil
                            ),
                        ]), groups: groups, definition: definition, asOf: Day(ordinal: 17_895)),
            definition: definition, groups: groups, from: Day(ordinal: 17_622), to: Day(ordinal: 17_895),
            federation: Bilingual(zh: "测试市总工会", en: "Test federation"), synthetic: true,
            asKnownAt: "2018-12-31T18:00:00.000000+08:00", names: ["110105": "朝阳区", "110106": "丰台区"])
    }

    @Test(arguments: Language.allCases) func groupsWithinGroupsAreAsRecorded(language: Language) throws {
        for (name, levels) in [("nested", [FunnelGrouping.district, .venue]), ("cadre", [.cadre])] {
            let table = nested(levels)
            try expectSnapshot(table.text(language), named: "funnel-\(name)-\(language.tag).text")
            #expect(MarkupBalance.firstFault(in: table.html(language)) == nil)
            #expect(!table.html(language).contains("⟦"))
            #expect(try table.workbookBytes(language).starts(with: "PK".utf8))
        }
    }

    @Test func dataOfGroupsWithinGroupsAreAsRecorded() throws {
        try expectSnapshot(nested([.district, .venue]).csv(), named: "funnel-nested.csv")
        try expectSnapshot(nested([.district, .venue]).json(), named: "funnel-nested.json")
        try expectSnapshot(nested([.cadre]).json(), named: "funnel-cadre.json")
    }
}
