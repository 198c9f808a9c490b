/// What shows that an answer is our own service's, and to this very request.
///
/// The terminal makes up a question's name, the service answers with its mark. A sign-in page, a cache or a
/// proxy's error page has no mark, or another question's; a proxy that gives requests ids of its own does not
/// touch it. It proves no identity: that is what the certificate is for.
public enum AnswerMark {
    /// The header of a request.
    public static let question = "Goutong-Question"
    /// The header of its answer.
    public static let answer = "Goutong-Answer"

    /// 64 hexadecimal digits.
    public static func of(_ question: String) -> String {
        sha256(Array("goutong.answer/1\n\(question)".utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
