internal import Outreach
internal import OutreachStore
internal import Reporting

/// The header of a list of declared totals or targets, and a row of it.
enum StatedTemplate {
    static func print(_ kind: StatedKind, _ common: CommonOptions) throws {
        let columns = StatedColumn.allCases.filter { $0 != .period || kind == .target }
        try Console.out(columns.map { header($0, kind, common.language) }.joined(separator: ","))
        try Console.out(columns.map { example($0, kind) }.joined(separator: ","))
    }

    private static func header(_ column: StatedColumn, _ kind: StatedKind, _ language: Language) -> String {
        switch (column, kind, language) {
        case (.value, .declared, .zh): "申报数"
        case (.value, .target, .zh): "任务数"
        case (.office, .declared, .en): "declared_by"
        case (.office, .target, .en): "set_by"
        case (.office, .target, .zh): "下达机关"
        case (.receivedOn, .target, .en): "set_on"
        case (.receivedOn, .target, .zh): "下达日期"
        default: language == .zh ? column.headers[0] : column.rawValue
        }
    }

    private static func example(_ column: StatedColumn, _ kind: StatedKind) -> String {
        guard kind == .target else { return column.example }
        switch column {
        case .period: return "2018"
        case .from, .to: return ""
        case .value: return "1000"
        case .source: return "京工发〔2018〕5号"
        case .office: return "北京市总工会"
        case .receivedOn: return "2018-03-20"
        default: return column.example
        }
    }
}
