public import Outreach
public import PostgresClient

/// One edition of a week's report as it was issued: what is known of it beside its bytes.
public struct IssuedReport: Hashable, Sendable {
    /// Those who answer for it, as printed. Three persons.
    public struct Signatures: Hashable, Sendable {
        public var preparer: String
        public var reviewer: String
        public var signer: String

        public init(preparer: String, reviewer: String, signer: String) {
            self.preparer = preparer
            self.reviewer = reviewer
            self.signer = signer
        }

        public var areThreePersons: Bool { Set([preparer, reviewer, signer]).count == 3 }
    }

    public let week: Week
    /// 1 for the first issue, then 2, 3 … for each reissue.
    public let edition: Int
    /// Why it was issued again; nil for the first edition.
    public let reason: String?
    /// S: what it knows.
    public let moment: PostgresTimestamp
    /// Of the definition of its figures.
    public let definitionHash: String
    public let signatures: Signatures

    /// The edition that this one takes the place of.
    public var replaces: Int? { edition > 1 ? edition - 1 : nil }

    public init(
        week: Week, edition: Int, reason: String?, moment: PostgresTimestamp, definitionHash: String,
        signatures: Signatures
    ) {
        self.week = week
        self.edition = edition
        self.reason = reason
        self.moment = moment
        self.definitionHash = definitionHash
        self.signatures = signatures
    }
}

/// The bytes of an issued report in one format and language.
public struct IssuedRendering: Hashable, Sendable {
    /// `text`, `html`, `xlsx`, `csv` or `json`.
    public let format: String
    /// `zh` or `en`.
    public let language: String
    public let bytes: [UInt8]

    public init(format: String, language: String, bytes: [UInt8]) {
        self.format = format
        self.language = language
        self.bytes = bytes
    }
}
