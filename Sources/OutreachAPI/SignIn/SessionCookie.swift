internal import Hummingbird
internal import OutreachStore

/// The cookie that a browser's session lives in.
///
/// HttpOnly and SameSite=Strict always; Secure, with the `__Host-` prefix that ties it to this host, except for
/// plain HTTP on the machine itself.
struct SessionCookie {
    private static let secureName = "__Host-goutong"
    private static let loopbackName = "goutong"

    /// The session that a request's cookie names.
    static func session(of request: Request) -> WebSession? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                let name = parts[0].trimmingPrefix(while: \.isWhitespace)
                guard name == secureName || name == loopbackName else { continue }
                if let session = WebSession(parts[1]) { return session }
            }
        }
        return nil
    }

    /// `Set-Cookie` for a session, or to forget one.
    static func setting(_ session: WebSession?, for request: Request) -> String {
        let isLoopback = RequestOrigin(request).isPlainLoopback
        return
            "\(isLoopback ? loopbackName : secureName)=\(session?.text ?? ""); Path=/; HttpOnly; SameSite=Strict"
            + (isLoopback ? "" : "; Secure") + (session == nil ? "; Max-Age=0" : "")
    }
}
