import Foundation

/// The answers about one thing: the meeting, a firm or an applicant.
struct Sheet: Hashable, Codable, Sendable {
    /// Minted for an applicant; the meeting and firms have none of their own here.
    var id: UUID?
    /// Position on record of a row that is corrected; nil for a row that is new.
    var origin: Int?
    var answers: [Field: Answer] = [:]
    /// Whether the optional questions are asked too.
    var hasDetails = false

    subscript(field: Field) -> Answer? {
        get { answers[field] }
        set { answers[field] = newValue }
    }
}

/// Everything a form knows: the answers so far and where the person is. It *is* the draft.
struct FormState: Hashable, Codable, Sendable {
    /// Grows when an old draft can no longer be read.
    static let currentVersion = 1

    var version = Self.currentVersion
    let meeting: UUID
    /// The revision that the answers correct; nil for a new meeting.
    var replaces: Int?
    /// Whether the record was handed over without applicants' and contacts' data; nil in older drafts.
    var hidesPersons: Bool?
    /// Version of the notice on personal data that applicants are shown.
    var notice: String
    var sheet = Sheet()
    var firms: [Sheet] = []
    var applicants: [Sheet] = []
    /// The question at hand; nil on the review page.
    var cursor: QuestionID?
    /// Why a question is asked out of turn.
    var detour = Detour.none

    enum Detour: Hashable, Codable, Sendable {
        /// Filling in from the top.
        case none
        /// One answer is being changed from the review page.
        case change
        /// A row is being added from the review page.
        case add(FormGroup)
    }

    init(meeting: UUID, notice: String) {
        self.meeting = meeting
        self.notice = notice
        cursor = .meeting(.kind)
    }

    subscript(id: QuestionID) -> Answer? {
        switch id.group {
        case .meeting: sheet[id.field]
        case .firm: firms.indices.contains(id.row) ? firms[id.row][id.field] : nil
        case .applicant: applicants.indices.contains(id.row) ? applicants[id.row][id.field] : nil
        }
    }

    /// Rows of a repeat group.
    func count(of group: FormGroup) -> Int {
        switch group {
        case .meeting: 1
        case .firm: firms.count
        case .applicant: applicants.count
        }
    }

    func sheet(of id: QuestionID) -> Sheet? {
        switch id.group {
        case .meeting: sheet
        case .firm: firms.indices.contains(id.row) ? firms[id.row] : nil
        case .applicant: applicants.indices.contains(id.row) ? applicants[id.row] : nil
        }
    }
}

extension FormState {
    /// Whether the question is the empty row at the end of a repeat group.
    func isOpenRow(_ id: QuestionID) -> Bool { id.group != .meeting && id.row == count(of: id.group) }

    /// Stores an answer and moves on; an empty answer at the open row closes its group.
    mutating func record(_ answer: Answer, at id: QuestionID, mint: () -> UUID) {
        if isOpenRow(id) {
            if answer != .left { append(answer, to: id.group, mint: mint) }
        } else {
            let answer = inPlace(answer, at: id)
            let isRenamed = keepsCode(of: id, answering: answer)
            if self[id] != answer { clearDependents(of: id) }
            edit(id) { $0[id.field] = answer }
            if isRenamed {
                // The same firm under a mended name, or another firm? Its code has to be said again.
                cursor = .firm(id.row, .uscc)
                return
            }
        }
        advance(from: id, closing: answer == .left)
    }

    /// Opens the optional questions of the thing asked about.
    mutating func showDetails(at id: QuestionID) {
        edit(id) { $0.hasDetails = true }
    }

    /// Goes to the question before, if there is one.
    mutating func goBack() {
        guard let cursor else { return }
        if detour != .none {
            leaveDetour()
            return
        }
        let questions = questions
        guard let index = questions.firstIndex(of: cursor), index > 0 else { return }
        self.cursor = questions[index - 1]
    }

    /// Asks one question again from the review page.
    mutating func change(_ id: QuestionID) {
        cursor = id
        detour = .change
    }

    /// Asks for another firm or applicant from the review page.
    mutating func add(to group: FormGroup) {
        guard let opening = group.opening else { return }
        cursor = QuestionID(group: group, row: count(of: group), field: opening)
        detour = .add(group)
    }

    /// Takes a row out; nothing else ever does.
    mutating func remove(row: Int, of group: FormGroup) {
        switch group {
        case .meeting: break
        case .firm: if firms.indices.contains(row) { firms.remove(at: row) }
        case .applicant: if applicants.indices.contains(row) { applicants.remove(at: row) }
        }
    }

    /// Takes out an applicant who may not be listed; the form goes on with the next one.
    mutating func refuseApplicant(_ row: Int) {
        remove(row: row, of: .applicant)
        if detour == .change {
            leaveDetour()
        } else {
            cursor = .applicant(applicants.count, .applicantName)
        }
    }

    private mutating func append(_ answer: Answer, to group: FormGroup, mint: () -> UUID) {
        var sheet = Sheet()
        guard let opening = group.opening else { return }
        sheet[opening] = answer
        if group == .firm {
            sheet.hasDetails = firms.last?.hasDetails ?? false
            firms.append(sheet)
        } else {
            sheet.id = mint()
            sheet.hasDetails = applicants.last?.hasDetails ?? false
            applicants.append(sheet)
        }
    }

    private mutating func edit(_ id: QuestionID, _ body: (inout Sheet) -> Void) {
        switch id.group {
        case .meeting: body(&sheet)
        case .firm: if firms.indices.contains(id.row) { body(&firms[id.row]) }
        case .applicant: if applicants.indices.contains(id.row) { body(&applicants[id.row]) }
        }
    }

    /// A firm whose name is typed anew on the review page stays where it is registered.
    private func inPlace(_ answer: Answer, at id: QuestionID) -> Answer {
        guard id.field == .firmName, detour == .change, var firm = answer.firm, firm.uscc == nil,
            firm.knownStatus == nil, firm.area == nil
        else { return answer }
        firm.area = self[id]?.firm?.area
        return .firm(firm)
    }

    /// Whether a firm with a code gets a name without one from the review page. The old code then stands
    /// as the answer that Enter takes and `-` clears.
    private mutating func keepsCode(of id: QuestionID, answering answer: Answer) -> Bool {
        guard id.field == .firmName, detour == .change, let old = self[id]?.firm, let new = answer.firm,
            let code = old.uscc, new.uscc == nil
        else { return false }
        edit(id) { $0[.uscc] = .text(code) }
        return true
    }

    /// What made sense only with the old answer is asked again.
    private mutating func clearDependents(of id: QuestionID) {
        switch id.field {
        case .area:
            sheet[.venueName] = nil
            sheet[.venueProject] = nil
        case .venueKind: sheet[.venueProject] = nil
        default: break
        }
    }

    private mutating func advance(from id: QuestionID, closing: Bool) {
        switch detour {
        case .none:
            let questions = questions
            let index = questions.firstIndex(of: id) ?? questions.endIndex
            cursor = index + 1 < questions.endIndex ? questions[index + 1] : nil
        case .change: leaveDetour()
        case .add(let group):
            let questions = questions
            let index = questions.firstIndex(of: id) ?? questions.endIndex
            let next = index + 1 < questions.endIndex ? questions[index + 1] : nil
            if let next, next.group == group, !(closing && isOpenRow(id)) {
                cursor = next
            } else {
                leaveDetour()
            }
        }
    }

    /// Back to the review page, by way of what a change has opened: a new kind asks for its own counts.
    private mutating func leaveDetour() {
        cursor = questions.first { self[$0] == nil && !$0.field.isDetail(in: kind) && !isOpenRow($0) }
        detour = cursor == nil ? .none : .change
    }
}
