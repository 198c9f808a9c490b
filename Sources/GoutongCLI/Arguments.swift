internal import Foundation
internal import Outreach
internal import OutreachStore

/// Reads what people write on the command line, with a clear word where it does not read.
enum Arguments {
    static func day(_ text: String, _ name: String) throws -> Day {
        guard let day = Day(iso: text) else {
            throw CommandFailure(
                .usage, code: "date.form", pointer: name,
                rule: Bilingual(zh: "不是有效日期", en: "not a date"),
                mend: Bilingual(zh: "写成 2018-12-30", en: "write it as 2018-12-30"))
        }
        return day
    }

    /// A day that is not in the future: nothing is foretold.
    static func pastDay(_ text: String, _ name: String) throws -> Day {
        let day = try day(text, name)
        guard day <= Workplace.today else {
            throw CommandFailure(
                .usage, code: "date.future", pointer: name,
                rule: Bilingual(zh: "日期在将来", en: "the day lies in the future"),
                mend: Bilingual(zh: "填今天或更早的日期", en: "give today or an earlier day"))
        }
        return day
    }

    static var windowOutOfRange: CommandFailure {
        CommandFailure(
            .usage, code: "window.form", pointer: "--window",
            rule: Bilingual(
                zh: "跟踪期应为 0 到 3650 天，或 none", en: "the window is 0 to 3650 days, or none"),
            mend: Bilingual(zh: "例如 --window 90", en: "for example --window 90"))
    }

    /// One of a few words.
    static func choice<Choice: RawRepresentable & CaseIterable>(
        _ text: String, _ name: String, of _: Choice.Type = Choice.self
    ) throws -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: text) else {
            let all = Choice.allCases.map(\.rawValue).joined(separator: " ")
            throw CommandFailure(
                .usage, code: "choice.unknown", pointer: name,
                rule: Bilingual(zh: "没有这个选项", en: "no such choice"),
                mend: Bilingual(zh: "可选：\(all)", en: "one of: \(all)"))
        }
        return choice
    }

    /// A count that people wrote, within what the ledger can hold.
    static func count(_ value: Int, _ name: String, in range: ClosedRange<Int>) throws -> Int {
        guard range.contains(value) else {
            throw CommandFailure(
                .usage, code: "number.range", pointer: name,
                rule: Bilingual(
                    zh: "应在 \(range.lowerBound) 到 \(range.upperBound) 之间",
                    en: "must lie between \(range.lowerBound) and \(range.upperBound)"),
                mend: Bilingual(zh: "核对后重填", en: "check it and try again"))
        }
        return value
    }

    static func line(_ text: String, _ name: String) throws -> String {
        do throws(CodeError) {
            return try NormalisedText.line(text)
        } catch {
            throw CommandFailure(
                .invalid, code: error.code, pointer: name, rule: error.rule, mend: error.mend)
        }
    }

    static func week(_ text: String) throws -> Week {
        guard let week = Week(name: text) else {
            throw CommandFailure(
                .usage, code: "week.unknown", pointer: "--week",
                rule: Bilingual(zh: "没有这一周", en: "no such week"),
                mend: Bilingual(
                    zh: "写成 2018-W52（ISO 周，周一至周日）", en: "write it as 2018-W52 (ISO week, Monday to Sunday)"))
        }
        return try begun(week, "--week")
    }

    /// The seven days that end on a day.
    static func week(ending text: String) throws -> Week {
        try begun(Week(ending: try day(text, "--ending")), "--ending")
    }

    /// A week that has begun: the running one is told as far as it goes, a later one has nothing to tell.
    private static func begun(_ week: Week, _ name: String) throws -> Week {
        guard week.start <= Workplace.today else {
            throw CommandFailure(
                .usage, code: "week.future", pointer: name,
                rule: Bilingual(zh: "这一周还没有开始", en: "this week has not begun"),
                mend: Bilingual(
                    zh: "填已开始的周，最晚为 \(Week(containing: Workplace.today).name)（本周，截至目前）",
                    en: "give a week that has begun, at the latest "
                        + "\(Week(containing: Workplace.today).name) (the running one, so far)"))
        }
        return week
    }

    /// Six or nine digits; whether there is such an area is another question.
    static func areaCode(_ text: String, _ name: String) throws -> String {
        guard [6, 9].contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw CommandFailure(
                .usage, code: "area.form", pointer: name,
                rule: Bilingual(zh: "应为6位或9位数字", en: "must be six or nine digits"),
                mend: Bilingual(zh: "核对区划代码", en: "check the code"))
        }
        return text
    }

    static func meeting(_ text: String) throws -> MeetingID {
        guard let id = MeetingID(text) else {
            throw CommandFailure(
                .usage, code: "id.form", pointer: "id",
                rule: Bilingual(zh: "不是有效编号", en: "not an id"),
                mend: Bilingual(zh: "用 goutong meeting list 查找编号", en: "find it with goutong meeting list"))
        }
        return id
    }

    /// A firm by its credit code or its id.
    static func firm(_ text: String) throws -> FactRecorder.FirmReference {
        if let id = FirmID(text) { return .id(id) }
        do throws(CodeError) {
            return .uscc(try CreditCode(validating: text))
        } catch {
            throw CommandFailure(
                .usage, code: error.code, pointer: "firm", rule: error.rule, mend: error.mend)
        }
    }

    /// A file's bytes, or standard input for `-`.
    static func read(_ path: String) throws -> [UInt8] {
        if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(
                .notFound, code: "file.not_found", pointer: "--from",
                rule: Bilingual(zh: "找不到或无法读取文件", en: "the file is missing or cannot be read"),
                mend: Bilingual(zh: "检查路径和权限", en: "check the path and its permissions"))
        }
        return Array(data)
    }

    /// Hands a report over: into a file where one is named, else on standard output.
    static func hand(
        over bytes: [UInt8], isWorkbook: Bool, to path: String?, in common: CommonOptions
    ) throws {
        guard let path else {
            guard !isWorkbook || isatty(STDOUT_FILENO) == 0 else {
                throw CommandFailure(
                    .usage, code: "out.required", pointer: "--out",
                    rule: Bilingual(zh: "工作簿不能显示在终端", en: "a workbook cannot be shown on a terminal"),
                    mend: Bilingual(zh: "用 --out 指定文件", en: "name a file with --out"))
            }
            return try Console.out(bytes)
        }
        try write(bytes, to: path)
        Console.say(common.text(Bilingual(zh: "已写入 \(path)", en: "written: \(path)")))
    }

    /// Writes a file whole or not at all.
    static func write(_ bytes: [UInt8], to path: String) throws { try OutputFile.write(bytes, to: path) }
}
