import MeetingForm
import Outreach
import Testing

@Suite struct FormRulesTests {
    private static let start = ["职工", "9-12", "望京", "工地", "", "", "", "30"]

    @Test("未满十六周岁的申请人按姓名拒绝，会议继续登记")
    func underSixteen() async throws {
        let (outcome, screen, unused) = try await FormRun()(
            answers(
                Self.start + [
                    "王小明", "13900139000", "110105200501010020",
                    "赵五", "13900139001", "", "", "", "", "1",
                    "", "", "", "", "", "y",
                ]))
        guard case .completed(let document) = outcome else {
            Issue.record("not completed: \(unused)")
            return
        }
        #expect(screen.contains("王小明 未满 16 周岁"))
        #expect(document.applicants.count == 1)
        #expect(document.applications.total == 1)
    }

    @Test(
        "满十六周岁当天可以入会",
        arguments: [("2002-09-12", "110105200209120011", 1), ("2002-09-13", "110105200209130017", 0)])
    func sixteenToday(born: String, number: String, listed: Int) async throws {
        let rest = listed == 1 ? ["", "", "", "1", "", "", "", "", "", "y"] : ["", "", "", "", "", "y"]
        let (outcome, _, _) = try await FormRun()(answers(Self.start + ["周六", "13900139000", number] + rest))
        guard case .completed(let document) = outcome else {
            Issue.record("not completed")
            return
        }
        #expect(document.applicants.count == listed)
    }

    @Test func whoDoesNotConsentIsNotListed() async throws {
        let (outcome, screen, _) = try await FormRun()(
            answers(Self.start + ["钱七", "13900139000", "", "", "", "", "n", "", "", "3", "", "", "y"]))
        guard case .completed(let document) = outcome else {
            Issue.record("not completed")
            return
        }
        #expect(screen.contains("钱七 不同意告知事项"))
        #expect(document.applicants.isEmpty)
        #expect(document.applications.total == 3)
    }

    @Test func consentIsNeverGivenByEnterAlone() async throws {
        let (outcome, screen, _) = try await FormRun()(
            answers(
                Self.start + [
                    "张三", "13900139000", "", "", "", "", "1", "李四", "13900139001", "", "", "", "", "",
                ]))
        #expect(outcome == .draftKept)
        #expect(screen.contains("请确认本人是否同意"))
    }

    @Test func aMobileOrADocumentIsNeeded() async throws {
        let (_, screen, _) = try await FormRun()(answers(Self.start + ["张三", "", ""]))
        #expect(screen.contains("手机号和证件号至少填一项"))
    }

    @Test("答案变了，不再适用的答案不留在文档里")
    func answersDoNotLinger() async throws {
        let document = try await FormRun().document(
            answers([
                "企业", "9-12", "望京", "工地", "某工地", "某项目", "", "",
                "甲公司", "", "50", "", "口头", "", "", "", "", "",
                "4", "园区", "8.2", "3", "y",
            ]))
        #expect(document.venue == Venue(kind: .park, name: "某工地"))
        #expect(document.firms.first?.unionStatus == .organised)
        #expect(document.firms.first?.intent == nil)
    }

    @Test("类别改了，补问新类别的必要问题")
    func aNewKindAsksForItsCounts() async throws {
        let document = try await FormRun().document(
            answers(["企业", "9-12", "望京", "园区", "", "", "20", "", "", "", "", "1", "职工", "55", "", "y"]))
        #expect(document.kind == .worker)
        #expect(document.counts.consulted == 55)
        // It was counted, and a worker meeting may count it too.
        #expect(document.counts.attended == 20)
    }

    @Test("在核对页删一家、加一家")
    func rowsAreDeletedAndAddedOnlyOnTheReviewPage() async throws {
        let document = try await FormRun().document(
            answers([
                "企业", "9-12", "望京", "园区", "", "", "", "甲公司", "", "", "", "", "", "乙公司", "", "", "", "", "",
                "", "", "", "",
                "d8", "f", "丙公司", "", "9", "", "", "", "", "y",
            ]))
        #expect(document.firms.map(\.name) == ["乙公司", "丙公司"])
        #expect(document.firms.last?.headcount == 9)
    }

    @Test func plusOpensTheOptionalQuestions() async throws {
        let document = try await FormRun().document(
            answers([
                "企业", "9-12", "望京", "园区", "", "", "", "甲公司", "+", "", "", "", "支持", "意向书", "9-11", "回访",
                "9-30",
                "李刚",
                "91350100M000100Y43", "", "", "王敏", "经理", "010-12345678", "会费怎么交；谁当主席",
                "", "", "", "", "y",
            ]))
        let firm = try #require(document.firms.first)
        #expect(firm.intent == Intent(form: .letter, on: try #require(Day(iso: "2018-09-11"))))
        #expect(firm.nextStep?.owner == "李刚")
        #expect(firm.uscc?.text == "91350100M000100Y43")
        #expect(firm.contact == FirmContact(name: "王敏", position: "经理", phone: "010-12345678"))
        #expect(firm.questions == ["会费怎么交", "谁当主席"])
    }

    @Test func aShortCutNeverBecomesAName() async throws {
        let (_, screen, _) = try await FormRun()(answers(["企业", "9-12", "望京", "园区", "", "", "", "+"]))
        #expect(screen.contains("这里没有更多项目"))
    }

    @Test func nothingIsDatedAfterToday() async throws {
        let (_, screen, _) = try await FormRun()(answers(["企业", "2018-09-14"]))
        #expect(screen.contains("不能晚于今天"))
    }

    @Test func backReturnsToTheAnswerBefore() async throws {
        let document = try await FormRun().document(
            answers(["企业", "9-12", "望京", "<", "建外", "园区", "", "", "", "", "", "", "", "y"]))
        #expect(document.area.text == "110105001")
    }

    @Test func refusedByTheRecorderTheFormOpensOnItsReviewPage() async throws {
        let drafts = MemoryDrafts()
        var run = FormRun()
        run.drafts = drafts
        _ = try await run.document(answers(Script.enterprise))
        let issue = DocumentIssue(
            code: "test.rule", pointer: "/firms/1/headcount", rule: Bilingual(zh: "规则。", en: "Rule."),
            mend: Bilingual(zh: "改法。", en: "Mend."))
        let (outcome, screen, _) = try await run(answers(["9.3", "121", "y"]), showing: [issue])
        #expect(screen.contains("✗ 9.3 职工人数(可约数)：规则。改法。"))
        guard case .completed(let document) = outcome else {
            Issue.record("not completed")
            return
        }
        #expect(document.firms[1].headcount == 121)
    }
}
