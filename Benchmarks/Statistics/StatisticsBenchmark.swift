import Foundation
import Funnel
import Outreach

/// `goutong-statistics-bench FILE WORK RUNS`: computes once to warm up and then so often, and prints the median in
/// milliseconds and what came out. FILE has a line `x n arm` for each township; arm 1 is the pilot.
///
/// - `full-bayes`: every township's shrunken rate with its interval. Prints μ, ρ and the mean width.
/// - `cr2`: the arms' difference. Prints it, its standard error and degrees of freedom.
/// - `bootstrap`: 1,999 draws of the same. Prints their standard deviation.
@main
struct StatisticsBenchmark {
    private let pilot, comparison: [Proportion]

    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 3, let runs = Int(words[2]), runs > 0 else {
            throw Failure("usage: goutong-statistics-bench FILE full-bayes|cr2|bootstrap RUNS")
        }
        let benchmark = try StatisticsBenchmark(file: words[0])
        let check = try benchmark.run(words[1])
        var took: [Duration] = []
        for _ in 0..<runs {
            let clock = ContinuousClock()
            let start = clock.now
            guard try benchmark.run(words[1]) == check else { throw Failure("two runs differ") }
            took.append(clock.now - start)
        }
        print(took.sorted()[runs / 2] / .milliseconds(1), check)
    }

    private init(file: String) throws {
        var (pilot, comparison): ([Proportion], [Proportion]) = ([], [])
        for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            guard numbers.count == 3 else { throw Failure("not a township: \(line)") }
            let township = Proportion(x: numbers[0], n: numbers[1])
            if numbers[2] == 1 { pilot.append(township) } else { comparison.append(township) }
        }
        (self.pilot, self.comparison) = (pilot, comparison)
    }

    private func run(_ work: String) throws -> String {
        switch work {
        case "full-bayes": return try fullBayes()
        case "cr2":
            let difference = try difference()
            return text([difference.difference, difference.standardErrorCR2, difference.dfCR2])
        case "bootstrap":
            return text([ClusterBootstrap(try difference(), seed: 2018).standardDeviation])
        default: throw Failure("no such work: \(work)")
        }
    }

    private func fullBayes() throws -> String {
        guard let posterior = FullBayesShrinkage(pilot + comparison) else { throw Failure("no township") }
        let widths = posterior.townships.map { $0.interval.upper - $0.interval.lower }
        return text([posterior.mu, posterior.rho, widths.reduce(0, +) / Double(widths.count)])
    }

    private func difference() throws -> ClusterDifference {
        guard let difference = ClusterDifference(pilot: pilot, comparison: comparison) else {
            throw Failure("an arm without townships")
        }
        return difference
    }

    private func text(_ numbers: [Double?]) -> String {
        numbers.map { $0.map { "\($0)" } ?? "null" }.joined(separator: " ")
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }
}
