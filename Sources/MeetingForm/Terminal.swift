import CTerminal
import Foundation
import Synchronization

/// The controlling terminal of this process, in raw or line mode until `close`.
///
/// Keys are read on a thread of their own: a cooperative thread never waits for a person. The
/// settings come back at `close`, when the value goes away, at exit and at a fatal signal.
public final class Terminal: FormTerminal {
    /// Why the terminal could not be opened.
    public enum Failure: Error, Hashable { case notATerminal, system(errno: Int32) }

    public let style: TerminalStyle
    private let input: Int32
    private let output: Int32
    private let wake: (read: Int32, write: Int32)
    private let queue: KeyQueue
    private let isOpen = Atomic(true)

    /// Takes over standard input and output; both must be a terminal.
    public init(style: TerminalStyle, input: Int32 = 0, output: Int32 = 1)
        throws(Failure)
    {
        guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system(errno: errno) }
        self.style = style
        self.input = input
        self.output = output
        wake = (ends[0], ends[1])
        queue = KeyQueue()
        _ = cterminal_use_utf8()
        let mode = style.isPlain ? CTERMINAL_LINES : CTERMINAL_KEYS
        guard cterminal_enter(input, output, mode, style.isPlain ? "" : Self.farewell) == 0 else {
            throw .system(errno: errno)
        }
        if !style.isPlain { write(Self.greeting) }
        let reader = Thread { [queue, input, wakeRead = ends[0]] in
            Self.read(from: input, wake: wakeRead, into: queue)
        }
        reader.name = "goutong keys"
        reader.start()
    }

    deinit { close() }

    /// Gives the terminal back. Harmless a second time.
    public func close() {
        guard isOpen.exchange(false, ordering: .acquiringAndReleasing) else { return }
        cterminal_leave()
        // The reader closes the pipe's read end itself, when it has seen this one close.
        _ = Glibc.close(wake.write)
    }

    public var columns: Int { size.columns }
    public var rows: Int { size.rows }
    public var hasWaitingKey: Bool { queue.hasKey }

    public func nextKey() async -> Key? { await queue.next() }

    public func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }

    private var size: (columns: Int, rows: Int) {
        var columns: Int32 = 0
        var rows: Int32 = 0
        cterminal_size(output, &columns, &rows)
        return (columns > 0 ? Int(columns) : 80, rows > 0 ? Int(rows) : 24)
    }

    /// An escape with nothing behind it for this long is the Esc key.
    private static let escapeTimeout: Int32 = 40
    /// Bracketed paste on; off again, with a visible cursor, on the way out.
    private static let greeting = "\u{1B}[?2004h"
    private static let farewell = "\u{1B}[?2004l\u{1B}[?25h"

    private static func read(from input: Int32, wake: Int32, into queue: KeyQueue) {
        var decoder = KeyDecoder()
        var buffer = [UInt8](repeating: 0, count: 4096)
        reading: while true {
            switch cterminal_wait(input, wake, decoder.isWaiting ? escapeTimeout : -1) {
            case 1:
                let count = Glibc.read(input, &buffer, buffer.count)
                if count < 0 && errno == EINTR { continue }
                // In line mode an empty read is Ctrl-D.
                guard count > 0 else { break reading }
                queue.add(decoder.feed(buffer[..<count]))
            case 0: queue.add(decoder.flush())
            default: break reading
            }
        }
        queue.finish()
        _ = Glibc.close(wake)
    }
}
