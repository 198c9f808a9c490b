extension WeeklyReport {
    /// The report in one format, as the bytes of a file; stored as they are when a report is issued.
    ///
    /// CSV is in the profile for spreadsheets unless told otherwise. JSON is the same in both languages.
    public func rendered(
        _ format: ReportFormat, language: Language, csvProfile: CSVWriter.Profile = .excel
    ) throws(WorkbookError) -> [UInt8] {
        switch format {
        case .text: Array(text(language: language).utf8)
        case .brief: Array(brief(language: language).utf8)
        case .html: Array(html(language: language).utf8)
        case .csv: Array(csv(profile: csvProfile, language: language).utf8)
        case .json: Array(json().utf8)
        case .xlsx:
            try Workbook.bytes { path throws(WorkbookError) in
                try writeWorkbook(to: path, language: language)
            }
        }
    }
}
