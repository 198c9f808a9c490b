internal import ArgumentParser
internal import Foundation
internal import MeetingForm
internal import Outreach
internal import OutreachStore
internal import Reporting

/// Runs the form until its meeting is recorded or corrected, or its draft kept.
struct FormRunner {
    let place: any RecordingPlace
    let language: Language
    /// The kind of a new meeting, where it is known.
    var kind: MeetingKind?
    /// The meeting to correct, as it is on record.
    var original: MeetingDocument?
    let json: Bool

    /// Whether a person can be asked; a question is never the only way.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    static var cannotAsk: CommandFailure {
        CommandFailure(
            .usage, code: "from.required", pointer: "--from",
            rule: Bilingual(zh: "不在终端上，不能提问", en: "not on a terminal, so nothing can be asked"),
            mend: Bilingual(
                zh: "用 --from 文件 或 --from - 提交", en: "send a document with --from FILE or --from -"))
    }

    func run() async throws {
        let terminal = try Terminal(style: TerminalStyle(environment: ProcessInfo.processInfo.environment))
        defer { terminal.close() }
        let drafts = try place.drafts(correcting: original?.id)
        let options = MeetingFormOptions(
            language: language == .zh ? .zh : .en, kind: kind, original: original,
            hidesPersons: !place.showsPersons, notice: "2018-1",
            today: { Workplace.today }, mintID: { MeetingID.minted().uuid },
            check: MeetingFormOptions.rules(areas: place.areas) { Workplace.today })
        let form = MeetingForm(
            terminal: terminal, directory: place.directory, drafts: drafts,
            options: options)
        var issues: [DocumentIssue] = []
        while case .completed(let document) = try await form.run(showing: issues) {
            do {
                try await place.hand(over: document, json: json, language: language)
                try await drafts.discard()
                return
            } catch RecordingError.refused(let refused) {
                issues = refused.issues
            } catch RecordingError.conflict(let current, let sentHash) where original != nil {
                throw Self.correctedMeanwhile(current, sentHash: sentHash)
            } catch let failure as CommandFailure where failure.isKeptInOutbox {
                // The outbox has it now, sealed and on the disk: a draft beside it would be sent twice.
                try await drafts.discard()
                throw failure
            }
        }
        throw ExitCode(GoutongExit.cancelled.rawValue)
    }

    private static func correctedMeanwhile(_ current: Receipt, sentHash: [UInt8]) -> CommandFailure {
        var failure = CommandFailure(
            .conflict, code: "meeting.corrected_meanwhile",
            rule: Bilingual(
                zh: "填写期间他人已更正这场沟通会，现为第 \(current.revision) 版；您的更正没有登记，草稿已保留",
                en: "somebody corrected this meeting meanwhile, it is now revision \(current.revision); "
                    + "yours is not recorded, its draft is kept"),
            mend: Bilingual(
                zh: "再次运行 goutong meeting correct \(current.id)：会列出草稿与现有版本的不同，核对后在现有版本上更正",
                en: "run goutong meeting correct \(current.id) again: it lists where the draft differs from "
                    + "what is on record now, to be corrected there"))
        failure.receipts = (current.description, sentHash.hexadecimal)
        return failure
    }
}
