import Outreach

/// The map as far as these tests walk on it: Beijing before and after the renaming of 2020-12-31.
struct MapOfTwo: AreaDirectory {
    func entry(_ code: AreaCode, on day: Day) -> AreaEntry? {
        let isAfter = day >= Day(year: 2020, month: 12, day: 31) ?? day
        return switch code.text {
        case "110105021":
            AreaEntry(
                code: code.text, name: "南磨房地区", aliases: ["南磨房", "南磨房乡"], districtName: "朝阳区")
        case "110106008":
            AreaEntry(
                code: code.text, name: isAfter ? "六里桥街道" : "卢沟桥街道", aliases: [],
                districtName: "丰台区")
        case "110106017":
            AreaEntry(
                code: code.text, name: isAfter ? "卢沟桥街道" : "卢沟桥地区", aliases: ["卢沟桥乡"],
                districtName: "丰台区")
        case "110101001" where !isAfter:
            AreaEntry(code: code.text, name: "东华门街道", aliases: [], districtName: "东城区")
        default: nil
        }
    }
}
