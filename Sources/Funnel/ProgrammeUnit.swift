public import Outreach

/// Which side of a pilot comparison a unit is on.
public enum PilotArm: String, CaseIterable, Sendable { case pilot, comparison }

/// A street or township in a programme. Start dates are per unit: a comparison unit starts too, later.
public struct ProgrammeUnit: Hashable, Sendable {
    public var code: String
    public var name: String
    public var district: String
    public var arm: PilotArm
    public var startOn: Day

    public init(code: String, name: String, district: String, arm: PilotArm, startOn: Day) {
        self.code = code
        self.name = name
        self.district = district
        self.arm = arm
        self.startOn = startOn
    }
}
