public import Outreach

/// A street, township or quasi-unit that the sample's programme reaches, given by the caller from the
/// bundled list of areas and the programme's units.
public struct SampleArea: Hashable, Sendable {
    public let code: AreaCode
    /// As written in 2018, such as 建外街道.
    public let name: String
    /// Code of the district-level union: a county code, or the development zone's own code.
    public let districtCode: String
    public let districtName: String
    public let arm: SampleArm
    /// The programme's first day here; no meeting is dated earlier.
    public let startOn: Day

    public init(
        code: AreaCode, name: String, districtCode: String, districtName: String, arm: SampleArm,
        startOn: Day
    ) {
        self.code = code
        self.name = name
        self.districtCode = districtCode
        self.districtName = districtName
        self.arm = arm
        self.startOn = startOn
    }

    /// The name without its kind, as venues carry it: 建外.
    var shortName: String {
        guard name.count <= 8 else { return districtName }
        for kind in ["街道", "地区", "镇", "乡"] where name.hasSuffix(kind) && name.count > kind.count + 1 {
            return String(name.dropLast(kind.count))
        }
        return name
    }
}

/// Which units began before the whole city did. The sample's choice of pilots is invented.
public enum SampleArm: String, CaseIterable, Sendable { case pilot, comparison }
