internal import CLibPQ
internal import Foundation

/// Where a connection string leads: one or more endpoints, each tried with a share of the deadline.
///
/// libpq's asynchronous connect leaves time-outs to its caller and resolves names by blocking. So the
/// hosts of a multi-host string are tried one by one here, and names are resolved on a thread apart.
/// Without a host (`PGHOST`, a service file) libpq does all of it, DNS included.
struct ConnectionTarget: Sendable {
    /// Keyword and value pairs for `PQconnectStartParams`.
    typealias Parameters = [String: String]

    private let parameters: Parameters

    /// - Parameter conninfo: a URI or a keyword string.
    init(_ conninfo: String, at site: CallSite) throws(PostgresError) {
        var message: UnsafeMutablePointer<CChar>?
        // The message may quote a part of the string, a password even: it is dropped.
        defer { unsafe PQfreemem(message) }
        guard let options = unsafe PQconninfoParse(conninfo, &message) else {
            throw PostgresError(.invalidConnectionString, at: site)
        }
        defer { unsafe PQconninfoFree(options) }
        var parameters: Parameters = [:]
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe parameters[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
        parameters["client_encoding"] = "UTF8"
        if parameters["application_name"] == nil { parameters["fallback_application_name"] = "goutong" }
        self.parameters = parameters
    }

    /// The longest time one endpoint may take, if the string says so.
    var endpointLimit: Duration? {
        parameters["connect_timeout"].flatMap { Int($0) }.flatMap { $0 > 0 ? .seconds($0) : nil }
    }

    /// One set of parameters per address, in the order to try. Names that do not resolve within
    /// `limit` are left out.
    func endpoints(within limit: Duration) async -> [Parameters] {
        var found: [Parameters] = []
        for endpoint in separateHosts() {
            guard let host = endpoint["host"], endpoint["hostaddr"] == nil, Self.isName(host) else {
                found.append(endpoint)
                continue
            }
            for address in await HostResolution.addresses(of: host, within: limit) {
                found.append(endpoint.merging(["hostaddr": address]) { _, new in new })
            }
        }
        guard parameters["target_session_attrs"] == "prefer-standby" else { return found }
        return ["standby", "any"].flatMap { kind in
            found.map { $0.merging(["target_session_attrs": kind]) { _, new in new } }
        }
    }

    private func separateHosts() -> [Parameters] {
        func list(_ keyword: String) -> [String] {
            parameters[keyword].map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            } ?? []
        }
        let (hosts, addresses, ports) = (list("host"), list("hostaddr"), list("port"))
        let count = max(hosts.count, addresses.count)
        // What does not match is libpq's to refuse.
        guard parameters["service"] == nil, count > 0,
            [0, count].contains(hosts.count), [0, count].contains(addresses.count),
            [0, 1, count].contains(ports.count)
        else { return [parameters] }
        return (0..<count).map { index in
            var endpoint = parameters
            endpoint["host"] = hosts.isEmpty ? nil : hosts[index]
            endpoint["hostaddr"] = addresses.isEmpty || addresses[index].isEmpty ? nil : addresses[index]
            endpoint["port"] = ports.isEmpty ? nil : ports[ports.count == 1 ? 0 : index]
            return endpoint
        }
    }

    /// Neither a socket folder nor a numeric address.
    private static func isName(_ host: String) -> Bool {
        var buffer = in6_addr()
        return unsafe !host.isEmpty && !host.hasPrefix("/") && !host.hasPrefix("@")
            && inet_pton(AF_INET, host, &buffer) != 1 && inet_pton(AF_INET6, host, &buffer) != 1
    }
}

extension ConnectionTarget.Parameters {
    /// Calls `PQconnectStartParams`.
    func startConnecting() -> OpaquePointer? {
        let pairs = unsafe map { unsafe (strdup($0.key), strdup($0.value)) }
        defer {
            for unsafe(keyword, value) in unsafe pairs {
                unsafe free(keyword)
                unsafe free(value)
            }
        }
        let keywords = unsafe pairs.map { unsafe UnsafePointer($0.0) } + [nil]
        let values = unsafe pairs.map { unsafe UnsafePointer($0.1) } + [nil]
        return unsafe PQconnectStartParams(keywords, values, 0)
    }
}
