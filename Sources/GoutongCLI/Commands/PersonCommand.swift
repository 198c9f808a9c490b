internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting

struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "个人信息：查看、副本、更正、删除、撤回同意、提供 · personal data and the rights of persons",
        subcommands: [
            Show.self, Copy.self, Correct.self, Erase.self, WithdrawConsent.self, HandOver.self,
            PersonRequestCommand.self, Retention.self,
        ])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "查看（脱敏）；--unmask 看原文，均留痕 · masked; --unmask in clear; both are audited")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "申请编号 · applicant id") var id: String
        @Option(help: "原因 · reason") var why: String
        @Flag(help: "不脱敏 · in clear") var unmask = false

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let id = try Arguments.applicant(id)
                let json = try await service.place(common).person(id, why: why, unmasked: unmask).json
                try Console.out(output.json ? json.text() : PersonCommand.lines(json))
            }
        }
    }

    struct Copy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "copy",
            abstract: "给本人的副本：JSON 及同名 .txt · a copy for the person: JSON, and text beside it")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @Argument(help: "申请编号 · applicant id") var id: String
        @Option(help: "文件，如 copy.json · file") var out: String
        @Option(help: "原因 · reason") var why = "本人要求副本"

        func run() async throws {
            try await Console.run(language: common.language) {
                let id = try Arguments.applicant(id)
                let copy = try await service.place(common).copy(of: id, why: why)
                try PersonCommand.writePrivately(copy.json.text() + "\n", to: out)
                try PersonCommand.writePrivately(PersonCopyText(copy: copy).text, to: out + ".txt")
                Console.say(
                    common.text(
                        Bilingual(
                            zh: "已写出 \(out) 和 \(out).txt，只交给本人",
                            en: "written: \(out) and \(out).txt, for the person alone")))
            }
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "correct",
            abstract: "更正姓名、手机号、证件 · put name, mobile and document right")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @Argument(help: "申请编号 · applicant id") var id: String
        @Option(help: "JSON：{name, mobile, document}，- 为标准输入 · file") var from: String
        @Option(help: "原因 · reason") var why = "本人要求更正"

        func run() async throws {
            try await Console.run(language: common.language) {
                let id = try Arguments.applicant(id)
                let document = try JSONValue.reading(try Arguments.read(from))
                try await service.place(common).correct(id, to: document, why: why)
                Console.say(common.text(Bilingual(zh: "已更正", en: "corrected")))
            }
        }
    }

    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "erase",
            abstract: "删除本人信息；申请仍计入统计 · erase the person; the application stays counted")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @Argument(help: "申请编号 · applicant id") var id: String
        @Option(help: "原因 · reason") var why: String

        func run() async throws {
            try await Console.run(language: common.language) {
                let id = try Arguments.applicant(id)
                try await service.place(common).erase(id, why: why)
                Console.say(
                    common.text(
                        Bilingual(
                            zh: "已删除；此前的备份在到期前仍含有该信息",
                            en: "erased; backups made before hold the data until they expire")))
            }
        }
    }

    /// Members in order, one a line, for the eye.
    static func lines(_ value: JSONValue, _ indent: String = "") -> String {
        guard case .object(let members) = value else { return "" }
        return members.compactMap { member -> String? in
            switch member.value {
            case .null, .array([]): nil
            case .object: "\(indent)\(member.key):\n" + lines(member.value, indent + "  ")
            case .string(let text): "\(indent)\(member.key): \(text)"
            default: "\(indent)\(member.key): \(member.value.text())"
            }
        }.joined(separator: "\n")
    }

    /// A file that only its owner reads.
    static func writePrivately(_ text: String, to path: String) throws {
        let before = umask(0o077)
        defer { umask(before) }
        try Arguments.write(Array(text.utf8), to: path)
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
