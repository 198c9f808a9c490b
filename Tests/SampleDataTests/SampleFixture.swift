import Foundation
import Outreach
import SampleData
import Testing

/// The list of 2018 with an invented, deterministic choice of 120 pilots in 11 districts.
enum SampleFixture {
    static let districts = [
        "110101": "东城区", "110102": "西城区", "110105": "朝阳区", "110106": "丰台区", "110107": "石景山区",
        "110108": "海淀区", "110109": "门头沟区", "110111": "房山区", "110112": "通州区", "110113": "顺义区",
        "110114": "昌平区", "110115": "大兴区", "110116": "怀柔区", "110117": "平谷区", "110118": "密云区",
        "110119": "延庆区",
    ]
    /// The development zone: a peer of the districts in the union tree, a few units of Daxing on the map.
    static let zone: Set = ["110115012", "110115013", "110115403"]
    static let pilotDistricts: Set = [
        "110101", "110102", "110105", "110106", "110107", "110108", "110111", "110112", "110114", "110115",
        "110118",
    ]

    /// The same areas and this seed, made once for the tests that only look.
    static let seed: UInt64 = 2018
    static let made = Result {
        let areas = try SampleFixture.areas()
        let sample = try SampleGenerator(seed: seed, areas: areas).makeSample()
        return (areas: areas, sample: sample, record: try SampleRecord(sample))
    }

    static func areas() throws -> [SampleArea] {
        let file = try #require(
            Bundle.module.url(
                forResource: "beijing_townships_2018", withExtension: "csv", subdirectory: "Fixtures"))
        let april = try #require(Day(iso: "2018-04-02"))
        let october = try #require(Day(iso: "2018-10-01"))
        var pilots = 0
        return try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
            .enumerated()
            .map { row, line in
                let fields = line.split(separator: ",").map(String.init)
                let code = try AreaCode(validating: fields[0])
                let isPilot = pilotDistricts.contains(code.district) && row % 2 == 0 && pilots < 120
                pilots += isPilot ? 1 : 0
                let inZone = zone.contains(code.text)
                return SampleArea(
                    code: code, name: fields[1], districtCode: inZone ? "BDA" : code.district,
                    districtName: inZone ? "北京经济技术开发区" : districts[code.district] ?? code.district,
                    arm: isPilot ? .pilot : .comparison,
                    startOn: isPilot ? april.adding(days: pilots % 13 * 7) : october)
            }
    }
}
