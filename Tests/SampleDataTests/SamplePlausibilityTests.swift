import Outreach
import Testing

@testable import SampleData

@Suite("The sample looks like a year of work")
struct SamplePlausibilityTests {
    let areas: [SampleArea]
    let record: SampleRecord
    let documents: [MeetingDocument]
    private let lastDay = Day(ordinal: 17_895)

    init() throws {
        let made = try SampleFixture.made.get()
        areas = made.areas
        record = made.record
        documents = record.documents.sorted { ($0.heldOn, $0.id) < ($1.heldOn, $1.id) }
    }

    /// Mentions of each firm in order of day.
    private var mentions: [String: [(day: Day, kind: MeetingKind, firm: FirmMet)]] {
        var mentions: [String: [(day: Day, kind: MeetingKind, firm: FirmMet)]] = [:]
        for document in documents {
            for firm in document.firms {
                let key = firm.uscc?.text ?? firm.name ?? ""
                mentions[key, default: []].append((document.heldOn, document.kind, firm))
            }
        }
        return mentions
    }

    @Test("meetings keep to the programme: area, start, end, no public holiday")
    func meetingDays() {
        let starts = Dictionary(uniqueKeysWithValues: areas.map { ($0.code, $0.startOn) })
        #expect(documents.allSatisfy { ($0.heldOn >= starts[$0.area] ?? lastDay) })
        #expect(documents.allSatisfy { ($0.endedOn ?? $0.heldOn) <= lastDay })
        #expect(documents.contains { $0.heldOn.iso.hasPrefix("2018-04") })
        #expect(!documents.contains { ("2018-10-01"..."2018-10-07").contains($0.heldOn.iso) })
        let weekend = documents.count { $0.kind == .enterprise && $0.heldOn.weekday >= 6 }
        #expect(weekend < 60)
    }

    @Test("every district and the zone meet; some areas are busy and some idle")
    func spread() {
        let counts = Dictionary(documents.map { ($0.area, 1) }, uniquingKeysWith: +)
        let districts = Set(areas.filter { counts[$0.code] != nil }.map(\.districtCode))
        #expect(districts == Set(areas.map(\.districtCode)))
        #expect((10...60).contains(areas.count { counts[$0.code] == nil }))
        #expect((counts.values.max() ?? 0) >= 25)
        #expect(record.idleWeeks.count > 1000)
    }

    @Test("no area declares a week without meetings in which one was held")
    func idleWeeks() {
        let held = Set(
            documents.flatMap { document in
                [document.heldOn, document.endedOn ?? document.heldOn].map {
                    "\(document.area) \(Week(containing: $0).name)"
                }
            })
        let declared = record.idleWeeks.map { "\($0.area) \($0.week.name)" }
        #expect(Set(declared).count == declared.count)
        #expect(held.isDisjoint(with: declared))
        #expect(record.idleWeeks.allSatisfy { SampleRecord.day(of: $0.at) > $0.week.end })
        #expect(record.idleWeeks.allSatisfy { $0.week.end <= lastDay })
    }

    @Test("every document can be read as one: firms, applicants, counts that agree")
    func documentsAgree() {
        for document in documents {
            #expect(document.kind == .worker || !document.firms.isEmpty)
            let counts = document.applications
            let parts = [counts.paper, counts.qr, counts.app].compactMap { $0 }.reduce(0, +)
            #expect(document.onSiteApplications >= max(parts, document.applicants.count))
            #expect(document.counts.consulted ?? Int.max >= document.onSiteApplications)
            #expect(document.startsAt != nil && document.endsAt != nil)
            #expect(document.notes == Sample.label.zh)
            for firm in document.firms where firm.intent != nil {
                #expect(firm.unionStatus.allowsIntent && firm.intent?.on == document.heldOn)
            }
        }
    }

    @Test("a firm is itself at every meeting, under a name of its own, once a day")
    func firms() {
        var names: Set<String> = []
        for contacts in mentions.values {
            let first = contacts[0].firm
            #expect(names.insert(SampleTally.fold(first.name ?? "")).inserted)
            #expect(Set(contacts.map(\.day)).count == contacts.count)
            #expect(
                contacts.allSatisfy {
                    $0.firm.name == first.name && $0.firm.headcount == first.headcount
                        && $0.firm.industry == first.industry
                })
        }
        #expect(names.allSatisfy { $0.contains("示例") || $0.contains("演示") })
    }

    @Test("firms are met again, firms with a union attend, some codes and statuses are unknown")
    func variety() {
        #expect(mentions.values.count { $0.count > 1 } >= 200)
        let first = mentions.values.map { $0[0].firm }
        #expect(first.count { $0.unionStatus == .organised } > 300)
        #expect(first.count { $0.unionStatus == .unknown } > 50)
        #expect((0.8...0.9).contains(Double(first.count { $0.uscc != nil }) / Double(first.count)))
        #expect(UnionStatus.allCases.allSatisfy { status in first.contains { $0.unionStatus == status } })
        #expect(HeadcountBand.allCases.allSatisfy { band in first.contains { $0.headcountBand == band } })
        #expect(VenueKind.allCases.allSatisfy { kind in documents.contains { $0.venue.kind == kind } })
    }

    @Test("intents come at worker meetings too, between meetings, and after the ninety days")
    func intents() {
        #expect(documents.contains { $0.kind == .worker && $0.firms.contains { $0.intent != nil } })
        let between = record.milestones.filter { $0.milestone.kind == .intent }
        #expect(between.count > 40)
        let late = between.count { intent in
            guard let first = mentions[intent.firm.text]?.first else { return false }
            return intent.milestone.on.days(since: first.day) > 90
        }
        #expect(late >= 10)
    }

    @Test("every kind of milestone occurs, in order, within the year")
    func milestones() {
        let kinds = Set(record.milestones.map(\.milestone.kind))
        #expect(kinds == Set(MilestoneKind.allCases))
        let byFirm = Dictionary(grouping: record.milestones, by: \.firm)
        let order: [MilestoneKind] = [
            .intent, .preparatoryGroup, .application, .preparationApproved, .candidatesApproved, .elected,
            .established, .registered,
        ]
        for milestones in byFirm.values.map({ $0.map(\.milestone) }) {
            #expect(milestones.allSatisfy { $0.on <= lastDay })
            let days = order.compactMap { kind in milestones.filter { $0.kind == kind }.map(\.on).min() }
            #expect(days == days.sorted())
            let isEstablished = milestones.contains { $0.kind == .established }
            #expect(!isEstablished || milestones.contains { $0.kind == .elected })
        }
    }

    @Test("an intent may end in every way, and firms are covered or lost without one")
    func outcomes() {
        let byFirm = Dictionary(grouping: record.milestones, by: \.firm.text)
            .mapValues { Set($0.map(\.milestone.kind)) }
        let atMeetings = mentions.filter { $0.value.contains { $0.firm.intent != nil } }.keys
        let between = byFirm.filter { $0.value.contains(.intent) }.keys
        let voiced = Set(atMeetings).union(between)
        let endings: [MilestoneKind] = [
            .established, .joinedJointUnion, .coveredByParent, .closed, .movedOut, .lapsed, .declined,
        ]
        for ending in endings {
            #expect(byFirm.contains { voiced.contains($0.key) && $0.value.contains(ending) })
        }
        #expect(voiced.contains { (byFirm[$0] ?? []).isEmpty })
        #expect(
            voiced.contains { firm in
                let kinds = byFirm[firm] ?? []
                return kinds.contains(.preparatoryGroup) && kinds.isDisjoint(with: endings)
            })
        for ending in [MilestoneKind.joinedJointUnion, .coveredByParent, .closed, .movedOut] {
            #expect(byFirm.contains { !voiced.contains($0.key) && $0.value.contains(ending) })
        }
    }

    @Test("applicants are listed for most, valid, and followed up")
    func applicants() {
        #expect((0.6...0.75).contains(Double(record.listed) / 15_500))
        let verified = Double(record.events[.verified] ?? 0)
        #expect((0.8...0.9).contains(verified / Double(record.listed)))
        #expect((0.7...0.88).contains(Double(record.events[.admitted] ?? 0) / verified))
        #expect((record.events[.rejected] ?? 0) > 50 && (record.events[.withdrawn] ?? 0) > 20)
        let people = record.applicants.values.map(\.applicant)
        #expect(people.allSatisfy { $0.person.mobile != nil || $0.person.document != nil })
        let mobiles = people.compactMap { $0.person.mobile?.text }
        #expect(Set(mobiles).count == mobiles.count)
        let employers = Dictionary(
            people.compactMap { $0.employer?.name }.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(employers.values.count { $0 >= 25 } >= 5)
    }

    @Test("entries are late, corrected and voided, and next steps fall due in January")
    func recording() {
        let late = record.meetings.values.count { meeting in
            SampleRecord.day(of: meeting.firstAt).days(since: meeting.document.heldOn) >= 7
        }
        #expect((70...250).contains(late))
        #expect((25...90).contains(record.corrections))
        #expect((2...30).contains(record.voids))
        let dues = documents.flatMap { $0.firms.compactMap { $0.nextStep?.due } }
        #expect(dues.contains { $0.year == 2019 })
    }
}
