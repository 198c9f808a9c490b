internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Vault

/// A file on the disk as an import reads it, piece by piece: its bytes in UTF-8, whichever encoding it is in.
///
/// UTF-8 is what it says it is, or what reads as such. A file that does not is GB18030, which spreadsheets write
/// in China; UTF-16 is refused.
final class ImportFile: ImportSource {
    enum Encoding: Sendable { case utf8, gb18030 }

    private static let pieceSize = 128 * 1024

    let path: String
    /// In bytes.
    let size: Int
    let encoding: Encoding
    private(set) var hash: [UInt8] = []
    private var file: FileHandle
    private var running = RunningSHA256()
    private var decoder: GB18030Decoder?
    private var isFirst = true
    private var isOver = false

    init(_ path: String) throws {
        self.path = path
        guard let file = FileHandle(forReadingAtPath: path),
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int
        else { throw Self.missing }
        self.file = file
        self.size = size
        encoding = try Self.sniff(file)
        try restart()
    }

    func restart() throws {
        try file.seek(toOffset: 0)
        running = RunningSHA256()
        decoder = encoding == .gb18030 ? try GB18030Decoder() : nil
        isFirst = true
        isOver = false
    }

    func next() throws -> [UInt8]? {
        guard !isOver else { return nil }
        guard let data = try file.read(upToCount: Self.pieceSize), !data.isEmpty else {
            isOver = true
            hash = running.digest
            let rest = try decoder?.finish() ?? []
            return rest.isEmpty ? nil : rest
        }
        var piece = [UInt8](data)
        running.append(piece)
        if isFirst, piece.starts(with: [0xEF, 0xBB, 0xBF]) { piece.removeFirst(3) }
        isFirst = false
        return try decoder?.decode(piece) ?? piece
    }

    // MARK: Encodings

    /// Looks through the file until it knows: a text of ASCII alone is UTF-8.
    private static func sniff(_ file: FileHandle) throws -> Encoding {
        var check = UTF8Check()
        var isFirst = true
        while let data = try file.read(upToCount: pieceSize), !data.isEmpty {
            let piece = [UInt8](data)
            if isFirst {
                if piece.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
                guard !piece.starts(with: [0xFF, 0xFE]), !piece.starts(with: [0xFE, 0xFF]) else {
                    throw utf16
                }
                isFirst = false
            }
            guard check.continues(piece) else { return check.hasWide ? .utf8 : .gb18030 }
            // A thousand characters that read as UTF-8 are no accident.
            if check.wide > 1000 { return .utf8 }
        }
        return .utf8
    }

    private static var utf16: CommandFailure {
        CommandFailure(
            .invalid, code: "file.encoding", pointer: "1",
            rule: Bilingual(zh: "文件是 UTF-16 编码", en: "the file is in UTF-16"),
            mend: Bilingual(
                zh: "另存为“CSV UTF-8”", en: "save it as \"CSV UTF-8\""))
    }

    static var missing: CommandFailure {
        CommandFailure(
            .notFound, code: "file.not_found", pointer: "FILE",
            rule: Bilingual(zh: "没有这个文件，或不能读取", en: "there is no such file, or it cannot be read"),
            mend: Bilingual(
                zh: "核对路径和权限；须为普通文件", en: "check the path and the rights; it must be a regular file"))
    }
}

/// Whether bytes that come in pieces are UTF-8.
struct UTF8Check {
    /// Characters beyond ASCII so far.
    private(set) var wide = 0
    private var missing = 0

    var hasWide: Bool { wide > 0 }

    mutating func continues(_ piece: [UInt8]) -> Bool {
        for byte in piece {
            if missing > 0 {
                guard byte & 0xC0 == 0x80 else { return false }
                missing -= 1
                if missing == 0 { wide += 1 }
            } else if byte >= 0x80 {
                switch byte {
                case 0xC2...0xDF: missing = 1
                case 0xE0...0xEF: missing = 2
                case 0xF0...0xF4: missing = 3
                default: return false
                }
            }
        }
        return true
    }
}
