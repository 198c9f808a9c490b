import Outreach

/// A line of the sheet that explains a workbook.
struct ReadmeLine {
    enum Content {
        case text(String)
        /// A real date.
        case day(Day)
    }

    var item: String
    var content: Content

    init(_ item: String, _ content: Content) {
        self.item = item
        self.content = content
    }
}

extension SheetLayout {
    /// The first sheet: what this is, by which rules, and whether it is real.
    func addReadme(name: String, title: String, _ lines: [ReadmeLine]) throws(WorkbookError) {
        let sheet = try workbook.addSheet(name)
        try sheet.write(title, 0, 0, .title)
        try sheet.setRow(0, height: 24)
        var row = 1
        if let banner {
            try sheet.write(banner, row, 0, .banner)
            row += 1
        }
        row += 1
        for line in lines {
            try sheet.write(line.item, row, 0, .label)
            switch line.content {
            case .text(let text):
                try sheet.write(text, row, 1, .wrapped)
                let folded = TerminalText.wrapped(text, to: Self.readmeWidth - 4).count
                try sheet.setRow(row, height: Double(folded) * 15 + 3)
            case .day(let day): try sheet.write(day, row, 1, .day)
            }
            row += 1
        }
        try sheet.setColumn(0, width: 22)
        try sheet.setColumn(1, width: Double(Self.readmeWidth))
        try sheet.setPage(landscape: false, repeating: nil)
    }

    private static let readmeWidth = 86
}
