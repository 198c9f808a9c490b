internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachClient
internal import OutreachStore
internal import Reporting

struct ResolveConflict: AsyncParsableCommand {
    enum Side: String, CaseIterable, ExpressibleByArgument { case ours, theirs }

    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "决定一处冲突：保留对方，或以我方更正 · decide a conflict")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var service: ServerOption
    @Argument(help: "编号 · id, or id@revision") var id: String
    @Option(help: "theirs 保留已登记的；ours 以我方内容更正现有版本 · theirs, or ours as a correction")
    var keep: Side

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let outbox = try OutboxCommand.open()
            let name = try OutboxCommand.name(id, in: outbox)
            let item = try OutboxCommand.item(name, in: outbox)
            guard item.state == .conflict, let current = item.current else {
                throw CommandFailure(
                    .usage, code: "outbox.no_conflict", pointer: "id",
                    rule: Bilingual(zh: "这一份没有冲突", en: "this document is in no conflict"),
                    mend: Bilingual(zh: "用 goutong outbox list 查看状态", en: "see goutong outbox list"))
            }
            switch keep {
            case .theirs:
                try outbox.discard(name, why: "theirs kept: \(current)")
                Console.say(
                    common.text(Bilingual(zh: "保留已登记的内容", en: "what is on record stands")))
                try Console.out(current.description)
            case .ours: try await correct(current, with: item, in: outbox)
            }
        }
    }

    private func correct(_ current: Receipt, with item: OutboxItem, in outbox: Outbox) async throws {
        let remote = try service.chosen(common)
        if let remote, let server = item.server, server != remote.server.identity {
            throw OutboxError.otherServer(name: item.document.name, server: server)
        }
        let correction = OutgoingDocument(
            try MeetingSubmission.decode(
                Array(item.document.text.utf8), today: Workplace.today, areas: AreaTable.embedded
            ).replacing(current.revision))
        try outbox.exchange(item.document.name, for: correction)
        guard let remote else {
            return Console.say(
                common.text(
                    Bilingual(
                        zh: "更正已放入发件箱：\(correction.name)",
                        en: "the correction waits in the outbox: \(correction.name)")))
        }
        let verdict = try await remote.withClient {
            try await outbox.deliver(correction, through: $0)
        }
        guard case .delivered(let receipt, let outcome) = verdict else {
            throw CommandFailure(verdict, of: correction)
        }
        try ReceiptLine(receipt: receipt, outcome: Recorded.Outcome(rawValue: outcome) ?? .corrected).print(
            json: output.json, language: common.language)
    }
}

extension MeetingSubmission {
    /// The same content, as a correction of another revision.
    fileprivate func replacing(_ revision: Int) -> MeetingSubmission {
        switch self {
        case .record(var document):
            document.replaces = revision
            return .record(document)
        case .void(let void): return .void(MeetingVoid(id: void.id, replaces: revision, why: void.why))
        }
    }
}
