public import Foundation
public import Outreach
public import PostgresClient

// How domain values travel: dates as PostgreSQL dates, codes and choices as text, ids as uuid.

extension Day: PostgresBridged {
    public var postgresValue: PostgresDate { PostgresDate(daysSince1970: ordinal) ?? .infinity }
    public init?(postgresValue: PostgresDate) { self.init(ordinal: postgresValue.daysSince1970) }
}

extension Identifier: PostgresBridged {
    public var postgresValue: UUID { uuid }
    public init?(postgresValue: UUID) { self.init(postgresValue) }
}

extension MeetingKind: PostgresValue {}
extension VenueKind: PostgresValue {}
extension MeetingFormat: PostgresValue {}
extension UnionStatus: PostgresValue {}
extension Attitude: PostgresValue {}
extension IntentForm: PostgresValue {}
extension JoinChannel: PostgresValue {}
extension HeadcountBand: PostgresValue {}
extension MilestoneKind: PostgresValue {}
extension UnionForm: PostgresValue {}
extension ConsentMethod: PostgresValue {}
