import Funnel

extension Catalogue {
    /// `90天` or, without a window, a word.
    func window(of definition: FunnelDefinition) -> String {
        definition.windowDays.map(days) ?? self["definition.window.unlimited"]
    }

    /// `90天`.
    func days(_ count: Int) -> String { self("format.days", ["n": String(count)]) }

    /// How the figures were counted, in one sentence that ends in the definition's number.
    func sentence(for definition: FunnelDefinition) -> String {
        self(
            "sentence.definition",
            [
                "unit": self["definition.unit.\(definition.unit)"], "window": window(of: definition),
                "order": self["definition.order.\(definition.order.rawValue)"],
                "anchor": self["definition.anchor.\(definition.anchor.rawValue)"],
                "place": self["definition.place.\(definition.place.rawValue)"],
                "boundaries": self["definition.boundaries.\(definition.boundaries)"],
                "calendar": self["definition.calendar.\(definition.calendar)"],
                "hash": definition.hash,
            ])
    }
}
