import Funnel
import Outreach

/// What offices stated: a section of each kind, where there is any. No other section knows of it.
extension WeeklyContents {
    var stated: [ReportSection] {
        (figures.targets.isEmpty ? [] : [targets]) + (figures.declared.isEmpty ? [] : [declared])
    }

    private var targets: ReportSection {
        ReportSection(
            key: "targets", title: words["section.targets"],
            tables: [
                ReportTable(
                    key: "targets", title: words["table.targets"],
                    columns: [
                        .init(words["column.stated_unit"], .text), .init(words["column.measure"], .text),
                        .init(words["column.stated_period"], .text),
                        .init(words["column.stated_target"], .count),
                        .init(words["column.stated_reached"], .count), .init(words["period.done"], .quotient),
                        .init(words["column.stated_source"], .text, wraps: true),
                        .init(words["column.set_by"], .text, wraps: true),
                    ],
                    rows: figures.targets.map { target in
                        .init(cells: [
                            .text(unit(target.name, isWhole: target.isWhole)),
                            .text(words["measure.\(target.figure.rawValue)"]),
                            .text("\(target.from.iso)–\(target.to.iso)"), .count(target.target),
                            .count(target.reached), .quotient(target.reached, of: target.target),
                            .text(target.source), .text(target.setBy),
                        ])
                    },
                    notes: [words["note.targets"]])
            ], isWide: true, startsPage: true)
    }

    private var declared: ReportSection {
        ReportSection(
            key: "declared", title: words["section.declared"],
            tables: [
                ReportTable(
                    key: "declared", title: words["table.declared"],
                    columns: [
                        .init(words["column.stated_unit"], .text), .init(words["column.measure"], .text),
                        .init(words["column.stated_period"], .text), .init(words["column.declared"], .count),
                        .init(words["column.recorded"], .count), .init(words["column.difference"], .count),
                        .init(words["column.stated_source"], .text, wraps: true),
                        .init(words["column.declared_by"], .text, wraps: true),
                        .init(words["column.received_on"], .day),
                    ],
                    rows: figures.declared.map { total in
                        .init(cells: [
                            .text(unit(total.name, isWhole: total.isWhole)),
                            .text(words["measure.\(total.figure.rawValue)"]),
                            .text("\(total.from.iso)–\(total.to.iso)"), .count(total.declared),
                            .count(total.recorded), .count(total.difference), .text(total.source),
                            .text(total.declaredBy), .day(total.receivedOn),
                        ])
                    },
                    notes: [words["note.declared"]])
            ], isWide: true, startsPage: true)
    }

    private func unit(_ name: String, isWhole: Bool) -> String { isWhole ? federationName : name }
}
