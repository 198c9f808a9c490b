internal import Outreach

// Rules that only the ledger can check, as document issues.
extension DocumentRefused {
    static func areaNotValid(at pointer: String) -> DocumentRefused {
        DocumentRefused(
            first: DocumentIssue(
                code: "area.not_valid_on_day", pointer: pointer,
                rule: Bilingual(
                    zh: "该街道（乡镇）代码在召开当日不存在",
                    en: "no street or township has this code on the day of the meeting"),
                mend: Bilingual(
                    zh: "请按召开当日的区划填写代码，或用 goutong 表单按名称查找",
                    en: "give the code of that day, or find the area by name in the form")))
    }

    static func firmListedTwice(at index: Int, first: Int) -> DocumentRefused {
        DocumentRefused(
            first: DocumentIssue(
                code: "firm.listed_twice", pointer: "/firms/\(index)",
                rule: Bilingual(
                    zh: "与第 \(first + 1) 家是同一企业",
                    en: "the same firm as entry \(first + 1) of the list"),
                mend: Bilingual(
                    zh: "合并为一条；如确为两家，请填写各自的统一社会信用代码",
                    en: "merge the two entries; if they are two firms, give each its credit code")))
    }

    static func unknownApplicant(at index: Int) -> DocumentRefused {
        DocumentRefused(
            first: DocumentIssue(
                code: "applicant.unknown", pointer: "/applicants/\(index)",
                rule: Bilingual(
                    zh: "只给了编号，但本场沟通会没有这位申请人",
                    en: "given by id alone, but this meeting has no such applicant"),
                mend: Bilingual(
                    zh: "补全该申请人的信息，或从名单中删去",
                    en: "state the applicant in full, or leave the entry out")))
    }

    static var applicantElsewhere: DocumentRefused {
        DocumentRefused(
            first: DocumentIssue(
                code: "applicant.id_in_use", pointer: "/applicants",
                rule: Bilingual(
                    zh: "有申请人的编号已在另一场沟通会登记",
                    en: "an applicant's id is already recorded at another meeting"),
                mend: Bilingual(
                    zh: "为该申请人生成新的编号后重新提交",
                    en: "mint a new id for that applicant and send again")))
    }

    static func unknownFirm(at pointer: String) -> DocumentRefused {
        DocumentRefused(
            first: DocumentIssue(
                code: "firm.unknown", pointer: pointer,
                rule: Bilingual(zh: "台账中没有这家企业", en: "no such firm in the ledger"),
                mend: Bilingual(
                    zh: "先用 goutong firm find 查找企业，或先登记沟通会",
                    en: "look the firm up with goutong firm find, or log its meeting first")))
    }
}

extension DocumentIssue {
    static var mergeKnown: DocumentIssue {
        DocumentIssue(
            code: "merge.conflict", pointer: "/id",
            rule: Bilingual(zh: "同一编号已登记了另外两家企业的合并", en: "this id holds the merge of other firms"),
            mend: Bilingual(zh: "换一个新的编号", en: "mint a new id"))
    }

    static var mergedAlready: DocumentIssue {
        DocumentIssue(
            code: "firm.merged_already", pointer: "/duplicate",
            rule: Bilingual(zh: "该企业已并入另一家", en: "this firm is merged into another already"),
            mend: Bilingual(zh: "先用 goutong firm unmerge 撤销", en: "undo that first with goutong firm unmerge")
        )
    }

    static var mergedInLoop: DocumentIssue {
        DocumentIssue(
            code: "firm.merged_in_loop", pointer: "/kept",
            rule: Bilingual(
                zh: "保留的企业就是该企业，或本身已并入它",
                en: "the firm to keep is this one, or is itself merged into it"),
            mend: Bilingual(zh: "核对，或对调两家企业", en: "check them, or swap the two firms"))
    }
}
