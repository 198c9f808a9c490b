internal import Hummingbird

/// A route as it was declared, such as `/v1/meetings/{id}`: never a path, of which there are as many as
/// callers like.
struct RouteLabel: CustomStringConvertible {
    let description: String

    /// - Parameter declared: Hummingbird's form, `/v1/meetings/:id`; nil where no route fits.
    init(_ declared: String?) {
        // `NotFound` is what Hummingbird calls no route.
        description =
            declared.flatMap { $0 == "NotFound" ? nil : $0 }.map { declared in
                declared.split(separator: "/").map { part in
                    part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
                }.reduce("") { "\($0)/\($1)" }
            } ?? "none"
    }
}

/// A method of HTTP; whatever else a caller writes is `other`.
struct MethodLabel: CustomStringConvertible {
    let description: String

    init(_ method: HTTPRequest.Method) {
        let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        description = known.contains(method) ? method.rawValue : "other"
    }
}
