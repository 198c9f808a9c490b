public import Foundation
internal import Outreach
public import Vault

/// What a device has to send: one sealed file for each document, kept until there is a receipt for it.
///
/// A document is on the disk before anything is sent. Its file goes only when its receipt is in the log.
/// A crash in between sends it again, and the service answers with the first receipt.
public struct Outbox: Sendable {
    let folder: DurableFolder
    /// Seals what this device keeps for a while: drafts too.
    public let vault: Vault

    private static let suffix = ".sealed"
    static let log = "receipts"

    /// - Parameter home: Goutong's home folder; the key of this device is `device.key` in it.
    public init(home: URL) throws {
        folder = try DurableFolder(at: home.appendingPathComponent("outbox").path)
        let key = home.appendingPathComponent("device.key")
        let isNew = !FileManager.default.fileExists(atPath: key.path)
        do throws(VaultError) {
            vault = Vault(master: try MasterKey.readOrMake(at: key), federation: "@device")
        } catch .keyFile(.cannotWrite) {
            throw OutboxError.cannotWrite(isFull: false)
        }
        // A key that a power cut takes would take with it whatever was sealed.
        if isNew { try DurableFolder.sync(home.path) }
        folder.clearDrafts()
    }

    /// One file: its name, and what is in it where it opens.
    public struct Entry: Sendable {
        public let name: String
        /// nil where it was sealed with another key, or altered.
        public let item: OutboxItem?

        public init(name: String, item: OutboxItem?) {
            self.name = name
            self.item = item
        }
    }

    /// Everything that waits, the oldest first; of one meeting, its revisions in their order.
    public func entries() throws(OutboxError) -> [Entry] {
        let names = try folder.names().filter { $0.hasSuffix(Self.suffix) }
            .map { String($0.dropLast(Self.suffix.count)) }
        // A file may be delivered and gone by the time it is read.
        let found = names.compactMap { name -> Entry? in
            guard let bytes = folder.read(name + Self.suffix) else { return nil }
            return Entry(name: name, item: opened(bytes, name))
        }
        return found.sorted { left, right in
            guard let one = left.item, let other = right.item else { return left.name < right.name }
            guard one.document.id != other.document.id else {
                return one.document.revision < other.document.revision
            }
            return (one.madeAt, left.name) < (other.madeAt, right.name)
        }
    }

    /// Keeps a document for a service. The same one again is the one that waits.
    /// - Throws: `otherContentWaits` where its id and revision are taken by another content, `otherServer`
    ///   where it waits for another service.
    @discardableResult
    public func put(
        _ document: OutgoingDocument, for server: ServerAddress
    ) throws(OutboxError) -> OutboxItem {
        let waiting = try put(document, for: server.identity)
        // Kept before items named a service, and now somebody names one.
        guard waiting.server != nil else { return try adopt(document.name, for: server) }
        guard waiting.server == server.identity else {
            throw .otherServer(name: document.name, server: waiting.server ?? "")
        }
        return waiting
    }

    /// Says where an item goes, instead of wherever it was to go. What another service said of it is gone.
    @discardableResult
    public func adopt(_ name: String, for server: ServerAddress) throws(OutboxError) -> OutboxItem {
        guard let lock = try OutboxLock(name, in: folder) else { throw .busy }
        defer { lock.release() }
        guard var item = item(named: name) else {
            throw sealedBytes(of: name) == nil ? .notFound : .unreadable
        }
        guard item.server != server.identity else { return item }
        item.server = server.identity
        (item.state, item.refusal, item.current, item.lastProblem) = (.ready, nil, nil, nil)
        try save(item)
        return item
    }

    private func put(_ document: OutgoingDocument, for server: String?) throws(OutboxError) -> OutboxItem {
        let item = OutboxItem(
            document, for: server, madeAt: Int64(Date().timeIntervalSince1970 * 1000))
        guard try folder.add(document.name + Self.suffix, try sealed(item)) == false else { return item }
        guard let waiting = self.item(named: document.name) else {
            guard folder.read(document.name + Self.suffix) != nil else {
                return try put(document, for: server)
            }
            throw .unreadable
        }
        guard waiting.document.factsHash == document.factsHash, waiting.document.text == document.text
        else { throw .otherContentWaits(name: document.name) }
        return waiting
    }

    /// nil where there is none, or where it does not open.
    public func item(named name: String) -> OutboxItem? {
        folder.read(name + Self.suffix).flatMap { opened($0, name) }
    }

    func save(_ item: OutboxItem) throws(OutboxError) {
        try folder.replace(item.document.name + Self.suffix, try sealed(item))
    }

    func remove(_ name: String) throws(OutboxError) { try folder.remove(name + Self.suffix) }

    /// Writes a file for handing over: new, on the disk, readable by its owner alone.
    public static func write(_ bytes: [UInt8], toNewFile path: String) throws(OutboxError) {
        try DurableFolder.create(path, bytes)
    }

    /// The file as it lies on the disk, sealed.
    public func sealedBytes(of name: String) -> [UInt8]? { folder.read(name + Self.suffix) }

    /// Takes a document out for good, whether it opens or not. That it was, when and why stays in the log.
    public func discard(_ name: String, why: String) throws(OutboxError) {
        guard let lock = try OutboxLock(name, in: folder) else { throw .busy }
        defer { lock.release() }
        guard folder.read(name + Self.suffix) != nil else { throw .notFound }
        // A reason may name somebody.
        guard let reason = try? vault.seal(Array(why.utf8), context: "discard/\(name)") else {
            throw .unreadable
        }
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        try folder.append(
            "discarded \(name) \(now) \(Data(reason).base64EncodedString())", to: Self.log)
        try remove(name)
    }

    /// Puts `other` in the place of an item, for the same service: the person's answer to a conflict.
    public func exchange(_ name: String, for other: OutgoingDocument) throws(OutboxError) {
        guard let lock = try OutboxLock(name, in: folder) else { throw .busy }
        defer { lock.release() }
        guard let item = item(named: name) else {
            throw sealedBytes(of: name) == nil ? .notFound : .unreadable
        }
        _ = try put(other, for: item.server)
        try remove(name)
    }

    private func sealed(_ item: OutboxItem) throws(OutboxError) -> [UInt8] {
        let bytes = try item.encoded()
        guard let sealed = try? vault.seal(bytes, context: "outbox/\(item.document.name)") else {
            throw .unreadable
        }
        return sealed
    }

    private func opened(_ bytes: [UInt8], _ name: String) -> OutboxItem? {
        guard let clear = try? vault.open(bytes, context: "outbox/\(name)"), let item = OutboxItem(clear),
            item.document.name == name
        else { return nil }
        return item
    }
}
