import Foundation
import Outreach
import OutreachStore
import PostgresClient
import Vault

/// `goutong-bench CONNINFO KEY-FILE TOKEN SECONDS`: records meetings with two new firms, one after the other on
/// one connection, on behalf of the account whose token it is, and prints how many it recorded in a second.
///
/// Everything that recording does is inside: the token's check, the hashes, the locks, the matching of firms,
/// the audit, the commit.
@main
struct RecordBenchmark {
    private let connection: PostgresConnection
    private let recorder: MeetingRecorder
    private let area: AreaCode
    private static let heldOn = Day(year: 2018, month: 6, day: 15)

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 4, let seconds = arguments.last.flatMap(Double.init) else {
            throw Failure("usage: goutong-bench CONNINFO KEY-FILE TOKEN SECONDS")
        }
        let words = Array(arguments)
        let benchmark = try await RecordBenchmark(
            conninfo: words[0], keyFile: URL(fileURLWithPath: words[1]), token: words[2])
        // Statements are prepared, and the server's caches warm, before the clock starts.
        for _ in 0..<20 { try await benchmark.recordOne() }
        let clock = ContinuousClock()
        let start = clock.now
        var recorded = 0
        while clock.now - start < .seconds(seconds) {
            try await benchmark.recordOne()
            recorded += 1
        }
        print(Double(recorded) / ((clock.now - start) / .seconds(1)))
    }

    private init(conninfo: String, keyFile: URL, token text: String) async throws {
        let connection = try await PostgresConnection.connect(to: conninfo)
        let (areas, federations) = try await connection.transaction { connection in
            try await connection.execute("SET LOCAL ROLE goutong_service")
            return (try await AreaTable.read(on: connection), try await Federation.all(on: connection))
        }
        guard let token = APIToken(text),
            let federation = federations.first(where: { $0.code == token.federation }),
            let owner = try await TokenStore(federation: federation).authority(of: token, on: connection),
            let day = Self.heldOn, let first = areas.townships.first(where: { $0.isValid(on: day) })
        else { throw Failure("no such token, or no areas") }
        self.connection = connection
        area = try AreaCode(validating: first.code)
        recorder = MeetingRecorder(
            federation: federation,
            vault: Vault(master: try MasterKey.readOrMake(at: keyFile), federation: federation.code),
            areas: areas, authority: owner.again(with: token, requestID: "bench"))
    }

    private func recordOne() async throws {
        let recorded = try await recorder.record(.record(try document()), on: connection)
        guard recorded.outcome == .recorded else { throw Failure("a meeting was not new") }
    }

    /// The document whose transaction `record.pgbench.sql` replays.
    private func document() throws -> MeetingDocument {
        guard let day = Self.heldOn else { throw Failure("no such day") }
        var random = SystemRandomNumberGenerator()
        let id = MeetingID.minted(
            atMilliseconds: UInt64(Date().timeIntervalSince1970 * 1000), using: &random)
        var document = MeetingDocument(
            id: id, kind: .enterprise, heldOn: day, area: area,
            venue: Venue(kind: .building, name: "示例大厦三层会议室"))
        document.startsAt = TimeOfDay("14:00")
        document.endsAt = TimeOfDay("15:30")
        document.format = .group
        document.organisers = ["示例街道总工会"]
        document.staff = [StaffMember(name: "工会干部01", hours: 2.5)]
        document.counts.attended = 9
        document.counts.leaflets = 30

        var willing = FirmMet(name: "北京示例物流有限公司 \(id)", unionStatus: .unorganised)
        willing.headcount = 180
        willing.attitude = .supportive
        willing.questions = ["建会流程", "2%经费"]
        willing.intent = Intent(form: .letter, on: day)
        willing.nextStep = NextStep(what: "报送筹备组名单", due: day.adding(days: 14), owner: "工会干部01")
        var organised = FirmMet(name: "北京示例科技股份有限公司 \(id)", unionStatus: .organised)
        organised.headcount = 320
        document.firms = [willing, organised]
        return document
    }
}

private struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
