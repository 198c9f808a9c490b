extension JSONValue {
    /// Reads one JSON text, strictly: UTF-8, no duplicate keys, no lone surrogates, bounded depth.
    public init(parsing bytes: [UInt8]) throws(DocumentRefused) { self = try JSONReader.read(bytes) }
}
