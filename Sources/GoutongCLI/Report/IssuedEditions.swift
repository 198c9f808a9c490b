internal import ArgumentParser
internal import Outreach
internal import Reporting

/// Which editions of a week's report there are.
struct IssuedEditions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issued", abstract: "已签发的各版 · the editions that were issued")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @OptionGroup var chosen: WeekOption

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let week = try chosen.chosen()
            let issued = try await service.place(common).editions(of: week)
            try Console.out(output.json ? issued.json.text() : try text(issued, of: week))
        }
    }

    /// A line for each, the first one first.
    private func text(_ issued: JSONRow, of week: Week) throws -> String {
        let mark = issued.flag("synthetic") ? Catalogue(common.language)["synthetic.mark"] : ""
        let editions = try issued.required { $0.rows("items") }
        guard !editions.isEmpty else {
            return common.text(
                Bilingual(zh: "\(week.name)\(mark) 还没有签发", en: "\(week.name)\(mark): nothing has been issued")
            )
        }
        return try editions.map { edition in
            let number = try edition.required { $0.number("edition") }
            let (at, known) = (
                try edition.required { $0.text("issued_at") }, try edition.required { $0.text("as_known_at") }
            )
            return common.text(
                Bilingual(
                    zh: "\(week.name)\(mark)  第\(number)版  \(at) 签发  数据截至 \(known)",
                    en: "\(week.name)\(mark)  edition \(number)  issued \(at)  as known at \(known)"))
        }.joined(separator: "\n")
    }
}
