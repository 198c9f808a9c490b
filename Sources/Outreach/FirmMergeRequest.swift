/// A duplicate that is to be counted as another firm: `{ "id", "duplicate", "kept" }`, all required; the firms
/// by credit code or id.
public struct FirmMergeRequest: Hashable, Sendable {
    /// Minted by whoever asks, so that asking again is a replay.
    public let id: MergeID
    public let duplicate: FirmName
    public let kept: FirmName

    public init(decoding bytes: [UInt8]) throws(DocumentRefused) {
        self = try SmallDocument.read(bytes, known: ["id", "duplicate", "kept"]) { reader in
            let id = reader.identifier("id", as: MergeID.self)
            let duplicate = reader.code("duplicate", required: true, FirmName.init)
            let kept = reader.code("kept", required: true, FirmName.init)
            guard let id, let duplicate, let kept else { return nil }
            return FirmMergeRequest(id: id, duplicate: duplicate, kept: kept)
        }
    }

    private init(id: MergeID, duplicate: FirmName, kept: FirmName) {
        self.id = id
        self.duplicate = duplicate
        self.kept = kept
    }
}
