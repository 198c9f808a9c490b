import Outreach

/// Makes the sample: the same seed and areas give the same entries, byte for byte, on every machine.
///
/// The figures it must meet are shared out before anything is written (`SamplePlan`), then documents
/// are written (`MeetingWriter`) and recorded (`SampleRecording`); a separate count (`SampleTally`) has
/// the last word.
public struct SampleGenerator: Sendable {
    public let seed: UInt64
    public let areas: [SampleArea]

    /// - Parameter areas: every unit of the programme, in code order; their order matters to the result.
    public init(seed: UInt64, areas: [SampleArea]) {
        self.seed = seed
        self.areas = areas
    }

    /// - Throws: `SampleError.areasTooFew` where these areas cannot carry the published totals.
    public func makeSample() throws(SampleError) -> Sample {
        var random = SeededRandom(seed: seed)
        var codes = SyntheticCodes(using: &random)
        let plan = try makePlan(codes: &codes, using: &random)
        var recording = SampleRecording(plan: plan, codes: codes, random: random.fork())
        let sample: Sample
        do throws(CodeError) {
            sample = Sample(seed: seed, entries: try recording.record())
        } catch {
            throw .codeRefused(error)
        }

        let tally = SampleTally(entries: sample.entries)
        guard tally.figures == .published, tally.intentsByOtherFirms == 0 else {
            throw .totalsMissed(tally.figures)
        }
        return sample
    }

    /// Each stage draws from a stream of its own, so a change to one leaves the draws of others alone.
    private func makePlan(
        codes: inout SyntheticCodes, using random: inout SeededRandom
    ) throws(SampleError) -> SamplePlan {
        guard !areas.isEmpty else { throw .areasTooFew }
        var streams = (0..<6).map { _ in random.fork() }
        var plan = SamplePlan(areas: areas)
        try plan.placeMeetings(using: &streams[0])
        try plan.foundFirms(codes: &codes, using: &streams[1])
        try plan.repeatContacts(using: &streams[2])
        try plan.voiceIntents(using: &streams[3])
        plan.followOutcomes(using: &streams[4])
        try plan.shareApplications(using: &streams[5])
        return plan
    }
}
