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
        case .otherProgramme:
            self.init(
                .invalid, code: "previous.programme", pointer: "--previous",
                rule: Bilingual(
                    zh: "这个公开版目录是另一个项目的", en: "this public folder is of another programme"),
                mend: Bilingual(
                    zh: "指向同一项目的目录，或去掉 --previous",
                    en: "name a folder of the same programme, or leave --previous out"))
        case .otherWindow:
            self.init(
                .invalid, code: "previous.window", pointer: "--previous",
                rule: Bilingual(
                    zh: "这个公开版目录的跟踪期不同，数字不可比",
                    en: "this public folder has another window, so its numbers are of other things"),
                mend: Bilingual(
                    zh: "指向跟踪期相同的目录，或去掉 --previous",
                    en: "name a folder of the same window, or leave --previous out"))
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
