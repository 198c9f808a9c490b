import Foundation
import MeetingForm
import Outreach
import Synchronization

/// Four streets, two of one name, and two firms.
struct FakeDirectory: FormDirectory {
    struct Down: Error {}

    var isDown = false
    var last = MeetingDefaults()

    func searchAreas(_ text: String, on day: Day, limit: Int) async throws -> [AreaChoice] {
        if isDown { throw Down() }
        return try Self.areas().filter { area, spellings in
            area.name.contains(text) || area.code.text.hasPrefix(text)
                || spellings.contains { $0.hasPrefix(text.lowercased()) }
        }.map(\.0)
    }

    func searchFirms(_ text: String, in area: AreaCode?, limit: Int) async throws -> [FirmChoice] {
        if isDown { throw Down() }
        return try Self.firms().filter { $0.name.contains(text) || $0.uscc?.text == text }
    }

    func lastMeeting(_ kind: MeetingKind) async throws -> MeetingDefaults {
        if isDown { throw Down() }
        return last
    }

    static func area(_ code: String) throws -> AreaChoice? {
        try areas().map(\.0).first { $0.code.text == code }
    }

    private static func areas() throws -> [(AreaChoice, [String])] {
        [
            (try choice("110105021", "八里庄街道", "朝阳区"), ["balizhuangjiedao", "blzjd"]),
            (try choice("110108013", "八里庄街道", "海淀区"), ["balizhuangjiedao", "blzjd"]),
            (try choice("110105026", "望京街道", "朝阳区"), ["wangjingjiedao", "wjjd"]),
            (try choice("110105001", "建外街道", "朝阳区"), ["jianwaijiedao", "jwjd"]),
        ]
    }

    private static func firms() throws -> [FirmChoice] {
        [
            FirmChoice(
                name: "北京天成科技有限公司", uscc: try CreditCode(validating: "91350100M000100Y43"),
                area: try choice("110105001", "建外街道", "朝阳区"), unionStatus: .preparing, headcount: 86),
            FirmChoice(name: "北京天成物业管理有限公司", unionStatus: .joint, headcount: 300),
        ]
    }

    private static func choice(_ code: String, _ name: String, _ district: String) throws -> AreaChoice {
        AreaChoice(code: try AreaCode(validating: code), name: name, district: district)
    }
}

/// The dated map of the same four streets.
struct FakeAreas: AreaDirectory {
    func entry(_ code: AreaCode, on day: Day) -> AreaEntry? {
        guard let area = try? FakeDirectory.area(code.text) else { return nil }
        return AreaEntry(code: code.text, name: area.name, aliases: [], districtName: area.district)
    }
}

/// A draft in memory, with the number of times it was saved.
final class MemoryDrafts: DraftStore {
    private let state = Mutex<(bytes: [UInt8]?, saves: Int, aside: [UInt8]?)>((nil, 0, nil))
    private let isOfOtherKey: Bool

    init(_ bytes: [UInt8]? = nil, isOfOtherKey: Bool = false) {
        self.isOfOtherKey = isOfOtherKey
        state.withLock { $0.bytes = bytes }
    }

    var bytes: [UInt8]? { state.withLock { $0.bytes } }
    var saves: Int { state.withLock { $0.saves } }

    /// What was put aside.
    var aside: [UInt8]? { state.withLock { $0.aside } }

    func load() async throws -> StoredDraft {
        guard let bytes else { return .none }
        return isOfOtherKey ? .otherKey : .draft(bytes)
    }
    func putAside() async throws -> String {
        state.withLock {
            $0.aside = $0.bytes
            $0.bytes = nil
        }
        return "/旁边/草稿"
    }
    func save(_ bytes: [UInt8]) async throws {
        state.withLock {
            $0.bytes = bytes
            $0.saves += 1
        }
    }
    func discard() async throws { state.withLock { $0.bytes = nil } }
}

/// Ids in order, the same in every run.
final class FakeMint: Sendable {
    private let count = Mutex<UInt8>(0)

    func next() -> UUID {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return UUID(uuid: (1, 0x90, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number))
    }
}

/// One run of the form over fakes.
struct FormRun {
    var directory = FakeDirectory()
    var drafts = MemoryDrafts()
    var mint = FakeMint()
    var language = FormLanguage.zh
    var today = "2018-09-13"
    var isPlain = true
    var columns = 80
    /// The meeting to correct.
    var original: MeetingDocument?
    /// Whether it comes without persons.
    var hidesPersons = false

    /// Outcome and what stood on the screen.
    func callAsFunction(_ keys: [Key], showing issues: [DocumentIssue] = []) async throws -> (
        outcome: MeetingFormOutcome, screen: String, unused: [Key]
    ) {
        let terminal = FakeTerminal(keys, isPlain: isPlain, columns: columns)
        let day = Day(iso: today)
        let form = MeetingForm(
            terminal: terminal, directory: directory, drafts: drafts,
            options: MeetingFormOptions(
                language: language, original: original, hidesPersons: hidesPersons,
                notice: "2018-1", today: { day ?? Day(ordinal: 0) },
                mintID: { [mint] in mint.next() },
                check: MeetingFormOptions.rules(areas: FakeAreas(), today: { day ?? Day(ordinal: 0) })))
        let outcome = try await form.run(showing: issues)
        return (outcome, terminal.output, terminal.unusedKeys)
    }

    /// The document of a run that completes and uses every key.
    func document(_ keys: [Key]) async throws -> MeetingDocument {
        let (outcome, screen, unused) = try await self(keys)
        guard case .completed(let document) = outcome, unused.isEmpty else {
            throw Incomplete(unused: unused, screen: screen)
        }
        return document
    }

    struct Incomplete: Error {
        let unused: [Key]
        let screen: String
    }
}
