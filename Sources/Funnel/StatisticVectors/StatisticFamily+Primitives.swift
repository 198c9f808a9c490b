internal import Outreach

extension StatisticFamily {
    static let primitives = [
        StatisticFamily(name: "special") { input throws(DocumentIssue) in
            .members(["v": .figure(try special(input))])
        },
        StatisticFamily(name: "prng") { input throws(DocumentIssue) in
            let seed = try seed(input)
            var words = SplitMix64(seed: seed)
            var draws = SplitMix64(seed: seed)
            return .members([
                "u64": .array((0..<5).map { _ in .string(String(words.next())) }),
                "bounded_stream_after_reset": .object(
                    [2, 7, 12, 1000].map { bound in
                        .init(String(bound), .counts((0..<8).map { _ in draws.below(bound) }))
                    }),
            ])
        },
        StatisticFamily(name: "bh") { input throws(DocumentIssue) in
            let level = try input.share("alpha", or: 0.05)
            var pValues: [Double?] = []
            for (index, value) in try input.elements("p").enumerated() {
                switch value {
                case .null: pValues.append(nil)
                case .integer(let p) where p == 0 || p == 1: pValues.append(Double(p))
                case .number(let p) where (0...1).contains(p): pValues.append(p)
                case .integer, .number: throw input.outside("p/\(index)", "0", "1")
                default: throw input.wrongType("number", "p/\(index)", "数字或 null", "a number or null")
                }
            }
            let adjusted = FalseDiscoveryRate.adjusted(pValues)
            return .members([
                "q": .figures(adjusted),
                "reject": .array(adjusted.map { q in .flag(q.map { $0 <= level }) }),
                "m": .integer(pValues.count { $0 != nil }),
            ])
        },
    ]

    /// As the largest count.
    private static let shapeLimit = Double(VectorInput.counts.upperBound)

    private static func special(_ input: VectorInput) throws(DocumentIssue) -> Double? {
        func number(_ key: String) throws(DocumentIssue) -> Double {
            try input.number(key, in: -.infinity ... .infinity)
        }
        /// The incomplete beta's fraction takes steps by the shapes' root, and its digits go with them.
        func shape(_ key: String) throws(DocumentIssue) -> Double {
            let shape = try number(key)
            guard shape <= shapeLimit || shape == .infinity else {
                throw input.outside(key, "0", "\(VectorInput.counts.upperBound)")
            }
            return shape
        }
        switch try input.text("f") {
        case "betainc":
            return SpecialFunctions.betaCDF(try number("x"), a: try shape("a"), b: try shape("b"))
        case "betaincinv":
            return SpecialFunctions.betaQuantile(try number("p"), a: try shape("a"), b: try shape("b"))
        case "norm_ppf": return SpecialFunctions.normalQuantile(try number("p"))
        case "t_ppf": return SpecialFunctions.studentQuantile(try number("p"), df: try number("df"))
        case "t_sf2": return SpecialFunctions.studentTwoSidedTail(try number("t"), df: try number("df"))
        case "f_sf":
            return SpecialFunctions.fUpperTail(
                try number("F"), df1: try shape("d1"), df2: try shape("d2"))
        case "chi2_sf": return SpecialFunctions.chiSquaredUpperTail(try number("x"), df: try number("df"))
        case "lgamma": return SpecialFunctions.logGamma(try number("x"))
        case "digamma": return SpecialFunctions.digamma(try number("x"))
        case "binom_cdf":
            return SpecialFunctions.binomialCDF(
                try input.integer("k", in: -VectorInput.counts.upperBound...VectorInput.counts.upperBound),
                n: try input.integer("n"), p: try number("p"))
        default:
            let all =
                "betainc betaincinv norm_ppf t_ppf t_sf2 f_sf chi2_sf lgamma digamma binom_cdf"
            throw input.issue(
                "choice.unknown", "f", Bilingual(zh: "没有这个函数", en: "no such function"),
                mend: Bilingual(zh: "可选：\(all)", en: "one of: \(all)"))
        }
    }

    /// A seed of 64 bits: a whole number, or its decimal text where that is too large for one.
    static func seed(_ input: VectorInput) throws(DocumentIssue) -> UInt64 {
        switch try input.required("seed") {
        case .integer(let seed) where seed >= 0: return UInt64(seed)
        case .string(let text):
            if let seed = UInt64(text) { return seed }
        default: break
        }
        throw input.issue(
            "number.seed", "seed",
            Bilingual(zh: "应为 64 位非负整数", en: "must be a whole number of 64 bits, not negative"),
            mend: Bilingual(
                zh: "过大时写成文字，例如 \"20240107\"", en: "write a large one as text, such as \"20240107\""))
    }
}
