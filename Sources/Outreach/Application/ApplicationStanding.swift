/// How far an application has come, and on which days.
public struct ApplicationStanding: Hashable, Sendable {
    /// The day of the meeting where it was made.
    public let appliedOn: Day
    public let state: ApplicationState
    /// The day of the last step; nil before the first.
    public let since: Day?

    public init(appliedOn: Day, state: ApplicationState = .submitted, since: Day? = nil) {
        self.appliedOn = appliedOn
        self.state = state
        self.since = since
    }

    /// Whole days since the application, for one that is open; nil for one that is decided.
    public func waitingDays(on today: Day) -> Int? { state.isOpen ? today.days(since: appliedOn) : nil }

    /// The standing after a step.
    /// - Throws: why the step cannot be taken: its place in the order, or its day.
    public func after(
        _ step: ApplicationStep, on day: Day, today: Day
    ) throws(DocumentIssue) -> ApplicationStanding {
        guard state.next.contains(step) else { throw Self.transition(from: state) }
        guard day <= today else { throw Self.future }
        guard day >= appliedOn else { throw Self.beforeApplication }
        if let since, day < since { throw Self.beforeLastStep }
        return ApplicationStanding(appliedOn: appliedOn, state: step.state, since: day)
    }

    private static func transition(from state: ApplicationState) -> DocumentIssue {
        let next = state.next.map(\.rawValue).joined(separator: " ")
        return DocumentIssue(
            code: "application.transition", pointer: "/kind",
            rule: Bilingual(
                zh: "申请现为 \(state.rawValue)，不能这样处理",
                en: "the application is \(state.rawValue), from which this does not follow"),
            mend: next.isEmpty
                ? Bilingual(
                    zh: "如登记有误，先用 goutong application undo 撤销上一步",
                    en: "if that was recorded by mistake, undo it first: goutong application undo")
                : Bilingual(zh: "可以：\(next)", en: "what may follow: \(next)"))
    }

    private static let future = DocumentIssue(
        code: "date.future", pointer: "/on",
        rule: Bilingual(zh: "日期在将来", en: "the day lies in the future"),
        mend: Bilingual(zh: "填今天或更早的日期", en: "give today or an earlier day"))

    private static let beforeApplication = DocumentIssue(
        code: "application.before", pointer: "/on",
        rule: Bilingual(zh: "日期早于申请", en: "the day lies before the application"),
        mend: Bilingual(zh: "核对沟通会的日期", en: "compare with the day of the meeting"))

    private static let beforeLastStep = DocumentIssue(
        code: "application.order", pointer: "/on",
        rule: Bilingual(zh: "日期早于上一步", en: "the day lies before the last step"),
        mend: Bilingual(
            zh: "核对日期；上一步有误先撤销", en: "check the day, or undo the last step if that was wrong"))
}
