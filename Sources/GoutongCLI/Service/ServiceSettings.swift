internal import Foundation
internal import Outreach

/// The settings as they come together: a flag goes before the environment, that before the file.
struct ServiceSettings: Sendable {
    enum Source: Hashable, Sendable {
        case flag, environment, standard
        case file(path: String, line: Int)
    }

    struct Given: Hashable, Sendable {
        let value: String
        let source: Source
    }

    private let given: [ServiceSetting: Given]

    /// - Parameters:
    ///   - flags: values by flag, as on the command line.
    ///   - file: path of a file of variables, or nil.
    init(flags: [String: String], environment: [String: String], file: String?) throws {
        let lines = try file.map(ServiceSettingsFile.read) ?? [:]
        given = Dictionary(
            uniqueKeysWithValues: ServiceSetting.all.compactMap { setting in
                let found: Given? =
                    if let value = setting.flag.flatMap({ flags[$0] }) {
                        Given(value: value, source: .flag)
                    } else if let value = environment[setting.variable], !value.isEmpty {
                        Given(value: value, source: .environment)
                    } else if let file, let (value, line) = lines[setting.variable], !value.isEmpty {
                        Given(value: value, source: .file(path: file, line: line))
                    } else {
                        setting.standard.map { Given(value: $0, source: .standard) }
                    }
                return found.map { (setting, $0) }
            })
    }

    func value(_ setting: ServiceSetting) -> String? { given[setting]?.value }
    func source(_ setting: ServiceSetting) -> Source? { given[setting]?.source }

    /// Where somebody who has to change it finds it.
    func pointer(_ setting: ServiceSetting) -> String {
        switch given[setting]?.source {
        case .environment: setting.variable
        case .file(let path, let line): "\(path):\(line)"
        case .flag, .standard, nil: setting.flag ?? setting.variable
        }
    }

    /// A whole number in a range.
    func number(_ setting: ServiceSetting, in range: ClosedRange<Int>) throws -> Int {
        try Arguments.count(
            value(setting).flatMap(Int.init) ?? range.lowerBound - 1, pointer(setting), in: range)
    }

    /// Seconds, with decimals where somebody likes.
    func seconds(_ setting: ServiceSetting, in range: ClosedRange<Double>) throws -> Duration {
        guard let seconds = value(setting).flatMap(Double.init), range.contains(seconds) else {
            throw CommandFailure(
                .usage, code: "number.range", pointer: pointer(setting),
                rule: Bilingual(
                    zh: "应在 \(range.lowerBound) 到 \(range.upperBound) 秒之间",
                    en: "must lie between \(range.lowerBound) and \(range.upperBound) seconds"),
                mend: Bilingual(zh: "核对后重填", en: "check it and try again"))
        }
        return .seconds(seconds)
    }
}
