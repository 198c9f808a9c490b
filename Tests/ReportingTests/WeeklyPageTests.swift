import Foundation
import Reports
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
        // A template finds in a section what only its page has, where names are the same.
        for page in [page(language), comparison] {
            #expect(page.split(separator: "class=\"look\"", omittingEmptySubsequences: false).count == 2)
        }
    }

    @Test func textIsEscaped() {
        let page = page(.zh)
        #expect(page.contains("北京&lt;甲&gt;&amp;乙物流有限公司"))
        #expect(!page.contains("<甲>"))
    }

    /// Rows are not drawn by the templates: what a person typed must not be markup in any cell, label, code or group.
    @Test func rowsAreEscapedInEveryPlace() {
        let typed = "<i title='a'>&\"\u{301}"
        let read = "&lt;i title=&#39;a&#39;&gt;&amp;&quot;\u{301}"
        let table = ReportTable(
            key: "k", title: "t",
            columns: [.init("区", .text), .init("代码", .code), .init("名", .text), .init(typed, .text)],
            rows: [.init(cells: [.text(typed), .text(typed), .text(typed), .text(typed)])], grouping: 0,
            isList: true)
        var body = ""
        table.writeRows(to: &body, in: Catalogue(.zh))
        #expect(
            body == """
                <tbody>
                <tr class="group"><th scope="rowgroup" colspan="2"><span>\(read)</span></th></tr>
                <tr><th scope="row" class="word"><small>\(read)</small> \(read)</th>\
                <td class="word" data-label="\(read)">\(read)</td></tr>
                </tbody>

                """)
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
        #expect(tables.count == 23)
        #expect(
            tables.allSatisfy {
                $0.contains("<caption id=") && $0.contains("<thead>") && $0.contains("scope=\"col\"")
            })
        let figures = page.split(separator: "<figure>").dropFirst()
        #expect(figures.count == 4)
        #expect(
            figures.allSatisfy {
                $0.contains("role=\"img\"") && $0.contains("<title ") && $0.contains("<table ")
            })
    }

    @Test(arguments: Language.allCases)
    func whatIsSeenFirstLeadsToWhatIsThere(language: Language) {
        let page = page(language)
        let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
        #expect(Set(ids).count == ids.count, "names are unique, also of a chart drawn twice")
        let places = page.matches(of: /href="#([^"]+)"/).map { String($0.output.1) }
        #expect(places.count > 10)
        for place in Set(places) { #expect(ids.contains(place), "nothing is called \(place)") }
        let lead = page.range(of: "class=\"look\"")?.lowerBound ?? page.endIndex
        let table = page.range(of: "id=\"table-headline\"")?.lowerBound ?? page.startIndex
        #expect(lead < table)
        #expect(page.matches(of: /<dt>/).count == 6)
    }

    @Test func whoSignsSignsBeforeTheAppendices() {
        let page = page(.zh)
        func place(_ text: String) -> String.Index { page.range(of: text)?.lowerBound ?? page.endIndex }
        #expect(place("id=\"attention\"") < place("class=\"signatures\""))
        #expect(place("id=\"method\"") < place("class=\"signatures\""))
        #expect(place("class=\"signatures\"") < place("id=\"districts\""))
        #expect(place("id=\"waiting\"") < page.endIndex)
    }

    @Test func everyRowHasAHead() {
        let rows = page(.zh).split(separator: "<tr").filter {
            $0.contains("<td") && !$0.contains("class=\"empty\"")
        }
        #expect(rows.count > 60)
        #expect(rows.allSatisfy { $0.contains("<th scope=\"row\"") })
    }

    /// A phone asks before it shows a long table; paper holds it all.
    @Test(arguments: [(40, false), (41, true)])
    func longTablesFoldOnAPhoneAlone(rows: Int, folds: Bool) {
        let table = ReportTable(
            key: "k", title: "t", columns: [.init("区", .text), .init("代码", .code), .init("名", .text)],
            rows: (0..<rows).map { .init(cells: [.text("第\($0 / 20)区"), .text("\($0)"), .text("甲")]) },
            grouping: 0)
        let page = table.page(in: Catalogue(.zh))
        #expect(((page["fold"] as? [String])?.isEmpty == false) == folds)
        var body = ""
        table.writeRows(to: &body, in: Catalogue(.zh))
        let groups = body.split(separator: "<tbody>").map { $0.split(separator: "scope=\"row\"").count - 1 }
        #expect(groups == [20, 20] + (folds ? [1] : []))
        let style = ReportResource.styleSheet.text
        let print = style.split(separator: "@media print").last ?? ""
        #expect(!print.contains(".fold:"))
        #expect(style.contains("input.fold, label.fold { display: none; }"))
    }

    /// WCAG 2.2, 1.4.3: every colour of letters on every ground that letters stand on.
    @Test func lettersStandOutFromTheirGround() {
        let style = ReportResource.styleSheet.text
        var named: [String: String] = [:]
        for match in style.matches(of: /(--[a-z]+): (#[0-9a-fA-F]{6});/) {
            named[String(match.output.1)] = String(match.output.2)
        }
        let colours = style.matches(of: /[ {;]color: (?:var\((--[a-z]+)\)|(#[0-9a-fA-F]{3,6}))/).compactMap {
            $0.output.1.flatMap { named[String($0)] } ?? $0.output.2.map(String.init)
        }
        #expect(colours.count > 10)
        for colour in Set(colours) {
            for ground in ["#ffffff", "#eef1f4", "#fff6f0"] {
                #expect(Contrast.ratio(colour, ground) >= 4.5, "\(colour) on \(ground)")
            }
        }
        #expect(abs(Contrast.ratio("#000", "#fff") - 21) < 0.01)
    }

    @Test func aChartSaysItsFiguresInWords() {
        let chart = BarChart(
            key: "k", title: "t<", scale: .rate,
            bars: [.init(label: "甲&乙", value: nil, interval: nil, caption: "—")], reference: nil)
        let svg = chart.svg(.broad)
        #expect(svg.contains("甲&amp;乙") && svg.contains(">—</text>") && svg.contains("t&lt;"))
        #expect(!svg.contains("nan"))
        let slim = chart.svg(.slim)
        #expect(slim.contains("viewBox=\"0 0 360") && slim.contains("id=\"k-slim\"") && !slim.contains("nan"))
    }
}

/// The contrast of two colours as WCAG has it.
private enum Contrast {
    static func ratio(_ first: String, _ second: String) -> Double {
        let (a, b) = (luminance(first), luminance(second))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ colour: String) -> Double {
        var digits = colour.dropFirst().map(String.init)
        if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
        let channels = stride(from: 0, to: 6, by: 2).map { place -> Double in
            let value = Double(Int(digits[place] + digits[place + 1], radix: 16) ?? 0) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
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
