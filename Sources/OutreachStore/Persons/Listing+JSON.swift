public import Outreach

// One line of a list as people's programs read it: the same from the terminal and over HTTP.

extension MeetingListing {
    public var json: JSONValue {
        .object([
            .init("id", .string("\(id)")), .init("revision", .integer(revision)),
            .init("kind", .string(kind.rawValue)),
            .init("held_on", .string(heldOn.iso)), .init("area", .string(areaCode)),
            .init("area_name", .string(areaName)), .init("district", .string(districtName)),
            .init("venue", venue.map(JSONValue.string) ?? .null), .init("firms", .integer(firms)),
            .init("intents", .integer(intents)), .init("applications", .integer(applications)),
        ])
    }
}

extension OpinionListing {
    public var json: JSONValue {
        .object([
            .init("meeting", .string("\(meeting)")), .init("revision", .integer(revision)),
            .init("number", .integer(number)), .init("kind", .string(kind.rawValue)),
            .init("held_on", .string(heldOn.iso)), .init("area", .string(areaCode)),
            .init("area_name", .string(areaName)), .init("district", .string(districtName)),
            .init("topic", .orNull(opinion.topic)), .init("text", .string(opinion.text)),
            .init("answered_on", .orNull(opinion.answer?.on.iso)),
            .init("answer", .orNull(opinion.answer?.text)),
        ])
    }
}

extension FirmListing {
    public var json: JSONValue {
        .object([
            .init("id", .string("\(id)")), .init("uscc", .orNull(uscc)), .init("name", .orNull(name)),
            .init("area_name", .string(areaName)), .init("district", .string(districtName)),
            .init("union_status", .orNull(unionStatus?.rawValue)),
            .init("headcount", headcount.map(JSONValue.integer) ?? .null),
            .init("registration_type", .orNull(registrationType?.code)),
            .init("registration_type_name", .orNull(registrationType?.name)),
            .init("last_met", .orNull(lastMet?.iso)),
        ])
    }
}

extension JSONValue {
    fileprivate static func orNull(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}

extension FirmSearch.HistoryEntry {
    public var json: JSONValue {
        .object([
            .init("on", .string(day.iso)), .init("kind", .string(kind)),
            .init("detail", detail.map(JSONValue.string) ?? .null),
            .init("meeting", meeting.map { .string("\($0)") } ?? .null),
        ])
    }
}
