internal import Outreach
internal import Reporting
internal import Synchronization

/// The steps of a restore as they are done, with how long each took.
final class RestoreSteps: Sendable {
    private let taken = Mutex<[(name: String, seconds: Double)]>([])
    private let language: Language
    private let isQuiet: Bool

    init(language: Language, isQuiet: Bool) {
        self.language = language
        self.isQuiet = isQuiet
    }

    /// To the hundredth of a second.
    var seconds: [(name: String, seconds: Double)] { taken.withLock { $0 } }

    nonisolated(nonsending) func time<Value>(
        _ name: String, _ said: Bilingual, _ body: nonisolated(nonsending) () async throws -> Value
    ) async throws -> Value {
        let begun = ContinuousClock.now
        let value = try await body()
        let rounded = ((ContinuousClock.now - begun) / .seconds(1) * 100).rounded() / 100
        taken.withLock { $0.append((name, rounded)) }
        say(Bilingual(zh: "\(said.zh)  \(rounded) 秒", en: "\(said.en)  \(rounded) s"))
        return value
    }

    func say(_ text: Bilingual) {
        guard !isQuiet else { return }
        Console.say(language.of(text))
    }
}
