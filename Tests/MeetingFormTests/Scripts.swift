/// What a cadre types: one entry for each question, its lines inside. A list to choose from takes a second line.
enum Script {
    /// Three firms met in a park; the head count of the second is mistyped.
    static let enterpriseAnswers = [
        ["企业"], ["9月12日"], ["八里庄街道", "1"], ["园区"], ["莱锦文创园"], ["jzzt"], ["14"],
        ["北京天成科技有限公司"], [""], [""], ["支持"], ["口头"], ["寄送建会材料"],
        ["北京光华餐饮有限公司"], [""], ["1200"], ["观望"], [""], [""],
        ["北京朝阳印刷厂"], ["待核实"], ["45"], ["4"], [""], ["-"],
        [""], [""], ["希望就近办理；盼送课上门"], [""],
    ]

    /// The mistake is found and mended: firm 2 is line 9, its head count the third of its own.
    static let enterpriseReview = [["9.3"], ["120"], ["y"]]

    /// Two couriers at a metro station; the mobile of the first is mistyped.
    static let workerAnswers = [
        ["职工"], ["今天"], ["wjjd"], ["地铁站"], ["望京站 A 口"], ["摆摊设点"], ["34"],
        ["张三"], ["13800138001"], [""], ["顺丰速运"], ["农民工 快递员"], ["纸质"], ["1"],
        ["李四"], [""], ["110105199003070033"], [""], [""], ["扫码"], ["y"],
        [""], [""], ["46"], [""], [""],
    ]

    /// Applicant 1 is line 8: its page, the mobile, then submit.
    static let workerReview = [["8", "2"], ["13800138000"], ["提交"]]

    static var enterprise: [String] { (enterpriseAnswers + enterpriseReview).flatMap(\.self) }
    static var worker: [String] { (workerAnswers + workerReview).flatMap(\.self) }
}
