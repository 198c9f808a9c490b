import Funnel
import Outreach
import Testing

@Suite struct FunnelDefinitionTests {
    @Test("the hash is pinned: figures printed with it stay comparable across releases") func pinned() {
        let definition = FunnelDefinition()
        #expect(
            definition.canonicalText
                == "goutong.funnel/1;track=firm;window_days=90;order=ordered;anchor=first;"
                + "place=entry_contact;boundaries=as_was;calendar=monday")
        #expect(definition.hash == "9b5260ab5d1c")
    }

    @Test("a change of any part changes the hash") func distinct() {
        let definitions = [
            FunnelDefinition(), FunnelDefinition(track: .worker), FunnelDefinition(window: .days(30)),
            FunnelDefinition(window: .unlimited), FunnelDefinition(start: .intent),
            FunnelDefinition(order: .implied),
            FunnelDefinition(anchor: .last), FunnelDefinition(place: .current),
            FunnelDefinition(boundaries: "as_is"), FunnelDefinition(calendar: "friday"),
        ]
        #expect(Set(definitions.map(\.hash)).count == definitions.count)
        #expect(definitions.allSatisfy { $0.hash.count == 12 })
    }

    @Test("a Monday week is the ISO week", arguments: [-800, -1, 0, 3, 17_896, 17_895])
    func weeks(_ ordinal: Int) {
        let day = Day(ordinal: ordinal)
        #expect(FunnelDefinition().week(of: day) == Week(containing: day).start)
    }

    @Test("a week matures on the day its last window ends") func maturity() throws {
        let week = try #require(Week(name: "2018-W40")).start
        let definition = FunnelDefinition(window: .days(30))
        #expect(!definition.isMature(week: week, asOf: week.adding(days: 35)))
        #expect(definition.isMature(week: week, asOf: week.adding(days: 36)))
        #expect(!FunnelDefinition(window: .unlimited).isMature(week: week, asOf: week.adding(days: 9999)))
    }
}
