public import Funnel

extension HeadlineMeasure {
    /// What a file may write for a figure: its name with or without its unit, or the short one, in either language.
    public static var words: [String: String] {
        var words: [String: String] = [:]
        for catalogue in [Catalogue(.zh), Catalogue(.en)] {
            for measure in allCases {
                for key in ["measure", "short"] {
                    guard let name = catalogue.known("\(key).\(measure.rawValue)") else { continue }
                    words[name] = measure.rawValue
                    words[String(name.prefix { $0 != "(" && $0 != "（" })] = measure.rawValue
                }
            }
        }
        return words
    }
}
