import Funnel
import Outreach

/// The two tables of the folder, column by column as the contract names them.
extension PilotFolder {
    static let cellColumns = [
        "unit_code", "unit_name", "arm", "start_on", "period_from", "period_to", "stage", "numerator",
        "denominator", "open", "suppressed",
    ]

    static let estimateColumns = [
        "outcome", "estimand", "method", "estimate", "conf_low", "conf_high", "n", "clusters", "p_raw",
        "p_bh", "suppressed",
    ]

    static let totalColumns = [
        "arm", "district_code", "district", "period_from", "period_to", "stage", "numerator", "denominator",
        "suppressed",
    ]

    /// One row for each arm or district of an arm, period and stage; `district_code` empty for the whole arm.
    public func totals(_ profile: CSVWriter.Profile) -> String {
        var writer = CSVWriter(profile: profile)
        writer.write(header: Self.totalColumns)
        for total in comparison.totals {
            writer.write(row: [
                .text(total.arm.rawValue), .init(total.districtCode), .init(total.district),
                .text(total.periodFrom.iso), .text(total.periodTo.iso), .text(total.stage.rawValue),
                .init(total.numerator), .init(total.denominator), .text(total.suppressed ? "true" : "false"),
            ])
        }
        return writer.text
    }

    /// One row for each unit, period and stage.
    public func cells(_ profile: CSVWriter.Profile) -> String {
        var writer = CSVWriter(profile: profile)
        writer.write(header: Self.cellColumns)
        for cell in comparison.cells {
            writer.write(row: [
                .text(cell.unitCode), .text(cell.unitName), .text(cell.arm.rawValue),
                .text(cell.startOn.iso), .text(cell.periodFrom.iso), .text(cell.periodTo.iso),
                .text(cell.stage.rawValue), .init(cell.numerator), .init(cell.denominator),
                .init(cell.open), .text(cell.suppressed ? "true" : "false"),
            ])
        }
        return writer.text
    }

    /// One row for each estimate.
    public func estimates(_ profile: CSVWriter.Profile) -> String {
        var writer = CSVWriter(profile: profile)
        writer.write(header: Self.estimateColumns)
        for line in comparison.estimates {
            writer.write(row: [
                .text(line.outcome.rawValue), .text(line.estimand.rawValue), .text(line.method.rawValue),
                .init(line.estimate), .init(line.confLow), .init(line.confHigh), .init(line.n),
                .init(line.clusters), .init(line.pRaw), .init(line.pBH),
                .text(line.suppressed ? "true" : "false"),
            ])
        }
        for line in comparison.effects {
            writer.write(row: [
                .text(line.outcome.rawValue), .text(line.estimand.code), .text(line.method.rawValue),
                .init(line.estimate), .init(line.confLow), .init(line.confHigh), .init(line.n),
                .init(line.clusters), .init(line.pRaw), .init(line.pBH), .text("false"),
            ])
        }
        return writer.text
    }
}
