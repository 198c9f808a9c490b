import CXlsxWriter

/// How a cell of a workbook looks. Numbers stay numbers: the format only shows them.
enum CellFormat: Hashable {
    case title
    /// The mark of synthetic data.
    case banner
    case tableTitle
    case heading
    case numericHeading
    case text
    case wrapped
    case note
    case label
    case count
    case percent
    case decimal
    case probability
    case day
    /// A last row that adds up the others.
    indirect case total(CellFormat)

    func apply(to format: UnsafeMutablePointer<lxw_format>) {
        format_set_font_name(format, "Noto Sans CJK SC")
        format_set_font_size(format, 10)
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        switch self {
        case .title:
            format_set_bold(format)
            format_set_font_size(format, 14)
            format_set_font_color(format, ChartPalette.plum)
        case .banner:
            format_set_bold(format)
            format_set_font_color(format, ChartPalette.plum)
        case .tableTitle:
            format_set_bold(format)
            format_set_font_color(format, ChartPalette.navy)
        case .heading:
            format_set_bold(format)
            format_set_text_wrap(format)
            format_set_indent(format, 1)
            format_set_bg_color(format, 0xEEF1F4)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .numericHeading:
            Self.heading.apply(to: format)
            format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
        // A text may follow a number, which ends at the cell's edge.
        case .text: format_set_indent(format, 1)
        case .wrapped:
            format_set_text_wrap(format)
            format_set_indent(format, 1)
        case .note:
            format_set_font_size(format, 9)
            format_set_font_color(format, 0x444444)
        case .label:
            format_set_bold(format)
            format_set_text_wrap(format)
        case .count: format_set_num_format(format, "0")
        case .percent:
            format_set_num_format(format, "0.0%")
            format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
        case .decimal: format_set_num_format(format, "0.0")
        case .probability: format_set_num_format(format, "0.000")
        case .day:
            format_set_num_format(format, "yyyy-mm-dd")
            format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        case .total(let inner):
            inner.apply(to: format)
            format_set_bold(format)
            format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
        }
    }
}
