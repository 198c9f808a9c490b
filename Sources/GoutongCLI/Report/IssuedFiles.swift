internal import Outreach
internal import OutreachStore
internal import Reporting

/// What was frozen: the files of an edition and their hashes.
struct IssuedFiles {
    let report: IssuedReport
    let renderings: [IssuedRendering]
    let synthetic: Bool

    /// For the help.
    static let promise = """
        每种格式、每种语言各存一份，连同 SHA-256；以后用 report weekly --edition 原样重印。\(OutputFolder.promise)
        Each format and language is kept as bytes with its SHA-256; report weekly --edition prints it again.
        """

    /// `weekly-2018-W52.1.zh.html`: week, edition, language.
    func name(of rendering: IssuedRendering) -> String {
        let ending = rendering.format == "text" ? "txt" : rendering.format
        return "weekly-\(report.week.name).\(report.edition).\(rendering.language).\(ending)"
    }

    /// Lines of `sha256sum`, which checks them: `sha256sum -c SHA256SUMS`.
    private var sums: String {
        renderings.map { "\($0.hashText)  \(name(of: $0))\n" }.joined()
    }

    private static let sumsName = "SHA256SUMS"

    /// Writes the files where a folder is named, and tells what was frozen.
    func tell(to folder: String?, _ common: CommonOptions, json: Bool) async throws {
        if let folder {
            let names = Set(renderings.map(name)).union([Self.sumsName])
            try await OutputFolder.write(to: folder, names: names) { folder in
                for rendering in renderings { try folder.write(rendering.bytes, to: name(of: rendering)) }
                try folder.write(Array(sums.utf8), to: Self.sumsName)
            }
        }
        if json { return try Console.out(self.json.text()) }
        let mark = synthetic ? Catalogue(common.language)["synthetic.mark"] : ""
        let at = OfficeTime.text(of: report.moment)
        let signed = report.signatures
        Console.say(
            common.text(
                Bilingual(
                    zh:
                        "已签发：\(report.week.name) 第\(report.edition)版\(mark) 截至 \(at) 定义 \(report.definitionHash)\n"
                        + "填报人\(signed.preparer)  审核人\(signed.reviewer)  签发人\(signed.signer)",
                    en: "issued: \(report.week.name), edition \(report.edition)\(mark), as known at \(at), "
                        + "definition \(report.definitionHash)\nprepared by \(signed.preparer), reviewed by "
                        + "\(signed.reviewer), signed by \(signed.signer)")))
        try Console.out(Array(sums.utf8))
        if let folder { Console.say(common.text(Bilingual(zh: "已写入 \(folder)", en: "written: \(folder)"))) }
        Console.say(
            common.text(
                Bilingual(
                    zh: "重印：goutong report weekly --week \(report.week.name) --edition \(report.edition)",
                    en: "print it again: goutong report weekly --week \(report.week.name) "
                        + "--edition \(report.edition)")))
    }

    private var json: JSONValue {
        .object([
            .init("week", .string(report.week.name)), .init("edition", .integer(report.edition)),
            .init("replaces", report.replaces.map(JSONValue.integer) ?? .null),
            .init("reason", report.reason.map(JSONValue.string) ?? .null),
            .init("as_known_at", .string(OfficeTime.text(of: report.moment))),
            .init("definition", .string(report.definitionHash)), .init("synthetic", .bool(synthetic)),
            .init("preparer", .string(report.signatures.preparer)),
            .init("reviewer", .string(report.signatures.reviewer)),
            .init("signer", .string(report.signatures.signer)),
            .init(
                "renderings",
                .array(
                    renderings.map {
                        .object([
                            .init("format", .string($0.format)), .init("language", .string($0.language)),
                            .init("bytes", .integer($0.bytes.count)), .init("sha256", .string($0.hashText)),
                            .init("file", .string(name(of: $0))),
                        ])
                    })),
        ])
    }
}
