import Foundation
import Funnel
import Outreach
import Reports
import Testing

@testable import Reporting

@Suite struct CatalogueTests {
    @Test func bothLanguagesHaveTheSameKeys() {
        let (zh, en) = (Catalogue(.zh).keys, Catalogue(.en).keys)
        #expect(zh.subtracting(en) == [])
        #expect(en.subtracting(zh) == [])
        #expect(!zh.isEmpty)
    }

    @Test(arguments: Catalogue(.zh).keys.sorted())
    func bothLanguagesFillTheSamePlaces(key: String) {
        // English names the year of a week; a Chinese heading has it in its number.
        let allowed: Set<String> = key == "format.period" ? ["year"] : []
        let difference = Self.places(Catalogue(.zh)[key]).symmetricDifference(
            Self.places(Catalogue(.en)[key]))
        #expect(difference.subtracting(allowed) == [])
        #expect(!Catalogue(.zh)[key].isEmpty && !Catalogue(.en)[key].isEmpty)
    }

    @Test func noKeyIsWrittenTwice() throws {
        for resource in [ReportResource.chineseStrings, .englishStrings] {
            let pattern = try Regex(#"(^|, |\n) *"([a-z0-9_.]+)": "#)
            let keys = resource.text.matches(of: pattern).compactMap { $0.output[2].substring }
            #expect(Set(keys).count == keys.count)
            #expect(Set(keys.map(String.init)) == Catalogue(.zh).keys)
        }
    }

    @Test(arguments: ["漏斗", "里程碑", "信号", "队列", "收缩"])
    func chinesePagesSpeakPlainly(jargon: String) {
        let words = Catalogue(.zh)
        #expect(words.keys.filter { words[$0].contains(jargon) } == [])
    }

    @Test func everyCodeOfTheContractHasAWord() {
        let keys =
            HeadlineMeasure.allCases.map { "measure.\($0.rawValue)" }
            + MilestoneKind.allCases.map { "milestone.\($0.rawValue)" }
            + UnionStatus.allCases.map { "union_status.\($0.rawValue)" }
            + Attitude.allCases.map { "attitude.\($0.rawValue)" }
            + VenueKind.allCases.map { "venue.\($0.rawValue)" }
            + MeetingFormat.allCases.map { "meeting_format.\($0.rawValue)" }
            + IntentForm.allCases.map { "intent_form.\($0.rawValue)" }
            + JoinChannel.allCases.map { "channel.\($0.rawValue)" }
            + FunnelDefinition.Order.allCases.map { "definition.order.\($0.rawValue)" }
            + FunnelDefinition.Anchor.allCases.map { "definition.anchor.\($0.rawValue)" }
            + FunnelDefinition.Place.allCases.map { "definition.place.\($0.rawValue)" }
            + PilotMethod.allCases.map { "pilot_method.\($0.rawValue)" }
            + PilotArm.allCases.map { "pilot_arm.\($0.rawValue)" }
        #expect(Set(keys).subtracting(Catalogue(.zh).keys) == [])
    }

    @Test func aValueIsNeverReadAsAPattern() {
        let filled = Catalogue(.zh)("format.rate", ["rate": "{x}", "x": "1", "n": "{rate}"])
        #expect(filled == "{x}（1/{rate}）")
    }

    @Test func whatIsMissingCannotBeOverlooked() {
        #expect(Catalogue(.en)["no.such.key"] == "⟦no.such.key⟧")
        #expect(Catalogue(.zh)("format.days", [:]) == "⟦n⟧天")
    }

    private static func places(_ text: String) -> Set<String> {
        let pieces = text.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
        return Set(pieces.compactMap { $0.split(separator: "}").first.map(String.init) })
    }
}
