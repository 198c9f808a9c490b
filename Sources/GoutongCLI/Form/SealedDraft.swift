internal import Foundation
internal import MeetingForm
internal import Outreach
internal import PrivateCluster
internal import Vault

/// The unfinished meeting on this device: sealed with the federation's key before it touches the disk.
/// A new meeting has one draft; each meeting that is corrected has its own.
struct SealedDraft: DraftStore {
    private let vault: Vault
    private let file: URL
    private let context: String

    init(vault: Vault, federation: String, correcting meeting: MeetingID? = nil) throws {
        self.vault = vault
        let suffix = meeting.map { "/\($0)" } ?? ""
        context = "draft/\(federation)\(suffix)"
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
        let name = "\(federation)-\(getuid())" + (meeting.map { "-\($0)" } ?? "")
        file = folder.appendingPathComponent(name + ".draft")
    }

    func load() async throws -> StoredDraft {
        guard let sealed = FileManager.default.contents(atPath: file.path) else { return .none }
        guard let draft = try? vault.open(Array(sealed), context: context) else { return .otherKey }
        return .draft(draft)
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

    func putAside() async throws -> String {
        // Numbered: what was put aside before stays. A move never replaces a file.
        var number = 1
        while true {
            let aside = file.appendingPathExtension("aside-\(number)")
            if !FileManager.default.fileExists(atPath: aside.path) {
                try FileManager.default.moveItem(at: file, to: aside)
                return aside.path
            }
            number += 1
        }
    }
}
