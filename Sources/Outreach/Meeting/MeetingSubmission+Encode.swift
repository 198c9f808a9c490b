extension MeetingSubmission {
    /// The contract's document: what `decode` reads, absent values left out.
    public var json: JSONValue {
        switch self {
        case .record(let document): document.json(.everything)
        case .void(let void): void.json
        }
    }

    /// The canonical text whose SHA-256 is the facts hash: the normalised document without persons,
    /// `replaces` included. The scheme's name leads, so that another scheme can never be mistaken for it.
    public var factsText: String {
        let facts: JSONValue =
            switch self {
            case .record(let document): document.json(.facts)
            case .void(let void): void.json
            }
        return "goutong.facts/1\n" + facts.text(sortedKeys: true)
    }

    /// Canonical text of what `factsText` leaves out: applicants' persons and consent, firms' contacts.
    /// nil where the document has no such part.
    public var personsText: String? {
        guard case .record(let document) = self else { return nil }
        let applicants = document.applicants.map { $0.json(.persons) }
        let contacts = document.firms.map { $0.contact?.json ?? .null }
        guard !applicants.isEmpty || contacts.contains(where: { $0 != .null }) else { return nil }
        return "goutong.persons/1\n"
            + JSONValue.object(present: [
                "applicants": .array(applicants), "contacts": .array(contacts),
            ]).text(sortedKeys: true)
    }
}

/// Which part of a document is written.
enum DocumentPart {
    case everything, facts, persons
}

extension MeetingVoid {
    fileprivate var json: JSONValue {
        .object(present: [
            "schema": .string(MeetingDocument.schema), "id": .string("\(id)"),
            "replaces": .integer(replaces), "void": .object(present: ["why": .string(why)]),
        ])
    }
}

extension MeetingDocument {
    fileprivate func json(_ part: DocumentPart) -> JSONValue {
        .object(present: [
            "schema": .string(Self.schema),
            "id": .string("\(id)"),
            "replaces": replaces.map(JSONValue.integer),
            "kind": .string(kind.rawValue),
            "held_on": .string(heldOn.iso),
            "ended_on": endedOn.map { .string($0.iso) },
            "starts_at": startsAt.map { .string("\($0)") },
            "ends_at": endsAt.map { .string("\($0)") },
            "area": .string(area.text),
            "area_name": .text(areaName),
            "org_unit": .text(orgUnit),
            "venue": .object(present: [
                "kind": .string(venue.kind.rawValue), "name": .text(venue.name),
                "project": .text(venue.project),
            ]),
            "format": .text(format?.rawValue),
            "dedicated_to": .text(dedicatedTo),
            "organisers": .list(organisers.map(JSONValue.string)),
            "staff": .list(
                staff.map {
                    .object(present: ["name": .string($0.name), "hours": $0.hours.map(JSONValue.number)])
                }),
            "counts": counts == MeetingCounts() ? nil : counts.json,
            "firms": .list(firms.map { $0.json(part) }),
            "firms_counted": firmsCounted.map(JSONValue.integer),
            "applicants": .list(applicants.map { $0.json(part) }),
            "applications": applications.isEmpty ? nil : applications.json,
            "opinions": .list(opinions.map(\.json)),
            "notes": .text(notes),
        ])
    }
}

extension Opinion {
    /// Without an answer it is what it was before answers were recorded, and so is its hash.
    fileprivate var json: JSONValue {
        .object(present: [
            "topic": .text(topic), "text": .string(text),
            "answer": answer.map {
                .object(present: ["on": .string($0.on.iso), "text": .text($0.text)])
            },
        ])
    }
}

extension MeetingCounts {
    fileprivate var json: JSONValue {
        .object(present: [
            "attended": .count(attended), "consulted": .count(consulted),
            "leaflets": .count(leaflets), "questionnaires": .count(questionnaires),
            "approved_on_site": .count(approvedOnSite), "cards_issued": .count(cardsIssued),
            "app_registrations": .count(appRegistrations),
        ])
    }
}

extension ApplicationCounts {
    fileprivate var json: JSONValue {
        .object(present: [
            "paper": .count(paper), "qr": .count(qr), "app": .count(app), "total": .count(total),
        ])
    }
}

extension FirmMet {
    fileprivate func json(_ part: DocumentPart) -> JSONValue {
        .object(present: [
            "uscc": .text(uscc?.text),
            "name": .text(name),
            "area": .text(area?.text),
            "parent": .text(parent),
            "union_status": .string(unionStatus.rawValue),
            "headcount": .count(headcount),
            "headcount_band": .text(headcountBand?.rawValue),
            "industry": .text(industry?.text),
            "contact": part == .everything ? contact?.json : nil,
            "attitude": .text(attitude?.rawValue),
            "questions": .list(questions.map(JSONValue.string)),
            "intent": intent.map {
                .object(present: ["form": .string($0.form.rawValue), "on": .string($0.on.iso)])
            },
            "next_step": nextStep.map {
                .object(present: [
                    "what": .string($0.what), "due": .text($0.due?.iso), "owner": .text($0.owner),
                ])
            },
        ])
    }
}

extension FirmContact {
    fileprivate var json: JSONValue {
        .object(present: ["name": .text(name), "position": .text(position), "phone": .text(phone)])
    }
}

extension ApplicantEntry {
    fileprivate func json(_ part: DocumentPart) -> JSONValue {
        guard case .stated(let applicant) = self else {
            return .object(present: ["id": .string("\(id)")])
        }
        let person = part == .facts ? nil : applicant
        let facts = part == .persons ? nil : applicant
        return .object(present: [
            "id": .string("\(id)"),
            "name": .text(person?.person.name),
            "mobile": .text(person?.person.mobile?.text),
            "channel": .text(facts?.channel?.rawValue),
            "document": person?.person.document?.json,
            "employer": facts?.employer.map {
                .object(present: ["uscc": .text($0.uscc?.text), "name": .text($0.name)])
            },
            "categories": .list((facts?.categories ?? []).map { .string($0.rawValue) }),
            "consent": person?.consent.json,
        ])
    }
}

extension IdentityDocument {
    fileprivate var json: JSONValue {
        switch self {
        case .residentID(let id):
            .object(present: ["kind": .string("resident_id"), "number": .string(id.text)])
        case .other(let kind, let number):
            .object(present: ["kind": .string(kind.rawValue), "number": .string(number)])
        }
    }
}

extension Consent {
    fileprivate var json: JSONValue {
        .object(present: [
            "notice": .string(notice), "on": .string(on.iso), "method": .string(method.rawValue),
            "share_with_employer_union": .bool(shareWithEmployerUnion), "card_bank": .bool(cardBank),
        ])
    }
}

extension JSONValue? {
    fileprivate static func text(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }
    fileprivate static func count(_ count: Int?) -> JSONValue? { count.map(JSONValue.integer) }
    /// An empty list is left out.
    fileprivate static func list(_ values: [JSONValue]) -> JSONValue? {
        values.isEmpty ? nil : .array(values)
    }
}
