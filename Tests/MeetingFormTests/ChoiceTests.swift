import MeetingForm
import Outreach
import Testing

/// Every code of the contract can be chosen, by its own name as by its words.
@Suite struct ChoiceTests {
    @Test(arguments: VenueKind.allCases)
    func venueKinds(kind: VenueKind) async throws {
        let project = kind == .site ? [""] : []
        let document = try await FormRun().document(
            answers(["企业", "9-12", "望京", kind.rawValue, ""] + project + ["", "", "", "", "", "", "y"]))
        #expect(document.venue.kind == kind)
    }

    @Test(arguments: UnionStatus.allCases)
    func unionStatuses(status: UnionStatus) async throws {
        let intent = status.allowsIntent ? [""] : []
        let document = try await FormRun().document(
            answers(
                ["企业", "9-12", "望京", "园区", "", "", "", "甲公司", status.rawValue, "", ""] + intent
                    + ["", "", "", "", "", "y"]))
        #expect(document.firms.map(\.unionStatus) == [status])
    }

    @Test(arguments: Attitude.allCases)
    func attitudes(attitude: Attitude) async throws {
        let document = try await FormRun().document(
            answers([
                "企业", "9-12", "望京", "园区", "", "", "", "甲公司", "", "", attitude.rawValue, "", "", "", "", "",
                "", "y",
            ]))
        #expect(document.firms.map(\.attitude) == [attitude])
    }

    @Test func workerCategories() async throws {
        let all = WorkerCategory.allCases.map(\.rawValue).joined(separator: " ")
        let document = try await FormRun().document(
            answers([
                "职工", "9-12", "望京", "园区", "", "", "", "张三", "13900139000", "", "", all, "", "y", "", "", "",
                "", "",
                "y",
            ]))
        guard case .stated(let applicant)? = document.applicants.first else {
            Issue.record("nobody listed")
            return
        }
        #expect(applicant.categories == WorkerCategory.allCases)
    }

    @Test(arguments: [
        ("1", UnionStatus.unorganised), ("筹建", .preparing), ("ydd", .organised), ("6", .unknown),
    ])
    func numbersLabelsAndInitials(typed: String, status: UnionStatus) async throws {
        let intent = status.allowsIntent ? [""] : []
        let document = try await FormRun().document(
            answers(
                ["企业", "9-12", "望京", "园区", "", "", "", "甲公司", typed, "", ""] + intent
                    + ["", "", "", "", "", "y"]))
        #expect(document.firms.map(\.unionStatus) == [status])
    }

    @Test func aPrefixOfSeveralIsNotGuessed() async throws {
        let (_, screen, _) = try await FormRun()(
            answers(["企业", "9-12", "望京", "园区", "", "", "", "甲公司", "已"]))
        #expect(screen.contains("有几项都符合"))
    }
}
