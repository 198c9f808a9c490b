import Outreach
import Testing

/// A small valid document as text, and what becomes of it when something in it is changed.
enum DocumentText {
    static let valid = """
        {
          "schema": "goutong.meeting/1", "id": "0168325a-1c00-7000-8000-00000000e001",
          "kind": "enterprise", "held_on": "2018-09-12", "starts_at": "14:00", "ends_at": "15:30",
          "area": "110105021", "area_name": "南磨房地区", "venue": { "kind": "park", "name": "示例园区" },
          "counts": { "consulted": 34, "approved_on_site": 2 },
          "firms": [
            { "uscc": "91110105100000016T", "name": "北京示例物流有限公司", "union_status": "unorganised",
              "headcount": 180, "headcount_band": "100-499", "industry": "I65",
              "intent": { "form": "verbal", "on": "2018-09-12" } },
            { "name": "北京示例餐饮有限公司", "union_status": "organised" } ],
          "firms_counted": 2,
          "applicants": [
            { "id": "01685667-1400-7000-8000-0000000a0001", "name": "李示例", "mobile": "15412345678",
              "document": { "kind": "resident_id", "number": "110100199003070015" },
              "categories": ["courier"],
              "consent": { "notice": "2018-1", "on": "2018-09-12", "method": "signed" } },
            { "id": "01685667-1400-7000-8000-0000000a0002", "name": "王示例", "mobile": "15412345679",
              "consent": { "notice": "2018-1", "on": "2018-09-12", "method": "ticked" } } ],
          "applications": { "paper": 3, "qr": 1, "total": 5 },
          "notes": "第一行\\n第二行"
        }
        """

    static let today = Day(ordinal: 17_900)  // 2019-01-04

    static func decode(_ text: String, today: Day = today) throws(DocumentRefused) -> MeetingSubmission {
        try MeetingSubmission.decode(Array(text.utf8), today: today, areas: MapOfTwo())
    }

    /// The document after one replacement, which must find its text.
    static func changed(_ old: String, _ new: String) throws -> String {
        let parts = valid.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "the document has no \(old)")
        return parts[0] + new + parts[1]
    }

    /// Codes with pointers of everything that is refused; empty where nothing is.
    static func issues(_ text: String, today: Day = today) -> [DocumentIssue] {
        do throws(DocumentRefused) {
            _ = try decode(text, today: today)
            return []
        } catch {
            return error.issues
        }
    }
}
