public import Funnel
public import Outreach
public import PostgresClient

extension Programme {
    /// The comparison's value: each unit by month of entry, with the estimates that follow from the cells.
    public func comparison(
        windowDays: Int, to: Day, at moment: PostgresTimestamp, declared: [DeclaredFigure] = [],
        federation: Federation, on connection: PostgresConnection
    ) async throws -> PilotComparison {
        let joined = self.units.compactMap { unit -> (id: Int, unit: ProgrammeUnit)? in
            guard let arm = PilotArm(rawValue: unit.arm) else { return nil }
            var joined = ProgrammeUnit(
                code: unit.areaCode, name: unit.areaName, district: unit.districtName, arm: arm,
                startOn: unit.startOn)
            joined.starts = unit.starts
            return (unit.areaID, joined)
        }
        let byID = Dictionary(uniqueKeysWithValues: joined.map { ($0.id, $0.unit) })
        let cells = try await cells(
            windowDays: windowDays, to: to, at: moment, federation: federation, on: connection
        ).flatMap { cell in byID[cell.areaID].map { pilotCells(cell, unit: $0) } ?? [] }
        let followUp = try await followUp(to: to, at: moment, federation: federation, on: connection)
        return PilotComparison(
            programme: code, name: name, audience: .internal, windowDays: windowDays, asOf: to,
            asKnownAt: OfficeTime.text(of: moment), synthetic: federation.synthetic,
            definition: FunnelDefinition(window: .days(windowDays)), units: joined.map(\.unit),
            cells: cells, followUp: followUp, declared: declared)
    }

    private func pilotCells(_ cell: Cell, unit: ProgrammeUnit) -> [PilotCell] {
        func make(_ stage: PilotStage, _ numerator: Int, _ denominator: Int, open: Int?) -> PilotCell {
            PilotCell(
                unitCode: unit.code, unitName: unit.name, arm: unit.arm, startOn: unit.startOn,
                periodFrom: cell.from, periodTo: cell.to, stage: stage, numerator: numerator,
                denominator: denominator, open: open)
        }
        let open = cell.atRisk - cell.mature
        return [
            make(.unorganised, cell.unorganised, cell.firstMet, open: nil),
            make(.intent, cell.intents, cell.mature, open: open),
            make(.application, cell.filed, cell.mature, open: open),
            make(.established, cell.established, cell.mature, open: open),
            make(.covered, cell.covered, cell.mature, open: open),
            make(.onSiteApplications, cell.applications, cell.workerMeetings, open: nil),
        ]
    }
}
