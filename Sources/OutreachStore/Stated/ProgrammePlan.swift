public import Outreach
public import PostgresClient

/// What recording a file's programmes would come to.
public struct ProgrammePlan: Sendable {
    /// Codes of those that are new.
    public private(set) var added: [String] = []
    /// How many are there already, word for word.
    public private(set) var present = 0
    /// Those whose code another programme has.
    public private(set) var conflicts: [DocumentIssue] = []

    public init(
        _ programmes: [ProgrammeDraft], in federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) {
        for programme in programmes {
            let standing = try await ProgrammeDraft.standing(programme.code, of: federation, on: connection)
            switch standing {
            case nil: added.append(programme.code)
            case programme?: present += 1
            case let other?: conflicts.append(programme.conflict(with: other))
            }
        }
    }

    /// - Parameters:
    ///   - rows: of the file.
    ///   - isPreview: whether nothing was to be written.
    public func json(rows: Int, isPreview: Bool) -> JSONValue {
        .object([
            .init("kind", .string("programme")),
            .init("outcome", .string(isPreview ? "previewed" : "imported")), .init("rows", .integer(rows)),
            .init("added", .integer(added.count)), .init("present", .integer(present)),
            .init("programmes", .array(added.map(JSONValue.string))), .init("errors", .array([])),
        ])
    }
}
