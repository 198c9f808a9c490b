/// Numbers told less closely than they are known: to multiples of one `parts`th.
enum Coarse {
    /// What lies on a multiple but for rounding stays there.
    private static let tolerance = 1e-9

    static func up(_ value: Double, parts: Double) -> Double {
        (value * parts - tolerance).rounded(.up) / parts
    }

    static func down(_ value: Double, parts: Double) -> Double {
        (value * parts + tolerance).rounded(.down) / parts
    }

    static func nearest(_ value: Double, parts: Double) -> Double {
        let multiple = (value * parts).rounded()
        return multiple == 0 ? 0 : multiple / parts
    }

    private static let probabilities = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5]

    /// The next of .01, .02, .05, .1, .2, .5 and 1: of a test that only the hidden numbers can repeat.
    static func probability(_ p: Double) -> Double {
        probabilities.first { p <= $0 + tolerance } ?? 1
    }

    private static let degrees: [Double] = [
        4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 200, 500, 1000,
    ]

    /// The next lower of some degrees of freedom; nil below 4, where an interval says next to nothing.
    static func degreesOfFreedom(_ df: Double) -> Double? { degrees.last { $0 <= df + tolerance } }
}
