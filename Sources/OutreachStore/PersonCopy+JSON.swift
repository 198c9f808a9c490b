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

    /// The same to be read by the person, in Chinese with the English beside it.
    public func text(today: Day) -> String {
        var lines = ["个人信息副本 · Copy of personal data  \(today.iso)", ""]
        func line(_ zh: String, _ en: String, _ value: String?) {
            if let value { lines.append("\(zh) \(en)：\(value)") }
        }
        line("申请编号", "application", "\(record.applicant)")
        line("沟通会", "meeting", "\(record.meeting)  \(record.standing.appliedOn.iso)  \(record.areaName)")
        line("状态", "state", record.standing.state.rawValue)
        line("姓名", "name", record.person?.name)
        line("手机号", "mobile", record.person?.mobile?.text)
        line("证件", "document", record.person?.document.map { "\($0.kindName) \($0.number)" })
        line("单位", "employer", record.employer?.name ?? record.employer?.uscc?.text)
        line("类别", "categories", record.categories.map(\.rawValue).joined(separator: " "))
        if let consent = record.consent {
            line("同意告知书", "consent", "\(consent.notice)  \(consent.on.iso)  \(consent.method.rawValue)")
            line("提供给单位工会", "to employer's union", consent.shareWithEmployerUnion ? "是 yes" : "否 no")
            line("提供给发卡银行", "to the card bank", consent.cardBank ? "是 yes" : "否 no")
        }
        line("撤回同意", "consent withdrawn", record.consentWithdrawnOn?.iso)
        if record.erased { lines.append("本人信息已删除 · erased") }
        lines += ["", "经过 · steps"]
        lines += steps.map {
            [$0.on.iso, $0.kind.rawValue, $0.reason, $0.undone ? "已撤销 undone" : nil].compactMap(\.self)
                .joined(separator: "  ")
        }
        lines += ["", "请求 · requests"]
        lines += requests.map {
            [$0.askedOn.iso, $0.kind.rawValue, $0.outcome].compactMap(\.self).joined(separator: "  ")
        }
        lines += ["", "提供给他人 · given to others"]
        lines += handOvers.map {
            "\(OfficeTime.text(of: $0.at))  \($0.name)  \($0.fields.joined(separator: " "))  \($0.reason)"
        }
        lines += ["", "谁查看或处理过 · who looked or acted"]
        lines += deeds.map {
            ["\(OfficeTime.text(of: $0.at))", $0.actor, $0.action, $0.reason, $0.result].compactMap(\.self)
                .joined(separator: "  ")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
