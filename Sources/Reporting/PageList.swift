import Mustache

/// Values of a page that are made one at a time, as they are drawn: a country's table has more rows than anybody
/// wants in memory twice.
struct PageList<Source: Sequence>: MustacheSequence {
    let source: Source
    let value: (Source.Element) -> [String: Any]

    init(_ source: Source, value: @escaping (Source.Element) -> [String: Any]) {
        self.source = source
        self.value = value
    }

    struct Iterator: IteratorProtocol {
        var source: Source.Iterator
        let value: (Source.Element) -> [String: Any]

        mutating func next() -> [String: Any]? { source.next().map(value) }
    }

    func makeIterator() -> Iterator { Iterator(source: source.makeIterator(), value: value) }
}
