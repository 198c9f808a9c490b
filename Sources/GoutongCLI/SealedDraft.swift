internal import Foundation
internal import MeetingForm
internal import Outreach
internal import PrivateCluster
internal import Vault

/// The unfinished meeting on this device: sealed with the federation's key before it touches the disk.
struct SealedDraft: DraftStore {
    private let vault: Vault
    private let file: URL
    private let context: String

    init(vault: Vault, federation: String) throws {
        self.vault = vault
        context = "draft/\(federation)"
        let folder = try GoutongHome.resolve().appendingPathComponent("drafts", isDirectory: true)
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                .cannotWrite, code: "draft.cannot_write",
                rule: Bilingual(zh: "无法保存草稿", en: "the draft cannot be kept"),
                mend: Bilingual(
                    zh: "检查目录权限和磁盘空间：\(folder.path)", en: "check the folder and the disk: \(folder.path)"))
        }
        file = folder.appendingPathComponent("\(federation)-\(getuid()).draft")
    }

    func load() async throws -> [UInt8]? {
        guard let sealed = FileManager.default.contents(atPath: file.path) else { return nil }
        if let draft = try? vault.open(Array(sealed), context: context) { return draft }
        // A draft of another key is nobody's here: it is put aside, and a new one begun.
        let aside = file.appendingPathExtension("other-key")
        try? FileManager.default.removeItem(at: aside)
        try FileManager.default.moveItem(at: file, to: aside)
        return nil
    }

    func save(_ bytes: [UInt8]) async throws {
        let sealed = Data(try vault.seal(bytes, context: context))
        try sealed.write(to: file, options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    func discard() async throws {
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        try FileManager.default.removeItem(at: file)
    }
}
