internal import Foundation
internal import Outreach
internal import OutreachClient
internal import OutreachStore
internal import Reporting

/// One document of the outbox, as it is listed: without persons.
struct OutboxLine {
    let entry: Outbox.Entry

    func text(_ language: Language) -> String {
        guard let item = entry.item else {
            return "\(entry.name)  "
                + language.of(Bilingual(zh: "打不开（密钥已换或被改动）", en: "does not open (another key, or altered)"))
        }
        let document = item.document
        let kind =
            switch document.kind {
            case .enterprise: Bilingual(zh: "企业沟通会", en: "enterprise")
            case .worker: Bilingual(zh: "职工沟通会", en: "worker")
            case nil: Bilingual(zh: "作废", en: "void")
            }
        return [
            entry.name, language.of(kind), document.heldOn?.iso ?? "—", place ?? "—",
            language.of(Self.word(item.state)), Self.age(of: item, language),
            item.server ?? language.of(Bilingual(zh: "（未写明服务）", en: "(no service named)")),
            item.lastProblem ?? "—",
        ].joined(separator: "  ")
    }

    var json: JSONValue {
        guard let item = entry.item else {
            return .object([.init("name", .string(entry.name)), .init("state", .string("unreadable"))])
        }
        let document = item.document
        return .object([
            .init("name", .string(entry.name)), .init("id", .string("\(document.id)")),
            .init("revision", .integer(document.revision)),
            .init("kind", .string(document.kind?.rawValue ?? "void")),
            .init("held_on", document.heldOn.map { .string($0.iso) } ?? .null),
            .init("area", document.area.map(JSONValue.string) ?? .null),
            .init("place", place.map(JSONValue.string) ?? .null),
            .init("server", item.server.map(JSONValue.string) ?? .null),
            .init("state", .string(item.state.rawValue)),
            .init("age_seconds", .integer(Self.seconds(of: item))),
            .init("attempts", .integer(item.attempts)),
            .init("last_problem", item.lastProblem.map(JSONValue.string) ?? .null),
            .init("facts_hash", .string(document.factsHash.hexadecimal)),
            .init("current", item.current.map { .string("\($0)") } ?? .null),
        ])
    }

    private var place: String? {
        guard let document = entry.item?.document, let code = document.area, let day = document.heldOn else {
            return nil
        }
        return AreaTable.embedded.area(code: code, on: day).map { $0.districtName + $0.name } ?? code
    }

    private static func word(_ state: OutboxItem.State) -> Bilingual {
        switch state {
        case .ready: Bilingual(zh: "待发送", en: "ready")
        case .sending: Bilingual(zh: "发送中断", en: "sending")
        case .refused: Bilingual(zh: "已拒收", en: "refused")
        case .conflict: Bilingual(zh: "有冲突", en: "conflict")
        }
    }

    /// Seconds on this device's clock, never below 0: a clock may step back.
    private static func seconds(of item: OutboxItem) -> Int {
        max(0, Int(Date().timeIntervalSince1970) - Int(item.madeAt / 1000))
    }

    private static func age(of item: OutboxItem, _ language: Language) -> String {
        let minutes = seconds(of: item) / 60
        let text: Bilingual =
            switch minutes {
            case ..<120: Bilingual(zh: "\(minutes) 分钟", en: "\(minutes) min")
            case ..<2880: Bilingual(zh: "\(minutes / 60) 小时", en: "\(minutes / 60) h")
            default: Bilingual(zh: "\(minutes / 1440) 天", en: "\(minutes / 1440) days")
            }
        return language.of(text)
    }
}
