import Mustache

/// Values of a page that are made one at a time, as they are drawn: a country's table has more rows than anybody
/// wants in memory twice.
struct PageList: MustacheSequence {
    private let values: AnySequence<[String: Any]>

    init<Source: Sequence>(_ source: Source, value: @escaping (Source.Element) -> [String: Any]) {
        values = AnySequence(source.lazy.map(value))
    }

    func makeIterator() -> AnyIterator<[String: Any]> { values.makeIterator() }
}
