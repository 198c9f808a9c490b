import Foundation
import Funnel
import Outreach
import Testing

@testable import Reporting

@Suite struct WeeklyJSONTests {
    private func document(_ figures: WeeklyFigures) throws -> [String: Any] {
        let data = Data(WeeklyReport(figures).json().utf8)
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func everyKeyOfTheContract() throws {
        let document = try document(WeeklyFixture.figures())
        #expect(
            Set(document.keys) == [
                "schema", "week", "from", "to", "since", "as_known_at", "synthetic", "definition",
                "headline", "firm_funnel", "rates", "intent_reconciliation", "intent_outcomes",
                "worker_funnel", "areas", "districts", "conservation", "completeness",
                // Beyond the contract.
                "control", "entry_weeks", "week_over_week", "provisional_intent_share",
                "worker_standing", "two_sided",
                "waiting_intents", "follow_ups", "opinions", "plausibility", "declared", "targets",
            ])
        let definition = try #require(document["definition"] as? [String: Any])
        #expect(
            Set(definition.keys) == [
                "unit", "window_days", "order", "anchor", "place", "attribution", "boundaries",
                "calendar", "hash",
            ])
        let areas = try #require(document["areas"] as? [[String: Any]])
        #expect(
            Set(areas[0].keys)
                == Set([
                    "code", "name", "district", "intent_rate", "signal", "matured_intent_rate", "open",
                    "provisional_intent_share",
                ])
                .union(HeadlineMeasure.allCases.map(\.rawValue)))
        let rate = try #require(areas[0]["intent_rate"] as? [String: Any])
        #expect(Set(rate.keys) == ["x", "n", "rate", "ci95", "shrunk"])
    }

    @Test func ratesAreNotRounded() throws {
        let rates = try #require(document(WeeklyFixture.figures())["rates"] as? [String: [String: Any]])
        let cumulative = try #require(rates["cumulative_intent_rate"])
        #expect(cumulative["rate"] as? Double == 885.0 / 2616.0)
        let interval = try #require(cumulative["ci95"] as? [Double])
        #expect(abs(interval[0] - 0.3204) < 0.0001 && abs(interval[1] - 0.3567) < 0.0001)
    }

    @Test func undefinedIsNull() throws {
        let document = try document(WeeklyFixture.empty())
        let rates = try #require(document["rates"] as? [String: [String: Any]])
        for rate in rates.values {
            #expect(rate["rate"] is NSNull)
            #expect(rate["ci95"] is NSNull)
            #expect(rate["n"] as? Int == 0)
        }
        let funnel = try #require(document["firm_funnel"] as? [String: Any])
        #expect(funnel["median_days_to_intent"] is NSNull)
        let steps = try #require(funnel["steps"] as? [[String: Any]])
        #expect(steps.allSatisfy { $0["of_first"] is NSNull && $0["ci95"] is NSNull })
    }

    @Test(arguments: [("\"", #""\"""#), ("\\", #""\\""#), ("\u{1}\n", #""\u0001\n""#), ("街", "\"街\"")])
    func stringsAreEscaped(text: String, written: String) {
        #expect(JSONValue.string(text).rendered() == written + "\n")
    }

    @Test func whatIsNoNumberIsNull() {
        #expect(
            JSONValue.array([.number(.nan), .number(.infinity), .number(0.5)]).rendered(breakingTo: 0)
                == "[null, null, 0.5]\n")
    }
}
