/// Where the one unfinished meeting of a person is kept between answers.
///
/// The bytes hold personal data: the implementation seals them before they touch a disk.
public protocol DraftStore: Sendable {
    /// The draft, or nil where there is none.
    func load() async throws -> [UInt8]?
    /// Replaces the draft, atomically: after a crash either the old or the new one is there.
    func save(_ bytes: [UInt8]) async throws
    /// Forgets the draft. Called for a draft given up; after a receipt it is the caller's to call.
    func discard() async throws
}
