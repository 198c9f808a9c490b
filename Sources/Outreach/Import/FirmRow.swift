/// A firm of an imported list, every value in the form in which the ledger keeps it. Empty texts are absent.
public struct FirmRow: Sendable {
    public var line = 0
    /// Upper case, valid; UTF-8 like the other texts.
    public var uscc: [UInt8] = []
    public var name: [UInt8] = []
    /// The name as matching folds it.
    public var foldedName: [UInt8] = []
    public var areaID = 0
    /// Six digits.
    public var district: [UInt8] = []
    public var registeredOn: Day?
    public var headcount: Int?
    public var headcountBand: HeadcountBand?
    public var industry: [UInt8] = []
    /// Three digits.
    public var registrationType: [UInt8] = []
    /// Days of union coverage by the register.
    public var organisedFrom: Day?
    public var organisedUntil: Day?
}
