import Foundation
import Outreach
import OutreachStore
import PostgresClient
import Vault

extension StoreFixture {
    var applications: ApplicationStore { ApplicationStore(federation: federation, vault: vault) }
    var persons: PersonStore { PersonStore(federation: federation, vault: vault) }
    static let today = Day(ordinal: 18_000)

    /// A worker meeting with one applicant each, whose mobile ends as given.
    func applicant(
        mobile: String = "13800138000", share: Bool = false, on day: Day = Day(ordinal: 17_786)
    ) async throws -> (document: MeetingDocument, id: ApplicantID) {
        var document = try Documents.worker(applicants: 0, on: day)
        var applicant = Applicant(
            id: .minted(), person: Person(name: "王示例", mobile: try Mobile(validating: mobile)),
            consent: Consent(notice: "2018-1", on: day, method: .signed, shareWithEmployerUnion: share))
        applicant.employer = Employer(name: "北京示例快递有限公司")
        document.applicants = [.stated(applicant)]
        try await record(document)
        return (document, applicant.id)
    }

    @discardableResult
    func step(
        _ kind: ApplicationStep, _ applicant: ApplicantID, on day: Day = Day(ordinal: 17_790),
        reason: String? = nil, despite: Bool = false
    ) async throws -> ApplicationStanding {
        try await applications.review(
            ApplicationEvent(id: .minted(), applicant: applicant, kind: kind, on: day), reason: reason,
            despiteDuplicate: despite, today: Self.today, on: connection)
    }

    /// The entries of the audit about an applicant, as `action result`.
    func audited(_ applicant: ApplicantID) async throws -> [String] {
        try await connection.query(
            """
            SELECT action || ' ' || result FROM goutong.audit_entry
            WHERE object_id = \(applicant)::text ORDER BY at, entry_id
            """
        ).map { row throws(PostgresError) in try row.decode(String.self) }
    }
}

/// The code of what stopped it.
func code(of body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch PersonError.conflict(let issue) {
        return issue.code
    } catch PersonError.refused(let refused) {
        return refused.issues.first?.code
    } catch PersonError.notFound {
        return "notFound"
    } catch PersonError.notAllowed {
        return "notAllowed"
    } catch PersonError.erased {
        return "erased"
    } catch {
        return "\(error)"
    }
}
