/// Where the one unfinished meeting of a person is kept between answers.
///
/// The bytes hold personal data: the implementation seals them before they touch a disk.
public protocol DraftStore: Sendable {
    func load() async throws -> StoredDraft
    /// Replaces the draft, atomically: after a crash either the old or the new one is there.
    func save(_ bytes: [UInt8]) async throws
    /// Forgets the draft. Called for a draft given up; after a receipt it is the caller's to call.
    func discard() async throws
    /// Moves a draft that cannot be read out of the way, over nothing that lies there already.
    /// - Returns: where it is now, to be told to the person.
    func putAside() async throws -> String
}

/// What a draft store holds.
public enum StoredDraft: Hashable, Sendable {
    case none
    case draft([UInt8])
    /// Sealed with a key that is not at hand.
    case otherKey
}
