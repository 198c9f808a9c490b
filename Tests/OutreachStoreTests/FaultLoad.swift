import Foundation
import Outreach
@testable import SampleData

/// A load of numbered documents: a number always gives the same document, in whichever process.
///
/// Firms come from a small pool, so that writers meet the same ones; some documents bring the credit code
/// that an earlier one lacked.
enum FaultLoad {
    /// Meetings are held on three weeks up to this day.
    static let lastDay = Day(ordinal: 17_786)

    struct PooledFirm: Sendable {
        let name: String
        let code: CreditCode
    }

    private static let pool = Result { () throws -> [PooledFirm] in
        var random = SeededRandom(seed: 1)
        var codes = SyntheticCodes(using: &random)
        return try (0..<240).map {
            PooledFirm(name: "北京示例第\($0)有限公司", code: try codes.creditCode(county: "110105"))
        }
    }

    /// The credit code of a firm of the pool, by its place there.
    static func code(_ index: Int) throws -> CreditCode { try pool.get()[index].code }

    static func document(_ number: Int) throws -> MeetingDocument {
        var random = SeededRandom(seed: UInt64(number) + 2018)
        let isWorker = number % 4 == 3
        var document = MeetingDocument(
            id: .minted(atMilliseconds: 1_536_710_400_000, using: &random),
            kind: isWorker ? .worker : .enterprise, heldOn: lastDay.adding(days: -random.below(21)),
            area: try AreaCode(validating: "110105021"),
            venue: Venue(kind: isWorker ? .station : .firm, name: "示例地点"))
        document.counts.attended = random.below(50)
        document.opinions = (0..<random.below(3)).map { Opinion(text: "意见\($0)") }
        if isWorker {
            document.applicants = try (0...random.below(3)).map { _ in
                .stated(try applicant(on: document.heldOn, using: &random))
            }
        } else {
            // Neighbours in the pool, in an order of the document's own.
            let first = random.below(240)
            document.firms = try (0...random.below(4)).map {
                try firm((first + $0) % 240, on: document.heldOn, using: &random)
            }.shuffled(using: &random)
        }
        return document
    }

    private static func firm(
        _ index: Int, on day: Day, using random: inout SeededRandom
    ) throws -> FirmMet {
        let pooled = try pool.get()[index]
        var firm = FirmMet(
            uscc: random.below(3) == 0 ? pooled.code : nil, name: pooled.name,
            unionStatus: .unorganised)
        if random.below(2) == 0 { firm.contact = FirmContact(name: "李联系", phone: "13800138001") }
        if random.below(3) == 0 { firm.intent = Intent(form: .verbal, on: day) }
        return firm
    }

    private static func applicant(
        on day: Day, using random: inout SeededRandom
    ) throws -> Applicant {
        Applicant(
            id: .minted(atMilliseconds: 1_536_710_400_000, using: &random),
            person: Person(name: "王示例", mobile: try Mobile(validating: "13800138000")),
            consent: Consent(notice: "2018-1", on: day, method: .signed))
    }
}

/// How many rows a revision has beside its own, in each table that holds a part of it.
struct MeetingParts: Equatable {
    let meetings, attendances, intents, contacts, applicants, persons, opinions: Int
}

extension MeetingParts {
    /// What a recorded document must have left.
    init(of document: MeetingDocument) {
        meetings = 1
        attendances = document.firms.count
        intents = document.firms.count { $0.intent != nil }
        contacts = document.firms.count { $0.contact != nil }
        applicants = document.applicants.count
        persons = document.applicants.count
        opinions = document.opinions.count
    }
}
