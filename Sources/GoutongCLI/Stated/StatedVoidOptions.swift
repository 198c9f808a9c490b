internal import ArgumentParser
internal import Outreach
internal import OutreachStore

/// What taking a declared total or a target back takes, and how it goes.
struct StatedVoidOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Argument(help: "编号，见 list · id, as list shows it") var id: String
    @Option(help: "原因 · why") var why: String

    func run(_ kind: StatedKind) async throws {
        try await Console.run(language: common.language, json: output.json) {
            guard let id = StatementID(id.split(separator: "/").first ?? "") else {
                throw CommandFailure(
                    .usage, code: "id.form", pointer: "id", rule: Bilingual(zh: "不是有效编号", en: "not an id"),
                    mend: Bilingual(zh: "用 list 查找编号", en: "find it with list"))
            }
            let why = try Arguments.line(why, "--why")
            try await service.place(common).void(id, of: kind, why: why)
            if output.json {
                try Console.out(
                    JSONValue.object([.init("id", .string("\(id)")), .init("outcome", .string("voided"))])
                        .text())
            } else {
                Console.say(common.text(Bilingual(zh: "已撤回", en: "taken back")))
            }
        }
    }
}
