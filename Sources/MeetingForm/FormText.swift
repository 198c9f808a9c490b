import Outreach

/// The words of the form, after the federation's own terms. Both languages stand side by side, so that
/// neither can lack a word.
enum FormText {
    private static func say(_ zh: String, _ en: String) -> Bilingual { Bilingual(zh: zh, en: en) }

    // Labels of the meeting.
    static let kind = say("沟通会类别", "Kind of meeting")
    static let heldOn = say("召开日期", "Date")
    static let area = say("召开地街道(乡镇)", "Street/township")
    static let venueKind = say("场所类型", "Venue type")
    static let venueName = say("具体地点", "Place")
    static let venueProject = say("工程项目", "Site project")
    static let format = say("召开方式", "Format")
    static let attended = say("参会人数", "Attendance")
    static let consulted = say("咨询(人次)", "Consultations")
    static let leaflets = say("发放宣传材料(份)", "Leaflets")
    static let questionnaires = say("回收问卷(份)", "Questionnaires")
    static let endedOn = say("结束日期", "Last day")
    static let startsAt = say("开始时间", "Starts at")
    static let endsAt = say("结束时间", "Ends at")
    static let orgUnit = say("填报工会", "Reporting union")
    static let dedicatedTo = say("专场对象", "Dedicated to")
    static let organisers = say("主办(协办)单位", "Organisers")
    static let staff = say("参加工会干部", "Cadres")
    static let applicationsTotal = say("现场申请入会人数(合计)", "Applications, total")
    static let applicationsPaper = say("其中纸质", "Of these on paper")
    static let applicationsQR = say("其中扫码", "Of these by QR code")
    static let applicationsApp = say("其中APP", "Of these in the app")
    static let firmsCounted = say("参会企业总数(家)", "Firms present, all")
    static let approvedOnSite = say("现场审核通过(人)", "Approved on the spot")
    static let cardsIssued = say("现场办卡(张)", "Cards issued")
    static let appRegistrations = say("APP注册(人)", "App registrations")
    static let opinions = say("意见建议", "Opinions")
    static let notes = say("备注", "Notes")

    // Labels of a firm.
    static let firmName = say("企业全称", "Name of the firm")
    static let unionStatus = say("建会状况", "Union status")
    static let headcount = say("职工人数(可约数)", "Employees")
    static let headcountBand = say("职工人数档次", "Employees, band")
    static let attitude = say("建会态度", "Attitude")
    static let intent = say("建会意向", "Founding intent")
    static let intentOn = say("达成意向日期", "Date of the intent")
    static let nextStep = say("下一步措施", "Next step")
    static let nextStepDue = say("完成时限", "Due")
    static let nextStepOwner = say("责任人", "Owner")
    static let uscc = say("统一社会信用代码", "Credit code")
    static let parent = say("上级单位", "Parent")
    static let industry = say("行业", "Industry")
    static let contactName = say("联系人", "Contact")
    static let contactPosition = say("职务", "Position")
    static let contactPhone = say("电话", "Phone")
    static let firmQuestions = say("企业关心的问题", "Questions")

    // Labels of an applicant.
    static let applicantName = say("姓名", "Name")
    static let mobile = say("手机号", "Mobile")
    static let document = say("身份证号", "ID number")
    static let employer = say("工作单位", "Employer")
    static let categories = say("人员类别", "Categories")
    static let channel = say("申请方式", "Channel")
    static let consent = say("个人信息告知同意", "Consent to the notice")
    static let shareWithUnion = say("同意转交单位工会", "May go to the employer's union")
    static let cardBank = say("同意办理会员卡", "Agrees to a bank card")

    // Hints under a question.
    static let dayHint = say("可填 9-12、9月12日、20180912、今天、昨天", "9-12, 20180912, today or yesterday")
    static let timeHint = say("如 14:30、1430、下午2点半", "such as 14:30 or 1430")
    static let areaHint = say(
        "输入名称、拼音、首字母或代码查找", "Search by name, pinyin, initials or code")
    static let venueProjectHint = say("工程项目及劳务公司", "The project with its labour company")
    static let notCounted = say("没统计就直接回车（不算 0）", "Enter if nobody counted: that is not 0")
    static let endedOnHint = say("多日连续召开才填", "Only for a meeting of several days")
    static let dedicatedToHint = say("如：快递员专场", "such as couriers")
    static let linesHint = say("多条用分号；隔开", "Separate several by ;")
    static let staffHint = say("姓名后可写小时数，用分号隔开：王敏 2.5；李刚", "Name and hours, separated by ;")
    static let applicationsHint = say(
        "包括没有列入名单的人", "Everyone who applied, listed or not")
    static let firmsCountedHint = say("包括没有逐家登记的", "Those not listed one by one included")
    static let bandHint = say("说不出人数时填", "Where no number is known")
    static let firmHint = say(
        "输入全称，或用简称、拼音、信用代码查找；没有就直接回车", "Type the name, or search by pinyin or credit code; Enter if none")
    static let firmsEnd = say("没有更多企业就直接回车", "Enter when there are no more firms")
    static let headcountHint = say("可填约数，不清楚就直接回车", "An estimate will do; Enter if unknown")
    static let intentHint = say("没有意向就直接回车", "Enter if there is none")
    static let usccHint = say("18 位，可后补", "18 characters; may follow later")
    static let industryHint = say("国民经济行业代码，如 I65", "GB/T 4754 code, such as I65")
    static let applicantHint = say("没有申请人就直接回车", "Enter if there are none")
    static let applicantsEnd = say("没有更多申请人就直接回车", "Enter when there are no more applicants")
    static let mobileHint = say("11 位；没有手机号就填身份证号", "11 digits; without one, the ID number is needed")
    static let documentHint = say(
        "身份证号；其他证件写“护照 号码”“通行证 号码”", "18 characters, or “passport NUMBER”, “permit NUMBER”")
    static let choicesHint = say("可多选，用空格隔开，如 1 7", "Several: 1 7")
    static let consentHint = say(
        "请向本人出示告知书后如实填写；与上一位相同填 y", "Show the notice first; y for the same as above")

    // What is shown of an answer.
    static let left = say("未填", "left empty")
    static let erased = say("个人信息已删除", "personal data erased")
    static let keptAsRecorded = say("已登记，保持不变", "kept as recorded")
    static let keptIfRecorded = say("如已登记，保持不变", "kept if recorded")
    static let none = say("无", "none")
    /// A rule and how to mend it, as one sentence or two.
    static func sentence(_ rule: Bilingual, _ mend: Bilingual) -> Bilingual {
        say(
            rule.zh.hasSuffix("。") ? rule.zh + mend.zh : "\(rule.zh)；\(mend.zh)",
            rule.en.hasSuffix(".") ? "\(rule.en) \(mend.en)" : "\(rule.en); \(mend.en)")
    }

    static let notCountedShown = say("未统计", "not counted")
    static func asListed(_ count: Int) -> Bilingual { say("\(count)（同名单）", "\(count) (as listed)") }
    static func intentShown(_ form: String) -> Bilingual { say("有意向(\(form))", "intent (\(form))") }
    static func headcountShown(_ count: Int) -> Bilingual { say("\(count)人", "\(count) employees") }
    static func firmTitle(_ number: Int) -> Bilingual { say("企业 \(number)", "Firm \(number)") }
    static func applicantTitle(_ number: Int) -> Bilingual { say("申请人 \(number)", "Applicant \(number)") }
    static let meetingTitle = say("基本情况", "The meeting")
    static let closingTitle = say("汇总", "Summary")

    // How the form works.
    static let title = say("登记沟通会", "Log a meeting")
    static let welcome = say(
        "一问一答，每答一题自动保存；随时可按 Ctrl-C 退出，下次接着填。",
        "One question at a time; each answer is saved. Ctrl-C leaves, and you can go on later.")
    static let keysDefault = say("回车 默认", "Enter default")
    static let keysBack = say("< 上一步", "< back")
    static let keysDetails = say("+ 更多项目", "+ more")
    static let keysClear = say("- 留空", "- empty")
    static let keysChoose = say("↑↓ 选择", "↑↓ choose")
    static let keysSave = say("Ctrl-C 存草稿退出", "Ctrl-C save and leave")
    static let detailsShown = say("已展开更多项目，稍后逐项询问。", "More questions will follow.")
    static let noDetails = say("这里没有更多项目。", "There is nothing more here.")
    static let backMark = say("↑ 上一步", "↑ back")
    static let backWords = ["上一步", "返回", "back"]
    static let pick = say(
        "按序号选定，或用 ↑↓ 选好后回车；直接回车取第 1 项", "Type a number, or ↑↓ and Enter; Enter alone takes 1")
    static func newFirm(_ name: String) -> Bilingual { say("新企业：\(name)", "New firm: \(name)") }
    static let searchDown = say(
        "暂时无法查找，可直接填写。", "The search is not available; you can type the answer.")
    static let draftNotSaved = say(
        "草稿没有存上，请先不要关闭窗口。", "The draft could not be saved; please keep this window open.")

    // Refusals: the rule, then how to mend it.
    static let required = say("此项必填。", "This is required.")
    static let fillIn = say("请补填。", "Please fill it in.")
    static let notADay = say(
        "看不懂这个日期；请写成 9-12、9月12日 或 20180912。", "Not a date; write 9-12 or 20180912.")
    static let inFuture = say("不能晚于今天；请核对日期。", "Not later than today; please check the date.")
    static let notATime = say("看不懂这个时间；请写成 14:30。", "Not a time; write 14:30.")
    static func notANumber(_ limit: Int) -> Bilingual {
        say("请填 0 到 \(limit) 之间的整数。", "A whole number from 0 to \(limit), please.")
    }
    static let notAChoice = say("没有这一项；请填序号或名称。", "No such choice; type its number or name.")
    static let ambiguousChoice = say("有几项都符合，请填序号。", "Several match; type a number.")
    static let noArea = say(
        "没有找到；请换个写法，或填 9 位行政区划代码。", "Nothing found; try otherwise, or type the nine-digit code.")
    static func tooLong(_ limit: Int) -> Bilingual {
        say("最多 \(limit) 个字。", "At most \(limit) characters.")
    }
    static let endsBeforeStart = say("不能早于开始。", "This is before the start.")
    static let totalTooSmall = say(
        "不能少于名单人数，也不能少于各申请方式之和。", "Not fewer than are listed, nor than the sum of the channels.")
    static let needsMobileOrDocument = say(
        "手机号和证件号至少填一项。", "A mobile or an ID number is needed.")
    static let consentMustBeSaid = say(
        "请确认本人是否同意：y 或选一项。", "Please confirm: y, or choose one.")
    static func tooYoung(_ name: String) -> Bilingual {
        say(
            "\(name) 未满 16 周岁，不能入会，未列入名单；沟通会继续登记。",
            "\(name) is under 16 and may not join; not listed. The meeting goes on.")
    }
    static func noConsent(_ name: String) -> Bilingual {
        say(
            "\(name) 不同意告知事项，未列入名单，只可计入合计人数；沟通会继续登记。",
            "\(name) does not consent and is not listed; count the person in the total only. The meeting goes on."
        )
    }

    // Soft warnings: said once, never in the way.
    static let longAgo = say("距今已超过 60 天，将计入补报。", "More than 60 days ago: this will count as late.")
    static let sameFirm = say("这家企业上面已经登记过，请核对。", "This firm is already listed above; please check.")
    static let manyEmployees = say("人数很大，请核对。", "This is a large number; please check.")
    static let fewerPeopleThanFirms = say("参会人数少于参会企业数，请核对。", "Fewer people than firms; please check.")
    static let nobodyListed = say("没有企业，也没有申请人，请核对。", "Neither firms nor applicants; please check.")
    static func manyApplicants(_ firm: String) -> Bilingual {
        say(
            "\(firm)：本次已有 25 人以上申请入会，可商请企业单独建会。",
            "\(firm): 25 or more applied here; the firm could found a union of its own.")
    }
    static let answerLost = say(
        "改写或删去的意见已有答复，答复不再保留", "an opinion that was answered is worded anew or gone: its answer goes too")
    static let answerAgain = say(
        "如答复仍然有效，提交后用 goutong opinion answer 重新登记",
        "if the answer still holds, record it anew with goutong opinion answer")
    static let sameMobile = say("与名单中另一位的手机号相同，请核对。", "The same mobile as another applicant; please check.")

    // The review page.
    static let review = say("核对", "Review")
    static let reviewKeys = [
        say("y 提交", "y submit"), say("序号 修改（如 3、8.2）", "number: change (3, 8.2)"),
        say("f 加企业", "f add a firm"), say("a 加申请人", "a add an applicant"),
        say("d 序号 删除", "d number: delete"), say("+ 更多项目", "+ more"), say("s 存草稿退出", "s save and leave"),
    ]
    static let rowKeys = [
        say("序号 修改", "number: change"), say("d 删除", "d delete"), say("回车 返回核对页", "Enter: back to the review"),
    ]
    static let deleted = say("已删除", "Deleted")
    static let action = say("请选择", "Your choice")
    static let notAnAction = say("没有这个序号或命令。", "No such number or command.")
    static let hasErrors = say("还有需要改正的地方，见上面的 ✗。", "Something needs mending first: see ✗ above.")
    static let submitWords = ["y", "yes", "提交", "submit"]
    static let keepWords = ["s", "存草稿", "保存", "save"]
    static let addFirmWords = ["f", "加企业", "firm"]
    static let addApplicantWords = ["a", "加申请人", "applicant"]
    static let submitted = say("已填写完毕，正在提交。", "Complete; submitting.")
    static let kept = say("草稿已保存，下次运行会提示继续填写。", "The draft is kept; you will be offered it next time.")

    // Which meeting.
    static let pickMeeting = say("更正哪一场沟通会？", "Which meeting is to be corrected?")
    static let pickMeetingHint = say(
        "序号，或日期、地点的一部分", "Its number, or a part of its date or place")
    static let noSuchMeeting = say(
        "最近的沟通会里没有；换个写法，或用 goutong meeting list 查编号。",
        "Not among the latest; try otherwise, or look its id up with goutong meeting list.")
    static let keysLeave = say("Ctrl-C 退出", "Ctrl-C leave")

    // A correction.
    static func correctTitle(_ revision: Int) -> Bilingual {
        say("更正沟通会（现为第 \(revision) 版）", "Correct a meeting (revision \(revision) on record)")
    }
    static let correctWelcome = say(
        "按序号修改，改好后填 y 提交，成为新的一版；没有改动的申请人和联系人原样保留。",
        "Change by number, then y records a new revision. People who are not changed stay as they are.")
    static func was(_ former: String) -> Bilingual { say("原：\(former)", "was: \(former)") }
    static let changedInside = say("已改", "changed")
    static let addedRow = say("新增", "added")
    static let removedRow = say("删除", "Taken out")
    static let erasedStays = say(
        "此人的个人信息已依法删除，不能再填；可以从名单中删去。",
        "This person's data was erased and cannot be filled in again; the row can be taken out.")
    static func contactReplaced(_ number: Int) -> Bilingual {
        say(
            "企业 \(number)：填写的联系人整条替换已登记的联系人。",
            "Firm \(number): the contact that is stated takes the place of the one on record, whole.")
    }
    static let hiddenStays = say(
        "服务不把申请人显示在表单上，这一行保持不变；可以从名单中删去，更正本人信息用 goutong person correct。",
        "The service shows no applicants in a form: this row stays as recorded. It can be taken out; "
            + "a person's data is corrected with goutong person correct.")
    static let nothingToSubmit = say("还没有改动，无需提交。", "Nothing is changed yet; there is nothing to submit.")
    static let leftUnchanged = say("没有改动，仍为原来的版本。", "Nothing was changed.")

    // The draft.
    static let draftFound = say("发现没有填完的草稿", "There is an unfinished draft")
    static let draftUnreadable = say(
        "有一份旧草稿无法读取，将重新开始；", "An old draft cannot be read; starting anew. ")
    static let draftOfOtherKey = say(
        "有一份草稿是用另一把密钥加密的，这里打不开，将重新开始；",
        "A draft was sealed with another key and cannot be opened here; starting anew. ")
    static func draftPutAside(_ place: String) -> Bilingual {
        say("原草稿没有删除，另存为 \(place)", "The old one is not deleted: \(place)")
    }
    static let draftRecordedAlready = say(
        "草稿里的更正已经登记，草稿已清除。", "What the draft corrected is on record already; the draft is cleared.")
    static func draftStale(_ old: Int, _ now: Int) -> Bilingual {
        say(
            "草稿改的是第 \(old) 版，其间他人已更正为第 \(now) 版，不能再提交。",
            "The draft corrects revision \(old); meanwhile somebody recorded revision \(now).")
    }
    static let draftDiffers = say("草稿与现有版本的不同：", "Where the draft differs from what is on record:")
    static let correctAnew = say(
        "删除这份草稿，在现有版本上重新更正？", "Delete the draft and correct the revision on record anew?")
    static func draftSays(_ label: String, _ own: String, _ theirs: String) -> Bilingual {
        say("\(label)  草稿：\(own)  现为：\(theirs)", "\(label)  draft: \(own)  on record: \(theirs)")
    }
    static func fewerFirms(_ own: Int, _ theirs: Int) -> Bilingual {
        say("草稿中企业 \(own) 家，现为 \(theirs) 家", "\(own) firms in the draft, \(theirs) on record")
    }
    static func fewerApplicants(_ own: Int, _ theirs: Int) -> Bilingual {
        say("草稿中申请人 \(own) 名，现为 \(theirs) 名", "\(own) applicants in the draft, \(theirs) on record")
    }
    static func draftSummary(firms: Int, applicants: Int) -> Bilingual {
        say("已填企业 \(firms) 家、申请人 \(applicants) 人", "\(firms) firms and \(applicants) applicants so far")
    }
    static let resume = say("接着填写？", "Go on with it?")
    static let discard = say("另起一份会删除这份草稿，确定删除？", "Starting anew deletes this draft. Delete it?")
    static let resumed = say("接着上次填写。", "Going on where you stopped.")

    // The menu.
    static let menuTitle = say("沟通 · 工会双沟通工作台", "Goutong · dual communication")
    static let menuLog = say("记录沟通会", "Log a meeting")
    static let menuCorrect = say("更正已登记的沟通会", "Correct a recorded meeting")
    static let menuWeekly = say("打印周报", "Print the weekly report")
    static let menuExport = say("导出试点比较", "Export the pilot comparison")
    static let menuLanguage = say("English", "中文")
    static let menuQuit = say("退出", "Quit")
    static let menuPrompt = say("请选择", "Your choice")
}
