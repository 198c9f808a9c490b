public import Outreach

/// Which side of a pilot comparison a unit is on.
public enum PilotArm: String, CaseIterable, Sendable { case pilot, comparison }

/// A street or township in a programme. Start dates are per unit: a comparison unit may start too, later.
public struct ProgrammeUnit: Hashable, Sendable {
    public var code: String
    public var name: String
    public var district: String
    public var arm: PilotArm
    /// Its first day; of a comparison unit that does not start the programme's.
    public var startOn: Day
    /// Whether it starts at all.
    public var starts = true

    public init(code: String, name: String, district: String, arm: PilotArm, startOn: Day) {
        self.code = code
        self.name = name
        self.district = district
        self.arm = arm
        self.startOn = startOn
    }
}
