import MeetingForm
import Outreach
import Testing

@Suite struct DraftTests {
    @Test(
        "每答一题后断电，接着填得到同一份文档",
        arguments: [
            Script.enterpriseAnswers + Script.enterpriseReview, Script.workerAnswers + Script.workerReview,
        ])
    func resumingAfterAnyAnswer(script: [[String]]) async throws {
        let whole = try await FormRun().document(answers(script.flatMap(\.self)))
        for cut in 1..<script.count {
            let run = FormRun()
            let (first, _, _) = try await run(answers(script[..<cut].flatMap(\.self)))
            try #require(first == .draftKept)
            let resumed = try await run.document(answers([""] + script[cut...].flatMap(\.self)))
            #expect(resumed == whole, "after answer \(cut)")
        }
    }

    @Test func interruptKeepsTheDraft() async throws {
        let run = FormRun()
        let (outcome, screen, unused) = try await run(
            answers(["企业", "9-12"]) + [.text("八里"), .interrupt, .text("x")])
        #expect(outcome == .draftKept)
        #expect(unused == [.text("x")])
        #expect(screen.contains("草稿已保存"))
        let document = try await run.document(
            answers(["y", "望京", "园区", "", "", "", "", "", "", "", "y"]))
        #expect(document.heldOn.iso == "2018-09-12")
    }

    @Test func startingAnewIsConfirmedTwice() async throws {
        let run = FormRun()
        _ = try await run(answers(["企业", "9-12"]))
        let kept = try #require(run.drafts.bytes)
        _ = try await run(answers(["n", "n"]))
        #expect(run.drafts.bytes == kept)
        _ = try await run(answers(["n", "y"]))
        #expect(run.drafts.bytes == nil)
    }

    /// It is put aside with every byte, the person is told where, and the form goes on.
    @Test("读不懂或打不开的草稿另存，不丢失", arguments: [false, true])
    func aDraftThatCannotBeReadIsPutAside(isOfOtherKey: Bool) async throws {
        var run = FormRun()
        let old = Array("{\"version\":999}".utf8)
        run.drafts = MemoryDrafts(old, isOfOtherKey: isOfOtherKey)
        let (outcome, screen, _) = try await run(answers(["企业"]))
        #expect(outcome == .draftKept)
        #expect(screen.contains(isOfOtherKey ? "用另一把密钥加密" : "旧草稿无法读取"))
        #expect(screen.contains("另存为 /旁边/草稿"))
        #expect(run.drafts.aside == old)
        #expect(run.drafts.bytes != old)
    }

    @Test func theDraftIsSavedAtEachAnswer() async throws {
        let run = FormRun()
        _ = try await run(answers(["企业", "9-12", "望京"]))
        #expect(run.drafts.saves == 3)
    }
}
