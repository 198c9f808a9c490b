public import Outreach

extension MeetingFormOptions {
    /// The rules that every way in obeys: the form's document is written and read again as any other is.
    ///
    /// - Parameter areas: the dated map, for code and name on the meeting's day.
    public static func rules(
        areas: any AreaDirectory, today: @escaping @Sendable () -> Day
    ) -> @Sendable (MeetingDocument) -> (issues: [DocumentIssue], warnings: [DocumentIssue]) {
        { document in
            let bytes = Array(MeetingSubmission.record(document).json.text().utf8)
            do throws(DocumentRefused) {
                _ = try MeetingSubmission.decode(bytes, today: today(), areas: areas)
                return ([], document.warnings)
            } catch {
                return (error.issues, document.warnings)
            }
        }
    }
}
