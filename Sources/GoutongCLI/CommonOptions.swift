internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import Reporting

/// What every command that reads or writes the ledger takes.
struct CommonOptions: ParsableArguments {
    @Option(help: "总工会代码（一处安装多个总工会时） · federation, where there is more than one")
    var federation: String?

    @Option(help: "输出语言 zh 或 en · language of the output")
    var lang: Language?

    var language: Language { Self.language(lang) }

    /// Chinese first; the environment says otherwise only by an English locale.
    static func language(_ chosen: Language?) -> Language {
        if let chosen { return chosen }
        let locale =
            ProcessInfo.processInfo.environment["GOUTONG_LANG"]
            ?? "zh"
        return locale.hasPrefix("en") ? .en : .zh
    }

    func text(_ text: Bilingual) -> String { language == .zh ? text.zh : text.en }

    /// The catalogue's word for a code of a group (`role`, `application`); the code itself where a newer service
    /// brings one that is not known here.
    func word(_ group: String, _ code: String?) -> String {
        guard let code else { return "—" }
        return Catalogue(language).known("\(group).\(code)") ?? code
    }
}

/// `--json`: results and errors as JSON.
struct JSONOption: ParsableArguments {
    @Flag(help: "结果和错误都用 JSON · results and errors as JSON")
    var json = false
}
