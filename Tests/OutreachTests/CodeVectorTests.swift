import Outreach
import Testing

private let vectors = CodeVectors.all

/// Every vector of the fixture. Lower case and full width stand among its invalid ones because they are
/// accepted only by normalising: those have tests of their own.
@Suite struct CodeVectorTests {
    static let normalised = ["91110101ma00te5t21", "９1110101MA00TE5T21", "11010019880808003x"]

    @Test(arguments: vectors.uscc.valid) func creditCode(_ vector: [String]) throws {
        let code = try CreditCode(validating: vector[0])
        #expect(code.text == vector[0])
        #expect(!code.organisationCodeMismatch)
    }

    @Test(arguments: vectors.uscc.invalid.filter { !normalised.contains($0[0]) })
    func refusedCreditCode(_ vector: [String]) {
        #expect(throws: CodeError.self) { try CreditCode(validating: vector[0]) }
    }

    @Test(arguments: ["91110101ma00te5t21", "９1110101MA00TE5T21", " 91110101-MA00TE5T 21\u{200E}"])
    func normalisedCreditCode(_ text: String) throws {
        #expect(try CreditCode(validating: text).text == "91110101MA00TE5T21")
    }

    @Test(arguments: vectors.uscc.orgCodeMismatch) func innerMismatchIsNoRefusal(_ vector: [String]) throws {
        #expect(try CreditCode(validating: vector[0]).organisationCodeMismatch)
    }

    @Test func everySingleSlipIsSeen() throws {
        let code = Array("91110108MA01ABCD5T")
        for position in code.indices {
            var wrong = code
            wrong[position] = code[position] == "7" ? "8" : "7"
            #expect(throws: CodeError.self) { try CreditCode(validating: String(wrong)) }
            guard position > 0, code[position] != code[position - 1] else { continue }
            var swapped = code
            swapped.swapAt(position, position - 1)
            #expect(throws: CodeError.self) { try CreditCode(validating: String(swapped)) }
        }
    }

    @Test func checkCharacterHasItsStableName() {
        let error = #expect(throws: CodeError.self) { try CreditCode(validating: "91110101MA00TE5T20") }
        #expect(error?.code == "uscc.check_character")
    }

    @Test(arguments: vectors.residentID.valid) func residentID(_ vector: [String]) throws {
        #expect(try ResidentID(validating: vector[0]).text == vector[0])
    }

    @Test(
        arguments: vectors.residentID.invalid.filter {
            !normalised.contains($0[0]) && !$0[1].contains("future")
        })
    func refusedResidentID(_ vector: [String]) {
        #expect(throws: CodeError.self) { try ResidentID(validating: vector[0]) }
    }

    @Test func lowerCaseXIsNormalised() throws {
        #expect(try ResidentID(validating: "11010019880808003x").text == "11010019880808003X")
    }

    @Test(arguments: vectors.residentID.legacy15To18) func legacyNumber(_ vector: [String]) throws {
        #expect(try ResidentID.upgrading(legacy: vector[0]).text == vector[1])
    }

    @Test func ageTurnsOnTheBirthday() throws {
        let person = try ResidentID(validating: "110100200212310076")
        let eve = try #require(Day(iso: "2018-12-30"))
        #expect(person.birthDay.iso == "2002-12-31")
        #expect(person.age(on: eve) == 15)
        #expect(person.age(on: eve.adding(days: 1)) == 16)
    }

    @Test func leapDayBirthdayTurnsInMarch() throws {
        let person = try ResidentID(validating: "110100199602290044")
        #expect(person.age(on: try #require(Day(iso: "2015-02-28"))) == 18)
        #expect(person.age(on: try #require(Day(iso: "2015-03-01"))) == 19)
    }

    @Test(arguments: vectors.mobile.valid) func mobile(_ vector: [String]) throws {
        #expect(try Mobile(validating: vector[0]).text == vector[0])
    }

    @Test(arguments: vectors.mobile.invalid) func refusedMobile(_ vector: [String]) {
        #expect(throws: CodeError.self) { try Mobile(validating: vector[0]) }
    }

    @Test(arguments: vectors.mobile.normalise) func normalisedMobile(_ vector: [String]) throws {
        #expect(try Mobile(validating: vector[0]).text == vector[1])
    }

    @Test(arguments: vectors.regionCode.valid.filter { [6, 9, 12].contains($0[0].utf8.count) })
    func region(_ vector: [String]) {
        // The statistical code of a township ends in 000 where a village would stand.
        #expect(RegionCode.isWellFormed(vector[0]))
    }

    /// An abolished county is well formed: only the dated map knows it is gone.
    @Test(arguments: vectors.regionCode.invalid.filter { !$0[1].contains("abolished") })
    func refusedRegion(_ vector: [String]) {
        #expect(!RegionCode.isWellFormed(vector[0]))
    }

    @Test(
        arguments: zip(
            vectors.regionCode.kindByDigits79, [RegionCode.Kind.subdistrict, .town, .township, .quasi]))
    func kind(_ vector: [String], _ kind: RegionCode.Kind) {
        #expect(RegionCode.kind(vector[0]) == kind)
    }

    @Test(arguments: ["110101", "110101001001", "110000000", "11010100A", "990101001"])
    func areaCodeIsAStreetOrTownship(_ text: String) {
        #expect(throws: CodeError.self) { try AreaCode(validating: text) }
    }

    @Test(arguments: vectors.gbt4754.valid) func industry(_ vector: [String]) throws {
        #expect(try IndustryCode(validating: vector[0]).text == vector[0])
    }

    @Test(arguments: vectors.gbt4754.invalid) func refusedIndustry(_ vector: [String]) {
        #expect(throws: CodeError.self) { try IndustryCode(validating: vector[0]) }
    }

    /// Texts in both languages, and none of them repeats the number that was refused.
    @Test func refusalsCarryNoValue() {
        let error = #expect(throws: CodeError.self) { try ResidentID(validating: "110100199003070010") }
        for text in [error?.rule.zh, error?.rule.en, error?.mend.zh, error?.mend.en] {
            #expect(text?.isEmpty == false && text?.contains("199003") == false)
        }
    }
}
