public import Foundation
public import Outreach
public import PostgresClient

/// One row of the ledger behind a figure. No person, no name: ids, a day, an area.
public struct FigureRow: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, PostgresValue {
        case meeting
        /// A firm at a meeting.
        case attendance
        case firm
        /// A union that was established: of one firm, or a joint one.
        case union
    }

    public let kind: Kind
    /// Of the meeting, the firm or the union.
    public let id: UUID
    public let meeting: MeetingID?
    public let firm: FirmID?
    public let milestone: MilestoneID?
    public let day: Day
    /// Code of its area on the map of the week's last day; nil where no area of that day owns it.
    public let area: String?
    /// What it adds to the figure: 1, or the persons who were counted at a meeting. Negative in `late`, of what
    /// was known at the last issue and is not any more.
    public let counts: Int

    func counting(_ counts: Int) -> FigureRow {
        FigureRow(
            kind: kind, id: id, meeting: meeting, firm: firm, milestone: milestone, day: day, area: area,
            counts: counts)
    }
}
