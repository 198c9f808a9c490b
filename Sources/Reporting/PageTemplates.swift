import Mustache
import Reports

/// The bundled pages, parsed once. A page that does not parse is a mistake of the programmer.
struct PageTemplates {
    enum Page: String {
        case weekly, comparison, funnel
    }

    /// The page for a context of text, lists and dictionaries. Every `{{value}}` is escaped.
    /// - Parameter sections: those of the context, in the order in which the page has them: their tables' rows are
    ///   put where the template has their places.
    static func render(
        _ page: Page, _ context: [String: Any], rowsOf sections: [ReportSection], in words: Catalogue
    ) -> String {
        guard let frame = library.render(context, withTemplate: page.rawValue) else {
            preconditionFailure("the page \(page.rawValue) is not bundled")
        }
        let tables = sections.flatMap(\.tables)
        let pieces = frame.split(separator: ReportTable.rowsPlace, omittingEmptySubsequences: false)
        precondition(pieces.count == tables.count + 1, "every table has one place on its page")
        var text = String(pieces[0])
        for (table, piece) in zip(tables, pieces.dropFirst()) {
            table.writeRows(to: &text, in: words)
            text += piece
        }
        return text
    }

    private static let library: MustacheLibrary = {
        let pages: [(String, ReportResource)] = [
            ("weekly", .weeklyPage), ("comparison", .comparisonPage), ("funnel", .funnelPage),
            ("section", .sectionPartial), ("table", .tablePartial),
        ]
        var library = MustacheLibrary()
        for (name, resource) in pages {
            do {
                try library.register(resource.text, named: name)
            } catch {
                preconditionFailure("the page \(name) does not parse")
            }
        }
        return library
    }()
}
