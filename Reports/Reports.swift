/// The report pages, the style sheet and the words of both languages, as text.
///
/// They are compiled in, so that a report renders wherever the command runs.
public enum ReportResource: CaseIterable, Sendable {
    case weeklyPage, comparisonPage, funnelPage, sectionPartial, tablePartial, styleSheet
    case chineseStrings, englishStrings
    /// What an analyst reads the folder of a pilot comparison with.
    case pythonLoader, duckLoader, rLoader

    /// The file's text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    private var bytes: [UInt8] {
        switch self {
        case .weeklyPage: PackageResources.weekly_mustache
        case .comparisonPage: PackageResources.comparison_mustache
        case .funnelPage: PackageResources.funnel_mustache
        case .sectionPartial: PackageResources.section_mustache
        case .tablePartial: PackageResources.table_mustache
        case .styleSheet: PackageResources.report_css
        case .chineseStrings: PackageResources.zh_Hans_json
        case .englishStrings: PackageResources.en_json
        case .pythonLoader: PackageResources.load_py
        case .duckLoader: PackageResources.load_sql
        case .rLoader: PackageResources.load_R
        }
    }
}
