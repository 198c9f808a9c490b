import Foundation
import MeetingForm
import Outreach
import Testing

/// A meeting on record, corrected on its review page.
@Suite struct CorrectionTests {
    private let original: MeetingDocument
    /// What goes to the ledger where nobody was changed.
    private let unchanged: MeetingDocument

    init() throws {
        original = try CorrectionFixture.meeting()
        var document = original
        document.applicants = document.applicants.map { .unchanged($0.id) }
        unchanged = document
    }

    private func run() -> FormRun { FormRun(original: original) }

    @Test("只改一个数字，其余每一项原样保留")
    func oneCount() async throws {
        let screen = try await run()([.interrupt]).screen
        let document = try await run().document(
            answers([try number(of: "咨询(人次)", in: screen), "40", "y"]))
        var expected = unchanged
        expected.counts.consulted = 40
        #expect(document == expected)
        #expect(document.replaces == 3)
    }

    @Test func theReviewPageComesFirstAndShowsEveryAnswerMasked() async throws {
        let (outcome, screen, _) = try await run()([.interrupt])
        #expect(outcome == .nothingChanged)
        #expect(screen.contains("更正沟通会（现为第 3 版）"))
        for shown in [
            "朝阳区 望京街道 110105026", "三号楼", "14:00", "王敏 2.5；李 7", "第一行 第二行", "5", "张**", "138****8000",
            "110***********0033", "个人信息已删除", "快递员、农民工",
        ] { #expect(screen.contains(shown), "\(shown)") }
        for secret in CorrectionFixture.secrets { #expect(!screen.contains(secret)) }
        let row = try await run()(answers([try number(of: "企业 1", in: screen)])).screen
        for shown in ["王***", "138****2222", "人事经理", "天成集团", "I65", "会费；程序"] {
            #expect(row.contains(shown), "\(shown)")
        }
        for secret in CorrectionFixture.secrets { #expect(!row.contains(secret)) }
    }

    /// The draft of a correction holds no person who was not typed into it.
    @Test func theDraftHoldsNoPersonFromTheRecord() async throws {
        let run = run()
        let screen = try await run([.interrupt]).screen
        let firm = try number(of: "企业 1", in: screen)
        _ = try await run(answers([try number(of: "申请人 1", in: screen) + ".5", "1", firm + ".3", "90"]))
        let draft = String(decoding: try #require(run.drafts.bytes), as: UTF8.self)
        #expect(draft.contains("90"))
        for secret in CorrectionFixture.secrets { #expect(!draft.contains(secret), "\(secret)") }
    }

    @Test("改动的申请人按原姓名和号码整条提交，其余只报编号")
    func oneApplicant() async throws {
        let screen = try await run()([.interrupt]).screen
        let row = try number(of: "申请人 1", in: screen)
        let document = try await run().document(answers([row + ".6", "扫码", "y"]))
        var expected = unchanged
        guard case .stated(var applicant) = original.applicants[0] else { return }
        applicant.channel = .qr
        expected.applicants[0] = .stated(applicant)
        #expect(document == expected)
    }

    @Test("意见照原样保留的，主题和答复不丢；新加的一条还没有答复")
    func anAnswerStaysWithItsOpinion() async throws {
        let screen = try await run()([.interrupt]).screen
        let opinions = try number(of: "意见建议", in: screen)
        let (outcome, shown, _) = try await run()(
            answers([opinions, "第一条 第二条；希望就近办理；盼送课上门", "y"]))
        guard case .completed(let document) = outcome else {
            Issue.record("\(shown.suffix(2000))")
            return
        }
        var expected = unchanged
        expected.opinions = original.opinions.reversed() + [Opinion(text: "盼送课上门")]
        #expect(document == expected)
        #expect(!shown.contains("答复不再保留"))
    }

    @Test("改写已答复的意见，提交前提示答复不再保留")
    func aLostAnswerIsSaid() async throws {
        let screen = try await run()([.interrupt]).screen
        let opinions = try number(of: "意见建议", in: screen)
        let (outcome, shown, _) = try await run()(answers([opinions, "希望就近办理；全改了", "y"]))
        guard case .completed(let document) = outcome else {
            Issue.record("\(shown.suffix(2000))")
            return
        }
        #expect(shown.contains("答复不再保留"))
        #expect(document.opinions == [original.opinions[0], Opinion(text: "全改了")])
    }

    @Test func aMobileIsReplacedAndTheNameKept() async throws {
        let screen = try await run()([.interrupt]).screen
        let row = try number(of: "申请人 1", in: screen)
        // Enter on the masked name keeps the name, not the mask.
        let document = try await run().document(
            answers([row + ".1", "", row + ".2", "13900139000", "y"]))
        guard case .stated(let applicant) = document.applicants[0] else {
            Issue.record("not stated")
            return
        }
        #expect(applicant.person.name == "张三丰")
        #expect(applicant.person.mobile?.text == "13900139000")
        #expect(applicant.consent.notice == "2017-2")
    }

    @Test func aContactKeepsWhatIsNotChangedOfIt() async throws {
        let screen = try await run()([.interrupt]).screen
        let firm = try number(of: "企业 1", in: screen)
        let page = try await run()(answers([firm])).screen
        let phone = try number(of: "电话", in: page)
        let document = try await run().document(answers(["\(firm).\(phone)", "010-65432100", "y"]))
        var expected = unchanged
        expected.firms[0].contact?.phone = "010-65432100"
        #expect(document == expected)
    }

    /// A mended name keeps code, place and contact; the code has to be confirmed.
    @Test(arguments: ["", "-"]) func aFirmIsRenamed(code: String) async throws {
        let screen = try await run()([.interrupt]).screen
        let firm = try number(of: "企业 1", in: screen)
        let document = try await run().document(answers([firm + ".1", "北京天城科技公司", code, "y"]))
        var expected = unchanged
        expected.firms[0].name = "北京天城科技公司"
        if code == "-" { expected.firms[0].uscc = nil }
        #expect(document == expected)
    }

    @Test func firmsAndApplicantsAreAddedAndTakenOut() async throws {
        let screen = try await run()([.interrupt]).screen
        let second = try number(of: "企业 2", in: screen)
        let (outcome, shown, unused) = try await run()(
            answers([
                "d" + second, "f", "新来的公司", "", "", "", "", "", "", "a", "赵六", "13900139000", "", "", "", "",
                "1", "",
                "d" + (try number(of: "申请人 2", in: screen)), "y",
            ]))
        guard case .completed(let document) = outcome, unused.isEmpty else {
            Issue.record("\(shown.suffix(2000))")
            return
        }
        #expect(
            document.firms.map(\.name) == ["北京天成科技有限公司", "北京朝阳印刷厂", "新来的公司"])
        #expect(document.firms[0] == original.firms[0])
        try #require(document.applicants.count == 3)
        #expect(document.applicants[0] == .unchanged(original.applicants[0].id))
        #expect(document.applicants[1] == .unchanged(original.applicants[2].id))
        guard case .stated(let added) = document.applicants[2] else {
            Issue.record("not stated")
            return
        }
        #expect(added.person.name == "赵六")
        #expect(shown.contains("新增"))
        #expect(shown.contains("删除  北京光华餐饮有限公司"))
    }

    @Test func anErasedPersonIsNotFilledInAgain() async throws {
        let screen = try await run()([.interrupt]).screen
        let row = try number(of: "申请人 3", in: screen)
        let (outcome, shown, _) = try await run()(answers([row + ".1", "y"]))
        #expect(shown.contains("个人信息已依法删除"))
        #expect(outcome == .nothingChanged)
    }

    @Test func withoutAChangeNothingIsSubmittedAndNoDraftIsLeft() async throws {
        let run = run()
        let screen = try await run([.interrupt]).screen
        let count = try number(of: "参会人数", in: screen)
        let (outcome, shown, _) = try await run(answers(["y", count, "15", count, "14", "y"]))
        #expect(shown.contains("还没有改动，无需提交"))
        #expect(shown.contains("原：14"))
        #expect(outcome == .nothingChanged)
        #expect(run.drafts.bytes == nil)
    }

    @Test("中途退出后接着改")
    func resuming() async throws {
        let run = run()
        let screen = try await run([.interrupt]).screen
        let count = try number(of: "参会人数", in: screen)
        let (left, _, _) = try await run(answers([count, "15"]) + [.interrupt])
        #expect(left == .draftKept)
        let document = try await run.document(answers(["", "y"]))
        #expect(document.counts.attended == 15)
    }

    /// Somebody else corrected the meeting since: the draft is shown against it, never submitted.
    @Test("其间他人已更正：列出不同，草稿保留", arguments: ["n", "y"])
    func staleDraft(anew: String) async throws {
        var run = run()
        let screen = try await run([.interrupt]).screen
        _ = try await run(answers([try number(of: "参会人数", in: screen), "15"]) + [.interrupt])
        let kept = try #require(run.drafts.bytes)
        var meanwhile = original
        meanwhile.replaces = 4
        meanwhile.counts.consulted = 99
        run.original = meanwhile
        let (outcome, shown, _) = try await run(answers([anew]))
        #expect(shown.contains("草稿改的是第 3 版，其间他人已更正为第 4 版"))
        #expect(shown.contains("参会人数  草稿：15  现为：14"))
        #expect(shown.contains("咨询(人次)  草稿：34  现为：99"))
        #expect(outcome == (anew == "n" ? .draftKept : .nothingChanged))
        #expect(run.drafts.bytes == (anew == "n" ? kept : nil))
    }

    /// Recorded, but the receipt never arrived: the draft says what is on record.
    @Test func aDraftThatWasRecordedIsCleared() async throws {
        var run = run()
        let screen = try await run([.interrupt]).screen
        _ = try await run(answers([try number(of: "参会人数", in: screen), "15"]) + [.interrupt])
        var recorded = original
        recorded.replaces = 4
        recorded.counts.attended = 15
        run.original = recorded
        let (_, shown, _) = try await run([.interrupt])
        #expect(shown.contains("草稿里的更正已经登记"))
        #expect(run.drafts.bytes == nil)
    }

    // MARK: As a service hands a meeting out

    private func hidden() throws -> FormRun {
        FormRun(original: try CorrectionFixture.withoutPersons(), hidesPersons: true)
    }

    @Test("经服务更正：申请人只报编号，联系人不写，均保持不变；可添加新申请人")
    func personsThatAreNotShown() async throws {
        let screen = try await hidden()([.interrupt]).screen
        #expect(screen.contains("已登记，保持不变") && !screen.contains("个人信息已删除"))
        let document = try await hidden().document(
            answers([
                try number(of: "参会人数", in: screen), "15", "加申请人", "赵六", "13900139000", "", "", "", "", "1",
                "",
                "y",
            ]))
        var expected = try CorrectionFixture.withoutPersons()
        expected.counts.attended = 15
        #expect(Array(document.applicants.prefix(3)) == expected.applicants)
        guard document.applicants.count == 4, case .stated(let added) = document.applicants[3] else {
            Issue.record("\(document.applicants)")
            return
        }
        #expect(added.person.name == "赵六")
        expected.applicants = document.applicants
        #expect(document == expected)
        #expect(document.firms.allSatisfy { $0.contact == nil })
    }

    @Test func aRowThatIsNotShownIsTakenOutOrLeft() async throws {
        let screen = try await hidden()([.interrupt]).screen
        let row = try number(of: "申请人 2", in: screen)
        let (_, shown, _) = try await hidden()(answers([row + ".2"]) + [.interrupt])
        #expect(shown.contains("这一行保持不变"))
        let document = try await hidden().document(answers(["d" + row, "y"]))
        var expected = try CorrectionFixture.withoutPersons().applicants
        expected.remove(at: 1)
        #expect(document.applicants == expected)
    }

    @Test("没有显示的联系人：改一项即整条替换并提示，全部清空才删去")
    func aContactThatIsNotShown() async throws {
        let screen = try await hidden()([.interrupt]).screen
        let firm = try number(of: "企业 1", in: screen)
        let page = try await hidden()(answers([firm])).screen
        #expect(page.contains("如已登记，保持不变"))
        let lines = try ["联系人", "职务", "电话"].map { "\(firm)." + (try number(of: $0, in: page)) }
        let (_, warned, _) = try await hidden()(answers([lines[2], "010-65432100"]) + [.interrupt])
        #expect(warned.contains("整条替换已登记的联系人"))
        let typed = try await hidden().document(answers([lines[2], "010-65432100", "y"]))
        #expect(typed.firms[0].contact == FirmContact(phone: "010-65432100"))
        let cleared = try await hidden().document(answers(lines.flatMap { [$0, "-"] } + ["y"]))
        #expect(cleared.firms[0].contact == FirmContact())
        #expect(cleared.firms[1].contact == nil)
    }

    /// The number of a line by its label.
    private func number(of label: String, in screen: String) throws -> String {
        let line = screen.split(whereSeparator: \.isNewline).last { $0.contains("  \(label)  ") }
        return String(try #require(line).split(separator: " ")[0])
    }
}
