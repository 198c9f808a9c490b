public import Foundation
public import Outreach

/// The form that logs one meeting on a terminal, one question at a time, or corrects one on its review page.
///
/// It knows no database and no disk: it looks things up in a `FormDirectory`, keeps its draft in a
/// `DraftStore` and hands over a `MeetingDocument`.
public struct MeetingForm: Sendable {
    private let terminal: any FormTerminal
    private let directory: any FormDirectory
    private let drafts: any DraftStore
    private let options: MeetingFormOptions

    public init(
        terminal: any FormTerminal, directory: any FormDirectory, drafts: any DraftStore,
        options: MeetingFormOptions
    ) {
        self.terminal = terminal
        self.directory = directory
        self.drafts = drafts
        self.options = options
    }

    /// Runs the form until the meeting is complete or the person leaves.
    ///
    /// After `.completed` the draft still stands, on its review page: the caller discards it when it
    /// holds a receipt. Refused by the recorder, the caller runs the form again with the `issues`; the
    /// draft then opens without a question. Throws what the draft store throws on loading.
    public func run(showing issues: [DocumentIssue] = []) async throws -> MeetingFormOutcome {
        let screen = FormScreen(terminal)
        let language = options.language
        let revision = options.original?.replaces
        screen.say(
            ScreenLine(),
            ScreenLine("  " + language(revision.map(FormText.correctTitle) ?? FormText.title), .strong),
            ScreenLine("  " + language(revision == nil ? FormText.welcome : FormText.correctWelcome), .faint))
        let before = await onRecord()
        let offer = DraftOffer(screen: screen, drafts: drafts, options: options, before: before)
        switch try await offer.open(asking: issues.isEmpty) {
        case .end(let outcome): return outcome
        case .form(let opening):
            let session = FormSession(
                opening, before: before, screen: screen, directory: directory, drafts: drafts,
                options: options)
            return await session.run(showing: issues)
        }
    }

    /// The form of the meeting that is corrected, before anybody touched it; nil for a new meeting.
    private func onRecord() async -> FormState? {
        guard let original = options.original else { return nil }
        var area = AreaAnswer(code: original.area.text)
        area.name = original.areaName
        let found = try? await directory.searchAreas(original.area.text, on: original.heldOn, limit: 1)
        if let found = found?.first, found.code == original.area { area = AreaAnswer(found) }
        return FormState(
            correcting: original, area: area, notice: options.notice, hidesPersons: options.hidesPersons)
    }
}

/// How a form ended.
public enum MeetingFormOutcome: Hashable, Sendable {
    /// Everything is answered and confirmed; the draft stands until the caller discards it.
    case completed(MeetingDocument)
    /// The person left, by Ctrl-C, by the review page or because the terminal went away.
    case draftKept
    /// The person left a meeting on record as it is; no draft is kept.
    case nothingChanged
}

/// What a form is told from outside.
public struct MeetingFormOptions: Sendable {
    public var language: FormLanguage
    /// The kind of meeting, where the caller knows it: the question is then not asked.
    public var kind: MeetingKind?
    /// The meeting to correct, as it is on record: `replaces` names the revision. It is held in memory only;
    /// the draft and the screen get masks of its people.
    public var original: MeetingDocument?
    /// Whether the original has applicants by id alone and no contacts, as a service hands it out.
    public var hidesPersons: Bool
    /// Version of the notice on personal data in force, such as `2018-1`.
    public var notice: String
    /// Today in the office's time zone.
    public var today: @Sendable () -> Day
    /// A new UUIDv7.
    public var mintID: @Sendable () -> UUID
    /// The rules of the whole document: what would be refused, and what is only odd. Shown on the
    /// review page at the answer that each pointer names.
    public var check: @Sendable (MeetingDocument) -> (issues: [DocumentIssue], warnings: [DocumentIssue])

    public init(
        language: FormLanguage = .zh, kind: MeetingKind? = nil, original: MeetingDocument? = nil,
        hidesPersons: Bool = false, notice: String,
        today: @escaping @Sendable () -> Day, mintID: @escaping @Sendable () -> UUID,
        check: @escaping @Sendable (MeetingDocument) -> (issues: [DocumentIssue], warnings: [DocumentIssue])
    ) {
        self.language = language
        self.kind = kind
        self.original = original
        self.hidesPersons = hidesPersons
        self.notice = notice
        self.today = today
        self.mintID = mintID
        self.check = check
    }
}
