import Foundation
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing

/// What each role is answered at each endpoint. Who adds an endpoint adds its line to `all`; `RouteTests`
/// sees to it.
enum RoleEndpoints {
    struct Call: Sendable {
        let name: String
        let method: HTTPRequest.Method
        let path: String
        var headers: HTTPFields = [:]
        var body = ""
    }

    /// Each is tried by every role and without a token, and never changes what another one finds: bodies
    /// carry ids of their own (`ID` is replaced by a new one), and what would be gone is not there from the
    /// beginning. `FIRM` stands for a firm met in the own township.
    static let all: [Call] = meetings + firms + applications + persons + reports + accounts + audit

    private static let absent = "01890000-0000-7000-8000-000000000099"
    private static let own = RoleSeed.applicantID(1)
    private static let distant = RoleSeed.applicantID(4)
    private static let reason = #"{"reason":"核对 check"}"#

    private static let meetings: [Call] = [
        Call(
            name: "登记本街道的会 a meeting in the own township", method: .post, path: "/v1/meetings",
            body: MeetingAPITests.enterpriseMeeting(area: "110105021", id: "ID")),
        Call(
            name: "登记本区其他街道的会 in the rest of its district", method: .post, path: "/v1/meetings",
            body: MeetingAPITests.enterpriseMeeting(area: "110105001", id: "ID")),
        Call(
            name: "登记其他区的会 in another district", method: .post, path: "/v1/meetings",
            body: MeetingAPITests.enterpriseMeeting(area: "110101001", id: "ID")),
        Call(
            name: "批量（每条各有结果） a batch, a result each", method: .post, path: "/v1/meetings/batch",
            body: "[" + MeetingAPITests.enterpriseMeeting(area: "110105021", id: "ID") + "]"),
        Call(name: "所有会 every meeting", method: .get, path: "/v1/meetings"),
        Call(
            name: "本街道的会 one of the own township", method: .get, path: "/v1/meetings/\(RoleSeed.ownMeeting)"),
        Call(
            name: "其他区的会 one of another district", method: .get,
            path: "/v1/meetings/\(RoleSeed.distantMeeting)"),
        Call(name: "没有的会 one that is not there", method: .get, path: "/v1/meetings/\(absent)"),
        Call(
            name: "更正没有的会 correcting one that is not there", method: .put, path: "/v1/meetings/\(absent)",
            headers: [.ifMatch: "\"1\""],
            body: MeetingAPITests.enterpriseMeeting(area: "110105021", id: absent)
                .replacing(#""kind""#, with: #""replaces":1,"kind""#, maxReplacements: 1)),
        Call(
            name: "作废没有的会 voiding one that is not there", method: .delete, path: "/v1/meetings/\(absent)",
            headers: [.ifMatch: "\"1\""], body: #"{"why":"重复 twice"}"#),
        Call(
            name: "本街道一周无会 a week without any in the own township", method: .post,
            path: "/v1/weeks/2018-W45/none", body: #"{"area":"110105021"}"#),
        Call(
            name: "本街道一周已报齐 the own township's week complete", method: .post,
            path: "/v1/weeks/2018-W46/submitted", body: #"{"area":"110105021"}"#),
        Call(name: "意见建议 every opinion", method: .get, path: "/v1/opinions"),
    ]

    private static let firms: [Call] = [
        Call(name: "查企业 finding", method: .get, path: "/v1/firms?q=%E6%B5%8B%E8%AF%95"),
        Call(name: "一家企业 one firm", method: .get, path: "/v1/firms/FIRM"),
        Call(name: "其经过 its history", method: .get, path: "/v1/firms/FIRM/history"),
        Call(name: "其进度 its steps", method: .get, path: "/v1/firms/FIRM/milestones"),
        Call(name: "并入哪一家 as which it is counted", method: .get, path: "/v1/firms/FIRM/merge"),
        Call(
            name: "把企业并入自身 a firm into itself", method: .post, path: "/v1/firm-merges",
            body: #"{"id":"ID","duplicate":"FIRM","kept":"FIRM"}"#),
        Call(
            name: "并入没有的企业 into one that is not there", method: .post, path: "/v1/firm-merges",
            body: #"{"id":"ID","duplicate":"FIRM","kept":"\#(absent)"}"#),
        Call(
            name: "撤销没有的合并 undoing a merge that is not there", method: .delete,
            path: "/v1/firm-merges/\(absent)"),
        Call(
            name: "登记进度 a step", method: .post, path: "/v1/milestones",
            body: #"{"id":"ID","firm":"FIRM","kind":"visited","on":"2018-11-01"}"#),
        Call(name: "撤回没有的进度 a step that is not there", method: .delete, path: "/v1/milestones/\(absent)"),
        Call(name: "区划 the map", method: .get, path: "/v1/areas?district=110105"),
        Call(name: "工会组织 the union tree", method: .get, path: "/v1/org-units"),
    ]

    private static let applications: [Call] = [
        Call(name: "入会申请 every application", method: .get, path: "/v1/applications"),
        Call(name: "本人登记的申请 one's own", method: .get, path: "/v1/applications/\(own)/events"),
        Call(
            name: "本区其他街道的申请 one of the rest of the district", method: .get,
            path: "/v1/applications/\(RoleSeed.applicantID(3))/events"),
        Call(
            name: "其他区的申请 one of another district", method: .get,
            path: "/v1/applications/\(distant)/events"),
        Call(name: "没有的申请 one that is not there", method: .get, path: "/v1/applications/\(absent)/events"),
        Call(
            name: "驳回而不写理由 rejecting without a reason", method: .post,
            path: "/v1/applications/\(own)/events", body: #"{"kind":"rejected","on":"2018-10-02"}"#),
        Call(
            name: "审核其他区的申请 deciding in another district", method: .post,
            path: "/v1/applications/\(distant)/events", body: #"{"kind":"verified","on":"2018-10-02"}"#),
    ]

    private static let persons: [Call] = [
        Call(name: "查看个人信息 a look", method: .get, path: "/v1/persons/\(own)?reason=check"),
        Call(name: "查看其他区的人 of another district", method: .get, path: "/v1/persons/\(distant)?reason=check"),
        Call(name: "明文 in clear", method: .post, path: "/v1/persons/\(own)/unmask", body: reason),
        Call(
            name: "其他区的明文 of another district", method: .post, path: "/v1/persons/\(distant)/unmask",
            body: reason),
        Call(name: "个人信息副本 a copy", method: .post, path: "/v1/persons/\(own)/copy", body: reason),
        Call(
            name: "更正 a correction", method: .post, path: "/v1/persons/\(own)/correct",
            body: #"{"reason":"核对","person":{"name":"王更正","mobile":"13800138000"}}"#),
        Call(name: "删除没有的人 erasing nobody", method: .post, path: "/v1/persons/\(absent)/erase", body: reason),
        Call(
            name: "没有的人撤回同意 nobody withdraws", method: .post,
            path: "/v1/persons/\(absent)/withdraw-consent", body: #"{"on":"2018-10-02"}"#),
        Call(
            name: "提供给所在单位工会 handing over", method: .post, path: "/v1/persons/\(own)/hand-over",
            body: #"{"to":"employer-union","recipient":"示例工会","reason":"核对"}"#),
        Call(name: "权利请求 every request", method: .get, path: "/v1/persons/requests"),
        Call(
            name: "登记请求 a request", method: .post, path: "/v1/persons/\(own)/requests",
            body: #"{"id":"ID","kind":"copy","on":"2018-10-02"}"#),
        Call(
            name: "答复没有的请求 answering one that is not there", method: .post,
            path: "/v1/persons/requests/\(absent)/answer", body: #"{"outcome":"已答复"}"#),
    ]

    private static let reports: [Call] = [
        Call(name: "周报 weekly", method: .get, path: "/v1/reports/weekly?week=2018-W40"),
        Call(
            name: "其他区的周报 of another district", method: .get,
            path: "/v1/reports/weekly?week=2018-W40&area=110101"),
        Call(
            name: "未报送的单位 who has not reported", method: .get, path: "/v1/reports/missing?week=2018-W40"),
        Call(
            name: "其他区未报送的 of another district", method: .get,
            path: "/v1/reports/missing?week=2018-W40&area=110101"),
        Call(name: "已签发的各版 the editions", method: .get, path: "/v1/reports/issued?week=2018-W40"),
        Call(
            name: "没有签发的周报的变动 what moved one that was not issued", method: .get,
            path: "/v1/reports/changes?week=2017-W40"),
        Call(
            name: "一个数字的出处 the rows of a number", method: .get,
            path: "/v1/reports/explain?week=2018-W40&figure=headline.firms_met.week"),
        Call(
            name: "其他区一个数字的出处 of another district", method: .get,
            path: "/v1/reports/explain?week=2018-W40&figure=firms_met.week&area=110101"),
        Call(name: "漏斗（分街道） the funnel by area", method: .get, path: "/v1/reports/funnel?to=2018-12-30"),
        Call(name: "漏斗（全市） of the city", method: .get, path: "/v1/reports/funnel?by=none&to=2018-12-30"),
        Call(
            name: "试点对比 the pilots compared", method: .get,
            path: "/v1/reports/pilot-comparison?to=2018-12-30"),
        Call(name: "申报数 declared totals", method: .get, path: "/v1/declared-totals"),
        Call(
            name: "预览本街道的申报数 a preview of the own township's", method: .post,
            path: "/v1/declared-totals?dry_run=true", body: stated("110105021")),
        Call(
            name: "预览其他区的申报数 of another district's", method: .post,
            path: "/v1/declared-totals?dry_run=true", body: stated("110101001")),
        Call(
            name: "撤回没有的申报数 taking back one that is not there", method: .delete,
            path: "/v1/declared-totals/\(absent)", body: #"{"why":"误报 wrong"}"#),
        Call(name: "任务数 targets", method: .get, path: "/v1/targets"),
        Call(
            name: "预览本街道的任务数 a preview of the own township's", method: .post,
            path: "/v1/targets?dry_run=true",
            body: stated("110105021")),
        Call(
            name: "撤回没有的任务数 taking back one that is not there", method: .delete,
            path: "/v1/targets/\(absent)",
            body: #"{"why":"误报 wrong"}"#),
        Call(name: "试点项目 programmes", method: .get, path: "/v1/programmes"),
        Call(name: "没有的试点项目 one that is not there", method: .get, path: "/v1/programmes/none"),
        Call(
            name: "预览试点项目 a preview", method: .post, path: "/v1/programmes?dry_run=true",
            body: "programme,name,unit,arm,start_on\nhz,海淀,110108001,pilot,2018-10-08\n"),
        Call(name: "导出台账 every fact", method: .get, path: "/v1/exports/ledger"),
    ]

    private static func stated(_ unit: String) -> String {
        "unit,figure,from,to,value,source,office,received_on\n"
            + "\(unit),firms_met,2018-10-01,2018-10-07,3,一号文,总工会,2018-10-08\n"
    }

    private static let accounts: [Call] = [
        Call(name: "本人账号 own account", method: .get, path: "/v1/account"),
        Call(
            name: "改本人密码（原密码不对） own password, the old one wrong", method: .post, path: "/v1/account/password",
            body: #"{"old":"不是原来的密码啊","new":"四楼开水房的灯还没有修"}"#),
        Call(name: "所有账号 every account", method: .get, path: "/v1/accounts"),
        Call(
            name: "新建账号 a new account", method: .post, path: "/v1/accounts",
            body: #"{"login":"NEW","name":"新","role":"cadre","unit":"BJ"}"#),
        Call(name: "没有的账号 an account that is not there", method: .get, path: "/v1/accounts/\(absent)"),
        Call(
            name: "改没有的账号 changing one", method: .patch, path: "/v1/accounts/\(absent)",
            body: #"{"disabled":true}"#),
        Call(name: "其令牌 its tokens", method: .get, path: "/v1/accounts/\(absent)/tokens"),
        Call(
            name: "为其发令牌 a token for it", method: .post, path: "/v1/accounts/\(absent)/tokens",
            body: #"{"name":"测试"}"#),
        Call(
            name: "撤销其令牌 revoking one", method: .delete, path: "/v1/accounts/\(absent)/tokens/\(absent)"),
        Call(
            name: "登录（密码不对） signing in, wrongly", method: .post, path: "/v1/session",
            body: #"{"login":"cadre.test","password":"x"}"#),
        Call(name: "退出 signing out", method: .delete, path: "/v1/session"),
    ]

    private static let audit: [Call] = [
        Call(name: "留痕 the audit", method: .get, path: "/v1/audit"),
        Call(name: "校验值 its head", method: .get, path: "/v1/audit/head"),
        Call(name: "导出 its export", method: .get, path: "/v1/audit/export"),
    ]

    static func markdown(of seed: RoleSeed) async throws -> String {
        var tokens: [RoleActor: APIToken] = [:]
        for actor in RoleActor.allCases {
            guard let account = seed.actors[actor]?.account else { continue }
            tokens[actor] = try await TokenStore(federation: seed.api.federation).issue(
                to: account, name: "endpoints", validFor: 1,
                authority: .operator("test", of: seed.api.federation), on: seed.api.owner)
        }
        let firm = try await seed.api.owner.query(
            """
            SELECT firm_id::text FROM goutong.firm_identity
            WHERE name = '测试1甲公司' AND federation_id = \(seed.api.federation.id) AND superseded_at IS NULL
            """
        ).only().decode(String.self)
        var lines = [
            "## 接口 Endpoints", "", "应答状态 Statuses answered, without a token and by role.", "",
            "| 请求 request | 无令牌 nobody | " + RoleActor.allCases.map(\.heading).joined(separator: " | ")
                + " |", "|---|" + String(repeating: "---|", count: RoleActor.allCases.count + 1),
        ]
        for call in all {
            var row = ["`\(call.method.rawValue) \(call.path)` \(call.name)"]
            for token in [nil] + RoleActor.allCases.map({ tokens[$0] }) {
                let answer = try await seed.api.send(
                    call.method, call.path.replacing("FIRM", with: firm), token: token,
                    headers: call.headers,
                    body: call.body.replacing("FIRM", with: firm)
                        .replacing(
                            "ID", with: "01890000-0000-7000-8000-\(UUID().uuidString.lowercased().suffix(12))"
                        ).replacing("NEW", with: "n\(UUID().uuidString.lowercased().suffix(8))"))
                #expect(answer.status.code < 500, "\(call.method) \(call.path): \(answer.text)")
                row.append("\(answer.status.code)")
            }
            lines.append("| " + row.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
