/// The report pages, the style sheet and the words of both languages, as text.
///
/// They are compiled in, so that a report renders wherever the command runs.
public enum ReportResource: CaseIterable, Sendable {
    case weeklyPage, comparisonPage, funnelPage, tablePartial, styleSheet
    case chineseStrings, englishStrings

    /// The file's text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    private var bytes: [UInt8] {
        switch self {
        case .weeklyPage: PackageResources.weekly_mustache
        case .comparisonPage: PackageResources.comparison_mustache
        case .funnelPage: PackageResources.funnel_mustache
        case .tablePartial: PackageResources.table_mustache
        case .styleSheet: PackageResources.report_css
        case .chineseStrings: PackageResources.zh_Hans_json
        case .englishStrings: PackageResources.en_json
        }
    }
}
