/// A funnel definition that cannot be built wrong, by SPEC §2.2. Its hash is printed with every figure.
public struct FunnelDefinition: Hashable, Sendable {
    public enum Track: String, CaseIterable, Sendable { case firm, worker }
    public enum Order: String, CaseIterable, Sendable { case ordered, implied, any, strict }
    public enum Anchor: String, CaseIterable, Sendable { case first, last, any }
    public enum Place: String, CaseIterable, Sendable {
        case entryContact = "entry_contact"
        case registeredAtEntry = "registered_at_entry"
        case current
    }
    /// Days from entry, both ends included, ≥ 0; or the whole of what follows.
    public enum Window: Hashable, Sendable {
        case days(Int)
        case unlimited
    }

    public var track: Track
    public var window: Window
    public var order: Order
    public var anchor: Anchor
    public var place: Place
    /// `as_is` or `as_was`: which year's boundaries the units are.
    public var boundaries: String
    /// `monday` for ISO weeks, else the name of the first weekday.
    public var calendar: String

    public init(
        track: Track = .firm, window: Window = .days(90), order: Order = .ordered,
        anchor: Anchor = .first, place: Place = .entryContact, boundaries: String = "as_was",
        calendar: String = "monday"
    ) {
        self.track = track
        self.window = window
        self.order = order
        self.anchor = anchor
        self.place = place
        self.boundaries = boundaries
        self.calendar = calendar
    }
}
