internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import Reporting

extension Goutong {
    /// Runs the command line. With `--json`, also a call that does not parse is told as JSON.
    public static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try await asyncParseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            // An exit code is of a command that has said its own; help and versions are no errors.
            guard !(error is ExitCode), exitCode(for: error) == .validationFailure,
                arguments.prefix(while: { $0 != "--" }).contains("--json")
            else { exit(withError: error) }
            let usage = UsageIssue(message: message(for: error), arguments: arguments)
            Console.say(CommandFailure(.usage, issues: [usage.issue]).json(language: usage.language))
            exit(withError: ExitCode(GoutongExit.usage.rawValue))
        }
    }
}

/// A call that does not parse, as an issue of ours: the parser's sentences repeat values, ours never do.
struct UsageIssue {
    /// What the parser says, in English.
    let message: String
    let arguments: [String]

    var language: Language {
        let chosen =
            arguments.firstIndex(of: "--lang").flatMap { arguments.dropFirst($0 + 1).first }
            ?? arguments.first { $0.hasPrefix("--lang=") }?.dropFirst("--lang=".count).description
        return CommonOptions.language(chosen.flatMap(Language.init(argument:)))
    }

    var issue: DocumentIssue {
        if let unknownCommand { return unknownCommand }
        switch message {
        case _ where message.hasPrefix("Unknown option"):
            return issue(
                "option.unknown", "没有这个选项", "there is no such option",
                mend: suggestion.map { Bilingual(zh: "是否想写 \($0)？", en: "did you mean \($0)?") })
        case _ where message.hasPrefix("Missing value for"):
            return issue("option.value_missing", "选项后面缺少内容", "the option lacks its value")
        case _ where message.hasPrefix("The option"):
            return issue("option.value_unexpected", "这个选项不带内容", "the option takes no value")
        case _ where message.hasPrefix("The value") && !choices.isEmpty:
            let all = choices.joined(separator: " ")
            return issue(
                "choice.unknown", "没有这个选项值", "no such choice",
                mend: Bilingual(zh: "可选：\(all)", en: "one of: \(all)"))
        case _ where message.hasPrefix("The value"):
            return issue("option.value", "内容不符合格式", "the value does not read")
        case _ where message.hasPrefix("Missing"):
            return issue("option.required", "缺少必填的内容", "something that is required is missing")
        case _ where message.contains("nexpected argument"):
            return issue("argument.unexpected", "多出了内容", "there is more than the command takes")
        default:
            return issue("usage", "命令写法不对", "the call does not read")
        }
    }

    private func issue(
        _ code: String, _ zh: String, _ en: String, mend: Bilingual? = nil
    ) -> DocumentIssue {
        let help = (["goutong"] + command.words + ["--help"]).joined(separator: " ")
        return DocumentIssue(
            code: code, pointer: pointer, rule: Bilingual(zh: zh, en: en),
            mend: mend ?? Bilingual(zh: "用法见 \(help)", en: "see \(help)"))
    }

    /// The option that is meant, or the name of an argument; "" where it is neither.
    private var pointer: String {
        guard !message.contains("nexpected argument") else { return "" }
        // After the value, which may say anything: the parser names the option last.
        let sentence =
            message.range(of: "' is invalid for '", options: .backwards).map { message[$0.lowerBound...] }
            ?? message[...]
        if let option = sentence.firstMatch(of: /'(--?[A-Za-z][a-z0-9-]{0,30})[' ]/) {
            return String(option.1)
        }
        return sentence.firstMatch(of: /'<([a-z-]{1,31})>/).map { String($0.1) } ?? ""
    }

    private var suggestion: String? {
        message.firstMatch(of: /Did you mean '(--[a-z-]+)'/).map { String($0.1) }
    }

    /// The words that the parser offers, which are ours.
    private var choices: [String] {
        guard let offer = message.range(of: "Please provide one of", options: .backwards) else { return [] }
        return message[offer.upperBound...].matches(of: /(?:'|- )([a-z0-9_]+)/).map { String($0.1) }
    }

    /// The command that the first words name, as far as they do, and what it has below it.
    private var command: (words: [String], below: [any ParsableCommand.Type]) {
        var words: [String] = []
        var below = Goutong.configuration.subcommands
        for word in arguments {
            guard let next = below.first(where: { $0._commandName == word }) else { break }
            words.append(word)
            below = next.configuration.subcommands
        }
        return (words, below)
    }

    private var unknownCommand: DocumentIssue? {
        let (words, below) = command
        let rest = arguments.dropFirst(words.count).filter { $0 != "--json" }
        guard !below.isEmpty, let first = rest.first, !first.hasPrefix("-") else { return nil }
        let known = below.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
            .joined(separator: " ")
        return DocumentIssue(
            code: "command.unknown", pointer: "",
            rule: Bilingual(zh: "没有这个命令", en: "there is no such command"),
            mend: Bilingual(zh: "可用：\(known)", en: "there are: \(known)"))
    }
}
