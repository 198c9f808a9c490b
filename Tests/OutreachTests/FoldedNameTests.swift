import Outreach
import Testing

@Suite struct FoldedNameTests {
    @Test(arguments: [
        ("北京云杉科技有限公司", "北京市云杉科技有限责任公司"),
        ("北京云杉科技有限公司", "北京云杉科技股份有限公司"),
        ("百川（北京）网讯有限公司", "百川(北京)网讯有限公司"),
        ("北京ＡＢＣ商贸有限公司", "北京 abc 商贸有限公司"),
        ("北京云杉·恒瑞商贸有限公司", "北京云杉恒瑞商贸有限公司"),
    ])
    func spellingsOfOneFirm(_ left: String, _ right: String) {
        #expect(FoldedName(left) == FoldedName(right))
    }

    @Test(arguments: [
        ("北京云杉科技有限公司朝阳分公司", "北京云杉科技有限公司"),
        ("北京云杉科技有限公司朝阳分公司", "北京云杉科技有限公司海淀分公司"),
        ("北京云杉科技有限公司", "北京云杉商贸有限公司"),
        ("有限公司", "股份有限公司"),
        ("★", "●"),
    ])
    func firmsThatAreTwo(_ left: String, _ right: String) {
        #expect(FoldedName(left) != FoldedName(right))
    }

    @Test(arguments: ["有限公司", "…", "公司"]) func isNeverEmpty(_ name: String) {
        #expect(!FoldedName(name).text.isEmpty)
    }
}
