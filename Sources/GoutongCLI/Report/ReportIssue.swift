internal import Funnel
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting

/// An edition as it is asked for.
struct ReportIssue {
    let week: Week
    let edition: Int
    let reason: String?
    let signatures: IssuedReport.Signatures
    /// The running number that is printed (第__期); nil leaves room for it.
    let number: Int?
}

extension ReportFormat {
    /// What an issued report is kept in.
    static let issued: [ReportFormat] = [.text, .html, .xlsx, .csv, .json]
}

extension Workplace {
    /// Fixes the report's moment, makes every rendering of it and keeps them.
    func issue(_ issue: ReportIssue) async throws -> IssuedFiles {
        async let second = try? secondConnection()
        let moment = try await clock.fixMoment(on: connection)
        let definition = weeklyDefinition(of: issue.week)
        let read = try await WeeklyFiguresReader(federation: federation, areas: areas).read(
            week: issue.week, at: moment, definition: definition, on: connection, and: await second)
        let report = WeeklyReport(
            read.figures,
            circulation: Circulation(
                number: issue.number, preparer: issue.signatures.preparer,
                reviewer: issue.signatures.reviewer, signer: issue.signatures.signer,
                auditHead: read.auditHead?.text, edition: issue.edition, reason: issue.reason))
        var renderings: [IssuedRendering] = []
        for format in ReportFormat.issued {
            for language in Language.allCases {
                renderings.append(
                    IssuedRendering(
                        format: format.rawValue, language: language.rawValue,
                        bytes: try report.rendered(format, language: language)))
            }
        }
        let issued = IssuedReport(
            week: issue.week, edition: issue.edition, reason: issue.reason, moment: moment,
            definitionHash: definition.hash, signatures: issue.signatures)
        try await facts.issue(issued, renderings, on: connection)
        await settle()
        return IssuedFiles(report: issued, renderings: renderings, synthetic: federation.synthetic)
    }

    /// An issued edition again, byte for byte.
    func reprint(
        _ week: Week, edition: Int, format: ReportFormat, language: Language
    ) async throws -> [UInt8] {
        let reports = IssuedReports(federation: federation)
        let editions = try await reports.editions(of: week, on: connection)
        let report = editions[try UnknownEdition.number(edition, last: editions.count, of: week) - 1]
        guard
            let kept = try await reports.rendering(
                of: report, format: format.rawValue, language: language.rawValue, on: connection)
        else {
            throw CommandFailure(
                .usage, code: "report.format_not_issued", pointer: "--format",
                rule: Bilingual(zh: "签发时没有存这种格式", en: "an issued report is not kept in this format"),
                mend: Bilingual(
                    zh: "可选：\(ReportFormat.issued.map(\.rawValue).joined(separator: " "))",
                    en: "one of: \(ReportFormat.issued.map(\.rawValue).joined(separator: " "))"))
        }
        guard kept.isWhole else {
            throw CommandFailure(
                .failure, code: "report.altered",
                rule: Bilingual(
                    zh: "存档内容与签发时的校验值不符", en: "what is kept is not what was issued: the hash differs"),
                mend: Bilingual(
                    zh: "请系统管理员从备份恢复，并用 goutong audit list 核查",
                    en: "let an administrator restore it from a backup, and look at goutong audit list"))
        }
        return kept.rendering.bytes
    }

    /// How the weekly report counts, with the calendar of its week.
    func weeklyDefinition(of week: Week) -> FunnelDefinition {
        FunnelDefinition(
            boundaries: "as_is", calendar: FunnelDefinition.calendar(startingOn: week.start.weekday))
    }
}
