internal import Funnel
internal import Outreach

extension WeeklyFigures {
    /// The same report with the rows of one district (six digits) or area (nine) alone; the city's
    /// figures stay the city's.
    func limited(to code: String) throws -> WeeklyFigures {
        let codes = Set(areas.map(\.code).filter { $0.hasPrefix(code) })
        guard [6, 9].contains(code.utf8.count), !codes.isEmpty else { throw Self.unknownArea }
        return limited(
            toAreas: codes, districts: Set(districts.map(\.code).filter { code.hasPrefix($0) }))
    }

    static var unknownArea: CommandFailure {
        CommandFailure(
            .usage, code: "area.not_valid_on_day", pointer: "--area",
            rule: Bilingual(
                zh: "该周没有这个代码的区或街道（乡镇）", en: "no district, street or township has this code in that week"),
            mend: Bilingual(zh: "核对代码", en: "check the code"))
    }
}
