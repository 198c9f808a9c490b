internal import ArgumentParser
internal import Outreach
internal import OutreachStore

/// The week that a report is about.
struct WeekOption: ParsableArguments {
    @Option(help: "周，如 2018-W52 · ISO week") var week: String?
    @Option(help: "以这一天结束的七天 · the seven days that end on this day") var ending: String?

    /// The one that is named; else the last full week.
    func chosen() throws -> Week {
        switch (week, ending) {
        case (let name?, nil): return try Arguments.week(name)
        case (nil, let day?): return try Arguments.week(ending: day)
        case (nil, nil): return Week(containing: Workplace.today).previous
        case (_?, _?):
            throw CommandFailure(
                .usage, code: "week.twice", pointer: "--week",
                rule: Bilingual(zh: "--week 和 --ending 只能用一个", en: "give --week or --ending, not both"),
                mend: Bilingual(zh: "去掉一个", en: "leave one out"))
        }
    }

    /// One that is over: what is still going on cannot be reported for good.
    func over() throws -> Week {
        let week = try chosen()
        guard week.end < Workplace.today else {
            throw CommandFailure(
                .usage, code: "week.not_over", pointer: ending == nil ? "--week" : "--ending",
                rule: Bilingual(zh: "这一周还没有结束，不能签发", en: "this week is not over, so it cannot be issued"),
                mend: Bilingual(
                    zh: "\(week.end.adding(days: 1).iso) 起可以签发；现在可用 goutong report weekly 预览",
                    en:
                        "from \(week.end.adding(days: 1).iso) on it can; for now, look with goutong report weekly"
                ))
        }
        return week
    }
}

extension AreaTable {
    /// The street or township that reports for a week.
    func reporting(_ code: String, _ week: Week) throws -> Area {
        guard code.utf8.count == 9, let unit = area(code: code, on: week.end) else {
            throw CommandFailure(
                .usage, code: "area.not_valid_on_day", pointer: "--area",
                rule: Bilingual(
                    zh: "该周没有这个代码的街道（乡镇）", en: "no street or township has this code in that week"),
                mend: Bilingual(zh: "核对代码", en: "check the code"))
        }
        return unit
    }
}
