internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachClient
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
            let limit = try Arguments.count(limit, "--limit", in: 1...100_000)
            let from = try from.map { try Arguments.day($0, "--from") }
            let to = try to.map { try Arguments.day($0, "--to") }
            let place = try await service.place(common)
            for meeting in try await place.meetings(from: from, to: to, limit: limit) {
                try Console.out(
                    output.json ? meeting.json.text() : MeetingLine(row: meeting).text(common.language))
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
    @Flag(
        help: "打印可据以更正的文件（不含个人信息） · the document to correct it from, without persons")
    var document = false

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let id = try Arguments.meeting(id)
            let place = try await service.place(common)
            guard !document else {
                let document = try await CorrectMeeting.standing(
                    id, at: place, try await place.documentWithoutPersons(id))
                return try Console.out(Array(MeetingSubmission.record(document).json.rendered().utf8))
            }
            let found = try await place.meeting(id)
            guard !output.json else { return try Console.out(found.json.text()) }
            let meeting = found.row("meeting")
            if let meeting { try Console.out(MeetingLine(row: meeting).text(common.language)) }
            for revision in try found.required({ $0.rows("revisions") }) {
                let void = revision.flag("void") ? common.text(Bilingual(zh: "（作废）", en: " (void)")) : ""
                try Console.out("\(revision.text("receipt") ?? "")\(void)")
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
}

struct VoidMeeting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "void", abstract: "作废一场沟通会 · void a meeting")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Argument(help: "沟通会编号 · meeting id") var id: String
    @Option(help: "原因 · reason") var why: String
    @Option(help: "作废的版本号；没有网络时由本人写明 · revision that is voided, for want of a network")
    var replaces: Int?

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let id = try Arguments.meeting(id)
            let place = try await service.place(common)
            let void = MeetingSubmission.void(
                MeetingVoid(id: id, replaces: try await revision(of: id, at: place), why: why))
            // The reason passes the gate that every document passes.
            try await place.record(
                try place.submission(from: Array(void.json.text().utf8)), json: output.json,
                language: common.language)
        }
    }

    /// The revision that stands. Without a network nobody can say which one does: the person does.
    private func revision(of id: MeetingID, at place: any AnsweringPlace) async throws -> Int {
        if let replaces { return try Arguments.count(replaces, "--replaces", in: 1...1_000_000) }
        let current: (receipt: Receipt, voidedBecause: String?)
        do {
            current = try await place.standing(of: id)
        } catch let obstacle as Obstacle {
            throw CommandFailure(
                obstacle.exit, code: obstacle.code, pointer: "--replaces", rule: obstacle.rule,
                mend: Bilingual(
                    zh: "没有网络时加上 --replaces 版本号（回执中编号后面的数字），作废会留在发件箱待发",
                    en:
                        "without a network, add --replaces N, the number after the id in the receipt: the void "
                        + "then waits in the outbox"))
        }
        // Voiding twice for the same reason is the same void again.
        if let reason = current.voidedBecause, reason != why {
            throw CommandFailure(
                .conflict, code: "meeting.void_already",
                rule: Bilingual(zh: "这场沟通会已经作废", en: "this meeting is void already"),
                mend: Bilingual(zh: "无需再次作废", en: "nothing needs to be done"))
        }
        return current.receipt.revision - (current.voidedBecause == nil ? 0 : 1)
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
            let week = try Arguments.week(week)
            let place = try await service.place(common)
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
            _ = try await place.declare(.none, in: unit, week: week)
            Console.say(
                common.text(
                    Bilingual(
                        zh: "已登记：\(unit.name) \(week.name) 零报告",
                        en: "recorded: \(unit.name), \(week.name), no meetings")))
        }
    }
}
