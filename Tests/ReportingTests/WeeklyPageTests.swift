import Testing

@testable import Reporting

@Suite struct WeeklyPageTests {
    private func page(_ language: Language) -> String {
        WeeklyReport(WeeklyFixture.figures()).html(language: language)
    }

    @Test(arguments: Language.allCases)
    func standsAlone(language: Language) {
        let page = page(language)
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.tag)\">"))
        for outside in ["<script", "<link", "src=", "url(", "http:", "https:", "@import", "onclick"] {
            #expect(!page.contains(outside), "\(outside) reaches outside")
        }
    }

    @Test(arguments: Language.allCases)
    func everyElementIsClosed(language: Language) {
        #expect(MarkupBalance.firstFault(in: page(language)) == nil)
        let pilot = PilotFolder(PilotFixture.comparison(), language: language)
        let comparison = pilot.textFiles.first { $0.name == "comparison.html" }?.text ?? "<missing>"
        #expect(MarkupBalance.firstFault(in: comparison) == nil)
        #expect(!comparison.contains("⟦"))
    }

    @Test func textIsEscaped() {
        let page = page(.zh)
        #expect(page.contains("北京&lt;甲&gt;&amp;乙物流有限公司"))
        #expect(!page.contains("<甲>"))
    }

    @Test func printsOnOfficialPaper() {
        let page = page(.zh)
        #expect(page.contains("size: A4; margin: 37mm 26mm 35mm 28mm"))
        #expect(page.contains("thead { display: table-header-group; }"))
        #expect(page.contains("break-inside: avoid"))
    }

    @Test func everyTableHasAHeadAndEveryChartItsTable() {
        let page = page(.zh)
        let tables = page.split(separator: "<table ").dropFirst()
        #expect(tables.count == 20)
        #expect(
            tables.allSatisfy {
                $0.contains("<caption>") && $0.contains("<thead>") && $0.contains("scope=\"col\"")
            })
        let figures = page.split(separator: "<figure>").dropFirst()
        #expect(figures.count == 4)
        #expect(
            figures.allSatisfy {
                $0.contains("role=\"img\"") && $0.contains("<title ") && $0.contains("<table ")
            })
    }

    @Test func aChartSaysItsFiguresInWords() {
        let chart = BarChart(
            key: "k", title: "t<", scale: .rate,
            bars: [.init(label: "甲&乙", value: nil, interval: nil, caption: "—")], reference: nil)
        let svg = chart.svg(.broad)
        #expect(svg.contains("甲&amp;乙") && svg.contains(">—</text>") && svg.contains("t&lt;"))
        #expect(!svg.contains("nan"))
    }
}

/// Finds the first element that is not closed where it should be.
enum MarkupBalance {
    private static let empty: Set<Substring> = ["meta", "input", "rect", "path", "circle", "!DOCTYPE"]

    static func firstFault(in page: String) -> String? {
        var open: [Substring] = []
        for piece in page.split(separator: "<", omittingEmptySubsequences: true) {
            guard let end = piece.firstIndex(of: ">") else { return "unfinished: \(piece.prefix(30))" }
            let tag = piece[..<end]
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return "closed too early: \(tag)" }
            } else if let name = tag.split(whereSeparator: { $0 == " " || $0 == "/" }).first,
                !empty.contains(name)
            {
                open.append(name)
            }
        }
        return open.first.map { "never closed: \($0)" }
    }
}
