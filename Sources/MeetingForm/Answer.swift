import Outreach

/// One answer, checked when it was given. Values are kept as the document writes them, so that a draft
/// outlives a change of the program.
enum Answer: Hashable, Codable, Sendable {
    /// Asked, and left empty on purpose.
    case left
    case text(String)
    case lines([String])
    case number(Int)
    /// `YYYY-MM-DD`.
    case day(String)
    /// `HH:MM`.
    case time(String)
    /// A code of the contract, `true` and `false` included.
    case choice(String)
    case choices([String])
    case area(AreaAnswer)
    case firm(FirmAnswer)
    /// An identity document: `resident_id` or another kind of the contract, and its number.
    case document(kind: String, number: String)
    /// As many as are listed, also when more are listed later.
    case listed
    /// As it stands on record; what is shown of it is a mask, its value stays out of the draft.
    case kept(String)
    /// As it stands on record, of which nothing is shown here.
    case hidden

    static func day(_ day: Day) -> Self { .day(day.iso) }

    var text: String? { if case .text(let value) = self { value } else { nil } }
    var lines: [String]? { if case .lines(let value) = self { value } else { nil } }
    var number: Int? { if case .number(let value) = self { value } else { nil } }
    var day: Day? { if case .day(let value) = self { Day(iso: value) } else { nil } }
    var time: TimeOfDay? { if case .time(let value) = self { TimeOfDay(value) } else { nil } }
    var choice: String? { if case .choice(let value) = self { value } else { nil } }
    var choices: [String]? { if case .choices(let value) = self { value } else { nil } }
    var area: AreaAnswer? { if case .area(let value) = self { value } else { nil } }
    var firm: FirmAnswer? { if case .firm(let value) = self { value } else { nil } }
}

/// A street or township that was chosen.
struct AreaAnswer: Hashable, Codable, Sendable {
    var code: String
    var name: String?
    var district: String?

    init(code: String) { self.code = code }

    init(_ choice: AreaChoice) {
        code = choice.code.text
        name = choice.name
        district = choice.district
    }
}

/// A firm that was chosen or named, with what is known of it as defaults for its questions.
struct FirmAnswer: Hashable, Codable, Sendable {
    var name: String?
    var uscc: String?
    var area: AreaAnswer?
    var knownStatus: String?
    var knownHeadcount: Int?

    init(name: String? = nil, uscc: String? = nil) {
        self.name = name
        self.uscc = uscc
    }

    init(_ choice: FirmChoice) {
        name = choice.name
        uscc = choice.uscc?.text
        area = choice.area.map(AreaAnswer.init)
        knownStatus = choice.unionStatus?.rawValue
        knownHeadcount = choice.headcount
    }

    /// What people call it.
    var title: String { name ?? uscc ?? "" }
}
