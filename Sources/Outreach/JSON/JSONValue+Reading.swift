extension JSONValue {
    /// Reads one JSON text, strictly; the issue names no value.
    public static func reading(_ bytes: [UInt8]) throws(DocumentRefused) -> JSONValue {
        try JSONReader.read(bytes)
    }
}
