import Funnel
import Outreach

/// What stands at the head and at the foot of every rendering.
extension WeeklyContents {
    var federationName: String { words.language.of(figures.federation) }

    /// Names of the districts and areas that the figures are about; nil for the whole city.
    var scopeNames: String? {
        figures.scope.map {
            $0.map(report.unitName).joined(separator: words["format.list_separator"])
        }
    }

    var scopeSentence: String? { scopeNames.map { words("sentence.scope", ["names": $0]) } }

    /// The key of a word for the whole of the figures, which have another where that is not the city.
    func whole(_ key: String, inScope other: String) -> String { figures.scope == nil ? key : other }

    /// The period in words: `12月24日—12月30日`.
    var period: String {
        words(
            "format.period",
            [
                "from": words.monthAndDay(figures.week.start), "to": words.monthAndDay(figures.week.end),
                "year": String(figures.week.end.year),
            ])
    }

    /// Running number, period, and the mark of synthetic data.
    var issueLine: String {
        let number = report.circulation.number.map(String.init) ?? Self.blank
        return words("title.issue", ["number": number, "period": period])
            + (figures.synthetic ? words["synthetic.mark"] : "")
    }

    /// Name and issue in one line.
    var titleLine: String {
        [words["title.weekly"], issueLine, words["title.internal"]].joined(separator: " ")
    }

    var asKnownAt: String {
        words("sentence.as_known_at", ["instant": words.instant(figures.asKnownAt)])
    }

    /// Who the report is from, what it knows, who reported.
    var subtitleLine: String {
        [federationName, scopeSentence, asKnownAt, reportingSentence].compactMap(\.self)
            .joined(separator: "  ")
    }

    var signatures: String {
        let circulation = report.circulation
        return words(
            "sentence.signatures",
            [
                "preparer": circulation.preparer ?? Self.blank,
                "reviewer": circulation.reviewer ?? Self.blank,
                "signer": circulation.signer ?? Self.blank,
            ])
    }

    /// Which edition it is, which one it replaces, and why; nil before it is issued.
    var editionLine: String? {
        let circulation = report.circulation
        guard let edition = circulation.edition else { return nil }
        guard let replaces = circulation.replaces else {
            return words("sentence.edition", ["edition": "\(edition)"])
        }
        return words(
            "sentence.reissue",
            [
                "edition": "\(edition)", "replaces": "\(replaces)",
                "reason": circulation.reason ?? Catalogue.nothing,
            ])
    }

    /// nil before a report is issued.
    var auditHead: String? {
        report.circulation.auditHead.map { words("sentence.audit_head", ["head": $0]) }
    }

    static let blank = "____"
}
