import Funnel
import Testing

struct SpecialInput: Decodable, Sendable {
    let f: String
    let a, b, x, p, df, t, ratio, d1, d2: Double?
    let k, n: Int?

    enum CodingKeys: String, CodingKey {
        case f, a, b, x, p, df, t, d1, d2, k, n
        case ratio = "F"
    }

    /// nil where an argument is missing or `f` is unknown.
    var value: Double? {
        switch (f, a, b, x ?? t ?? ratio ?? p, df ?? d1, d2) {
        case ("betainc", let a?, let b?, let x?, _, _): SpecialFunctions.betaCDF(x, a: a, b: b)
        case ("betaincinv", let a?, let b?, let p?, _, _): SpecialFunctions.betaQuantile(p, a: a, b: b)
        case ("norm_ppf", _, _, let p?, _, _): SpecialFunctions.normalQuantile(p)
        case ("t_ppf", _, _, let p?, let df?, _): SpecialFunctions.studentQuantile(p, df: df)
        case ("t_sf2", _, _, let t?, let df?, _): SpecialFunctions.studentTwoSidedTail(t, df: df)
        case ("f_sf", _, _, let f?, let d1?, let d2?): SpecialFunctions.fUpperTail(f, df1: d1, df2: d2)
        case ("chi2_sf", _, _, let x?, let df?, _): SpecialFunctions.chiSquaredUpperTail(x, df: df)
        case ("lgamma", _, _, let x?, _, _): SpecialFunctions.logGamma(x)
        case ("digamma", _, _, let x?, _, _): SpecialFunctions.digamma(x)
        case ("binom_cdf", _, _, let p?, _, _):
            k.flatMap { k in n.flatMap { SpecialFunctions.binomialCDF(k, n: $0, p: p) } }
        default: nil
        }
    }
}

struct SpecialOutput: Decodable, Sendable { let v: Double }

@Suite struct SpecialFunctionsTests {
    static let cases = oracle("special", of: SpecialInput.self, SpecialOutput.self)

    @Test("every vector is read") func count() { #expect(Self.cases.count == 40) }

    @Test("agrees with fifty digits to 1e-10", arguments: cases)
    func agreement(_ vector: Oracle<SpecialInput, SpecialOutput>.Case) {
        #expect(agree(vector.input.value, vector.output.v, relative: 1e-10))
    }

    @Test("is nil outside the domain, never a trap") func domains() {
        #expect(SpecialFunctions.normalQuantile(1.5) == nil)
        #expect(SpecialFunctions.normalQuantile(.nan) == nil)
        #expect(SpecialFunctions.studentQuantile(0.9, df: 0) == nil)
        #expect(SpecialFunctions.betaQuantile(0.5, a: -1, b: 2) == nil)
        #expect(SpecialFunctions.digamma(0) == nil)
        #expect(SpecialFunctions.binomialCDF(1, n: 3, p: 2) == nil)
    }

    @Test("reaches the ends of the domain") func ends() {
        #expect(SpecialFunctions.normalQuantile(0) == -.infinity)
        #expect(SpecialFunctions.normalQuantile(1) == .infinity)
        #expect(SpecialFunctions.betaQuantile(0, a: 2, b: 3) == 0)
        #expect(SpecialFunctions.betaQuantile(1, a: 2, b: 3) == 1)
        #expect(SpecialFunctions.binomialCDF(-1, n: 3, p: 0.5) == 0)
        #expect(SpecialFunctions.binomialCDF(7, n: 3, p: 0.5) == 1)
    }

    @Test("a quantile undoes its distribution", arguments: [0.003, 0.2, 0.5, 0.81, 0.999])
    func inverse(_ p: Double) {
        for (a, b) in [(0.3, 7.0), (2.0, 5.0), (400.0, 90.0)] {
            let x = SpecialFunctions.betaQuantile(p, a: a, b: b)
            #expect(agree(x.flatMap { SpecialFunctions.betaCDF($0, a: a, b: b) }, p, relative: 1e-10))
        }
        let z = SpecialFunctions.normalQuantile(p)
        #expect(agree(z.flatMap(SpecialFunctions.normalCDF), p, relative: 1e-12))
    }
}
