import Foundation

/// A terminal without a screen: goutong runs on its far end, a test types and reads on the near one.
///
/// It waits for what is shown, never for a while; blocking, so it lives on a thread of its own.
final class PseudoTerminal {
    struct Failure: Error, CustomStringConvertible {
        let what: String
        let screen: String
        var description: String { "\(what); the screen ended in:\n\(screen.suffix(2500))" }
    }

    private let master: Int32
    private let process: Process
    private var isOpen = true
    /// Everything shown, without control sequences.
    private(set) var shown = ""
    /// What was shown since the last keys.
    private var news: [UInt8] = []

    /// Linux's `TIOCSPTLCK` and `TIOCGPTN`, which are macros that Swift does not see.
    private static let setLock: UInt = 0x4004_5431
    private static let number: UInt = 0x8004_5430

    /// As long as a prompt may take: the machine may be building at the same time.
    private static let patience = 30.0

    init(_ executable: URL, _ arguments: [String], environment: [String: String]) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var unlocked: Int32 = 0
        var number: Int32 = -1
        var size = winsize(ws_row: 40, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
        guard master >= 0, ioctl(master, Self.setLock, &unlocked) == 0,
            ioctl(master, Self.number, &number) == 0,
            ioctl(master, UInt(TIOCSWINSZ), &size) == 0
        else { throw Failure(what: "no pseudo-terminal", screen: "") }
        let far = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard far >= 0 else { throw Failure(what: "the far end cannot be opened", screen: "") }
        let handle = FileHandle(fileDescriptor: far, closeOnDealloc: true)
        process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = environment
        process.standardInput = handle
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        // Only the command holds the far end now, so that its end is seen as the end.
        try handle.close()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        if isOpen { close(master) }
    }

    /// Waits until all these texts are shown, in this order, since the last keys.
    func expect(_ texts: String...) throws {
        try wait(for: texts.joined(separator: " … ")) { news in
            var rest = news[...]
            for text in texts {
                guard let range = rest.range(of: text) else { return false }
                rest = rest[range.upperBound...]
            }
            return true
        }
    }

    /// Waits for a question, then types its answer and Enter.
    func answer(_ question: String, _ answer: String) throws {
        try expect(question)
        try press(answer + "\r")
    }

    func press(_ keys: String) throws {
        news = []
        var bytes = Array(keys.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            guard written > 0 else { throw Failure(what: "nobody reads the keys", screen: shown) }
            bytes = bytes.dropFirst(written)
        }
    }

    /// Closes the window: the command loses its terminal, and ends.
    func hangUp() {
        close(master)
        isOpen = false
        process.waitUntilExit()
    }

    /// Reads until the command ends; its exit code.
    func end() throws -> Int32 {
        let deadline = Date.now.addingTimeInterval(Self.patience)
        while try read(until: deadline, waitingFor: "the end") {}
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func wait(for what: String, until isThere: (String) -> Bool) throws {
        let deadline = Date.now.addingTimeInterval(Self.patience)
        while !isThere(Self.plain(news)) {
            guard try read(until: deadline, waitingFor: what) else {
                throw Failure(what: "goutong ended before it showed “\(what)”", screen: shown)
            }
        }
    }

    /// Takes what has come; false at the end.
    private func read(until deadline: Date, waitingFor what: String) throws -> Bool {
        var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        let left = Int32(max(0, deadline.timeIntervalSinceNow * 1000))
        guard poll(&descriptor, 1, left) > 0 else {
            throw Failure(what: "waited in vain for “\(what)”", screen: shown)
        }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = Foundation.read(master, &buffer, buffer.count)
        guard count > 0 else { return false }
        news += buffer[..<count]
        shown += Self.plain(Array(buffer[..<count]))
        return true
    }

    /// Text without colours and cursor movements.
    private static func plain(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
    }
}

extension Office {
    /// Runs goutong on a terminal, with someone at it.
    func onTerminal<Result: Sendable>(
        _ arguments: [String], setting: [String: String] = [:],
        person: @escaping @Sendable (PseudoTerminal) throws -> Result
    ) async throws -> Result {
        let environment = environment.merging(setting) { $1 }
        return try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                continuation.resume(
                    with: Swift.Result {
                        try person(PseudoTerminal(executable, arguments, environment: environment))
                    })
            }
            thread.start()
        }
    }
}
