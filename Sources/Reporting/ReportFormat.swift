/// The renderings of a weekly report. The raw value is what `--format` takes.
public enum ReportFormat: String, CaseIterable, Sendable {
    case text, brief, html, csv, xlsx, json
}
