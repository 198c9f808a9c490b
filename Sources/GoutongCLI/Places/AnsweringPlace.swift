/// Where a command gets its answers and leaves what it records: the ledger of this machine, or a service.
///
/// Each of its parts stands in a file of its own, beside what either place does for it.
protocol AnsweringPlace: RecordingPlace, MeetingPlace, OpinionPlace, FirmPlace, ReportPlace, ApplicationPlace,
    PersonPlace, AccountPlace, AuditPlace, ExportPlace, StatedPlace
{
    /// When everything has been printed: what only makes the next report quicker.
    func settle() async
}

extension Workplace: AnsweringPlace {
    func settle() async { try? await drain() }
}

extension RemoteWorkplace: AnsweringPlace {
    /// A service does it by itself.
    func settle() async {}
}
