import Foundation
import Hummingbird
import OutreachAPI
import Testing

/// What the running router answers, against what tells of it.
@Suite("every route is described and tried")
struct RouteTests {
    private static let methods = ["get", "post", "put", "patch", "delete"]

    @Test("the description has every route, and nothing that is none")
    func described() async throws {
        try await APIFixture.serving { api in
            let paths = try #require(
                try await api.send(.get, "/openapi.json").json()["paths"] as? [String: [String: any Sendable]]
            )
            let described = paths.flatMap { path, operations in
                operations.keys.filter(Self.methods.contains).map { "\($0.uppercased()) \(path)" }
            }
            let routes = Self.routes(of: api).map { "\($0.method) \($0.path)" }
            #expect(!routes.isEmpty && Set(described) == Set(routes))
            #expect(
                Set(described).symmetricDifference(routes).isEmpty,
                "\(Set(described).symmetricDifference(routes).sorted())")
        }
    }

    @Test("every route below /v1 is tried by every role")
    func tried() async throws {
        try await APIFixture.serving { api in
            for route in Self.routes(of: api) where route.path.hasPrefix("/v1/") {
                let isTried = RoleEndpoints.all.contains { call in
                    call.method.rawValue == route.method && Self.matches(call.path, route.path)
                }
                #expect(isTried, "\(route.method) \(route.path)")
            }
        }
    }

    private static func routes(of api: APIFixture) -> [(method: String, path: String)] {
        api.service.router().routes.map { ($0.method.rawValue, $0.path.description) }
    }

    private static func matches(_ path: String, _ pattern: String) -> Bool {
        let parts = path.prefix { $0 != "?" }.split(separator: "/")
        let wanted = pattern.split(separator: "/")
        return parts.count == wanted.count && zip(parts, wanted).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
    }
}
