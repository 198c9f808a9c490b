internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting

struct MeetingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meeting", abstract: "沟通会：登记、查看、更正、作废 · meetings",
        subcommands: [
            LogMeeting.self, ListMeetings.self, ShowMeeting.self, CorrectMeeting.self,
            VoidMeeting.self, DeclareNone.self,
        ])
}

struct ListMeetings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "最近的沟通会 · the latest meetings")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Option(help: "起始日期 · from this day") var from: String?
    @Option(help: "截止日期 · up to this day") var to: String?
    @Option(help: "最多几场 · at most") var limit = 50

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            try service.refuse()
            let limit = try Arguments.count(limit, "--limit", in: 1...100_000)
            let place = try await Workplace.open(federation: common.federation)
            let meetings = try await MeetingReader(federation: place.federation).latest(
                from: try from.map { try Arguments.day($0, "--from") },
                to: try to.map { try Arguments.day($0, "--to") }, limit: limit,
                on: place.connection)
            for meeting in meetings {
                try Console.out(output.json ? meeting.json.text() : meeting.line(common.language))
            }
        }
    }
}

struct ShowMeeting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "一场沟通会及其各版本回执 · one meeting and its receipts")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Argument(help: "沟通会编号 · meeting id") var id: String

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            try service.refuse()
            let place = try await Workplace.open(federation: common.federation)
            let id = try Arguments.meeting(id)
            let reader = MeetingReader(federation: place.federation)
            let revisions = try await reader.revisions(of: id, on: place.connection)
            guard !revisions.isEmpty else { throw RecordingError.notFound }
            let meeting = try await reader.meeting(id, on: place.connection)
            if output.json {
                return try Console.out(
                    JSONValue.object([
                        .init("meeting", meeting.map(\.json) ?? .null),
                        .init("revisions", .array(revisions.map(Self.json))),
                    ]).text())
            }
            if let meeting { try Console.out(meeting.line(common.language)) }
            for (receipt, reason) in revisions {
                let void = reason.map { _ in
                    common.text(Bilingual(zh: "（作废）", en: " (void)"))
                }
                try Console.out("\(receipt)\(void ?? "")")
            }
            // On a terminal, what can be done next.
            if meeting != nil, isatty(STDOUT_FILENO) == 1 {
                Console.say(
                    common.text(
                        Bilingual(
                            zh: "要更正，运行：goutong meeting correct \(id)",
                            en: "to correct it: goutong meeting correct \(id)")))
            }
        }
    }

    private static func json(_ revision: (receipt: Receipt, voidedBecause: String?)) -> JSONValue {
        .object([
            .init("revision", .integer(revision.receipt.revision)),
            .init("receipt", .string(revision.receipt.description)),
            .init("void", .bool(revision.voidedBecause != nil)),
        ])
    }
}

struct VoidMeeting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "void", abstract: "作废一场沟通会 · void a meeting")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Argument(help: "沟通会编号 · meeting id") var id: String
    @Option(help: "原因 · reason") var why: String
    @Option(help: "作废的版本号（通过服务作废时必填） · revision that is voided, needed with --server")
    var replaces: Int?

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let id = try Arguments.meeting(id)
            if let remote = try service.chosen() { return try await void(id, through: remote) }
            let place = try await Workplace.open(federation: common.federation)
            let revisions = try await MeetingReader(federation: place.federation).revisions(
                of: id, on: place.connection)
            guard let current = revisions.last else { throw RecordingError.notFound }
            // Voiding twice for the same reason is the same void again.
            if let reason = current.voidedBecause, reason != why {
                throw CommandFailure(
                    .conflict, code: "meeting.void_already",
                    rule: Bilingual(zh: "这场沟通会已经作废", en: "this meeting is void already"),
                    mend: Bilingual(zh: "无需再次作废", en: "nothing needs to be done"))
            }
            let replaces = current.receipt.revision - (current.voidedBecause == nil ? 0 : 1)
            let void = MeetingSubmission.void(MeetingVoid(id: id, replaces: replaces, why: why))
            // The reason passes the gate that every document passes.
            try await place.record(
                try place.submission(from: Array(void.json.text().utf8)), json: output.json,
                language: common.language)
        }
    }
}

extension VoidMeeting {
    /// Without a network nobody can say which revision stands: the person does.
    private func void(_ id: MeetingID, through remote: RemoteWorkplace) async throws {
        guard let replaces else {
            throw CommandFailure(
                .usage, code: "replaces.required", pointer: "--replaces",
                rule: Bilingual(zh: "没有写明作废哪个版本", en: "the revision to void is not named"),
                mend: Bilingual(
                    zh: "加上 --replaces 版本号（回执中编号后面的数字）",
                    en: "add --replaces N, the number after the id in the receipt"))
        }
        let revision = try Arguments.count(replaces, "--replaces", in: 1...1_000_000)
        let void = MeetingSubmission.void(MeetingVoid(id: id, replaces: revision, why: why))
        try await remote.record(
            try remote.submission(from: Array(void.json.text().utf8)), json: output.json,
            language: common.language)
    }
}

struct DeclareNone: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "none", abstract: "零报告：声明某周没有开会 · declare a week without meetings")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @Option(help: "街道（乡镇）代码 · area code") var area: String
    @Option(help: "周，如 2018-W52 · week") var week: String

    func run() async throws {
        try await Console.run(language: common.language) {
            try service.refuse()
            let week = try Arguments.week(week)
            let place = try await Workplace.open(federation: common.federation)
            guard area.utf8.count == 9, let unit = place.areas.area(code: area, on: week.end),
                week.start <= Workplace.today
            else {
                throw CommandFailure(
                    .usage, code: "area.not_valid_on_day", pointer: "--area",
                    rule: Bilingual(
                        zh: "该周没有这个代码的街道（乡镇），或该周还没开始",
                        en: "no street or township has this code in that week, or it has not begun"),
                    mend: Bilingual(zh: "核对代码", en: "check the code"))
            }
            try await place.facts.declareNoMeeting(area: unit.id, week: week, on: place.connection)
            Console.say(
                common.text(
                    Bilingual(
                        zh: "已登记：\(unit.name) \(week.name) 零报告",
                        en: "recorded: \(unit.name), \(week.name), no meetings")))
        }
    }
}

extension Workplace {
    /// Decodes a document against the map; every issue found is thrown together.
    func submission(from bytes: [UInt8]) throws(DocumentRefused) -> MeetingSubmission {
        try MeetingSubmission.decode(bytes, today: Self.today, areas: areas)
    }

    /// Records and prints the receipt: the one way out of every way in.
    @discardableResult
    func record(
        _ submission: MeetingSubmission, json: Bool, language: Language
    ) async throws -> Recorded {
        let recorded = try await recorder.record(submission, on: connection)
        try ReceiptLine(receipt: recorded.receipt, outcome: recorded.outcome).print(
            json: json, language: language)
        // The receipt is out: what follows only makes the next report quicker.
        try? await drain()
        return recorded
    }
}

extension MeetingListing {
    func line(_ language: Language) -> String { summary(language) + "  \(id)@\(revision)" }

    /// What a person knows it by.
    func summary(_ language: Language) -> String {
        let kindText: Bilingual =
            kind == .enterprise
            ? Bilingual(zh: "企业沟通会", en: "enterprise") : Bilingual(zh: "职工沟通会", en: "worker")
        let counts =
            language == .zh
            ? "企业\(firms)家 意向\(intents) 申请\(applications)人"
            : "\(firms) firms, \(intents) intents, \(applications) applications"
        return [
            heldOn.iso, language == .zh ? kindText.zh : kindText.en, districtName + areaName,
            venue ?? "—", counts,
        ].joined(separator: "  ")
    }
}
