public import Funnel

/// Who is told what moved a report.
public struct ChangeAudience: Sendable {
    let authority: Authority
    /// Versions of the areas whose report it is; nil: the city's.
    let areas: [Int]?
    /// Whether it reads meetings: then it is told why one was voided.
    let readsMeetings: Bool
    /// Of the figures, those that it gets.
    let view: @Sendable (WeeklyFigures) -> WeeklyFigures

    public init(
        authority: Authority, areas: Set<Int>?, readsMeetings: Bool,
        view: @escaping @Sendable (WeeklyFigures) -> WeeklyFigures = { $0 }
    ) {
        self.authority = authority
        self.areas = areas?.sorted()
        self.readsMeetings = readsMeetings
        self.view = view
    }

    /// Whoever works beside the database, who is told all.
    public static func `operator`(of federation: Federation) -> ChangeAudience {
        ChangeAudience(authority: .operator(of: federation), areas: nil, readsMeetings: true)
    }
}

extension LedgerChange {
    /// What an audience is told of it: of what happened elsewhere only that something did.
    func told(to audience: ChangeAudience) -> LedgerChange {
        guard isHere else {
            return LedgerChange(
                moment: moment, kind: kind, id: nil, meeting: nil, firm: nil, area: nil, day: nil,
                detail: nil,
                isAddition: isAddition, isHere: false)
        }
        guard kind == .void, !audience.readsMeetings else { return self }
        return LedgerChange(
            moment: moment, kind: kind, id: id, meeting: meeting, firm: firm, area: area, day: day,
            detail: nil,
            isAddition: isAddition, isHere: true)
    }
}
