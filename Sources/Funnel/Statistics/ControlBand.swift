/// The two pairs of limits of a funnel plot at one `n`: what chance alone leaves outside is one in twenty, and
/// one in five hundred (SPEC §1.5).
public struct ControlBand: Hashable, Sendable {
    /// 95 %.
    public let warning: ConfidenceInterval
    /// 99.8 %.
    public let alarm: ConfidenceInterval

    public init(warning: ConfidenceInterval, alarm: ConfidenceInterval) {
        self.warning = warning
        self.alarm = alarm
    }
}
