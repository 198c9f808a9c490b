internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import Reporting

/// Those who answer for an issued report.
struct SignatureOptions: ParsableArguments {
    @Option(help: "填报人 · who prepared it") var preparer: String
    @Option(help: "审核人 · who reviewed it") var reviewer: String
    @Option(help: "签发人 · who signs it") var signer: String

    func signatures() throws -> IssuedReport.Signatures {
        let signatures = IssuedReport.Signatures(
            preparer: try Arguments.line(preparer, "--preparer"),
            reviewer: try Arguments.line(reviewer, "--reviewer"),
            signer: try Arguments.line(signer, "--signer"))
        guard signatures.areThreePersons else {
            let pointer = signatures.preparer == signatures.reviewer ? "--reviewer" : "--signer"
            throw CommandFailure(
                .usage, code: "report.three_persons", pointer: pointer,
                rule: Bilingual(
                    zh: "填报人、审核人、签发人应是三个人", en: "preparer, reviewer and signer are three persons"),
                mend: Bilingual(
                    zh: "请另一人审核或签发", en: "let somebody else review it, or sign it"))
        }
        return signatures
    }
}

/// Freezes a week's report: its moment, its bytes in every format and language, who answers for it.
struct IssueReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "签发周报（此后不再改变） · issue a week's report for good",
        discussion: IssuedFiles.promise)
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @OptionGroup var chosen: WeekOption
    @OptionGroup var persons: SignatureOptions
    @Option(help: "期号 · running number of the issue") var number: Int?
    @Option(help: "写入目录 · folder for the files") var out: String?

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let week = try chosen.over()
            let signatures = try persons.signatures()
            let number = try number.map { try Arguments.count($0, "--number", in: 1...100_000) }
            let place = try await service.local(common)
            let standing = try await IssuedReports(federation: place.federation)
                .report(of: week, edition: nil, on: place.connection)
            if let standing {
                throw CommandFailure(.conflict, issues: [.issuedAlready(week, edition: standing.edition)])
            }
            let files = try await place.issue(
                ReportIssue(week: week, edition: 1, reason: nil, signatures: signatures, number: number))
            try await files.tell(to: out, common, json: output.json)
        }
    }
}

/// Issues it again with what is known now. The edition before stays as it is.
struct ReissueReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reissue", abstract: "重新签发周报：新的一版 · a further edition of an issued report",
        discussion: IssuedFiles.promise)
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @OptionGroup var chosen: WeekOption
    @OptionGroup var persons: SignatureOptions
    @Option(help: "重新签发的原因，印在报表上 · reason, printed on the report") var why: String
    @Option(help: "期号 · running number of the issue") var number: Int?
    @Option(help: "写入目录 · folder for the files") var out: String?

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let week = try chosen.over()
            let signatures = try persons.signatures()
            let reason = try Arguments.line(why, "--why")
            let number = try number.map { try Arguments.count($0, "--number", in: 1...100_000) }
            let place = try await service.local(common)
            let standing = try await IssuedReports(federation: place.federation)
                .report(of: week, edition: nil, on: place.connection)
            guard let standing else { throw CommandFailure(.notFound, issues: [.notIssued(week)]) }
            let files = try await place.issue(
                ReportIssue(
                    week: week, edition: standing.edition + 1, reason: reason, signatures: signatures,
                    number: number))
            try await files.tell(to: out, common, json: output.json)
        }
    }
}
