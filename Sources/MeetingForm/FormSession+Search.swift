import Outreach

extension FormSession {
    private typealias Found = Prompt<Answer>.Found

    private static let searchLimit = 8

    /// The list under a question, for what has been typed so far.
    func suggestions(for id: QuestionID) -> @Sendable (String) async -> Prompt<Answer>.Found {
        let language = language
        let directory = directory
        let day = state.sheet[.heldOn]?.day ?? options.today()
        let area = state.sheet[.area]?.area.flatMap { try? AreaCode(validating: $0.code) }
        switch id.field.question.kind {
        case .choice(let choices):
            return { typed in
                let typed = TypedText.narrow(typed)
                let matching = Self.numbered(choices).filter {
                    typed.isEmpty || String($0.number) == typed || $0.choice.matches(typed)
                }
                return Found(
                    entries: matching.map {
                        .init(
                            number: $0.number, label: language($0.choice.label),
                            value: .choice($0.choice.code))
                    })
            }
        case .choices(let choices):
            return { _ in
                Found(
                    entries: Self.numbered(choices).map {
                        .init(
                            number: $0.number, label: language($0.choice.label),
                            value: .choices([$0.choice.code]))
                    })
            }
        case .area:
            return { typed in
                let typed = TypedText.narrow(typed)
                guard !typed.isEmpty else { return Found() }
                guard let areas = try? await directory.searchAreas(typed, on: day, limit: Self.searchLimit)
                else {
                    return Found(note: language(FormText.searchDown))
                }
                return Found(
                    entries: areas.enumerated().map {
                        let area = AreaAnswer($1)
                        return .init(number: $0 + 1, label: area.shown, value: .area(area))
                    })
            }
        case .firm, .employer:
            let here = id.field == .employer ? state.firms.compactMap { $0[.firmName]?.firm } : []
            return { typed in
                let typed = TypedText.trim(typed)
                guard !typed.isEmpty else { return Found() }
                let known = try? await directory.searchFirms(typed, in: area, limit: Self.searchLimit)
                let listed = here.filter { $0.title.contains(typed) }
                    .map { (label: $0.title, firm: FirmAnswer(name: $0.name, uscc: $0.uscc)) }
                let others = (known ?? [])
                    .map { (label: Self.label(of: $0, in: language), firm: FirmAnswer($0)) }
                    .filter { other in !listed.contains { $0.firm.title == other.firm.title } }
                return Found(
                    entries: (listed + others).prefix(Self.searchLimit).enumerated().map {
                        .init(number: $0 + 1, label: $1.label, value: .firm($1.firm))
                    },
                    note: known == nil ? language(FormText.searchDown) : nil)
            }
        default: return { _ in Found() }
        }
    }

    private static func numbered(_ choices: [FormChoice]) -> [(number: Int, choice: FormChoice)] {
        choices.enumerated().map { (number: $0 + 1, choice: $1) }
    }

    /// Name, code, place and status: enough to tell two branches apart.
    private static func label(of firm: FirmChoice, in language: FormLanguage) -> String {
        let status = firm.unionStatus.flatMap { status in
            FormChoice.unionStatuses.first { $0.code == status.rawValue }.map { language($0.label) }
        }
        let place = firm.area.map { "\($0.district) \($0.name)" }
        return [firm.name, firm.uscc?.text, place, status, firm.lastMet?.iso].compactMap { $0 }
            .joined(separator: " · ")
    }
}
