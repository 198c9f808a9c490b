import Funnel
import Outreach

/// A small federation at the end of 2018-W52: three streets in two districts, the published totals.
enum WeeklyFixture {
    static func figures(synthetic: Bool = true) -> WeeklyFigures {
        var figures = WeeklyFigures(
            week: Week(ending: day("2018-12-30")), since: day("2018-04-02"),
            asKnownAt: "2018-12-31T09:00:00.000001+08:00",
            federation: Bilingual(zh: "示例市总工会", en: "Example City Federation"),
            synthetic: synthetic, definition: FunnelDefinition(), headline: headline,
            firmFunnel: FirmFunnelCounts(
                met: 3745, atRisk: 1480, intent: 512, application: 301, established: 187,
                converted: 820, covered: 64, exited: 210, open: 1090, expired: 412,
                medianDaysToIntent: 23.5),
            cumulativeIntent: Proportion(x: 885, n: 2616),
            reconciliation: IntentReconciliation(
                withinWindow: 820, afterWindow: 45, beforeFirstContact: 20, other: 0),
            outcomes: IntentOutcomes(
                established: 412, joinedJointUnion: 96, coveredByParent: 31, inProgress: 188,
                noProgress: 121, lapsedOrDeclined: 24, closedOrMoved: 13),
            workers: WorkerFunnelCounts(
                consulted: 21_340, applied: 15_500, verified: 13_870, admitted: 13_102,
                workerMeetings: 870, paper: 9020, qr: 5310, app: 640,
                standings: WorkerStandings(
                    pending: 390, verified: 610, admitted: 13_102, rejected: 204, withdrawn: 88, duplicate: 51
                )),
            areas: areas, districts: districts, conservation: conservation, completeness: completeness,
            followUps: followUps)
        figures.cohorts = CohortCounts(sumOf: areas.map(\.cohorts))
        figures.entryWeeks = entryWeeks
        figures.maturedWeeks = MaturedWeeks(
            week: day("2018-09-17"), previous: day("2018-09-10"),
            counts: [Proportion(x: 2, n: 6), Proportion(x: 5, n: 14)],
            previousCounts: [Proportion(x: 3, n: 7), Proportion(x: 4, n: 11)])
        figures.twoSided = twoSided
        figures.waitingIntents = waiting
        figures.opinions = opinions
        figures.plausibility = plausibility
        figures.declared = declared
        figures.targets = targets
        return figures
    }

    /// A city's, a street's with less than is recorded, and a unit without an area.
    private static let declared = [
        DeclaredTotal(
            code: "example", name: "示例市总工会", isWhole: true, figure: .membersAdmitted, from: day("2018-04-02"),
            to: day("2018-12-30"), declared: 14_000, recorded: 13_102, source: "示工报〔2019〕1号",
            declaredBy: "示例市总工会",
            receivedOn: day("2019-01-04")),
        DeclaredTotal(
            code: "110105021", name: "朝阳区酒仙桥街道", isWhole: false, figure: .enterpriseMeetings,
            from: day("2018-12-24"), to: day("2018-12-30"), declared: 1, recorded: 3, source: "周报表，\"双沟通\"",
            declaredBy: "酒仙桥街道总工会", receivedOn: nil),
    ]

    private static let targets = [
        TargetProgress(
            code: "110105", name: "朝阳区", isWhole: false, figure: .foundingIntents, from: day("2018-01-01"),
            to: day("2018-12-31"), target: 300, reached: 241, source: "示工发〔2018〕5号", setBy: "示例市总工会",
            setOn: day("2018-03-20")),
        TargetProgress(
            code: "110101", name: "东城区", isWhole: false, figure: .foundingIntents, from: day("2018-01-01"),
            to: day("2018-12-31"), target: 0, reached: 12, source: "示工发〔2018〕5号", setBy: "示例市总工会", setOn: nil),
    ]

    /// A programme that has not begun: nothing to divide by anywhere.
    static func empty() -> WeeklyFigures {
        var figures = figures(synthetic: false)
        figures.headline = figures.headline.mapValues { _ in
            PeriodCounts(week: 0, previous: 0, late: 0, year: 0, cumulative: 0, target: 0)
        }
        figures.firmFunnel = FirmFunnelCounts(
            met: 0, atRisk: 0, intent: 0, application: 0, established: 0, converted: 0, covered: 0,
            exited: 0, open: 0, expired: 0, medianDaysToIntent: nil)
        figures.cumulativeIntent = Proportion(x: 0, n: 0)
        figures.reconciliation = IntentReconciliation(
            withinWindow: 0, afterWindow: 0, beforeFirstContact: 0, other: 0)
        figures.outcomes = IntentOutcomes(
            established: 0, joinedJointUnion: 0, coveredByParent: 0, inProgress: 0, noProgress: 0,
            lapsedOrDeclined: 0, closedOrMoved: 0)
        figures.workers = WorkerFunnelCounts(
            consulted: nil, applied: 0, verified: 0, admitted: 0, workerMeetings: 0, paper: 0, qr: 0,
            app: 0,
            standings: WorkerStandings(
                pending: 0, verified: 0, admitted: 0, rejected: 0, withdrawn: 0, duplicate: 0))
        figures.areas = []
        figures.districts = []
        figures.completeness = []
        figures.followUps = []
        figures.cohorts = .none
        figures.entryWeeks = []
        figures.maturedWeeks = nil
        figures.twoSided = TwoSidedView(cells: [], ready: [])
        figures.waitingIntents = []
        figures.opinions = []
        figures.plausibility = []
        figures.declared = []
        figures.targets = []
        return figures
    }

    static func day(_ iso: String) -> Day { Day(iso: iso) ?? Day(ordinal: 0) }

    private static let headline: [HeadlineMeasure: PeriodCounts] = [
        .enterpriseMeetings: counts(38, 41, 2, 1714, 1714, 1500),
        .workerMeetings: counts(19, 22, 0, 870, 870, 900), .firmTimes: counts(96, 104, 5, 4310, 4310, nil),
        .firmsMet: counts(81, 90, 4, 3745, 3745, nil), .firmsFirstMet: counts(60, 71, 4, 3745, 3745, 4000),
        .unorganisedFirmsMet: counts(44, 52, 3, 2616, 2616, nil),
        .foundingIntents: counts(21, 25, 1, 885, 885, 1000),
        .unionsEstablished: counts(9, 12, 0, 412, 412, 600),
        .firmsCovered: counts(14, 17, 1, 539, 539, nil),
        .onSiteApplications: counts(310, 355, 12, 15_500, 15_500, 16_000),
        .membersAdmitted: counts(270, 290, 8, 13_102, 13_102, nil),
    ]

    private static func counts(
        _ week: Int, _ previous: Int, _ late: Int, _ year: Int, _ cumulative: Int, _ target: Int?
    ) -> PeriodCounts {
        PeriodCounts(
            week: week, previous: previous, late: late, year: year, cumulative: cumulative,
            target: target)
    }

    static func unit(
        _ code: String, _ name: String, _ district: String, scale: Int, intents: Int, unorganised: Int
    ) -> UnitFigures {
        var measures: [HeadlineMeasure: WeekAndCumulative] = [:]
        for (index, measure) in HeadlineMeasure.allCases.enumerated() {
            measures[measure] = WeekAndCumulative(week: scale % (index + 3), cumulative: scale * (index + 1))
        }
        measures[.unorganisedFirmsMet] = WeekAndCumulative(week: 1, cumulative: unorganised)
        measures[.foundingIntents] = WeekAndCumulative(week: 0, cumulative: intents)
        var figures = UnitFigures(
            code: code, name: name, district: district, measures: measures,
            intentRate: Proportion(x: intents, n: unorganised))
        figures.cohorts = cohorts(intents: intents, of: unorganised)
        return figures
    }

    /// Two thirds of the firms are of weeks whose windows have ended.
    private static func cohorts(intents: Int, of firms: Int) -> CohortCounts {
        let (x, n) = (intents * 2 / 3, firms * 2 / 3)
        return CohortCounts(
            matured: Proportion(x: x, n: n), immature: firms - n,
            endings: [
                .init(days: 4, end: .event, firms: x), .init(days: 90, end: .censored, firms: n - x),
                .init(days: 9, end: .event, firms: intents - x),
                .init(days: 30, end: .censored, firms: firms - n - intents + x),
            ].filter { $0.firms > 0 })
    }

    private static let entryWeeks = (0..<5).map { index in
        EntryWeek(
            start: day("2018-09-03").adding(days: 7 * index), atRisk: 20 + index, intent: 6 + index % 3,
            open: index < 3 ? 0 : 9, isMature: index < 3)
    }

    private static let twoSided = TwoSidedView(
        cells: [
            .init(hasIntent: true, applicants: .none, firms: 700, persons: 0),
            .init(hasIntent: false, applicants: .none, firms: 1600, persons: 0),
            .init(hasIntent: true, applicants: .some, firms: 180, persons: 1210),
            .init(hasIntent: false, applicants: .some, firms: 130, persons: 402),
            .init(hasIntent: false, applicants: .committee, firms: 1, persons: 31),
        ],
        ready: [.init(firm: "示例快递<丙>有限公司", areaCode: "110105021", persons: 31, hasIntent: false)])

    private static let waiting = [
        WaitingIntent(
            firm: "示例软件有限公司", areaCode: "110101001", intentOn: day("2018-05-11"),
            lastContact: day("2018-07-02"), owner: "王干事"),
        WaitingIntent(
            firm: "示例物业有限公司", areaCode: "110105021", intentOn: day("2018-11-30"), lastContact: nil,
            owner: nil),
    ]

    private static let opinions = [
        OpinionTopic(source: .opinion, topic: "休息场所", week: 3, cumulative: 120, answered: 97),
        OpinionTopic(source: .opinion, topic: nil, week: 0, cumulative: 4, answered: 0),
        OpinionTopic(source: .question, topic: "2%经费怎么收", week: 5, cumulative: 96, answered: nil),
    ]

    private static let plausibility = [
        PlausibilityFlag(
            rule: .overlappingMeetings, areaCode: "110105021", records: ["0166-a", "0166-b"]),
        PlausibilityFlag(rule: .roundCounts, areaCode: "110101001", counts: Proportion(x: 19, n: 24)),
    ]

    private static let areas = [
        unit("110101001", "东华门街道", "东城区", scale: 7, intents: 4, unorganised: 11),
        unit("110105021", "十八里店乡(地区)", "朝阳区", scale: 12, intents: 9, unorganised: 24),
        unit("110105022", "=八里庄街道", "朝阳区", scale: 0, intents: 0, unorganised: 0),
    ]

    private static let districts = [
        unit("110101", "东城区", "东城区", scale: 7, intents: 4, unorganised: 11),
        unit("110105", "朝阳区", "朝阳区", scale: 12, intents: 9, unorganised: 24),
    ]

    private static let conservation = [
        ConservationLine(figure: .enterpriseMeetings, areas: 1710, unassigned: 4, city: 1714, overlap: 0),
        ConservationLine(figure: .firmsMet, areas: 3801, unassigned: 10, city: 3745, overlap: 66),
        ConservationLine(figure: .foundingIntents, areas: 880, unassigned: 4, city: 885, overlap: 0),
    ]

    private static let completeness = [
        CompletenessLine(code: "110101001", expected: 2, held: 2, declaredNone: false, unreported: false),
        CompletenessLine(code: "110105021", expected: nil, held: 0, declaredNone: true, unreported: false),
        CompletenessLine(code: "110105022", expected: 1, held: 0, declaredNone: false, unreported: true),
    ]

    private static let followUps = [
        FollowUp(
            firm: "北京<甲>&乙物流有限公司", area: "110105021", what: "送建会申请书样本，约工会主席见面",
            due: day("2019-01-04"), owner: "王干事"),
        FollowUp(
            firm: "示例餐饮服务有限公司", area: "110101001", what: "电话回访{owner}", due: day("2019-01-05"),
            owner: nil),
    ]
}
