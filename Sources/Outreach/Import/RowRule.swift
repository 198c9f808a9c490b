// The rules of an imported row that no document has: most are what a spreadsheet does to codes and dates.
extension DocumentIssue {
    static func row(
        _ code: String, _ zh: String, _ en: String, mendZh: String, mendEn: String
    ) -> DocumentIssue {
        DocumentIssue(
            code: code, pointer: "", rule: Bilingual(zh: zh, en: en), mend: Bilingual(zh: mendZh, en: mendEn))
    }

    static let rowQuote = row(
        "csv.quote", "双引号不成对或位置不对", "a quote is out of place or not closed",
        mendZh: "双引号成对；字段中的双引号写两个", mendEn: "pair the quotes; double one inside a field")
    static let rowWidth = row(
        "csv.width", "这一行的列数多于表头", "the row has more columns than the header",
        mendZh: "检查是否有未加引号的逗号", mendEn: "look for a comma that is not in quotes")
    static let rowEncoding = row(
        "csv.encoding", "这一行不是有效的 UTF-8 文字", "the row is not valid UTF-8",
        mendZh: "整个文件用同一种编码（UTF-8 或 GB18030）另存",
        mendEn: "save the whole file in one encoding, UTF-8 or GB18030")
    static let required = row(
        "key.required", "必填", "required", mendZh: "补填", mendEn: "fill it in")
    static let firmUnnamed = row(
        "firm.unnamed", "企业全称和统一社会信用代码至少填一项", "a firm needs its name or its credit code",
        mendZh: "补填企业全称", mendEn: "give the firm's name")

    static let scientific = row(
        "excel.scientific", "代码成了科学计数法，末尾的数字已丢失",
        "the code is in scientific notation: its last digits are lost",
        mendZh: "回到原表，把该列设为“文本”格式后重新填写或导出",
        mendEn: "go back to the source, format the column as text and export again")
    static let digitsLost = row(
        "excel.digits_lost", "校验位不对，且末三位是 000：很可能是电子表格只保留了15位数字",
        "the check character does not fit and the code ends in 000: a spreadsheet keeps 15 digits only",
        mendZh: "回到原表，把该列设为“文本”格式后重新填写或导出",
        mendEn: "go back to the source, format the column as text and export again")
    static let zerosLost = row(
        "excel.zeros_lost", "代码位数不足：电子表格可能去掉了开头的 0 或有数字漏掉",
        "the code is short: a spreadsheet may have dropped zeros at its beginning, or a digit is missing",
        mendZh: "回到原表，把该列设为“文本”格式，填满9位",
        mendEn: "format the column as text at the source, and give all nine digits")
    static let dateSerial = row(
        "excel.date_serial", "像是电子表格的日期序号，不同软件的起算日不同",
        "looks like a spreadsheet's day number, and programs count from different days",
        mendZh: "把该列设为 yyyy-mm-dd 的日期格式后另存", mendEn: "format the column as yyyy-mm-dd and save again")
    static let dateOrder = row(
        "excel.date_order", "日和月的先后不明", "whether day or month comes first is not clear",
        mendZh: "写成 2018-09-12", mendEn: "write it as 2018-09-12")
    static let dateInvalid = row(
        "date.invalid", "日期不存在或格式不对", "no such date, or not in its form", mendZh: "写成 2018-09-12",
        mendEn: "write it as 2018-09-12")
    static let dateFuture = row(
        "date.future", "日期在将来", "the date lies in the future", mendZh: "填写实际发生的日期",
        mendEn: "give the day on which it happened")
    static let dateTooEarly = row(
        "date.too_early", "日期早于1949年", "the day lies before 1949", mendZh: "填写实际发生的日期",
        mendEn: "give the day on which it happened")
    static let coverageOrder = row(
        "date.order", "覆盖止日应晚于覆盖起日", "the last day of coverage must come after its first",
        mendZh: "核对两个日期", mendEn: "check both dates")
    static let coverageBegins = row(
        "coverage.without_beginning", "填了覆盖止日，没有覆盖起日", "an end of coverage without its beginning",
        mendZh: "补填覆盖起日", mendEn: "give the day on which it began")

    static let areaUnknown = row(
        "area.not_valid_on_day", "当日没有这个代码的街道（乡镇）", "no street or township has this code on that day",
        mendZh: "按当日的区划填写代码", mendEn: "give the code of that day")
    static let areaName = row(
        "area.name_mismatch", "名称与代码不是同一街道（乡镇）", "name and code are not the same unit",
        mendZh: "核对代码和名称", mendEn: "check the code and the name")
    static let notANumber = row(
        "type.integer", "应为整数", "must be a whole number", mendZh: "改为整数，没有就留空",
        mendEn: "write a whole number, or leave it empty")
    static let numberRange = row(
        "number.range", "应在 0 到 1000000 之间", "must lie between 0 and 1000000", mendZh: "核对后重填；没有统计就留空",
        mendEn: "check it; leave it empty where nobody counted")
    static let bandMismatch = row(
        "firm.headcount_band", "人数档次与职工人数不符", "the band does not hold the headcount", mendZh: "只填其中一项",
        mendEn: "give one of the two")

    static func choice(_ all: [String]) -> DocumentIssue {
        let list = all.joined(separator: " ")
        return row(
            "choice.unknown", "没有这个选项", "no such choice", mendZh: "可选：\(list)", mendEn: "one of: \(list)")
    }
}

/// Rules that only the whole file, or the ledger, can check. `{line}` is the other row's line.
public enum SetRule {
    public static let codeTwice = DocumentIssue.row(
        "firm.listed_twice", "与第 \(RowReport.otherLine) 行的统一社会信用代码相同",
        "the same credit code as line \(RowReport.otherLine)", mendZh: "合并为一行", mendEn: "merge the two rows")
    public static let nameTwice = DocumentIssue.row(
        "firm.listed_twice", "与第 \(RowReport.otherLine) 行是同区同名的企业，且至少一行没有代码",
        "a firm of the same name in the same district as line \(RowReport.otherLine), and one has no code",
        mendZh: "合并为一行；如确为两家，请填写各自的统一社会信用代码",
        mendEn: "merge the two rows; if they are two firms, give each its credit code")
    public static let firmTwice = DocumentIssue.row(
        "firm.listed_twice", "与第 \(RowReport.otherLine) 行在台账中是同一企业",
        "in the ledger the same firm as line \(RowReport.otherLine)", mendZh: "合并为一行",
        mendEn: "merge the two rows")
    public static let nameConflict = DocumentIssue.row(
        "firm.name_conflict", "台账中这个统一社会信用代码是另一名称的企业",
        "in the ledger this credit code is a firm of another name",
        mendZh: "用 goutong firm show 查看；核对代码和名称，改名的填台账中的名称",
        mendEn: "see goutong firm show; check code and name, and give the ledger's name of a renamed firm")
}
