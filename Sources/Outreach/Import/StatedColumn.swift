/// A total that an office states of a unit and a period, a row: declared without records, or a target.
public enum StatedColumn: String, ImportColumn {
    case unit, figure, period, from, to, value, source, office
    case receivedOn = "received_on"

    public var headers: [String] {
        switch self {
        case .unit: ["单位", "单位代码", "区划代码", "街道（乡镇）代码", "unit_code", "code", "area"]
        case .figure: ["指标"]
        case .period: ["期间"]
        case .from: ["起", "起始日期", "开始日期", "period_from"]
        case .to: ["止", "截止日期", "结束日期", "period_to"]
        case .value: ["数值", "申报数", "任务数", "declared", "target"]
        case .source: ["来源文件", "文件", "文号", "document"]
        case .office: ["申报机关", "下达机关", "declared_by", "set_by"]
        case .receivedOn: ["收到日期", "下达日期", "set_on"]
        }
    }

    public var isRequired: Bool {
        switch self {
        case .unit, .figure, .value, .source, .office: true
        case .period, .from, .to, .receivedOn: false
        }
    }

    /// Of a declared total.
    public var example: String {
        switch self {
        case .unit: "110105"
        case .figure: "founding_intents"
        case .period: ""
        case .from: "2018-04-02"
        case .to: "2018-12-30"
        case .value: "240"
        case .source: "朝工报〔2019〕3号"
        case .office: "朝阳区总工会"
        case .receivedOn: "2019-01-04"
        }
    }
}
