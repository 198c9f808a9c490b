internal import CFileSystem
internal import Foundation
internal import PostgresClient

/// A folder of backups, named by their moment.
struct BackupFolder {
    let path: String
    let database: String

    /// Of the moment that it is made, UTC: `goutong-20260401T020000Z.goutong-backup`.
    func newName(at moment: Date) -> String {
        let text = moment.formatted(
            .iso8601.dateSeparator(.omitted).timeSeparator(.omitted).dateTimeSeparator(.standard))
        return "\(path)/\(prefix)\(text)\(BackupFile.ending)"
    }

    /// Removes the oldest of ours beyond a number. Another database's backups, and other files, are not counted.
    /// - Returns: the names that went.
    func keep(_ count: Int) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let ours = names.filter(isOurs).sorted()
        return ours.dropLast(count).filter { unlink(path + "/" + $0) == 0 }
    }

    private var prefix: String { "\(plain)-" }

    /// A database's name as part of a file's.
    private var plain: String {
        String(
            database.unicodeScalars.map { scalar in
                let isPlain =
                    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                return isPlain || scalar == "_" ? Character(scalar) : "_"
            })
    }

    private func isOurs(_ name: String) -> Bool {
        guard name.hasPrefix(prefix), name.hasSuffix(BackupFile.ending) else { return false }
        let moment = name.dropFirst(prefix.count).dropLast(BackupFile.ending.count)
        let form = moment.map { $0.isASCII && $0.isNumber ? "0" : $0 }
        guard String(form) == "00000000T000000Z" else { return false }
        var facts = FileFacts()
        return facts.read(path + "/" + name, followingLinks: false) && facts.isFile
    }
}
