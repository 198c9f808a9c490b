/// How long to wait before the next try to reach a server that was there before.
///
/// The limit doubles from try to try, and the delay is anywhere below it, so that the many clients of a
/// server that comes back do not all knock at once ("full jitter").
struct ReconnectDelay {
    static let first: Duration = .milliseconds(50)
    static let longest: Duration = .seconds(1)

    private var limit = Self.first

    mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
        defer { limit = min(limit * 2, Self.longest) }
        return limit * Double.random(in: 0...1, using: &random)
    }
}
