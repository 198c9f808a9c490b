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
            (issues, warnings) = options.check(draft)
            document = issues.isEmpty ? draft : nil
        } catch {
            (document, issues, warnings) = (nil, error.issues, [])
        }
    }
}
