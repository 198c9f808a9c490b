import Foundation
import Outreach

/// Documents for tests: every call mints new ids.
enum Documents {
    /// What must never be found in clear.
    static let secrets = ["王示例", "13800138000", "13800138001", "110100199003070015", "李联系"]

    static func enterprise(
        firms: Int, intents: Int = 0, on day: Day = Day(ordinal: 17_786)
    ) throws -> MeetingDocument {
        var document = MeetingDocument(
            id: .minted(), kind: .enterprise, heldOn: day,
            area: try AreaCode(validating: "110105021"), venue: Venue(kind: .firm, name: "会议室"))
        document.firms = (0..<firms).map { index in
            var firm = FirmMet(name: "北京示例\(UUID().uuidString)有限公司", unionStatus: .unorganised)
            firm.contact = FirmContact(name: "李联系", phone: "13800138001")
            if index < intents { firm.intent = Intent(form: .verbal, on: day) }
            return firm
        }
        return document
    }

    static func worker(applicants: Int, on day: Day = Day(ordinal: 17_786)) throws -> MeetingDocument {
        var document = MeetingDocument(
            id: .minted(), kind: .worker, heldOn: day, area: try AreaCode(validating: "110105021"),
            venue: Venue(kind: .station, name: "地铁站外"))
        document.applicants = try (0..<applicants).map { _ in
            .stated(
                Applicant(
                    id: .minted(),
                    person: Person(
                        name: "王示例", mobile: try Mobile(validating: "13800138000"),
                        document: .residentID(try ResidentID(validating: "110100199003070015"))),
                    consent: Consent(notice: "2018-1", on: day, method: .signed)))
        }
        return document
    }
}

extension Identifier {
    static func minted() -> Self {
        var random = SystemRandomNumberGenerator()
        return minted(atMilliseconds: 1_536_710_400_000, using: &random)
    }
}
