import Foundation
import Testing

/// Documents that are sent, as their offices would write them.
enum Documents {
    /// An enterprise meeting with two firms and two applicants, valid in every field.
    static let meeting = """
        {
          "schema": "goutong.meeting/1", "id": "0168325a-1c00-7000-8000-00000000e001",
          "kind": "enterprise", "held_on": "2018-09-12", "starts_at": "14:00", "ends_at": "15:30",
          "area": "110105021", "area_name": "南磨房地区",
          "venue": { "kind": "park", "name": "示例园区" },
          "counts": { "consulted": 34 },
          "firms": [
            { "uscc": "91110105100000016T", "name": "北京示例物流有限公司", "union_status": "unorganised",
              "headcount": 180, "industry": "G59", "intent": { "form": "verbal", "on": "2018-09-12" } },
            { "name": "北京示例餐饮有限公司", "union_status": "organised" } ],
          "applicants": [
            { "id": "01685667-1400-7000-8000-0000000a0001", "name": "李示例", "mobile": "15412345678",
              "document": { "kind": "resident_id", "number": "110100199003070015" },
              "categories": ["courier"],
              "consent": { "notice": "2018-1", "on": "2018-09-12", "method": "signed" } },
            { "id": "01685667-1400-7000-8000-0000000a0002", "name": "王示例", "mobile": "15412345679",
              "consent": { "notice": "2018-1", "on": "2018-09-12", "method": "ticked" } } ],
          "applications": { "paper": 3, "qr": 1, "total": 5 },
          "notes": "备注"
        }
        """

    static let meetingID = "0168325a-1c00-7000-8000-00000000e001"

    /// A worker meeting in the same week, with nobody listed.
    static let workerMeeting = """
        {
          "schema": "goutong.meeting/1", "id": "01685667-1400-7000-8000-00000000e002", "kind": "worker",
          "held_on": "2018-09-13", "area": "110106008", "area_name": "卢沟桥街道",
          "venue": { "kind": "station" }, "counts": { "consulted": 64 },
          "applications": { "paper": 9, "qr": 5, "total": 14 }
        }
        """

    /// The meeting after one replacement, which must find its text.
    static func meeting(with new: String, for old: String) throws -> String {
        let parts = meeting.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "the document has no \(old)")
        return parts[0] + new + parts[1]
    }

    /// The same meeting as a correction of a revision.
    static func correction(of revision: Int, with new: String, for old: String) throws -> String {
        try meeting(with: new, for: old)
            .replacing(
                "\"kind\": \"enterprise\"", with: "\"replaces\": \(revision), \"kind\": \"enterprise\"")
    }
}
