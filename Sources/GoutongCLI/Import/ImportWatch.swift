internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting

/// Says on a terminal how far an import has come: rows, rows a second, time left. Silent elsewhere.
final class ImportWatch {
    private let language: Language
    private let isShown: Bool
    private let began = ContinuousClock.now
    private var stepBegan = ContinuousClock.now
    private var step: ImportProgress.Step?
    private var lastShown: ContinuousClock.Instant?

    init(language: Language, json: Bool) {
        self.language = language
        isShown = !json && isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    func tell(_ progress: ImportProgress) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if progress.step != step {
            step = progress.step
            stepBegan = now
            lastShown = nil
        }
        if let lastShown, now - lastShown < .milliseconds(200), progress.rows != progress.total { return }
        lastShown = now
        write("\r" + line(progress, after: now - stepBegan) + "\u{1B}[K")
    }

    /// Takes the line away.
    func end() {
        if isShown, lastShown != nil { write("\r\u{1B}[K") }
        lastShown = nil
    }

    private func line(_ progress: ImportProgress, after time: Duration) -> String {
        let word: Bilingual =
            switch progress.step {
            case .reading: Bilingual(zh: "读取", en: "reading")
            case .checking: Bilingual(zh: "核对", en: "checking")
            case .publishing: Bilingual(zh: "登记", en: "recording")
            }
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        let rate = seconds > 0 ? Int(Double(progress.rows) / seconds) : 0
        var parts = [language.of(word), "\(progress.rows)" + (progress.total.map { "/\($0)" } ?? "")]
        if progress.step != .checking {
            parts.append(language.of(Bilingual(zh: "每秒 \(rate) 行", en: "\(rate) rows/s")))
        }
        if let total = progress.total, rate > 0 {
            let left = (total - progress.rows) / rate
            parts.append(language.of(Bilingual(zh: "还需约 \(left) 秒", en: "about \(left) s left")))
        }
        return parts.joined(separator: "  ")
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
