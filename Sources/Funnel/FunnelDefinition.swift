/// A funnel definition that cannot be built wrong, by SPEC §2.2. Its hash is printed with every figure.
public struct FunnelDefinition: Hashable, Sendable {
    public enum Track: String, CaseIterable, Sendable { case firm, worker }
    public enum Order: String, CaseIterable, Sendable { case ordered, implied, any, strict }
    public enum Anchor: String, CaseIterable, Sendable { case first, last, any }
    /// What starts the clock, and who enters: a firm at a contact, or a firm at its first intent from its
    /// first contact on. Of workers the second step is joining.
    public enum Start: String, CaseIterable, Sendable {
        case firstContact = "first-contact"
        case intent
    }
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
    public var start: Start
    public var order: Order
    /// The contact that a unit enters at. With `start` at the intent it gives place and noted standing
    /// alone; `any` is then `first`, since one clock leads every contact equally far.
    public var anchor: Anchor
    public var place: Place
    /// `as_is` or `as_was`: which year's boundaries the units are.
    public var boundaries: String
    /// `monday` for ISO weeks, else the name of the first weekday.
    public var calendar: String

    public init(
        track: Track = .firm, window: Window = .days(90), start: Start = .firstContact,
        order: Order = .ordered, anchor: Anchor = .first, place: Place = .entryContact,
        boundaries: String = "as_was", calendar: String = "monday"
    ) {
        self.track = track
        self.window = window
        self.start = start
        self.order = order
        self.anchor = anchor
        self.place = place
        self.boundaries = boundaries
        self.calendar = calendar
    }
    /// The number of the first step after the entry: 2, or 3 where the second step is the entry.
    public var firstStep: Int { start == .intent ? 3 : 2 }
}
