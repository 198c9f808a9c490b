/// Passwords that are tried first: the commonest, in the habits of Chinese users too (Li, Han, Xu 2014, "A
/// large-scale empirical analysis of Chinese web passwords", USENIX Security): digits, dates, mobile numbers,
/// 520 and 1314, pinyin phrases.
enum CommonPassword {
    /// Lower case, letters and digits only: `P@ss-word` is told by what remains, not by its ornaments.
    static func folded(_ password: String) -> String {
        password.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// - Parameter folded: by `folded(_:)`.
    static func isCommon(_ folded: String) -> Bool {
        folded.isEmpty || Set(folded).count <= 2 || isRun(folded) || isRepeated(folded) || isNumber(folded)
            || walks.contains { folded.hasPrefix($0) && folded.count <= $0.count + 4 }
            || isWordWithDigits(folded)
    }

    /// Neighbours all along: `1234567890`, `abcdefghij`, `9876543210`.
    private static func isRun(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        let steps = zip(values, values.dropFirst()).map { $1 - $0 }
        return steps.allSatisfy { $0 == 1 || $0 == -9 } || steps.allSatisfy { $0 == -1 || $0 == 9 }
    }

    /// A short piece again and again: `123123123123`, `woainiwoaini`.
    private static func isRepeated(_ text: String) -> Bool {
        let characters = Array(text)
        return (1...6).contains { length in
            characters.count >= 2 * length
                && characters.indices.allSatisfy { characters[$0] == characters[$0 % length] }
        }
    }

    /// Digits alone, as a mobile number, a date, a card's number: few possibilities, often printed beside the
    /// name.
    private static func isNumber(_ text: String) -> Bool {
        text.count <= 18 && text.dropLast().allSatisfy(\.isASCIINumber)
            && (text.last?.isASCIINumber == true || text.last == "x")
    }

    /// One word, and at most eight digits around it, which is a date or 1314.
    private static func isWordWithDigits(_ text: String) -> Bool {
        let letters = text.filter { !$0.isASCIINumber }
        let digits = text.count - letters.count
        return (digits <= 8 || letters.count <= 3 && digits <= 11) && words.contains(letters)
    }

    /// Ways over the keyboard.
    private static let walks = [
        "1qaz2wsx", "qazwsxedc", "1q2w3e4r", "q1w2e3r4", "zaq12wsx", "qwertyuiop", "asdfghjkl", "zxcvbnm",
        "qwer1234", "1234qwer", "qweasdzxc", "147258369", "123qwe",
    ]

    /// What stands between the digits of the commonest passwords.
    private static let words: Set<String> = [
        "a", "aa", "aaa", "q", "qq", "w", "z", "abc", "abcd", "asd", "asdf", "asdasd", "qwe", "qwer", "qwert",
        "qwerty", "zxc", "zxcvbnm", "admin", "administrator", "root", "user", "guest", "test", "demo",
        "login",
        "welcome", "password", "passwd", "passw", "passwrd", "pssword", "psswrd", "pass", "mima", "secret",
        "letmein", "changeme", "default", "iloveyou", "loveyou", "love", "woaini", "woaiwojia", "woainima",
        "wodemima", "mimamima", "nihao", "zhongguo", "china", "beijing", "shanghai", "renmin", "weixin",
        "wechat", "alipay", "taobao", "baidu", "huawei", "dragon", "monkey", "sunshine", "princess",
        "football",
        "gonghui", "zonggonghui", "shizonggonghui", "gongonghui", "quzonggonghui", "jiedao", "goutong",
        "shuanggoutong", "goutonghui", "zhigong", "jiandang", "laogong", "laopo", "zhang", "wang", "liu",
        "chen", "yang", "zhao", "huang", "zhou",
    ]
}

extension Character {
    fileprivate var isASCIINumber: Bool { ("0"..."9").contains(self) }
}
