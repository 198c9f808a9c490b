public import Outreach

/// Answers files of test vectors, so that an analyst can check any statistic from R or Python.
///
/// A file is an object with the `name` of a statistic and `cases`, each with what is given under `in`; the
/// answer is the same file with `out` in every case. Numbers are not rounded; undefined is null, and an
/// infinite number is the text `inf` or `-inf`. Keys that a statistic does not read stay as they are.
public enum StatisticVectors {
    /// The names that are answered.
    public static var names: [String] { StatisticFamily.all.map(\.name) }

    /// More issues would help nobody: a file with so many is of another format.
    private static let issueLimit = 200

    public struct Answer: Sendable {
        /// The file with `out` in every case.
        public let document: JSONValue
        /// The statistic's.
        public let name: String
        /// Keys under `in` that it reads in no case, with those of the objects that they stand in before them: notes,
        /// or options that there are not.
        public let unusedKeys: [String]
    }

    /// Every case is read before anything is refused; of each, its first issue is told at its pointer.
    public static func answer(_ bytes: [UInt8]) throws(DocumentRefused) -> Answer {
        let document = try JSONValue(parsing: bytes)
        let family: StatisticFamily
        let cases: [VectorInput]
        do throws(DocumentIssue) {
            let file = try VectorInput(document, at: "")
            family = try self.family(of: file)
            cases = try file.objects("cases")
        } catch {
            throw DocumentRefused(first: error)
        }
        let usage = KeyUsage()
        var issues: [DocumentIssue] = []
        var answered: [JSONValue] = []
        for entry in cases where issues.count < issueLimit {
            do throws(DocumentIssue) {
                let answer = try family.answer(try entry.object("in", noting: usage))
                answered.append(entry.value.replacing("out", by: answer))
            } catch {
                issues.append(error)
            }
        }
        if let refused = DocumentRefused(issues) { throw refused }
        return Answer(
            document: document.replacing("cases", by: .array(answered)), name: family.name,
            unusedKeys: usage.unused)
    }

    private static func family(of file: VectorInput) throws(DocumentIssue) -> StatisticFamily {
        let name = try file.text("name")
        guard let family = StatisticFamily.all.first(where: { $0.name == name }) else {
            let all = names.joined(separator: " ")
            throw file.issue(
                "statistic.unknown", "name", Bilingual(zh: "没有这种统计量", en: "no such statistic"),
                mend: Bilingual(zh: "可选：\(all)", en: "one of: \(all)"))
        }
        return family
    }
}

/// A statistic that vectors may name.
struct StatisticFamily: Sendable {
    let name: String
    /// From a case's `in` to its `out`.
    let answer: @Sendable (VectorInput) throws(DocumentIssue) -> JSONValue

    static let all: [StatisticFamily] =
        primitives + proportions + changes + controlLimits + shrinkage + timeToEvent + comparison + panels
        + publication + [funnelSemantics]
}
