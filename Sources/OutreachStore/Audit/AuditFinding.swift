public import Foundation
public import Outreach

/// What is wrong with the audit, by name.
public enum AuditFinding: Hashable, Sendable {
    /// The entry, or its link, does not read as it was sealed.
    case altered(position: Int, entry: UUID)
    /// A link whose entry is gone.
    case missing(position: Int, entry: UUID)
    /// An entry that is neither in the chain nor waiting for it: its link was deleted.
    case unlinked(entry: UUID)
    /// It waits to be sealed and is gone.
    case waitingMissing(entry: UUID)
    /// It is in the chain and waits all the same: nothing can be sealed behind it.
    case waitingTwice(entry: UUID)
    /// Links from one position to another are gone.
    case gap(from: Int, to: Int)
    /// What stands at one position was sealed at another.
    case reordered(position: Int, entry: UUID, belongsAt: Int)
    /// Nothing from here to there was sealed with our key.
    case foreign(from: Int, to: Int, entry: UUID)
    /// The chain ends below a head that was written down.
    case cut(head: AuditHead)
    /// The chain has another code where a head was written down.
    case otherHead(AuditHead)

    public var issue: DocumentIssue {
        DocumentIssue(code: "audit.\(code)", pointer: pointer, rule: rule, mend: Self.mend)
    }

    private var code: String {
        switch self {
        case .altered: "altered"
        case .missing: "missing"
        case .unlinked: "unlinked"
        case .waitingMissing: "waiting_missing"
        case .waitingTwice: "waiting_twice"
        case .gap: "gap"
        case .reordered: "reordered"
        case .foreign: "foreign"
        case .cut: "cut"
        case .otherHead: "other_head"
        }
    }

    /// The position in the chain, or the entry where it has none.
    private var pointer: String {
        switch self {
        case .altered(let position, _), .missing(let position, _), .reordered(let position, _, _),
            .gap(let position, _), .foreign(let position, _, _):
            "/audit/\(position)"
        case .unlinked(let entry), .waitingMissing(let entry), .waitingTwice(let entry):
            "/audit/\(Self.text(entry))"
        case .cut(let head), .otherHead(let head): "/audit/\(head.position)"
        }
    }

    private var rule: Bilingual {
        switch self {
        case .altered(let position, let entry):
            Bilingual(
                zh: "第\(position)环的留痕 \(Self.text(entry)) 被改动",
                en: "entry \(Self.text(entry)) at position \(position) was altered")
        case .missing(let position, let entry):
            Bilingual(
                zh: "第\(position)环的留痕 \(Self.text(entry)) 已不存在",
                en: "entry \(Self.text(entry)) at position \(position) is gone")
        case .unlinked(let entry):
            Bilingual(
                zh: "留痕 \(Self.text(entry)) 的链环已不存在", en: "the link of entry \(Self.text(entry)) is gone")
        case .waitingMissing(let entry):
            Bilingual(
                zh: "待封存的留痕 \(Self.text(entry)) 已不存在",
                en: "entry \(Self.text(entry)), which waits to be sealed, is gone")
        case .waitingTwice(let entry):
            Bilingual(
                zh: "已封存的留痕 \(Self.text(entry)) 又在待封存之列",
                en: "entry \(Self.text(entry)) is sealed and waits again")
        case .gap(let from, let to):
            Bilingual(zh: "第\(from)至\(to)环已不存在", en: "links \(from) to \(to) are gone")
        case .reordered(let position, let entry, let belongsAt):
            Bilingual(
                zh: "留痕 \(Self.text(entry)) 在第\(position)环，封存时在第\(belongsAt)环",
                en: "entry \(Self.text(entry)) stands at position \(position) and was sealed at \(belongsAt)")
        case .foreign(let from, let to, let entry):
            Bilingual(
                zh: "第\(from)至\(to)环（自留痕 \(Self.text(entry)) 起）不是用本机密钥封存的",
                en: "links \(from) to \(to) (from entry \(Self.text(entry)) on) were not sealed with this key"
            )
        case .cut(let head):
            Bilingual(zh: "链已截断：没有 \(head.text)", en: "the chain was cut off: \(head.text) is gone")
        case .otherHead(let head):
            Bilingual(
                zh: "第\(head.position)环与记下的校验值 \(head.text) 不符",
                en: "position \(head.position) no longer has the code that was written down, \(head.text)")
        }
    }

    private static let mend = Bilingual(
        zh: "保留现状并通知审计人员；与备份、导出的留痕核对",
        en: "leave everything as it is and tell the auditor; compare with backups and exports of the audit")

    private static func text(_ entry: UUID) -> String { entry.uuidString.lowercased() }
}
