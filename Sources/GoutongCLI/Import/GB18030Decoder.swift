internal import Foundation
internal import Outreach

/// GB18030 to UTF-8, in pieces cut anywhere, by the C library's converter.
final class GB18030Decoder {
    private let converter: iconv_t
    /// The beginning of a character whose end is in the next piece.
    private var rest: [UInt8] = []

    init() throws {
        guard let converter = iconv_open("UTF-8", "GB18030"), converter != iconv_t(bitPattern: -1) else {
            throw Self.unavailable
        }
        self.converter = converter
    }

    deinit { iconv_close(converter) }

    /// - Throws: `CommandFailure` where the bytes are no GB18030 either.
    func decode(_ piece: [UInt8]) throws -> [UInt8] {
        var source = rest + piece
        // A character of two bytes becomes three at most, one of four stays four.
        var target = [UInt8](repeating: 0, count: source.count * 2 + 16)
        let (read, written, isWrong) = convert(&source, &target)
        guard !isWrong else { throw Self.neither }
        rest = Array(source[read...])
        target.removeSubrange(written...)
        return target
    }

    func finish() throws -> [UInt8] {
        guard rest.isEmpty else { throw Self.neither }
        return []
    }

    private func convert(
        _ source: inout [UInt8], _ target: inout [UInt8]
    ) -> (read: Int, written: Int, isWrong: Bool) {
        let sourceCount = source.count
        let targetCount = target.count
        return source.withUnsafeMutableBytes { source in
            target.withUnsafeMutableBytes { target in
                var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                var left = sourceCount
                var room = targetCount
                let outcome = iconv(converter, &from, &left, &to, &room)
                // A character that is cut at the end waits for the next piece.
                let isWrong = outcome == Int.max.magnitude * 2 + 1 && errno == EILSEQ
                return (sourceCount - left, targetCount - room, isWrong)
            }
        }
    }

    private static var neither: CommandFailure {
        CommandFailure(
            .invalid, code: "file.encoding", pointer: "",
            rule: Bilingual(zh: "文件既不是 UTF-8 也不是 GB18030", en: "the file is neither UTF-8 nor GB18030"),
            mend: Bilingual(zh: "另存为“CSV UTF-8”", en: "save it as \"CSV UTF-8\""))
    }

    private static var unavailable: CommandFailure {
        CommandFailure(
            .failure, code: "file.converter",
            rule: Bilingual(zh: "本机没有 GB18030 转换表", en: "this machine has no converter for GB18030"),
            mend: Bilingual(zh: "另存为“CSV UTF-8”后导入", en: "save the file as \"CSV UTF-8\" and import that"))
    }
}
