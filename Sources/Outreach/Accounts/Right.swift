/// Something that a role may do, in the areas of its unit. Raw values stand in the schema.
public enum Right: String, CaseIterable, Sendable {
    /// Sees meetings, and firms' attendance of them.
    case meetings
    /// Records, corrects and voids meetings, milestones and weeks without meetings.
    case record
    case firms
    /// Sees the firms' contact persons.
    case contacts
    /// Sees who applied.
    case people
    /// Sees who applied at the meetings it recorded, until the application is reviewed.
    case peopleOwn = "people_own"
    /// Decides on applications and answers what persons ask.
    case review
    case figures
    /// Sees figures of every area, not only its own.
    case cityFigures = "city_figures"
    case audit
    case accounts
}
