import Outreach

/// Draws by the four basic operations only: a sample must not depend on a mathematics library.
extension SeededRandom {
    /// In [0, 1), a multiple of 2⁻⁵³.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    mutating func whole(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// Close to a standard normal: twelve uniform draws less their mean, so within ±6.
    mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }

    /// Positive and skewed to the right, median 1: (1 + sz/1024)^1024 by squaring, close to exp(sz).
    mutating func skewed(_ spread: Double) -> Double {
        var value = 1 + spread * normal() / 1024
        for _ in 0..<10 { value *= value }
        return value
    }

    /// A waiting time in whole days with the given mean: many short ones, a long tail up to 3 × mean.
    mutating func wait(mean days: Double) -> Int {
        let share = unit()
        return Int(3 * days * share * share)
    }

    mutating func pick<Element>(_ choices: some Collection<Element>) -> Element? {
        guard !choices.isEmpty else { return nil }
        return choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
    }

    /// A word of a word list, which is never empty by construction.
    mutating func word(_ list: [String]) -> String { pick(list) ?? "" }

    /// The choice that its weight makes likely; nil where no weight is positive.
    mutating func pick<Choice>(weighted choices: [(Choice, Double)]) -> Choice? {
        var left = unit() * choices.reduce(0) { $0 + $1.1 }
        var last: Choice?
        for (choice, weight) in choices where weight > 0 {
            last = choice
            left -= weight
            if left < 0 { break }
        }
        return last
    }

    /// Fisher–Yates.
    mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
        var result = Array(elements)
        for index in result.indices.dropFirst().reversed() {
            result.swapAt(index, below(index + 1))
        }
        return result
    }

    /// `count` distinct positions, each likelier the greater its weight, in ascending order.
    ///
    /// Sequential Poisson sampling (Ohlsson 1998): the smallest u/weight. Positions without weight are
    /// never chosen, so the result is shorter where there are too few others.
    mutating func choose(_ count: Int, weights: [Double]) -> [Int] {
        var ranked: [(key: Double, position: Int)] = []
        for (position, weight) in weights.enumerated() {
            let share = unit()
            if weight > 0 { ranked.append((share / weight, position)) }
        }
        ranked.sort { ($0.key, $0.position) < ($1.key, $1.position) }
        return ranked.prefix(count).map(\.position).sorted()
    }
}
