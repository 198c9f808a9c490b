internal import MeetingForm
internal import Outreach
internal import OutreachStore

extension AreaTable {
    /// By code, name, pinyin or initials: beginnings before middles, each in code order.
    func choices(matching text: String, on day: Day, limit: Int) -> [AreaChoice] {
        let typed = NormalisedText.code(text).lowercased()
        guard !typed.isEmpty else { return [] }
        let ranked = townships.compactMap { area -> (rank: Int, area: Area)? in
            guard area.isValid(on: day) else { return nil }
            return area.rank(typed: typed).map { ($0, area) }
        }
        return ranked.sorted { ($0.rank, $0.area.code) < ($1.rank, $1.area.code) }.prefix(limit)
            .compactMap(\.area.choice)
    }
}

extension AreaTable.Area {
    fileprivate func rank(typed: String) -> Int? {
        let names = [name] + aliases
        if code == typed || names.contains(typed) { return 0 }
        if code.hasPrefix(typed) || names.contains(where: { $0.hasPrefix(typed) }) { return 1 }
        if initials.hasPrefix(typed) || pinyin.hasPrefix(typed) { return 2 }
        if names.contains(where: { $0.contains(typed) }) || (districtName + name).contains(typed) { return 3 }
        return typed.utf8.count >= 3 && pinyin.contains(typed) ? 4 : nil
    }

    /// nil where its code is none, which the map does not have.
    var choice: AreaChoice? {
        guard let code = try? AreaCode(validating: code) else { return nil }
        return AreaChoice(code: code, name: name, district: districtName)
    }
}
