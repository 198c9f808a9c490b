import Outreach
import Testing

@Suite("which passwords are taken")
struct PasswordPolicyTests {
    @Test(
        "what is guessed first is refused",
        arguments: [
            "1234567890", "0123456789", "9876543210", "aaaaaaaaaa", "1212121212", "123123123123",
            "woainiwoaini",
            "woaini1314", "Woaini520!", "5201314520", "13800138000", "19900307001", "110100199003070015",
            "password123", "P@ssword2018", "qwertyuiop", "1qaz2wsx3e", "q1w2e3r4t5", "admin123456",
            "beijing2018", "gonghui2018", "a123456789", "123456789a", "zhang19900307", "abcdefghij",
        ])
    func common(password: String) {
        #expect(throws: CodeError.self) { try PasswordPolicy.checked(password, login: "li.si") }
        #expect(code(password, login: "li.si") == "password.common")
    }

    @Test(
        "sentences and managers' passwords are taken, whatever they are made of",
        arguments: [
            "三号会议室的绿萝又开花了", "the kettle sings at dawn", "xkqvbnwpzt", "Tr0ub4dor&3zz", "wo xihuan chi jiaozi",
            "nyc7qh2m9w4k",
        ])
    func taken(password: String) throws {
        #expect(try PasswordPolicy.checked(password, login: "li.si") == password)
    }

    @Test("short, long, invisible and like the login")
    func shape() {
        #expect(code("九个字符的密码不够", login: "a") == "password.too_short")
        #expect(code(String(repeating: "长话", count: 150), login: "a") == "password.too_long")
        #expect(code("a sentence\u{0}with a nul", login: "a") == "password.invisible")
        #expect(code("zhang.sanfeng", login: "zhang.sanfeng") == "password.login")
        #expect(code("Zhang-Sanfeng!7", login: "zhang.sanfeng") == "password.login")
        #expect(code("zhangsanfeng walks his dog", login: "zhang.sanfeng") == nil)
    }

    @Test("the same password on every keyboard: NFC")
    func normalised() throws {
        let composed = "caf\u{E9} au lait chaud"
        let decomposed = "cafe\u{301} au lait chaud"
        let checked = try PasswordPolicy.checked(decomposed, login: "a")
        #expect(Array(checked.utf8) == Array(composed.utf8))
    }

    private func code(_ password: String, login: String) -> String? {
        do throws(CodeError) {
            _ = try PasswordPolicy.checked(password, login: login)
            return nil
        } catch {
            #expect(!error.rule.zh.contains(password) && !error.mend.en.contains(password))
            return error.code
        }
    }
}
