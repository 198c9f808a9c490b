import Foundation
import Hummingbird
import Outreach
import OutreachStore

/// What each role is answered at each endpoint. Who adds an endpoint adds its line to `all`.
enum RoleEndpoints {
    struct Call: Sendable {
        let name: String
        let method: HTTPRequest.Method
        let path: String
        var body = ""
    }

    /// Each is tried by every role, with nobody's token, and never changes what another one finds: bodies
    /// carry ids of their own (`ID` is replaced by a new one).
    static let all: [Call] = [
        Call(
            name: "登记本街道的会 a meeting in the own township", method: .post, path: "/v1/meetings",
            body: MeetingAPITests.enterpriseMeeting(area: "110105021", id: "ID")),
        Call(
            name: "登记本区其他街道的会 in the rest of its district", method: .post, path: "/v1/meetings",
            body: MeetingAPITests.enterpriseMeeting(area: "110105001", id: "ID")),
        Call(
            name: "登记其他区的会 in another district", method: .post, path: "/v1/meetings",
            body: MeetingAPITests.enterpriseMeeting(area: "110101001", id: "ID")),
        Call(name: "本人账号 own account", method: .get, path: "/v1/account"),
        Call(
            name: "改本人密码（原密码不对） own password, the old one wrong", method: .post, path: "/v1/account/password",
            body: #"{"old":"不是原来的密码啊","new":"四楼开水房的灯还没有修"}"#),
        Call(name: "所有账号 every account", method: .get, path: "/v1/accounts"),
        Call(
            name: "新建账号 a new account", method: .post, path: "/v1/accounts",
            body: #"{"login":"NEW","name":"新","role":"cadre","unit":"BJ"}"#),
        Call(
            name: "没有的账号 an account that is not there", method: .get,
            path: "/v1/accounts/01890000-0000-7000-8000-000000000099"),
        Call(
            name: "改没有的账号 changing one", method: .patch,
            path: "/v1/accounts/01890000-0000-7000-8000-000000000099", body: #"{"disabled":true}"#),
        Call(
            name: "其令牌 its tokens", method: .get,
            path: "/v1/accounts/01890000-0000-7000-8000-000000000099/tokens"),
        Call(
            name: "登录（密码不对） signing in, wrongly", method: .post, path: "/v1/session",
            body: #"{"login":"cadre.test","password":"x"}"#),
        Call(name: "退出 signing out", method: .delete, path: "/v1/session"),
    ]

    static func markdown(of seed: RoleSeed) async throws -> String {
        var tokens: [RoleActor: APIToken] = [:]
        for actor in RoleActor.allCases {
            guard let account = seed.actors[actor]?.account else { continue }
            tokens[actor] = try await TokenStore(federation: seed.api.federation).issue(
                to: account, name: "endpoints", validFor: 1,
                authority: .operator("test", of: seed.api.federation), on: seed.api.owner)
        }
        var lines = [
            "## 接口 Endpoints", "", "应答状态 Statuses answered, without a token and by role.", "",
            "| 请求 request | 无令牌 nobody | " + RoleActor.allCases.map(\.heading).joined(separator: " | ")
                + " |", "|---|" + String(repeating: "---|", count: RoleActor.allCases.count + 1),
        ]
        for call in all {
            var row = ["`\(call.method.rawValue) \(call.path)` \(call.name)"]
            for token in [nil] + RoleActor.allCases.map({ tokens[$0] }) {
                let answer = try await seed.api.send(
                    call.method, call.path, token: token,
                    body: call.body.replacing(
                        "ID", with: "01890000-0000-7000-8000-\(UUID().uuidString.lowercased().suffix(12))"
                    ).replacing("NEW", with: "n\(UUID().uuidString.lowercased().suffix(8))"))
                row.append("\(answer.status.code)")
            }
            lines.append("| " + row.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
