public import PostgresClient

/// What a unit says of its week. Raw values stand in the schema.
///
/// A unit that has submitted its week and has no meeting in it reports zero; one that says `none` held no meeting;
/// one that says nothing has not reported, unless its meetings speak for it.
public enum WeekDeclaration: String, Hashable, Sendable, CaseIterable, PostgresValue {
    /// Everything that the unit has of the week is recorded.
    case submitted
    /// The unit held no meeting in the week.
    case none
}
