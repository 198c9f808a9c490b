/// Numbers that name a person and have no place in free text, which is stored in clear.
enum PersonalNumber {
    /// Whether a mobile number or a citizen identity number stands in the text, in any width, also with
    /// spaces or hyphens inside.
    static func occurs(in text: String) -> Bool {
        var run = ""
        for scalar in text.unicodeScalars {
            let narrow = NormalisedText.narrowed(scalar)
            switch narrow {
            case "0"..."9": run.unicodeScalars.append(narrow)
            case _ where run.count == 17 && (narrow == "x" || narrow == "X"): run.append("X")
            case " ", "-": continue
            default:
                if isPersonal(run) { return true }
                run = ""
            }
        }
        return isPersonal(run)
    }

    private static func isPersonal(_ run: String) -> Bool {
        switch run.count {
        case 11, 13: (try? Mobile(validating: run)) != nil
        case 18: (try? ResidentID(validating: run)) != nil
        default: false
        }
    }

    static let refusal = CodeError(
        "text.personal_number", "文字中有手机号或身份证号", "a mobile or identity number stands in the text",
        mendZh: "删去号码；联系方式填在联系人或申请人的专门字段里，那里会加密",
        mendEn: "take it out; contacts and applicants have fields of their own, which are sealed")
}
