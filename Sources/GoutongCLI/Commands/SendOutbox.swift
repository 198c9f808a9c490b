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
    @Flag(
        help:
            "没有写明服务的也发到这里；写明编号时，给别的服务的也改发到这里 · also what names no service; with an id, also what was meant for another one"
    )
    var adopt = false

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            guard let remote = try service.chosen(common) else {
                throw CommandFailure(
                    .usage, code: "server.required", pointer: "--server",
                    rule: Bilingual(zh: "没有指明服务地址", en: "no service is named"),
                    mend: Bilingual(
                        zh: "加上 --server https://主机，或设置 GOUTONG_SERVER",
                        en: "add --server https://HOST, or set GOUTONG_SERVER"))
            }
            let waiting = try waiting(for: remote)
            let failures =
                try await remote.withClient {
                    try await send(waiting.own, through: $0, from: remote.outbox)
                } + waiting.unsaid.map { CommandFailure(outbox: .noServer(name: $0)) }
            guard let worst = failures.first else {
                if waiting.own.isEmpty {
                    Console.say(common.text(Bilingual(zh: "没有要发送的", en: "nothing to send")))
                }
                return
            }
            // One code for the whole run: what needs a person before what passes by itself.
            let summary = failures.first { $0.exit != .unavailable } ?? worst
            throw CommandFailure(summary.exit, issues: failures.flatMap(\.issues).uniqued())
        }
    }

    /// What goes to this service, and the names of what nobody has said where it goes. What waits for others
    /// is told and left.
    private func waiting(
        for remote: RemoteWorkplace
    ) throws -> (own: [OutgoingDocument], unsaid: [String]) {
        let outbox = remote.outbox
        let server = remote.server.identity
        if let id {
            let name = try OutboxCommand.name(id, in: outbox)
            let item = try OutboxCommand.item(name, in: outbox)
            if adopt { try outbox.adopt(name, for: remote.server) }
            return ([item.document], [])
        }
        let items = try outbox.entries().compactMap(\.item).filter { [.ready, .sending].contains($0.state) }
        let unsaid = items.filter { $0.server == nil }.map(\.document)
        if adopt { for document in unsaid { try outbox.adopt(document.name, for: remote.server) } }
        for (other, count) in Dictionary(grouping: items.compactMap(\.server), by: \.self)
            .mapValues(\.count).filter({ $0.key != server }).sorted(by: { $0.key < $1.key })
        {
            Console.say(
                common.text(
                    Bilingual(zh: "另有 \(count) 份给 \(other)，没有发", en: "\(count) for \(other): not sent")))
        }
        // In the order of the list: a correction after what it corrects.
        let own = items.filter { $0.server == server || adopt && $0.server == nil }.map(\.document)
        return (own, adopt ? [] : unsaid.map(\.name))
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
