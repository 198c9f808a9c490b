extension MilestoneKind {
    /// Said of an `established` before which nothing says that anybody was elected: flagged, not refused.
    public static let establishedWithoutElection = DocumentIssue(
        code: "warning.established_without_election", pointer: "/kind",
        rule: Bilingual(
            zh: "批复成立之前（含当日）没有选举（elected）记录",
            en: "established, with no election (elected) on or before that day"),
        mend: Bilingual(
            zh: "如已选举，请补记 elected；确属如此则无需处理",
            en: "add `elected` if there was an election; otherwise nothing needs to be done"))
}
