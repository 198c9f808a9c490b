internal import Foundation
internal import MeetingForm
internal import Outreach
internal import Reporting
internal import Vault

/// A new password from whoever runs the command: twice on a terminal, not shown; else one line of standard input.
/// Never from a flag, which other users of the machine can read.
struct NewPassword {
    let language: Language

    /// The password as it is hashed, once it is one that the policy takes.
    func checked(for login: String) throws -> String {
        let text = try read()
        do throws(CodeError) {
            return try PasswordPolicy.checked(text, login: login)
        } catch {
            throw CommandFailure(
                .invalid, code: error.code, pointer: "password", rule: error.rule, mend: error.mend)
        }
    }

    private func read() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine(strippingNewline: true) else { throw Self.missing }
            // A file of another system ends its line with CR LF.
            return line.hasSuffix("\r") ? String(line.dropLast()) : line
        }
        let first: String
        let second: String
        do throws(HiddenLine.Failure) {
            first = try HiddenLine.ask(language.of(Bilingual(zh: "密码（不显示）：", en: "password (not shown): ")))
            second = try HiddenLine.ask(language.of(Bilingual(zh: "再输一次：", en: "once more: ")))
        } catch {
            switch error {
            case .cancelled: throw CancellationError()
            case .noTerminal: throw Self.missing
            }
        }
        guard PasswordPolicy.normalised(first) == PasswordPolicy.normalised(second) else {
            throw Self.different
        }
        return first
    }

    private static var missing: CommandFailure {
        CommandFailure(
            .usage, code: "password.missing", pointer: "password",
            rule: Bilingual(zh: "没有收到密码", en: "no password was given"),
            mend: Bilingual(
                zh: "在终端运行，或把密码作为标准输入的一行",
                en: "run it on a terminal, or give it as one line of standard input"))
    }

    private static var different: CommandFailure {
        CommandFailure(
            .invalid, code: "password.different", pointer: "password",
            rule: Bilingual(zh: "两次输入不同", en: "the two are not the same"),
            mend: Bilingual(zh: "重新运行", en: "run it again"))
    }
}
