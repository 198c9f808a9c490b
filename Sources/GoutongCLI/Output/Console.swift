internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import Reporting

/// Data on standard output, messages on standard error, failures with their exit code.
struct Console {
    let language: Language
    let json: Bool

    static func out(_ text: String) throws(CommandFailure) { try out(Array((text + "\n").utf8)) }

    static func out(_ bytes: [UInt8]) throws(CommandFailure) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            throw CommandFailure(
                .cannotWrite, code: "output.cannot_write",
                rule: Bilingual(zh: "无法写出结果", en: "the output cannot be written"),
                mend: Bilingual(
                    zh: "检查管道或磁盘空间；已登记的内容不受影响", en: "check the pipe or the disk; what is recorded stays"))
        }
    }

    /// A message for people; never mixed into data.
    static func say(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    /// Runs a command's body; a failure is printed in the form asked for and becomes the exit code.
    static func run(
        language: Language, json: Bool = false, _ body: () async throws -> Void
    ) async throws {
        do {
            try await body()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            let failure = CommandFailure(error)
            Console(language: language, json: json).tell(failure)
            throw ExitCode(failure.exit.rawValue)
        }
    }

    private func tell(_ failure: CommandFailure) {
        if json {
            Self.say(failure.json(language: language))
            return
        }
        for line in failure.details { Self.say("  | " + line) }
        // The key line comes last, where the eye is.
        for issue in failure.issues {
            let rule = language == .zh ? issue.rule.zh : issue.rule.en
            let mend = language == .zh ? issue.mend.zh : issue.mend.en
            let place = issue.pointer.isEmpty ? "" : "\(issue.pointer)："
            Self.say("\(place)\(rule) [\(issue.code)]\n  → \(mend)")
        }
        if let receipts = failure.receipts {
            Self.say(
                language == .zh ? "  现有回执：\(receipts.current)" : "  current receipt: \(receipts.current)")
            Self.say(
                language == .zh
                    ? "  提交内容的校验值：\(receipts.sentHash)" : "  hash of what was sent: \(receipts.sentHash)")
        }
    }
}

extension CommandFailure {
    /// `{"errors":[{"code","pointer","rule","mend"}]}`, with both receipts of a conflict.
    func json(language: Language) -> String {
        var members = [JSONValue.Member("errors", .array(issues.map { $0.json(language) }))]
        if let receipts {
            members.append(
                .init(
                    "receipts",
                    .object([
                        .init("current", .string(receipts.current)),
                        .init("sent_hash", .string(receipts.sentHash)),
                    ])))
        }
        return JSONValue.object(members).text()
    }
}

extension DocumentIssue {
    /// `{"code","pointer","rule","mend"}` in one language.
    func json(_ language: Language) -> JSONValue {
        .object([
            .init("code", .string(code)), .init("pointer", .string(pointer)),
            .init("rule", .string(language.of(rule))), .init("mend", .string(language.of(mend))),
        ])
    }
}
