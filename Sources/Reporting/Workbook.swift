import CXlsxWriter
import Foundation
import Outreach

/// A workbook could not be written. Carries no content of a cell.
public struct WorkbookError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the library said, in English.
    public let reason: String

    public var description: String { "the workbook could not be written: \(reason)" }
}

/// An XLSX file in the making. Only this file, `CellFormat` and `Workbook+Chart` see the C library.
///
/// The same calls give the same bytes: the moment of creation is given, not read from a clock.
final class Workbook {
    let pointer: UnsafeMutablePointer<lxw_workbook>
    private var formats: [CellFormat: UnsafeMutablePointer<lxw_format>] = [:]
    private var isClosed = false

    /// Nothing is on disk before `close`.
    init(path: String, title: String, author: String, created: Day) throws(WorkbookError) {
        guard let pointer = workbook_new(path) else { throw WorkbookError(reason: "no memory") }
        self.pointer = pointer
        withMutableCString(title) { title in
            withMutableCString(author) { author in
                var properties = lxw_doc_properties()
                properties.title = title
                properties.author = author
                properties.created = time_t(created.ordinal) * 86_400
                _ = workbook_set_properties(pointer, &properties)
            }
        }
    }

    deinit {
        if !isClosed { lxw_workbook_free(pointer) }
    }

    /// A new sheet at the end. Names: at most 31 characters, none of `[]:*?/\`, each once.
    func addSheet(_ name: String) throws(WorkbookError) -> Sheet {
        guard let sheet = workbook_add_worksheet(pointer, name) else {
            throw WorkbookError(reason: "the sheet's name is not allowed")
        }
        return Sheet(name: name, pointer: sheet, workbook: self)
    }

    /// Writes the file.
    func close() throws(WorkbookError) {
        isClosed = true
        try check(workbook_close(pointer))
    }

    fileprivate func format(_ format: CellFormat) throws(WorkbookError) -> UnsafeMutablePointer<lxw_format> {
        if let known = formats[format] { return known }
        guard let new = workbook_add_format(pointer) else { throw WorkbookError(reason: "no memory") }
        format.apply(to: new)
        formats[format] = new
        return new
    }
}

/// A sheet of a workbook. Rows and columns count from 0.
struct Sheet {
    let name: String
    let pointer: UnsafeMutablePointer<lxw_worksheet>
    let workbook: Workbook

    func write(_ text: String, _ row: Int, _ column: Int, _ format: CellFormat) throws(WorkbookError) {
        try check(
            worksheet_write_string(
                pointer, lxw_row_t(row), lxw_col_t(column), text, workbook.format(format)))
    }

    func write(_ number: Double, _ row: Int, _ column: Int, _ format: CellFormat) throws(WorkbookError) {
        try check(
            worksheet_write_number(
                pointer, lxw_row_t(row), lxw_col_t(column), number, workbook.format(format)))
    }

    func write(_ day: Day, _ row: Int, _ column: Int, _ format: CellFormat) throws(WorkbookError) {
        let parts = day.parts
        var value = lxw_datetime(
            year: Int32(parts.year), month: Int32(parts.month), day: Int32(parts.day), hour: 0, min: 0,
            sec: 0)
        try check(
            worksheet_write_datetime(
                pointer, lxw_row_t(row), lxw_col_t(column), &value, workbook.format(format)))
    }

    /// A formula with the value that a reader without a calculator sees.
    func write(
        formula: String, cached: Double, _ row: Int, _ column: Int, _ format: CellFormat
    ) throws(WorkbookError) {
        try check(
            worksheet_write_formula_num(
                pointer, lxw_row_t(row), lxw_col_t(column), formula, workbook.format(format), cached))
    }

    func setColumn(_ column: Int, width: Double) throws(WorkbookError) {
        try check(worksheet_set_column(pointer, lxw_col_t(column), lxw_col_t(column), width, nil))
    }

    func setRow(_ row: Int, height: Double) throws(WorkbookError) {
        try check(worksheet_set_row(pointer, lxw_row_t(row), height, nil))
    }

    func freeze(above row: Int, leftOf column: Int) {
        worksheet_freeze_panes(pointer, lxw_row_t(row), lxw_col_t(column))
    }

    /// A native table with filters over headings and rows that were, or will be, written as cells.
    func addTable(
        headings: [(text: String, isNumeric: Bool)], firstRow: Int, rows: Int
    ) throws(WorkbookError) {
        let formats = (plain: try workbook.format(.heading), number: try workbook.format(.numericHeading))
        // The library keeps the pointers until it has copied them: all must live through the call.
        let copies = headings.map { strdup($0.text) }
        defer { for copy in copies { free(copy) } }
        var columns = zip(copies, headings).map { copy, heading in
            var column = lxw_table_column()
            column.header = copy
            column.header_format = heading.isNumeric ? formats.number : formats.plain
            return column
        }
        let status = columns.withUnsafeMutableBufferPointer { buffer in
            var pointers = buffer.indices.map { buffer.baseAddress?.advanced(by: $0) } + [nil]
            return pointers.withUnsafeMutableBufferPointer { list in
                var options = lxw_table_options()
                options.columns = list.baseAddress
                options.style_type = UInt8(LXW_TABLE_STYLE_TYPE_LIGHT.rawValue)
                options.style_type_number = 1
                return worksheet_add_table(
                    pointer, lxw_row_t(firstRow), 0, lxw_row_t(firstRow + rows),
                    lxw_col_t(headings.count - 1), &options)
            }
        }
        try check(status)
    }

    /// One page wide, page numbers, `heading` row repeated on each page: A4, or A3 on its side for lists.
    func setPage(landscape: Bool, repeating heading: Int?) throws(WorkbookError) {
        let (a3, a4): (UInt8, UInt8) = (8, 9)
        worksheet_set_paper(pointer, landscape ? a3 : a4)
        if landscape { worksheet_set_landscape(pointer) }
        worksheet_fit_to_pages(pointer, 1, 0)
        try check(worksheet_set_footer(pointer, "&C&P / &N"))
        if let heading {
            try check(worksheet_repeat_rows(pointer, lxw_row_t(heading), lxw_row_t(heading)))
        }
    }
}

/// `A1` names for formulas.
enum CellName {
    static func text(_ row: Int, _ column: Int) -> String {
        var letters = ""
        var rest = column
        repeat {
            letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(rest % 26))) + letters
            rest = rest / 26 - 1
        } while rest >= 0
        return letters + String(row + 1)
    }
}

func check(_ status: lxw_error) throws(WorkbookError) {
    guard status != LXW_NO_ERROR else { return }
    throw WorkbookError(reason: lxw_strerror(status).map { String(cString: $0) } ?? "unknown")
}

/// The library's fields are `char *` though it only reads them.
private func withMutableCString(_ text: String, _ body: (UnsafeMutablePointer<CChar>?) -> Void) {
    var bytes = text.utf8CString.map { $0 }
    bytes.withUnsafeMutableBufferPointer { body($0.baseAddress) }
}
