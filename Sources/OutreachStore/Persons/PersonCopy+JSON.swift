public import Outreach

extension PersonRecord {
    /// What is held, masked or in clear: in clear it is personal data.
    public func json(clear: Bool) -> JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ key: String, _ value: JSONValue?) { members.append(JSONValue.Member(key, value ?? .null)) }
        add("applicant", .string("\(applicant)"))
        add("meeting", .string("\(meeting)"))
        add("applied_on", .string(standing.appliedOn.iso))
        add("state", .string(standing.state.rawValue))
        add("area", .string(areaCode))
        add("area_name", .string(areaName))
        add("channel", .text(channel?.rawValue))
        add("employer", employer?.json)
        add("categories", .array(categories.map { JSONValue.string($0.rawValue) }))
        add("person", clear ? person?.json : masked?.json)
        add("consent", consent?.json)
        add("consent_withdrawn_on", .text(consentWithdrawnOn?.iso))
        add("erased", .bool(erased))
        add("corrected", .bool(corrected))
        return .object(members)
    }
}

extension Employer {
    fileprivate var json: JSONValue {
        .object([JSONValue.Member("uscc", .text(uscc?.text)), JSONValue.Member("name", .text(name))])
    }
}

extension JSONValue {
    /// null where there is none.
    static func text(_ text: String?) -> JSONValue { text.map { JSONValue.string($0) } ?? JSONValue.null }
}

extension Consent {
    fileprivate var json: JSONValue {
        .object([
            .init("notice", .string(notice)), .init("on", .string(on.iso)),
            .init("method", .string(method.rawValue)),
            .init("share_with_employer_union", .bool(shareWithEmployerUnion)),
            .init("card_bank", .bool(cardBank)),
        ])
    }
}

extension PersonRequest {
    public func json(today: Day) -> JSONValue {
        let members: [JSONValue.Member] = [
            .init("id", .string("\(id)")), .init("applicant", .string("\(applicant)")),
            .init("kind", .string(kind.rawValue)), .init("asked_on", .string(askedOn.iso)),
            .init("due_on", .string(dueOn.iso)), .init("answered_on", .text(answeredOn?.iso)),
            .init("outcome", .text(outcome)), .init("overdue", .bool(isOverdue(on: today))),
        ]
        return .object(members)
    }
}

extension ApplicationStepRecord {
    public var json: JSONValue {
        let members: [JSONValue.Member] = [
            .init("id", .string("\(id)")), .init("kind", .string(kind.rawValue)),
            .init("on", .string(on.iso)), .init("reason", .text(reason)),
            .init("duplicate_of", .text(duplicateOf?.description)),
            .init("recorded_at", .string(OfficeTime.text(of: recordedAt))), .init("undone", .bool(undone)),
        ]
        return .object(members)
    }
}

extension PersonHandOver {
    fileprivate var json: JSONValue {
        let members: [JSONValue.Member] = [
            .init("to", .string(recipient.rawValue)), .init("name", .string(name)),
            .init("fields", .array(fields.map { JSONValue.string($0) })), .init("reason", .string(reason)),
            .init("at", .string(OfficeTime.text(of: at))),
        ]
        return .object(members)
    }
}

extension PersonDeed {
    fileprivate var json: JSONValue {
        let members: [JSONValue.Member] = [
            .init("at", .string(OfficeTime.text(of: at))), .init("who", .string(actor)),
            .init("did", .string(action)), .init("reason", .text(reason)), .init("result", .string(result)),
        ]
        return .object(members)
    }
}

extension PersonCopy {
    /// `goutong.person-copy/1`: everything, in clear. Personal data: for the person alone.
    public func json(today: Day) -> JSONValue {
        let members: [JSONValue.Member] = [
            .init("schema", .string("goutong.person-copy/1")), .init("made_on", .string(today.iso)),
            .init("record", record.json(clear: true)), .init("earlier", .array(earlier.map(\.json))),
            .init("steps", .array(steps.map(\.json))),
            .init("requests", .array(requests.map { $0.json(today: today) })),
            .init("handed_over", .array(handOvers.map(\.json))), .init("audit", .array(deeds.map(\.json))),
        ]
        return .object(members)
    }
}
