internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachAPI
internal import PostgresClient

/// `goutong config`: every setting of the service, with where it came from and without its secrets.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "列出服务的全部设置及其来源 · every setting of the service and its source")
    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ServiceOptions
    @OptionGroup var format: JSONOption

    func run() async throws {
        try await Console.run(language: common.language, json: format.json) {
            let settings = try options.settings(federation: common.federation)
            for setting in ServiceSetting.all {
                let value = settings.value(setting).map { Self.shown($0, of: setting) }
                try Console.out(
                    format.json ? json(setting, value, settings) : line(setting, value, settings))
            }
            // Printed first, so that what is wrong can be seen in its place.
            _ = try OutreachServerConfiguration(settings)
        }
    }

    private func line(_ setting: ServiceSetting, _ value: String?, _ settings: ServiceSettings) -> String {
        "\(setting.variable)=\(value ?? "")\t# \(source(setting, settings))"
    }

    private func json(_ setting: ServiceSetting, _ value: String?, _ settings: ServiceSettings) -> String {
        JSONValue.object([
            .init("setting", .string(setting.variable)),
            .init("flag", setting.flag.map { .string($0) } ?? .null),
            .init("value", value.map { .string($0) } ?? .null),
            .init("source", .string(source(setting, settings))),
        ]).text()
    }

    private func source(_ setting: ServiceSetting, _ settings: ServiceSettings) -> String {
        switch settings.source(setting) {
        case .flag: setting.flag ?? ""
        case .environment: "environment"
        case .file(let path, let line): "\(path):\(line)"
        case .standard: "default"
        case nil: "unset"
        }
    }

    /// Only the database's string can hold a secret; keys are named by their files.
    private static func shown(_ value: String, of setting: ServiceSetting) -> String {
        setting == .database ? ConnectionString.redacted(value) ?? "***" : value
    }
}
