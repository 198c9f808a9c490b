import Testing

@testable import PostgresClient

@Suite("Pauses between tries to reconnect")
struct ReconnectDelayTests {
    @Test("each is anywhere below a limit that doubles up to its greatest")
    func limits() {
        var random = SeededGenerator(seed: 1)
        var greatest = [Duration](repeating: .zero, count: 8)
        for _ in 0..<2000 {
            var delay = ReconnectDelay()
            for index in greatest.indices {
                greatest[index] = max(greatest[index], delay.next(using: &random))
            }
        }
        for (index, seen) in greatest.enumerated() {
            let limit = min(ReconnectDelay.first * (1 << index), ReconnectDelay.longest)
            #expect(seen <= limit && seen > limit * 0.9, "\(index)")
        }
    }

    @Test("two clients do not knock together")
    func jitter() {
        var random = SeededGenerator(seed: 2)
        var one = ReconnectDelay()
        var other = ReconnectDelay()
        let pairs = (0..<20).map { _ in (one.next(using: &random), other.next(using: &random)) }
        #expect(pairs.allSatisfy { $0.0 != $0.1 })
    }
}
