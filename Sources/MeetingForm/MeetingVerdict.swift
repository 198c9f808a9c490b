import Outreach

/// Whether the answers make a meeting: the document, what would be refused and what is only odd.
struct MeetingVerdict {
    /// nil where something has to be mended first.
    let document: MeetingDocument?
    let issues: [DocumentIssue]
    let warnings: [DocumentIssue]

    init(_ state: FormState, by options: MeetingFormOptions) {
        do {
            let draft = try state.document(correcting: options.original)
            let (issues, warnings) = options.check(draft)
            self.issues = issues
            self.warnings = warnings + Self.answersLost(options.original, draft)
            document = issues.isEmpty ? draft : nil
        } catch {
            (document, issues, warnings) = (nil, error.issues, [])
        }
    }

    /// An opinion that is worded anew, or taken out, is not the one that was answered: that is said, not passed over.
    private static func answersLost(
        _ original: MeetingDocument?, _ draft: MeetingDocument
    ) -> [DocumentIssue] {
        func answered(_ document: MeetingDocument?) -> Int {
            document?.opinions.count { $0.answer != nil } ?? 0
        }
        guard answered(draft) < answered(original) else { return [] }
        return [
            DocumentIssue(
                code: "warning.answer_lost", pointer: "/opinions", rule: FormText.answerLost,
                mend: FormText.answerAgain)
        ]
    }
}
