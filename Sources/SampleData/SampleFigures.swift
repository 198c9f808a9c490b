/// The six figures that the federation published, as counts at the end of a day.
public struct SampleFigures: Hashable, Sendable {
    public var enterpriseMeetings: Int
    public var workerMeetings: Int
    /// Distinct firms listed at a meeting of either kind.
    public var firmsMet: Int
    /// Of those, unorganised or preparing at the first meeting ever.
    public var unorganisedFirmsMet: Int
    /// Of those, the firms with an intent on or after the first contact.
    public var foundingIntents: Int
    /// Everyone who applied at a meeting, listed or not.
    public var onSiteApplications: Int

    public init(
        enterpriseMeetings: Int, workerMeetings: Int, firmsMet: Int, unorganisedFirmsMet: Int,
        foundingIntents: Int, onSiteApplications: Int
    ) {
        self.enterpriseMeetings = enterpriseMeetings
        self.workerMeetings = workerMeetings
        self.firmsMet = firmsMet
        self.unorganisedFirmsMet = unorganisedFirmsMet
        self.foundingIntents = foundingIntents
        self.onSiteApplications = onSiteApplications
    }

    /// The totals of the Beijing federation's five-year review, 2019, which the sample meets exactly.
    public static let published = SampleFigures(
        enterpriseMeetings: 1714, workerMeetings: 870, firmsMet: 3745, unorganisedFirmsMet: 2616,
        foundingIntents: 885, onSiteApplications: 15_500)
}
