import Mustache
import Reports

/// The bundled pages, parsed once. A page that does not parse is a mistake of the programmer.
struct PageTemplates {
    enum Page: String {
        case weekly, comparison, funnel
    }

    /// The page for a context of text, lists and dictionaries. Every `{{value}}` is escaped.
    static func render(_ page: Page, _ context: [String: Any]) -> String {
        guard let text = library.render(context, withTemplate: page.rawValue) else {
            preconditionFailure("the page \(page.rawValue) is not bundled")
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
