internal import Outreach
internal import OutreachStore

extension FiguresCheck.Difference {
    /// What `db verify --figures` says of it.
    func issue(in federation: Federation) -> DocumentIssue {
        let (now, ought) = (stored ?? "-", recomputed ?? "-")
        let mend = Bilingual(
            zh: "以数据库所有者运行 SELECT goutong.rederive_figures(\(federation.id))，之后全部重新推算；在此之前，请查明由谁改动",
            en: """
                as the database's owner run SELECT goutong.rederive_figures(\(federation.id)), and all is derived anew; \
                find out first who changed it
                """)
        switch row {
        case .journey(let firm):
            return DocumentIssue(
                code: "journey.differs", pointer: "/\(federation.code)/journeys/\(firm)/\(column)",
                rule: Bilingual(
                    zh: "企业 \(firm) 的进度与台账不符：\(column) 存为 \(now)，应为 \(ought)",
                    en: "firm \(firm): \(column) is stored as \(now), the ledger says \(ought)"),
                mend: mend)
        case .cell(let area, let id, let week):
            return DocumentIssue(
                code: "cell.differs", pointer: "/\(federation.code)/cells/\(id)/\(week.iso)/\(column)",
                rule: Bilingual(
                    zh: "\(area)（版本 \(id)）\(week.iso) 起一周的单元格与台账不符：\(column) 存为 \(now)，应为 \(ought)",
                    en: """
                        area \(area) (version \(id)), week from \(week.iso): \(column) is stored as \(now), the ledger \
                        says \(ought)
                        """),
                mend: mend)
        }
    }
}
