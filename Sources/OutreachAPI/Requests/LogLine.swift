internal import Foundation
public import Logging
internal import Outreach

/// A swift-log backend: one line an entry on standard error, as JSON or for the eye.
public struct LogLine: LogHandler {
    public enum Format: String, CaseIterable, Sendable { case json, text }

    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    public var logLevel: Logger.Level
    private let label: String
    private let format: Format
    private let write: @Sendable (String) -> Void

    /// - Parameter write: what takes a line, its line feed included; standard error by default.
    public init(
        label: String, format: Format, level: Logger.Level,
        write: @escaping @Sendable (String) -> Void = LogLine.standardError
    ) {
        self.label = label
        self.format = format
        self.write = write
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
            .map { (key: $0.key == "hb.request.id" ? "request_id" : $0.key, value: $0.value) }
            .sorted { $0.key < $1.key }
        let moment = Date.now.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
        switch format {
        case .json:
            let head: [JSONValue.Member] = [
                .init("at", .string(moment + "Z")), .init("level", .string(event.level.rawValue)),
                .init("logger", .string(label)), .init("message", .string("\(event.message)")),
            ]
            let members = head + all.map { .init($0.key, Self.json($0.value)) }
            write(JSONValue.object(members).text() + "\n")
        case .text:
            let tail = all.map { " \($0.key)=\(Self.oneLine("\($0.value)"))" }.joined()
            write("\(moment)Z \(event.level.rawValue) \(Self.oneLine("\(event.message)"))\(tail)\n")
        }
    }

    /// Whole lines, from whatever thread: one write is not torn.
    public static let standardError: @Sendable (String) -> Void = { line in
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }

    private static func json(_ value: Logger.Metadata.Value) -> JSONValue {
        switch value {
        case .stringConvertible(let number as Int): .integer(number)
        case .stringConvertible(let number as Double): .number(number)
        default: .string("\(value)")
        }
    }

    private static func oneLine(_ text: String) -> String {
        text.replacing("\n", with: "\\n").replacing("\r", with: "\\r")
    }
}
