internal import ArgumentParser
internal import Outreach
internal import OutreachClient
internal import Reporting

struct SendOutbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "发送发件箱里的文件 · send what waits")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var service: ServerOption
    @Argument(help: "只发这一份，已拒收的也再试 · only this one, also when it was refused")
    var id: String?

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            guard let remote = try service.chosen() else {
                throw CommandFailure(
                    .usage, code: "server.required", pointer: "--server",
                    rule: Bilingual(zh: "没有指明服务地址", en: "no service is named"),
                    mend: Bilingual(
                        zh: "加上 --server https://主机，或设置 GOUTONG_SERVER",
                        en: "add --server https://HOST, or set GOUTONG_SERVER"))
            }
            let waiting = try waiting(in: remote.outbox)
            let failures = try await remote.withClient(common.language) {
                try await send(waiting, through: $0, from: remote.outbox)
            }
            guard let worst = failures.first else {
                if waiting.isEmpty {
                    Console.say(common.text(Bilingual(zh: "没有要发送的", en: "nothing to send")))
                }
                return
            }
            // One code for the whole run: what needs a person before what passes by itself.
            let summary = failures.first { $0.exit != .unavailable } ?? worst
            throw CommandFailure(summary.exit, issues: failures.flatMap(\.issues).uniqued())
        }
    }

    private func waiting(in outbox: Outbox) throws -> [OutgoingDocument] {
        guard let id else {
            return try outbox.entries().compactMap(\.item).filter { [.ready, .sending].contains($0.state) }
                .map(\.document)
        }
        let name = try OutboxCommand.name(id, in: outbox)
        return [try OutboxCommand.item(name, in: outbox).document]
    }

    private func send(
        _ waiting: [OutgoingDocument], through client: OutreachClient, from outbox: Outbox
    ) async throws -> [CommandFailure] {
        var failures: [CommandFailure] = []
        var held: Set<MeetingID> = []
        for document in waiting {
            // A correction cannot arrive before what it corrects.
            if held.contains(document.id) { continue }
            let verdict: Verdict
            do {
                verdict = try await outbox.deliver(document, through: client)
            } catch let error as OutboxError {
                // Somebody else delivered or discarded it, or is at it.
                if error == .notFound { continue }
                held.insert(document.id)
                failures.append(CommandFailure(outbox: error))
                continue
            }
            switch verdict {
            case .delivered(let receipt, let outcome):
                try tell(receipt, outcome)
            case .undelivered(let obstacle):
                failures.append(CommandFailure(verdict, of: document))
                held.insert(document.id)
                // What stands in the way of one stands in the way of all.
                if case .busy = obstacle { continue }
                return failures
            case .conflict, .refused:
                failures.append(CommandFailure(verdict, of: document))
                held.insert(document.id)
            }
        }
        return failures
    }

    private func tell(_ receipt: Receipt, _ outcome: String) throws {
        try Console.out(
            output.json
                ? JSONValue.object([
                    .init("id", .string("\(receipt.id)")), .init("revision", .integer(receipt.revision)),
                    .init("outcome", .string(outcome)), .init("receipt", .string("\(receipt)")),
                ]).text() : receipt.description)
    }
}

extension [DocumentIssue] {
    /// Each once, in the order of their coming.
    fileprivate func uniqued() -> [DocumentIssue] {
        var seen: Set<DocumentIssue> = []
        return filter { seen.insert($0).inserted }
    }
}
