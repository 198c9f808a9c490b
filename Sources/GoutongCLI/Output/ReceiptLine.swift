internal import Outreach
internal import OutreachStore
internal import Reporting

/// What a recording prints, wherever it was recorded.
struct ReceiptLine {
    let receipt: Receipt
    let outcome: Recorded.Outcome

    func print(json: Bool, language: Language) throws {
        guard !json else {
            return try Console.out(
                JSONValue.object([
                    .init("id", .string("\(receipt.id)")), .init("revision", .integer(receipt.revision)),
                    .init("outcome", .string(outcome.rawValue)),
                    .init("receipt", .string("\(receipt)")),
                ]).text())
        }
        let said =
            switch outcome {
            case .recorded: Bilingual(zh: "已登记", en: "recorded")
            case .replayed: Bilingual(zh: "此前已登记，返回原回执", en: "already recorded; this is its receipt")
            case .corrected: Bilingual(zh: "已更正", en: "corrected")
            }
        Console.say(language.of(said))
        try Console.out(receipt.description)
    }
}
