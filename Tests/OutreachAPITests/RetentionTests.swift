import Logging
import Outreach
import OutreachStore
import PostgresClient
import Testing

@testable import OutreachAPI

@Suite("the service's retention run")
struct RetentionTests {
    @Test("once a day, by the service's login, into the audit; off where nothing is configured")
    func onceADay() async throws {
        #expect(OutreachServerConfiguration().retentionMonths == nil)
        try await APIFixture.serving { api in
            try await api.applicant(1)
            let task = api.retention(months: 12)
            #expect(try await task.round() == false)
            #expect(try await api.persons() == 0)
            let noted = try await api.owner.query(
                """
                SELECT actor, object_kind, object_id FROM goutong.audit_entry WHERE action = 'retention.run'
                """
            ).decode((String, String, String).self)
            #expect(
                noted.count == 1 && noted.first ?? ("", "", "") == ("operator:service", "applicants", "1"))
            try await api.applicant(2)
            #expect(try await task.round() == false)
            #expect(try await api.persons() == 1)
        }
    }

    @Test("who is not due stays")
    func notDue() async throws {
        try await APIFixture.serving { api in
            try await api.applicant(1)
            _ = try await api.retention(months: 1200).round()
            #expect(try await api.persons() == 1)
        }
    }

    @Test("one at a time: where another process is at it, this one goes away, and harms nothing")
    func oneAtATime() async throws {
        try await APIFixture.serving { api in
            try await api.applicant(1)
            let run = RetentionRun(federation: api.federation, asService: true)
            let today = OfficeTime.day(of: .now)
            try await api.owner.transaction { owner in
                _ = try await owner.query(
                    "SELECT pg_advisory_xact_lock(hashtextextended('goutong.retention', \(api.federation.id)))"
                )
                let outcome = try await api.pool.withConnection { connection in
                    try await run.run(today: today, on: connection)
                }
                #expect(outcome.erased == 0)
            }
            #expect(try await api.persons() == 1)
            let outcome = try await api.pool.withConnection { connection in
                try await run.run(today: today, on: connection)
            }
            #expect(try await api.persons() == 0)
            #expect(outcome.erased == 1)
        }
    }
}

extension APIFixture {
    fileprivate func retention(months: Int) -> PeriodicTask {
        PeriodicTask.retention(
            of: service.ledger, months: months, metrics: ServiceMetrics(), logger: Logger(label: "test"))
    }

    /// Somebody who applied in 2018.
    fileprivate func applicant(_ number: Int) async throws {
        let document = MeetingAPITests.workerMeeting.replacing("000000000001", with: "00000000000\(number)")
            .replacing("0000000000a1", with: "0000000000a\(number)")
        let submission = try MeetingSubmission.decode(
            Array(document.utf8), today: OfficeTime.day(of: .now), areas: areas)
        _ = try await MeetingRecorder(federation: federation, vault: vault, areas: areas)
            .record(submission, on: owner)
    }

    fileprivate func persons() async throws -> Int {
        try await owner.query("SELECT count(*) FROM goutong.applicant_person").only().decode(Int.self)
    }
}
