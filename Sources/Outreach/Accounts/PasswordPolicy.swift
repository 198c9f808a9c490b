internal import Foundation

/// Which passwords are taken: long ones that nobody tries first. No classes of characters are asked for, which
/// make passwords alike and not stronger (NIST SP 800-63B §5.1.1.2; OWASP Authentication Cheat Sheet).
public enum PasswordPolicy {
    /// In characters as people count them.
    public static let length = 10...200

    /// The password in the form that is hashed: NFC, so that it is the same on every keyboard.
    /// - Throws: `password.too_short`, `.too_long`, `.invisible`, `.login`, `.common`. The password itself
    ///   appears in none.
    public static func checked(_ password: String, login: String) throws(CodeError) -> String {
        let composed = normalised(password)
        guard composed.count >= length.lowerBound else {
            throw CodeError(
                "password.too_short", "密码不足\(length.lowerBound)个字符",
                "the password has fewer than \(length.lowerBound) characters", mendZh: "用一句自己记得住的话",
                mendEn: "take a sentence that you remember")
        }
        guard composed.count <= length.upperBound, composed.utf8.count <= 4 * length.upperBound else {
            throw CodeError(
                "password.too_long", "密码超过\(length.upperBound)个字符",
                "the password has more than \(length.upperBound) characters", mendZh: "缩短一些",
                mendEn: "shorten it")
        }
        guard !composed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw CodeError(
                "password.invisible", "密码含有控制字符", "the password holds a control character",
                mendZh: "用看得见的字符和空格", mendEn: "use visible characters and spaces")
        }
        let plain = CommonPassword.folded(composed)
        let name = CommonPassword.folded(login)
        // A login with a few characters around it is still the login.
        let rest = name.count >= 3 ? plain.replacing(name, with: "") : plain
        guard plain != name, rest == plain || rest.count >= 8 else {
            throw CodeError(
                "password.login", "密码与登录名太像", "the password is too much like the login",
                mendZh: "换一个与登录名无关的", mendEn: "take one that has nothing to do with it")
        }
        guard !CommonPassword.isCommon(plain) else {
            throw CodeError(
                "password.common", "这是最常被猜到的密码之一", "it is one of the passwords that are guessed first",
                mendZh: "换一句自己的话", mendEn: "take a sentence of your own")
        }
        return composed
    }

    /// NFC, for hashing and comparing.
    public static func normalised(_ password: String) -> String {
        password.precomposedStringWithCanonicalMapping
    }
}
