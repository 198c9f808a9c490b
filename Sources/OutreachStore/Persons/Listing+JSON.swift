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
            .init("topic", opinion.topic.map(JSONValue.string) ?? .null),
            .init("text", .string(opinion.text)),
            .init("answered_on", opinion.answer.map { .string($0.on.iso) } ?? .null),
            .init("answer", opinion.answer?.text.map(JSONValue.string) ?? .null),
        ])
    }
}

extension FirmListing {
    public var json: JSONValue {
        .object([
            .init("id", .string("\(id)")), .init("uscc", uscc.map(JSONValue.string) ?? .null),
            .init("name", name.map(JSONValue.string) ?? .null), .init("area_name", .string(areaName)),
            .init("district", .string(districtName)),
            .init("union_status", unionStatus.map { JSONValue.string($0.rawValue) } ?? .null),
            .init("headcount", headcount.map(JSONValue.integer) ?? .null),
            .init("last_met", lastMet.map { JSONValue.string($0.iso) } ?? .null),
        ])
    }
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
