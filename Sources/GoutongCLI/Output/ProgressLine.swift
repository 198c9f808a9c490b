internal import Foundation
internal import Outreach
internal import Reporting

/// Says on a terminal how far a long step has come: how many, how many a second, time left. Silent elsewhere.
final class ProgressLine {
    private let language: Language
    private let isShown: Bool
    private var step: Bilingual?
    private var stepBegan = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?

    init(language: Language, json: Bool) {
        self.language = language
        isShown = !json && isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// - Parameters:
    ///   - unit: what is counted, as in rows a second; nil: no rate is told.
    func tell(_ step: Bilingual, done: Int, of total: Int?, unit: Bilingual?) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if step != self.step {
            (self.step, stepBegan, lastShown) = (step, now, nil)
        }
        if let lastShown, now - lastShown < .milliseconds(200), done != total { return }
        lastShown = now
        write("\r" + line(step, done, of: total, unit, in: (now - stepBegan) / .seconds(1)) + "\u{1B}[K")
    }

    /// Takes the line away.
    func end() {
        if isShown, lastShown != nil { write("\r\u{1B}[K") }
        lastShown = nil
    }

    private func line(
        _ step: Bilingual, _ done: Int, of total: Int?, _ unit: Bilingual?, in seconds: Double
    ) -> String {
        var parts = [language.of(step), "\(done)" + (total.map { "/\($0)" } ?? "")]
        let rate = seconds > 0 ? Double(done) / seconds : 0
        if let unit {
            let number = Int(rate.rounded())
            parts.append(
                language.of(Bilingual(zh: "每秒 \(number) \(unit.zh)", en: "\(number) \(unit.en)/s")))
        }
        if let total, rate > 0 {
            let left = Int((Double(total - done) / rate).rounded(.up))
            parts.append(language.of(Bilingual(zh: "还需约 \(left) 秒", en: "about \(left) s left")))
        }
        return parts.joined(separator: "  ")
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
