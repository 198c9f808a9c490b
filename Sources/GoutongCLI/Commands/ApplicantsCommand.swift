internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting

struct ApplicantsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "applicants", abstract: "补登一场沟通会的申请人 · add applicants to a meeting",
        subcommands: [Add.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "补登：作为一次更正，其余不变 · as a correction that leaves everything else as it is")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Option(help: "沟通会编号 · meeting id") var meeting: String
        @Option(help: "JSON 名单，- 为标准输入 · a list of applicants, as in a meeting document")
        var from: String?

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                guard let from else { throw Self.nothingGiven }
                let id = try Arguments.meeting(meeting)
                let added = try Self.applicants(try Arguments.read(from))
                let place = try await service.place(common)
                guard var document = try await place.document(id) else { throw RecordingError.notFound }
                let known = Set(document.applicants.map { "\($0.id)" })
                let new = added.filter { entry in
                    Self.id(of: entry).map { !known.contains($0) } ?? true
                }
                if new.isEmpty, !added.isEmpty { return try await tellKnown(id, at: place) }
                // By id alone: nobody on record is read out and written again.
                document.applicants = document.applicants.map { .unchanged($0.id) }
                for index in document.firms.indices { document.firms[index].contact = nil }
                // A stated total counts everyone who applied: it follows when those listed outgrow it.
                let listed = document.applicants.count + new.count
                if let total = document.applications.total, total < listed {
                    document.applications.total = listed
                }
                try await place.record(
                    try place.submission(
                        from: Array(Self.appending(new, to: MeetingSubmission.record(document).json).utf8)),
                    json: output.json, language: common.language)
            }
        }

        /// Sent twice, it is added once.
        private func tellKnown(_ id: MeetingID, at place: any AnsweringPlace) async throws {
            let receipt = try await place.standing(of: id).receipt
            guard output.json else {
                Console.say(
                    common.text(Bilingual(zh: "均已登记，没有改动", en: "all of them are recorded; nothing changed")))
                return try Console.out("\(receipt)")
            }
            try Console.out(
                JSONValue.object([
                    .init("id", .string("\(id)")), .init("revision", .integer(receipt.revision)),
                    .init("outcome", .string("replayed")), .init("receipt", .string("\(receipt)")),
                ]).text())
        }

        /// A list, or an object with the list under `applicants`.
        private static func applicants(_ bytes: [UInt8]) throws -> [JSONValue] {
            switch try JSONValue.reading(bytes) {
            case .array(let values): return values
            case .object(let members):
                if case .array(let values)? = members.first(where: { $0.key == "applicants" })?.value {
                    return values
                }
            default: break
            }
            throw CommandFailure(
                .invalid, code: "applicants.form", pointer: "/applicants",
                rule: Bilingual(zh: "不是申请人名单", en: "not a list of applicants"),
                mend: Bilingual(
                    zh: "写 [ { … } ] 或 { \"applicants\": [ … ] }，字段同沟通会文件",
                    en: "write [ { … } ] or { \"applicants\": [ … ] }, with the keys of a meeting document"))
        }

        private static func id(of entry: JSONValue) -> String? {
            guard case .object(let members) = entry,
                case .string(let id)? = members.first(where: { $0.key == "id" })?.value
            else { return nil }
            return id.lowercased()
        }

        private static func appending(_ new: [JSONValue], to document: JSONValue) -> String {
            guard case .object(var members) = document else { return document.text() }
            var listed: [JSONValue] = []
            if let index = members.firstIndex(where: { $0.key == "applicants" }) {
                if case .array(let values) = members[index].value { listed = values }
                members.remove(at: index)
            }
            members.append(.init("applicants", .array(listed + new)))
            return JSONValue.object(members).text()
        }

        private static var nothingGiven: CommandFailure {
            CommandFailure(
                .usage, code: "from.required", pointer: "--from",
                rule: Bilingual(zh: "没有给出名单", en: "no list is given"),
                mend: Bilingual(
                    zh: "用 --from 文件（- 为标准输入），或用 goutong meeting correct 在表单上补登",
                    en:
                        "give --from FILE (- for standard input), or add them in the form: goutong meeting correct"
                ))
        }
    }
}
