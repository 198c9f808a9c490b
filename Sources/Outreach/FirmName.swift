/// How a person or a document names a firm: by its id in the ledger, or by its credit code.
public enum FirmName: Hashable, Sendable {
    case id(FirmID)
    case uscc(CreditCode)

    public init(_ text: String) throws(CodeError) {
        if let id = FirmID(text) { self = .id(id) } else { self = .uscc(try CreditCode(validating: text)) }
    }
}
