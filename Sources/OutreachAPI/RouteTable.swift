internal import Hummingbird

/// Which methods each path has: to tell a path that does not exist from a method that it does not have.
struct RouteTable: Sendable {
    private let routes: [(segments: [String], methods: Set<String>)]

    /// - Parameter streams: paths whose size nobody knows before they are written: they have no head to ask for.
    init(_ router: Router<APIContext>, streams: Set<String> = []) {
        var methods: [String: Set<String>] = [:]
        for route in router.routes {
            methods[route.path.description, default: []].insert(route.method.rawValue)
        }
        routes = methods.map { path, methods in
            // Every document can be asked for its head.
            let hasHead = methods.contains("GET") && !streams.contains(path)
            return (Self.segments(path), hasHead ? methods.union(["HEAD"]) : methods)
        }
    }

    /// Sorted; empty where the path does not exist.
    func methods(of path: String) -> [String] {
        let asked = Self.segments(path)
        let matching = routes.filter { route in
            route.segments.count == asked.count
                && zip(route.segments, asked).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        // `meetings/batch` is that, and no meeting.
        let best = matching.max { Self.literals($0.segments) < Self.literals($1.segments) }
        return (best?.methods ?? []).sorted()
    }

    private static func segments(_ path: String) -> [String] {
        path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    }

    private static func literals(_ segments: [String]) -> Int {
        segments.count { !$0.hasPrefix("{") }
    }
}
