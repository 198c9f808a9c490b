internal import Foundation
internal import Outreach

/// A file of settings, as systemd's `EnvironmentFile=` and a shell read it too: `GOUTONG_NAME=value` a line,
/// `#` before a comment, quotes around a value where one likes.
enum ServiceSettingsFile {
    static func read(_ path: String) throws -> [String: (value: String, line: Int)] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandFailure(
                .notFound, code: "config.not_found", pointer: "--config",
                rule: Bilingual(zh: "找不到或无法读取配置文件", en: "the file of settings is missing or cannot be read"),
                mend: Bilingual(zh: "检查路径和权限", en: "check the path and its permissions"))
        }
        var settings: [String: (value: String, line: Int)] = [:]
        let known = Set(ServiceSetting.all.map(\.variable))
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, known.contains(String(parts[0])) else {
                throw refused(at: "\(path):\(index + 1)")
            }
            settings[String(parts[0])] = (unquoted(parts[1]), index + 1)
        }
        return settings
    }

    private static func unquoted(_ value: Substring) -> String {
        for quote in ["\"", "'"] where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            return String(value.dropFirst().dropLast())
        }
        return String(value)
    }

    private static func refused(at place: String) -> CommandFailure {
        CommandFailure(
            .usage, code: "config.line", pointer: place,
            rule: Bilingual(zh: "这一行不是已知的设置", en: "the line is no setting that is known"),
            mend: Bilingual(
                zh: "写成 GOUTONG_名称=值；名称见 goutong config",
                en: "write GOUTONG_NAME=value; goutong config prints the names"))
    }
}
