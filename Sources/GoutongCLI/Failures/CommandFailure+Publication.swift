internal import Funnel
internal import Outreach

extension CommandFailure {
    /// Nothing is published unaudited.
    init(publication error: PilotPublicationError) {
        switch error {
        case .noSolver:
            self.init(
                .unavailable, code: "solver.missing", pointer: "--audience",
                rule: Bilingual(
                    zh: "没有线性规划求解器，无法核查，故不公布",
                    en: "no solver for linear programs: unaudited, so not published"),
                mend: Bilingual(zh: "安装 coinor-libclp1", en: "install coinor-libclp1"))
        case .auditFailed, .contradictoryCounts:
            self.init(
                .failure, code: "publication.unsafe", pointer: "--audience",
                rule: Bilingual(
                    zh: "计数无法核查，故不公布", en: "the counts could not be audited, so nothing is published"),
                mend: Bilingual(
                    zh: "核对 --previous 的目录；仍不成则用 --audience internal",
                    en: "check the folder of --previous; else use --audience internal"))
        }
    }
}
