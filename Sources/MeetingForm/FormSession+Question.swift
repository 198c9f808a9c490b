import Outreach

extension FormSession {
    /// Asks one question and stores what comes of it; false when the person leaves.
    func ask(_ id: QuestionID) async -> Bool {
        let prompt = await prompt(for: id)
        // The heading of an open row stands when somebody is in it.
        if !state.isOpenRow(id) {
            let heading = headingLines(for: id)
            if !heading.isEmpty { screen.say(heading) }
        }
        notice = nil
        switch await screen.run(prompt) {
        case .interrupted: return false
        case .back:
            screen.say(ScreenLine("  " + language(FormText.backMark), .faint))
            state.goBack()
        case .details:
            state.showDetails(at: id)
            notice = language(FormText.detailsShown)
        case .value(let answer): store(answer, at: id)
        }
        return true
    }

    private func store(_ answer: Answer, at id: QuestionID) {
        if state.isOpenRow(id) && answer == .left {
            screen.say([])
        } else {
            settle(id, state.shown(answer, at: id, in: language))
        }
        if let refusal = refusal(of: answer, at: id) {
            state.refuseApplicant(id.row)
            screen.say(ScreenLine("  ✗ " + language(refusal), .bad))
            return
        }
        notice = state.warning(about: answer, at: id, today: options.today()).map { language($0) }
        state.record(answer, at: id, mint: options.mintID)
    }

    /// Why an applicant may not be listed, by name; the meeting goes on without the person.
    private func refusal(of answer: Answer, at id: QuestionID) -> Bilingual? {
        let naming = QuestionID.applicant(id.row, .applicantName)
        let name = state.shown(state[naming], at: naming, in: language) ?? ""
        if id.field == .consent, answer.choice == "refused" { return FormText.noConsent(name) }
        if id.field == .document, case .document(let kind, let number) = answer, kind == "resident_id",
            let resident = try? ResidentID(validating: number),
            resident.age(on: state.sheet[.heldOn]?.day ?? options.today()) < 16
        {
            return FormText.tooYoung(name)
        }
        return nil
    }

    private func prompt(for id: QuestionID) async -> Prompt<Answer> {
        let question = id.field.question
        let language = language
        let state = state
        let today = options.today()
        let reading = AnswerReading(state: state, id: id, today: today)
        let isOpen = state.isOpenRow(id)
        let suggested = isOpen ? nil : state.defaultAnswer(at: id, today: today, last: await lastMeeting())
        let isLeft = suggested == .left || (suggested == nil && (question.isOptional || isOpen))
        let mayLeave = isLeft && (try? reading.checkLeft(question)) != nil

        var prompt = Prompt<Answer>(
            label: isOpen
                ? language(id.rowTitle) + " · " + language(question.label) : language(question.label),
            refusalOfNothing: language(FormText.required),
            read: { typed, suggestions in Self.read(typed, by: reading, among: suggestions, in: language) })
        prompt.shownDefault = state.shown(suggested, at: id, in: language)
        prompt.defaultValue = question.isExplicit ? nil : mayLeave ? .left : isLeft ? nil : suggested
        if question.isExplicit { prompt.refusalOfNothing = language(FormText.consentMustBeSaid) }
        if isLeft && !mayLeave && !question.isExplicit && id.group == .applicant {
            prompt.refusalOfNothing = language(FormText.needsMobileOrDocument)
        }
        prompt.choosingKeys = [language(FormText.pick)]
        prompt.hint = hint(for: id, isOpen: isOpen)
        prompt.notice = notice
        prompt.canGoBack = state.cursor != state.questions.first || state.detour != .none
        prompt.canShowDetails = state.canShowDetails(at: id)
        prompt.suggest = suggestions(for: id)
        prompt.isListTall =
            switch question.kind {
            case .area, .firm, .employer: true
            default: false
            }
        prompt.keys = keys(of: prompt, clears: question.isOptional && suggested != nil && suggested != .left)
        return prompt
    }

    private func hint(for id: QuestionID, isOpen: Bool) -> String? {
        let hint = id.field.question.hint.map { language($0) }
        guard isOpen, id.row > 0 else { return hint }
        return language(id.group == .firm ? FormText.firmsEnd : FormText.applicantsEnd)
    }

    private func keys(of prompt: Prompt<Answer>, clears: Bool) -> [String] {
        var keys: [Bilingual] = []
        if prompt.shownDefault != nil && prompt.defaultValue != nil { keys.append(FormText.keysDefault) }
        if clears { keys.append(FormText.keysClear) }
        if prompt.canGoBack { keys.append(FormText.keysBack) }
        if prompt.canShowDetails { keys.append(FormText.keysDetails) }
        keys.append(FormText.keysSave)
        return keys.map { language($0) }
    }

    /// A list that was searched decides first; then the rules of the field.
    private static func read(
        _ typed: String, by reading: AnswerReading, among found: [Prompt<Answer>.Suggestion],
        in language: FormLanguage
    ) -> Prompt<Answer>.Reading {
        let narrow = TypedText.narrow(typed)
        do {
            switch reading.id.field.question.kind {
            case .area where narrow != "-":
                let exact = found.filter { $0.value.area?.code == narrow || $0.value.area?.name == narrow }
                if exact.count == 1, let only = exact.first { return .value(only.value) }
                if found.count == 1, let only = found.first { return .value(only.value) }
                if !found.isEmpty { return .choose(found) }
                guard narrow.utf8.allSatisfy({ (48...57).contains($0) }) else {
                    return .refused(language(FormText.noArea))
                }
            case .firm where narrow != "-":
                let typedName = try reading.read(typed)
                let exact = found.filter {
                    $0.value.firm?.name == typedName.firm?.name && typedName.firm?.name != nil
                        || $0.value.firm?.uscc == typedName.firm?.uscc && typedName.firm?.uscc != nil
                }
                if exact.count == 1, let only = exact.first { return .value(only.value) }
                guard !found.isEmpty, let name = typedName.firm?.title else { return .value(typedName) }
                let new = Prompt<Answer>.Suggestion(
                    number: 1, label: language(FormText.newFirm(name)), value: typedName)
                return .choose(
                    [new] + found.map { .init(number: $0.number + 1, label: $0.label, value: $0.value) })
            default: break
            }
            return .value(try reading.read(typed))
        } catch {
            return .refused(language(error.message))
        }
    }
}
