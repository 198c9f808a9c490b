/// Whether a list may name a firm twice, told while it is read: a server would sort a million codes to say no.
///
/// Codes are told apart by 64 bits of FNV-1a (Fowler, Noll and Vo). Two codes that share them are only suspected:
/// the staged rows decide.
struct SeenCodes {
    private let longest: Int
    private let most: Int
    private var fingerprints: Set<UInt64> = []
    private var repeated: [String] = []
    private var isTold = true

    /// Of a list with more different codes than `longest`, or more repetitions than `most`, the server is asked for all.
    init(longest: Int = 4_000_000, most: Int = 20_000) {
        self.longest = longest
        self.most = most
    }

    /// Codes that stand on more than one row, and perhaps some that do not; nil: any may.
    var suspected: [String]? { isTold ? repeated : nil }

    mutating func insert(_ code: [UInt8]) {
        guard isTold, !code.isEmpty else { return }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in code { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        if !fingerprints.insert(hash).inserted { repeated.append(String(decoding: code, as: UTF8.self)) }
        isTold = fingerprints.count <= longest && repeated.count <= most
        if !isTold { (fingerprints, repeated) = ([], []) }
    }
}
