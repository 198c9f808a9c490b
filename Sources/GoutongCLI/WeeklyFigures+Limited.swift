internal import Funnel
internal import Outreach

extension WeeklyFigures {
    /// The same report with the rows of one district (six digits) or area (nine) alone; the city's
    /// figures stay the city's.
    func limited(to code: String) throws -> WeeklyFigures {
        var limited = self
        guard [6, 9].contains(code.utf8.count) else { throw Self.unknownArea }
        limited.areas = areas.filter { $0.code.hasPrefix(code) }
        limited.districts = districts.filter { code.hasPrefix($0.code) }
        limited.completeness = completeness.filter { $0.code.hasPrefix(code) }
        let names = Set(limited.areas.map(\.name))
        limited.followUps = followUps.filter { names.contains($0.area) }
        guard !limited.areas.isEmpty else { throw Self.unknownArea }
        return limited
    }

    private static var unknownArea: CommandFailure {
        CommandFailure(
            .usage, code: "area.not_valid_on_day", pointer: "--area",
            rule: Bilingual(
                zh: "该周没有这个代码的区或街道（乡镇）", en: "no district, street or township has this code in that week"),
            mend: Bilingual(zh: "核对代码", en: "check the code"))
    }
}
