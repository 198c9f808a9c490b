internal import Foundation
public import Outreach
internal import Vault

extension Outbox {
    /// Receipts of what was delivered from here, in the order of their coming. No persons are in them.
    public func receipts() -> [Receipt] {
        lines().compactMap { words in
            words.first == "delivered" ? words.dropFirst().first.flatMap { Receipt($0) } : nil
        }
    }

    /// What was discarded, and why.
    public func discarded() -> [(name: String, atMilliseconds: Int64, why: String?)] {
        lines().compactMap { words in
            guard words.count == 4, words[0] == "discarded", let moment = Int64(words[2]) else { return nil }
            let sealed = Data(base64Encoded: words[3]).map(Array.init) ?? []
            let why = try? vault.open(sealed, context: "discard/\(words[1])")
            return (words[1], moment, why.map { String(decoding: $0, as: UTF8.self) })
        }
    }

    /// The receipt of a document that was delivered already, by whichever process.
    public func receipt(of document: OutgoingDocument) -> Receipt? {
        receipts().last { document.isReceipted(by: $0) }
    }

    func log(_ receipt: Receipt) throws(OutboxError) {
        try folder.append("delivered \(receipt)", to: Self.log)
    }

    private func lines() -> [[String]] {
        String(decoding: folder.read(Self.log) ?? [], as: UTF8.self).split(separator: "\n")
            .map { $0.split(separator: " ").map(String.init) }
    }
}
