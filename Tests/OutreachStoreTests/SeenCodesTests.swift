@testable import OutreachStore
import Testing

@Suite struct SeenCodesTests {
    @Test(
        "a code that stands twice is suspected, one that stands once is not, and a row without one is no code"
    )
    func suspects() {
        var codes = SeenCodes()
        for code in ["A1", "B2", "", "A1", "", "C3", "A1"] { codes.insert(Array(code.utf8)) }
        #expect(codes.suspected == ["A1", "A1"])
    }

    @Test("past its limits it no longer tells", arguments: [(3, 9), (9, 1)])
    func limits(longest: Int, most: Int) {
        var codes = SeenCodes(longest: longest, most: most)
        for code in ["A1", "B2", "C3", "A1"] { codes.insert(Array(code.utf8)) }
        #expect(codes.suspected != nil)
        for code in ["D4", "A1"] { codes.insert(Array(code.utf8)) }
        #expect(codes.suspected == nil)
        codes.insert(Array("E5".utf8))
        #expect(codes.suspected == nil)
    }
}
