import Outreach

/// Why typed text is no answer: the rule and how to mend it, never the text.
struct Refusal: Error, Hashable {
    let message: Bilingual

    init(_ message: Bilingual) { self.message = message }
    init(_ error: CodeError) {
        message = FormText.sentence(error.rule, error.mend)
    }
}

/// Typed text to an answer, by the rules of its field and what was answered before.
struct AnswerReading: Sendable {
    let state: FormState
    let id: QuestionID
    let today: Day

    /// Reads a non-empty text. `-` leaves the question empty where that is allowed.
    func read(_ typed: String) throws(Refusal) -> Answer {
        let question = id.field.question
        let narrow = TypedText.narrow(typed)
        // A short-cut that leads nowhere here must not become a name.
        if Shortcut.isDetails(narrow) { throw Refusal(FormText.noDetails) }
        if narrow == "-" {
            try checkLeft(question)
            return .left
        }
        return switch question.kind {
        case .text(let limit): .text(try text(typed, limit))
        case .lines: .lines(TypedText.list(typed))
        case .number(let limit): .number(try number(narrow, limit))
        case .day: .day(try day(narrow))
        case .time: .time(try time(narrow))
        case .choice(let choices): .choice(try choice(narrow, choices).code)
        case .choices(let choices): .choices(try several(narrow, choices))
        case .area: .area(AreaAnswer(code: try checked(narrow, AreaCode.init(validating:)).text))
        case .firm, .employer: .firm(try firm(typed, narrow))
        case .mobile: .text(try checked(narrow, Mobile.init(validating:)).text)
        case .creditCode: .text(try checked(narrow, CreditCode.init(validating:)).text)
        case .industry: .text(try checked(narrow, IndustryCode.init(validating:)).text)
        case .document: try document(narrow)
        }
    }

    /// Whether Enter alone may leave the question empty.
    func checkLeft(_ question: Question) throws(Refusal) {
        if state.isOpenRow(id) { return }
        guard question.isOptional else { throw Refusal(FormText.required) }
        if id.field == .document || id.field == .mobile {
            let other = id.field == .document ? Field.mobile : .document
            var otherID = id
            otherID.field = other
            // The mobile is asked first: only the second of the two can be the one too few.
            if state[otherID] == .left { throw Refusal(FormText.needsMobileOrDocument) }
        }
    }

    private func text(_ typed: String, _ limit: Int) throws(Refusal) -> String {
        let text = NormalisedText.prose(typed)
        guard text.count <= limit else { throw Refusal(FormText.tooLong(limit)) }
        return text
    }

    private func number(_ typed: String, _ limit: Int) throws(Refusal) -> Int {
        guard let number = TypedText.number(typed), number <= limit else {
            throw Refusal(FormText.notANumber(limit))
        }
        if id.field == .applicationsTotal {
            let parts = [Field.applicationsPaper, .applicationsQR, .applicationsApp]
                .compactMap { state.sheet[$0]?.number }.reduce(0, +)
            guard number >= max(parts, state.applicants.count) else { throw Refusal(FormText.totalTooSmall) }
        }
        return number
    }

    private func day(_ typed: String) throws(Refusal) -> Day {
        let leaning: DayReading.Leaning = id.field == .nextStepDue ? .future : .past
        guard let day = DayReading.day(typed, today: today, leaning: leaning) else {
            throw Refusal(FormText.notADay)
        }
        if id.field != .nextStepDue, day > today { throw Refusal(FormText.inFuture) }
        if id.field == .endedOn, let start = state.sheet[.heldOn]?.day, day < start {
            throw Refusal(FormText.endsBeforeStart)
        }
        return day
    }

    private func time(_ typed: String) throws(Refusal) -> String {
        guard let time = DayReading.time(typed) else { throw Refusal(FormText.notATime) }
        if id.field == .endsAt, let start = state.sheet[.startsAt]?.time, time < start,
            state.sheet[.endedOn]?.day == nil
        {
            throw Refusal(FormText.endsBeforeStart)
        }
        return time.description
    }

    private func choice(_ typed: String, _ choices: [FormChoice]) throws(Refusal) -> FormChoice {
        if let number = Int(typed) {
            guard choices.indices.contains(number - 1) else { throw Refusal(FormText.notAChoice) }
            return choices[number - 1]
        }
        if id.field == .consent, ["y", "yes", "是"].contains(typed.lowercased()) {
            // y repeats the method of the row above, else it is the signature on paper.
            let above = state.defaultAnswer(at: id, today: today, last: nil)?.choice
            return choices.first { $0.code == above && above != "refused" } ?? choices[0]
        }
        if id.field == .consent, ["n", "no", "否"].contains(typed.lowercased()), let refused = choices.last {
            return refused
        }
        if let exact = choices.first(where: { $0.equals(typed) }) { return exact }
        let matches = choices.filter { $0.matches(typed) }
        guard let first = matches.first else { throw Refusal(FormText.notAChoice) }
        guard matches.count == 1 else { throw Refusal(FormText.ambiguousChoice) }
        return first
    }

    private func several(_ typed: String, _ choices: [FormChoice]) throws(Refusal) -> [String] {
        var codes: [String] = []
        for part in typed.split(whereSeparator: { " ,、;；，".contains($0) }) {
            let code = try choice(String(part), choices).code
            if !codes.contains(code) { codes.append(code) }
        }
        guard !codes.isEmpty else { throw Refusal(FormText.notAChoice) }
        return codes
    }

    private func firm(_ typed: String, _ narrow: String) throws(Refusal) -> FirmAnswer {
        let isCode = narrow.utf8.count == 18 && narrow.utf8.allSatisfy { $0 < 0x80 && $0 != 0x20 }
        if isCode {
            return FirmAnswer(uscc: try checked(narrow, CreditCode.init(validating:)).text)
        }
        return FirmAnswer(name: try text(typed, 200))
    }

    private func document(_ typed: String) throws(Refusal) -> Answer {
        for (word, kind) in Self.otherDocuments where typed.lowercased().hasPrefix(word) {
            let number = NormalisedText.code(typed.dropFirst(word.count))
            guard !number.isEmpty else { break }
            return .document(kind: kind.rawValue, number: number)
        }
        // Cards issued before 1999 carry 15 digits.
        let isLegacy = NormalisedText.code(typed).utf8.count == 15
        let number = try checked(
            typed, isLegacy ? ResidentID.upgrading(legacy:) : ResidentID.init(validating:))
        return .document(kind: "resident_id", number: number.text)
    }

    private static let otherDocuments: [(String, OtherDocumentKind)] = [
        ("护照", .passport), ("passport", .passport), ("永久居留证", .permanentResidence),
        ("永居证", .permanentResidence), ("residence", .permanentResidence), ("通行证", .travelPermit),
        ("permit", .travelPermit), ("其他证件", .other), ("其他", .other), ("other", .other),
    ]

    private func checked<Code>(_ typed: String, _ check: (String) throws(CodeError) -> Code) throws(Refusal)
        -> Code
    {
        do { return try check(typed) } catch { throw Refusal(error) }
    }
}
