import Outreach

/// What stays the same about a firm from one meeting to the next.
struct FirmProfile {
    let uscc: CreditCode?
    let name: String
    /// Where it is registered, if not where it was met.
    let registeredArea: AreaCode?
    let parent: String?
    let headcount: Int
    /// Some firms state a number, some only a band, some nothing.
    let headcountStated: HeadcountDetail
    let industry: IndustryCode?
    let contact: FirmContact?

    enum HeadcountDetail { case number, band, nothing }
}

/// Makes firms that cannot be mistaken for real ones or for each other.
struct FirmRegistry {
    /// Each firm has its own pair of characters, so names stay distinct however they are folded.
    private var marks: [String]

    init(using random: inout SeededRandom) {
        marks = random.shuffled(
            FirmWords.firstMarks.flatMap { first in FirmWords.secondMarks.map { "\(first)\($0)" } })
    }

    mutating func profile(
        metIn area: SampleArea, elsewhere: AreaCode?, codes: inout SyntheticCodes,
        using random: inout SeededRandom
    ) throws(SampleError) -> FirmProfile {
        guard let mark = marks.popLast(), let trade = random.pick(weighted: FirmWords.trades) else {
            throw .areasTooFew
        }
        let city = random.chance(0.5) ? "北京" : ""
        let label = random.chance(0.75) ? "示例" : "演示"
        let forms = [("有限公司", 16.0), ("有限责任公司", 3), ("股份有限公司", 1)]
        let form = random.pick(weighted: forms) ?? "有限公司"
        let hasCode = random.chance(0.85)
        let headcount = max(2, Int(42 * random.skewed(1.25)))
        do throws(CodeError) {
            return FirmProfile(
                uscc: hasCode ? try codes.creditCode(county: (elsewhere ?? area.code).district) : nil,
                name: city + label + mark + random.word(trade.words) + form,
                registeredArea: hasCode ? elsewhere : nil,
                parent: random.chance(0.14) ? "示例\(random.word(FirmWords.groups))集团有限公司" : nil,
                headcount: headcount,
                headcountStated: random.pick(weighted: [(.number, 7), (.band, 2), (.nothing, 1)]) ?? .nothing,
                industry: random.chance(0.9) ? try IndustryCode(validating: trade.code) : nil,
                contact: random.chance(0.3) ? try contact(codes: &codes, using: &random) : nil)
        } catch {
            throw .codeRefused(error)
        }
    }

    private func contact(
        codes: inout SyntheticCodes, using random: inout SeededRandom
    ) throws(CodeError) -> FirmContact {
        FirmContact(
            name: random.word(PersonWords.surnames) + "示例",
            position: random.word(["人力资源经理", "行政经理", "办公室主任", "总经理助理", "行政主管"]),
            phone: random.chance(0.8) ? try codes.mobile().text : nil)
    }
}
