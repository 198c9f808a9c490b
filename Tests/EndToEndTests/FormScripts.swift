/// What a cadre types on the form: the question that is waited for, and its answer.
struct FormScript {
    let answers: [(question: String, answer: String)]
    /// The answers that mend the mistake on the review page, up to the submission.
    let review: [(question: String, answer: String)]

    /// An enterprise meeting in a park with three firms; the head count of the second is mistyped.
    static let enterprise = FormScript(
        answers: [
            ("沟通会类别", "企业"), ("召开日期", "今天"), ("召开地街道(乡镇)", "八里庄街道"), ("按序号选定", ""),
            ("场所类型", "园区"), ("具体地点", "莱锦文创园"), ("召开方式", "集中座谈"), ("参会人数", "14"),
            ("企业 1 · 企业全称", "北京天成科技有限公司"), ("建会状况", ""), ("职工人数(可约数)", "86"),
            ("建会态度", "支持"), ("建会意向", "口头"), ("下一步措施", "寄送建会材料"),
            ("企业 2 · 企业全称", "北京光华餐饮有限公司"), ("建会状况", ""), ("职工人数(可约数)", "1200"),
            ("建会态度", "观望"), ("建会意向", ""), ("下一步措施", ""),
            ("企业 3 · 企业全称", "北京朝阳印刷厂"), ("建会状况", "待核实"), ("职工人数(可约数)", "45"),
            ("建会态度", "4"), ("建会意向", ""), ("下一步措施", "-"),
            ("企业 4 · 企业全称", ""), ("申请人 1 · 姓名", ""), ("意见建议", "希望就近办理；盼送课上门"), ("备注", ""),
        ],
        // Firm 2 is line 9, its head count the third of its own.
        review: [("请选择", "9.3"), ("职工人数(可约数)", "120"), ("请选择", "y")])

    /// Two couriers at a metro station; the mobile of the first is mistyped.
    static let worker = FormScript(
        answers: [
            ("沟通会类别", "职工"), ("召开日期", "今天"), ("召开地街道(乡镇)", "wjjd"), ("按序号选定", ""),
            ("场所类型", "地铁站"), ("具体地点", "望京站 A 口"), ("召开方式", "摆摊设点"), ("咨询(人次)", "34"),
            ("申请人 1 · 姓名", "张三"), ("手机号", "13800138001"), ("身份证号", ""), ("工作单位", "顺丰速运"),
            ("人员类别", "农民工 快递员"), ("申请方式", "纸质"), ("个人信息告知同意", "1"),
            ("申请人 2 · 姓名", "李四"), ("手机号", ""), ("身份证号", "110105199003070033"), ("工作单位", ""),
            ("人员类别", ""), ("申请方式", "扫码"), ("个人信息告知同意", "y"),
            ("申请人 3 · 姓名", ""), ("企业 1 · 企业全称", ""), ("现场申请入会人数(合计)", "46"), ("意见建议", ""),
            ("备注", ""),
        ],
        // Applicant 1 is line 8: its page, the mobile, then submit.
        review: [("请选择", "8"), ("请选择", "2"), ("手机号", "13800138000"), ("请选择", "提交")])

    /// One courier and one firm, nothing mistyped on the review page.
    static let withFirm = FormScript(
        answers: [
            ("沟通会类别", "职工"), ("召开日期", "今天"), ("召开地街道(乡镇)", "wjjd"), ("按序号选定", ""),
            ("场所类型", "地铁站"), ("具体地点", "望京站 A 口"), ("召开方式", "摆摊设点"), ("咨询(人次)", "34"),
            ("申请人 1 · 姓名", "张三"), ("手机号", "13800138000"), ("身份证号", ""), ("工作单位", ""),
            ("人员类别", "快递员"), ("申请方式", "纸质"), ("个人信息告知同意", "1"), ("申请人 2 · 姓名", ""),
            ("企业 1 · 企业全称", "北京光华餐饮公司"), ("建会状况", ""), ("职工人数(可约数)", "45"),
            ("建会态度", "支持"), ("建会意向", ""), ("下一步措施", ""), ("企业 2 · 企业全称", ""),
            ("现场申请入会人数(合计)", "46"), ("意见建议", ""), ("备注", ""),
        ], review: [("请选择", "y")])

    /// What nobody may read on the disk.
    static let secrets = ["张三", "李四", "13800138001", "13800138000", "110105199003070033"]
}

extension PseudoTerminal {
    func type(_ lines: some Sequence<(question: String, answer: String)>) throws {
        for (question, answer) in lines { try self.answer(question, answer) }
    }
}
