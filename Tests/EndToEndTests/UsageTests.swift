import Foundation
import Testing

extension EndToEnd {
    /// A call that does not parse: with `--json` one object as of every other error, and never a value.
    @Suite struct UsageTests {
        private let office: Office

        init() throws { office = try Office.current() }

        struct Wrong: CustomTestStringConvertible {
            let code: String
            let pointer: String
            let arguments: [String]

            init(_ code: String, _ pointer: String, _ arguments: String...) {
                self.code = code
                self.pointer = pointer
                self.arguments = arguments
            }

            var testDescription: String { arguments.joined(separator: " ") }
        }

        static let wrongs = [
            Wrong("option.unknown", "--bogus", "meeting", "log", "--bogus", "--json"),
            Wrong("option.unknown", "--bogus", "--bogus", "--json"),
            Wrong("option.unknown", "--json", "db", "stop", "--json"),
            Wrong("option.unknown", "-x", "meeting", "list", "-x", "--json"),
            Wrong("option.value_missing", "--week", "report", "weekly", "--json", "--week"),
            Wrong(
                "option.value_unexpected", "--no-input", "meeting", "log", "--json", "--no-input=13812345678"),
            Wrong("option.value", "--limit", "meeting", "list", "--json", "--limit", "13812345678x"),
            Wrong(
                "option.value", "--limit", "meeting", "list", "--json", "--limit",
                "13812345678' is invalid for '--from <from>"),
            Wrong("choice.unknown", "--kind", "meeting", "log", "--kind", "13812345678", "--json"),
            Wrong("choice.unknown", "--format", "report", "weekly", "--json", "--format", "docx"),
            Wrong("option.required", "id", "meeting", "show", "--json"),
            Wrong("option.required", "--firm", "milestone", "add", "--json"),
            Wrong("option.required", "--out", "export", "ledger", "--json"),
            Wrong("argument.unexpected", "", "meeting", "show", "a", "13812345678", "--json"),
            Wrong("command.unknown", "", "bogus", "--json"),
            Wrong("command.unknown", "", "--json", "bogus"),
            Wrong("command.unknown", "", "meeting", "13812345678", "--json"),
        ]

        @Test(arguments: wrongs) func isToldAsJSON(_ wrong: Wrong) async throws {
            for (language, words) in [("zh", /\p{Han}/), ("en", /[a-z] [a-z]/)] {
                let run = try await office.goutong(
                    wrong.arguments, setting: ["GOUTONG_LANG": language])
                #expect(run.status == 64, "\(run)")
                #expect(run.output.isEmpty)
                #expect(run.said.split(separator: "\n").count == 1)
                let issues = try run.issues()
                #expect(issues.map(\.code) == [wrong.code])
                #expect(issues.map(\.pointer) == [wrong.pointer])
                for issue in issues {
                    #expect(issue.rule.contains(words) && !issue.mend.isEmpty)
                    #expect(issue.rule.contains(/\p{Han}/) == (language == "zh"))
                }
                #expect(!run.said.contains("13812345678"))
            }
        }

        @Test func theMendNamesWhatThereIs() async throws {
            func mend(_ arguments: String...) async throws -> String? {
                try await office.goutong(arguments + ["--json", "--lang", "en"]).issues().first?.mend
            }
            #expect(try await mend("meeting", "log", "--kind", "party") == "one of: enterprise worker")
            #expect(try await mend("meeting", "log", "--knd", "worker") == "did you mean --kind?")
            #expect(
                try await mend("report", "weekly", "--format", "docx")
                    == "one of: text brief html csv xlsx json")
            #expect(
                try await mend("report", "bogus")
                    == "there are: weekly submit missing issue reissue issued changes explain")
            #expect(try await mend("meeting", "show") == "see goutong meeting show --help")
        }

        /// After `--` come values, and help is no error.
        @Test func onlyErrorsAndOnlyWhenAsked() async throws {
            let plain = try await office.goutong("meeting", "show", "a", "b", "--", "--json")
            #expect(plain.status == 64 && !plain.said.hasPrefix("{"), "\(plain)")
            let help = try await office.goutong("meeting", "log", "--json", "--help")
            #expect(help.status == 0 && help.text.contains("--from"))
        }
    }
}
