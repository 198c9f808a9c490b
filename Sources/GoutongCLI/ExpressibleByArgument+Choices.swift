public import ArgumentParser
public import Funnel
public import Outreach
public import OutreachStore
public import Reporting

// Choices of other modules as words on the command line: their raw values.

extension Language: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}
extension CSVWriter.Profile: ExpressibleByArgument {}
extension MeetingKind: ExpressibleByArgument {}
extension PilotComparison.Audience: ExpressibleByArgument {}
extension OnError: ExpressibleByArgument {}
extension ImportRun.Kind: ExpressibleByArgument {}
