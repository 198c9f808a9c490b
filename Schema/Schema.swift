/// What the product carries of its schema: numbered migrations, their verify scripts, reference data.
///
/// Files are embedded in the binary, so one file is the whole installation.
public enum Schema {
    /// One numbered step. Its text never changes once it has run anywhere: the checksum is refused.
    public struct Migration: Sendable {
        /// 1, 2, 3 … without gaps.
        public let number: Int
        public let name: String
        public let sql: String
        /// Raises an error where the migration is not, or wrongly, in place.
        public let verification: String

        public init(number: Int, name: String, sql: String, verification: String) {
            self.number = number
            self.name = name
            self.sql = sql
            self.verification = verification
        }
    }

    public static let migrations: [Migration] = [
        Migration(
            number: 1, name: "reference", sql: text(PackageResources._001_reference_sql),
            verification: text(PackageResources._001_reference_verify_sql)),
        Migration(
            number: 2, name: "ledger", sql: text(PackageResources._002_ledger_sql),
            verification: text(PackageResources._002_ledger_verify_sql)),
        Migration(
            number: 3, name: "journey", sql: text(PackageResources._003_journey_sql),
            verification: text(PackageResources._003_journey_verify_sql)),
        Migration(
            number: 4, name: "latest_venue", sql: text(PackageResources._004_latest_venue_sql),
            verification: text(PackageResources._004_latest_venue_verify_sql)),
        Migration(
            number: 5, name: "service", sql: text(PackageResources._005_service_sql),
            verification: text(PackageResources._005_service_verify_sql)),
        Migration(
            number: 6, name: "counting_applications",
            sql: text(PackageResources._006_counting_applications_sql),
            verification: text(PackageResources._006_counting_applications_verify_sql)),
        Migration(
            number: 7, name: "cell", sql: text(PackageResources._007_cell_sql),
            verification: text(PackageResources._007_cell_verify_sql)),
        Migration(
            number: 8, name: "import", sql: text(PackageResources._008_import_sql),
            verification: text(PackageResources._008_import_verify_sql)),
        Migration(
            number: 9, name: "issue", sql: text(PackageResources._009_issue_sql),
            verification: text(PackageResources._009_issue_verify_sql)),
        Migration(
            number: 10, name: "stated", sql: text(PackageResources._010_stated_sql),
            verification: text(PackageResources._010_stated_verify_sql)),
        Migration(
            number: 11, name: "answer_and_ownership",
            sql: text(PackageResources._011_answer_and_ownership_sql),
            verification: text(PackageResources._011_answer_and_ownership_verify_sql)),
    ]

    /// The public lists, as CSV with a header row. Origins and licences: `Schema/README.md`.
    public enum Reference {
        public static var areas: String { text(PackageResources.area_csv) }
        public static var areaAliases: String { text(PackageResources.area_alias_csv) }
        public static var areaSuccessions: String { text(PackageResources.area_succession_csv) }
        public static var orgUnits: String { text(PackageResources.org_unit_csv) }
        public static var industries: String { text(PackageResources.industry_csv) }
        public static var registrationTypes: String { text(PackageResources.registration_type_csv) }
        public static var programmeUnits: String { text(PackageResources.programme_unit_csv) }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
