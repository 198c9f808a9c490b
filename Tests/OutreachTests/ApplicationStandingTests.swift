import Outreach
import Testing

/// Which step may follow in which state, the whole table; and on which days.
@Suite struct ApplicationStandingTests {
    private let applied = Day(ordinal: 17_786)
    private var today: Day { applied.adding(days: 100) }

    /// Rows are states, columns steps in the order of the enumeration.
    @Test(
        "every step from every state",
        arguments: [
            (ApplicationState.submitted, "under_review verified rejected withdrawn duplicate"),
            (.underReview, "verified rejected withdrawn duplicate"),
            (.verified, "admitted rejected withdrawn duplicate"),
            (.admitted, ""), (.rejected, ""), (.withdrawn, ""), (.duplicate, ""),
        ])
    func table(state: ApplicationState, allowed: String) {
        let allowed = allowed.split(separator: " ").map(String.init)
        let standing = ApplicationStanding(appliedOn: applied, state: state)
        for step in ApplicationStep.allCases {
            let after = try? standing.after(step, on: applied, today: today)
            #expect((after != nil) == allowed.contains(step.rawValue), "\(state) \(step)")
            if let after { #expect(after.state.rawValue == step.rawValue && after.since == applied) }
        }
    }

    @Test("not before the application, not before the last step, not in the future")
    func days() {
        let standing = ApplicationStanding(
            appliedOn: applied, state: .underReview, since: applied.adding(days: 5))
        func code(_ day: Day) -> String? {
            do throws(DocumentIssue) {
                _ = try standing.after(.verified, on: day, today: today)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(applied.adding(days: -1)) == "application.before")
        #expect(code(applied.adding(days: 4)) == "application.order")
        #expect(code(applied.adding(days: 5)) == nil)
        #expect(code(today) == nil)
        #expect(code(today.adding(days: 1)) == "date.future")
    }

    @Test("who is decided waits no more")
    func waiting() {
        #expect(ApplicationStanding(appliedOn: applied).waitingDays(on: today) == 100)
        #expect(ApplicationStanding(appliedOn: applied, state: .verified).waitingDays(on: today) == 100)
        #expect(ApplicationStanding(appliedOn: applied, state: .admitted).waitingDays(on: today) == nil)
    }

    @Test("masks show what may be shown")
    func masks() throws {
        let person = Person(
            name: "张示例", mobile: try Mobile(validating: "13800138000"),
            document: .residentID(try ResidentID(validating: "110100199003070015")))
        let masked = MaskedPerson(person)
        #expect(masked.name == "张*")
        #expect(masked.mobile == "138****8000")
        #expect(masked.document?.number == "110***********0015")
        let foreigner = MaskedPerson(
            Person(name: "Ann", document: .other(kind: .passport, number: "E1234567")))
        #expect(foreigner.document?.number == "******67")
    }

    @Test("a correction is read by the rules of a document")
    func correction() throws {
        let person = try PersonCorrection.decode(
            Array(#"{"name":"李示例","mobile":"+86 138 0013 8000"}"#.utf8), on: applied)
        #expect(person.mobile?.text == "13800138000")
        for (bad, code) in [
            (#"{"name":"李示例"}"#, "applicant.unreachable"), (#"{"mobile":"13800138000"}"#, "key.required"),
            (#"{"name":"李","mobile":"13800138000","consent":{}}"#, "key.unknown"), ("[]", "type.object"),
        ] {
            #expect {
                try PersonCorrection.decode(Array(bad.utf8), on: applied)
            } throws: { ($0 as? DocumentRefused)?.issues.first?.code == code }
        }
    }
}
