internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "批量导入：企业、沟通会、建会进度 · bulk import",
        discussion: """
            先整体核对，再分小批登记。默认有一行不对就什么都不登记；--on-error skip 登记其余的行，不对的行写入 \
            FILE.errors.csv，改好后可再导入，退出码 65。中途停止后重新运行同一命令即可续完。

            The whole file is checked first, then recorded in short batches. By default one bad row means that \
            nothing is recorded; with --on-error skip the good rows are, the bad ones are written to \
            FILE.errors.csv, ready to be mended and imported again, and the exit code is 65. A run that was stopped \
            is finished by running it again.
            """,
        subcommands: [Firms.self, Meetings.self, Milestones.self, Template.self])

    struct Firms: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "firms", abstract: "导入企业名录 · a list of firms")
        @OptionGroup var options: ImportOptions

        func run() async throws {
            try await options.run { source, place, watch in
                FirmImport(
                    source, into: place.federation, areas: place.areas, on: place.connection, watch: watch)
            }
        }
    }
}

extension ImportCommand {
    struct Meetings: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "meetings",
            abstract: "导入沟通会：平面 CSV（每行一家企业）或每行一个文件的 JSON · meetings, a flat CSV or JSON lines")
        @OptionGroup var options: ImportOptions

        func run() async throws {
            try await options.run { source, place, watch in
                MeetingImport(
                    source, into: place.federation, areas: place.areas, vault: place.vault,
                    words: ImportVocabulary.meetings, on: place.connection, watch: watch)
            }
        }
    }

    struct Milestones: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "milestones", abstract: "导入建会进度 · steps towards a union")
        @OptionGroup var options: ImportOptions

        func run() async throws {
            try await options.run { source, place, watch in
                MilestoneImport(
                    source, into: place.federation, words: ImportVocabulary.milestones, on: place.connection,
                    watch: watch)
            }
        }
    }
}

/// The catalogue's words for codes, as a Chinese file has them.
enum ImportVocabulary {
    static var meetings: ImportWords {
        [
            .kind: words("kind", MeetingKind.self), .venueKind: words("venue", VenueKind.self),
            .format: words("meeting_format", MeetingFormat.self),
            .unionStatus: words("union_status", UnionStatus.self),
            .attitude: words("attitude", Attitude.self),
            .intentForm: words("intent_form", IntentForm.self),
        ]
    }

    static var milestones: [String: String] {
        var all: [String: String] = [
            "form.单独": UnionForm.single.rawValue, "form.联合": UnionForm.joint.rawValue,
        ]
        for (word, code) in words("milestone", MilestoneKind.self) { all["kind.\(word)"] = code }
        for (word, code) in words("intent_form", IntentForm.self) { all["intent_form.\(word)"] = code }
        return all
    }

    private static func words<Choice: CaseIterable & RawRepresentable<String>>(
        _ group: String, _: Choice.Type
    ) -> [String: String] {
        let catalogue = Catalogue(.zh)
        var words: [String: String] = [:]
        for choice in Choice.allCases {
            if let word = catalogue.known("\(group).\(choice.rawValue)") { words[word] = choice.rawValue }
        }
        return words
    }
}

/// What every import takes, and how every import goes.
struct ImportOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Argument(help: "文件 · file") var file: String
    @Option(help: "表头对照表（两列 CSV：对方表头,我方表头或 -） · headers that are not ours, a CSV of two columns")
    var map: String?
    @Flag(help: "只预览，不登记 · preview, record nothing") var dryRun = false
    @Option(help: "有一行不对时：stop 全部不登记，skip 登记其余 · when a row is bad")
    var onError: OnError = .stop

    func run<Import: LedgerImport>(
        _ make: (ImportFile, Workplace, @escaping (ImportProgress) -> Void) -> Import
    ) async throws {
        try await Console.run(language: common.language, json: output.json) {
            let place = try await service.local(common)
            let source = try ImportFile(file)
            let watch = ProgressLine(language: common.language, json: output.json)
            defer { watch.end() }
            var work = make(source, place, watch.tell)
            var seconds: [(step: String, time: Duration)] = []
            let clock = ContinuousClock()
            var began = clock.now
            func note(_ step: String) {
                seconds.append((step, clock.now - began))
                began = clock.now
            }
            try await work.read(map: try HeaderMap.read(map), today: Workplace.today)
            note("reading")
            try await work.check()
            note("checking")
            let isRefused = !work.report.isEmpty && onError == .stop
            let standing = try await work.run.standing(on: place.connection)
            if dryRun {
                try await work.preview()
            } else if !isRefused, work.count.good > 0 {
                began = clock.now
                try await work.publish()
                note("publishing")
            }
            watch.end()
            let problems =
                work.report.isEmpty || dryRun
                ? nil : try ProblemFile.write(work.report, of: source, language: common.language)
            let telling = ImportTelling(
                work: work, source: source, outcome: dryRun ? .previewed : isRefused ? .refused : .imported,
                standing: standing, problems: problems, seconds: seconds, language: common.language)
            try output.json ? telling.printJSON() : telling.printText()
            if !dryRun, !isRefused { try await place.seal() }
            guard work.report.isEmpty else { throw ExitCode(GoutongExit.invalid.rawValue) }
        }
    }
}

extension HeaderMap {
    /// The file for `--map`; nothing without one.
    static func read(_ path: String?) throws -> [String: String] {
        guard let path else { return [:] }
        do {
            return try read(try ImportFile(path))
        } catch let issue as DocumentIssue {
            throw CommandFailure(
                .invalid, code: issue.code, pointer: "--map:\(issue.pointer)", rule: issue.rule,
                mend: issue.mend)
        }
    }
}
