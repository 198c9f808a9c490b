/// The colours of charts, safe for the colour-blind and told apart in grey. Never the only sign.
enum ChartPalette {
    static let navy: UInt32 = 0x12436D
    static let teal: UInt32 = 0x28A197
    static let plum: UInt32 = 0x801650
    static let orange: UInt32 = 0xF46A25

    /// `#12436D`.
    static func hex(_ colour: UInt32) -> String {
        let digits = String(colour, radix: 16, uppercase: true)
        return "#" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
