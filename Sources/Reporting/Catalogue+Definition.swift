import Funnel

extension Catalogue {
    /// `90天` or, without a window, a word.
    func window(of definition: FunnelDefinition) -> String {
        definition.windowDays.map(days) ?? self["definition.window.unlimited"]
    }

    /// `90天`.
    func days(_ count: Int) -> String { self("format.days", ["n": String(count)]) }

    /// How the figures were counted, with the definition's number at the end.
    func sentence(for definition: FunnelDefinition) -> String {
        self("sentence.definition", ["rules": rules(of: definition), "hash": definition.hash])
    }

    /// The rules of a definition, one after another.
    func rules(of definition: FunnelDefinition) -> String {
        self(
            "definition.rules",
            [
                "unit": self["definition.unit.\(definition.unit)"], "window": window(of: definition),
                "order": self["definition.order.\(definition.order.rawValue)"],
                "anchor": self["definition.anchor.\(definition.anchor.rawValue)"],
                "place": self["definition.place.\(definition.place.rawValue)"],
                "boundaries": self["definition.boundaries.\(definition.boundaries)"],
                "calendar": self["definition.calendar.\(definition.calendar)"],
            ])
    }
}
