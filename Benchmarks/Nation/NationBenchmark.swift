import Funnel
import Outreach
import OutreachStore
import PostgresClient

/// `goutong-nation-bench CONNINFO WORK RUNS [INSTANT]`: reads figures of the federation `national` as the
/// product does, once to warm up and then so often, and prints the median in milliseconds and a check of
/// what was read.
///
/// - `cells`: every area and week of entry, received and decoded, as known now, or at INSTANT.
/// - `area`: the funnel of one township. `city`, `nation`: the weekly report's figures of 350 townships, of all.
@main
struct NationBenchmark {
    private let connection: PostgresConnection
    private let second: PostgresConnection
    private let federation: Federation
    private let areas: AreaTable
    private let moment: PostgresTimestamp

    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard (3...4).contains(words.count), let runs = Int(words[2]), runs > 0 else {
            throw Failure("usage: goutong-nation-bench CONNINFO cells|area|city|nation RUNS [INSTANT]")
        }
        let benchmark = try await NationBenchmark(
            conninfo: words[0], instant: words.count == 4 ? words[3] : nil)
        let work = words[1]
        let check = try await benchmark.run(work)
        var took: [Duration] = []
        for _ in 0..<runs {
            let clock = ContinuousClock()
            let start = clock.now
            guard try await benchmark.run(work) == check else { throw Failure("two reads differ") }
            took.append(clock.now - start)
        }
        print(took.sorted()[runs / 2] / .milliseconds(1), check)
    }

    private init(conninfo: String, instant: String?) async throws {
        connection = try await LedgerSession.connect(to: conninfo)
        second = try await LedgerSession.connect(to: conninfo)
        areas = try await AreaTable.read(on: connection)
        guard
            let federation = try await Federation.all(on: connection).first(where: { $0.code == "national" })
        else { throw Failure("no federation `national`: Benchmarks/national.sql makes it") }
        self.federation = federation
        if let instant {
            moment = try await connection.query("SELECT \(instant)::timestamptz").only()
                .decode(PostgresTimestamp.self)
        } else {
            moment = try await LedgerClock(federation: federation).fixMoment(on: connection)
        }
    }

    private func run(_ work: String) async throws -> String {
        switch work {
        case "cells": return try await cells()
        case "area": return try await area()
        case "city": return try await report(scope: Set(scope(count: 350)))
        case "nation": return try await report(scope: nil)
        default: throw Failure("no such work")
        }
    }

    /// Cells, and their sums.
    private func cells() async throws -> String {
        let cells = try await CellReader.cells(federation: federation, at: moment, on: connection)
        var sums = [0, 0, 0, 0, 0, 0, 0]
        for cell in cells {
            sums[0] += cell.met
            sums[1] += cell.atRisk
            sums[2] += cell.intent
            sums[3] += cell.application
            sums[4] += cell.established
            sums[5] += cell.covered
            sums[6] += cell.exited
        }
        return "\(cells.count) \(sums.map(String.init).joined(separator: " "))"
    }

    private func area() async throws -> String {
        let total = try await FunnelReader(federation: federation).breakdown(
            definition: FunnelDefinition(), from: federation.since, to: try lastDay(), by: .area,
            within: scope(count: 1), at: moment, on: connection
        ).total
        return "\(total?.atRisk ?? 0)"
    }

    private func report(scope: Set<Int>?) async throws -> String {
        let day = try lastDay()
        let figures = try await WeeklyFiguresReader(federation: federation, areas: areas, scope: scope)
            .figures(week: Week(containing: day), at: moment, on: connection, and: second)
        return "\(figures.headline[.firmsMet]?.cumulative ?? 0)"
    }

    /// Townships of one corner of the country.
    private func scope(count: Int) -> [Int] { (1_003_500..<1_003_500 + count).map(\.self) }

    /// A Sunday when the youngest cohorts are still open.
    private func lastDay() throws -> Day {
        guard let day = Day(year: 2018, month: 12, day: 30) else { throw Failure("no such day") }
        return day
    }
}

private struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
