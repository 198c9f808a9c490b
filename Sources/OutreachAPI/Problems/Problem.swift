internal import Foundation
public import Hummingbird
internal import NIOCore
public import Outreach

/// What went wrong with a request, as `application/problem+json` (RFC 9457).
///
/// `type` is stable; `errors` name the member by JSON Pointer, the rule and the mend, as on the terminal. No
/// value of a request and nothing of the inside appears.
public struct Problem: Error, Sendable {
    public let status: HTTPResponse.Status
    /// The last part of `type`, such as `conflict`.
    public let code: String
    public let title: Bilingual
    public var issues: [DocumentIssue] = []
    /// Receipts of a conflict.
    public var current: String?
    /// Seconds after which it is worth trying again.
    public var retryAfter: Int?
    /// The methods of a path, for a method that it does not have.
    var allow: String?

    public init(
        _ status: HTTPResponse.Status, code: String, title: Bilingual, issues: [DocumentIssue] = []
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.issues = issues
    }

    /// The body.
    /// - Parameter language: `zh` or `en`, as the request prefers.
    func json(language: String, requestID: String) -> JSONValue {
        func chosen(_ text: Bilingual) -> String { language == "en" ? text.en : text.zh }
        var members: [JSONValue.Member] = [
            .init("type", .string("https://goutong.example/problems/\(code)")),
            .init("title", .string(chosen(title))),
            .init("status", .integer(status.code)),
            .init("instance", .string("urn:goutong:request:\(requestID)")),
        ]
        if let current { members.append(.init("current", .string(current))) }
        let errors = issues.map { issue in
            JSONValue.object([
                .init("code", .string(issue.code)), .init("pointer", .string(issue.pointer)),
                .init("rule", .string(chosen(issue.rule))), .init("mend", .string(chosen(issue.mend))),
            ])
        }
        return .object(members + [.init("errors", .array(errors))])
    }

    func response(language: String, requestID: String) -> Response {
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .contentLanguage: language, .cacheControl: "no-store",
        ]
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        if let allow { headers[.allow] = allow }
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        let body = json(language: language, requestID: requestID)
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: body.text())))
    }
}

extension Problem {
    static var unauthenticated: Problem {
        Problem(
            .unauthorized, code: "unauthenticated",
            title: Bilingual(zh: "需要有效的令牌或登录", en: "a valid token or a login is needed"))
    }

    /// The same for what is out of scope and what does not exist.
    static var notFound: Problem {
        Problem(.notFound, code: "not-found", title: Bilingual(zh: "没有这条记录", en: "no such record"))
    }

    static var notAllowed: Problem {
        Problem(
            .forbidden, code: "not-allowed",
            title: Bilingual(
                zh: "不在该账号的辖区或权限之内", en: "outside the areas or the rights of the account"))
    }

    static var unavailable: Problem {
        var problem = Problem(
            .serviceUnavailable, code: "unavailable",
            title: Bilingual(zh: "暂时不可用，请稍后重试", en: "not available for the moment; try again"))
        problem.retryAfter = 2
        return problem
    }
}
