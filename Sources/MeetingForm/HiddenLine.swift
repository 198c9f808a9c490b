internal import CTerminal
internal import Foundation

/// Reads one line from the terminal without showing it. The terminal's settings return whatever happens.
public enum HiddenLine {
    public enum Failure: Error, Sendable {
        /// Ctrl-C or Ctrl-D.
        case cancelled
        /// Standard input or error is no terminal, or it is not to be set.
        case noTerminal
    }

    /// Whether there is somebody to ask.
    public static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Asks on standard error, so that standard output stays data.
    public static func ask(_ prompt: String) throws(Failure) -> String {
        guard isPossible, cterminal_enter(STDIN_FILENO, STDERR_FILENO, CTERMINAL_HIDDEN, "\n") == 0 else {
            throw .noTerminal
        }
        defer { cterminal_leave() }
        FileHandle.standardError.write(Data(prompt.utf8))
        // Byte by byte, not through a buffer of the C library: that would wait for a newline after Ctrl-C, which
        // ends the line too.
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != 3 else { throw .cancelled }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
    }
}
