/// The words that invented firms are named with.
enum FirmWords {
    struct Trade {
        /// GB/T 4754-2017.
        let code: String
        let words: [String]
    }

    static let firstMarks = characters(
        "云星恒瑞嘉宏盛泰安信博智创新光明远航启元汇通联合众力金银玉翠青蓝紫白松柏竹梅兰春夏秋冬晨曦朝晴雨雪风海江河湖泉山岭峰石林森麦禾谷")
    static let secondMarks = characters(
        "杉桥帆舟岸城程达顺昌兴旺隆祥和平宁康健乐悦美好优佳品尚雅韵诚德义仁礼聚丰裕源川野原田园家居友邻伴行路途驰骏飞翔跃腾升扬展拓鼎基苗")
    static let groups = ["长帆", "百川", "千禾", "万松", "九桥", "双杉", "四野", "五岸", "六合谷", "七星禾"]

    static let trades: [(Trade, Double)] = [
        (Trade(code: "I65", words: ["科技", "软件", "信息技术", "数据技术"]), 15),
        (Trade(code: "I64", words: ["网络科技", "互联网服务"]), 5),
        (Trade(code: "G60", words: ["快递服务", "速运"]), 5),
        (Trade(code: "G54", words: ["货运", "汽车租运"]), 4),
        (Trade(code: "G59", words: ["仓储", "供应链管理"]), 3),
        (Trade(code: "H62", words: ["餐饮管理", "餐饮"]), 9),
        (Trade(code: "H61", words: ["酒店管理", "宾馆"]), 4),
        (Trade(code: "F51", words: ["商贸", "贸易"]), 8),
        (Trade(code: "F52", words: ["百货", "超市"]), 6),
        (Trade(code: "L72", words: ["人力资源", "企业管理", "保安服务", "会展服务"]), 8),
        (Trade(code: "M73", words: ["生物技术", "技术研究"]), 3),
        (Trade(code: "M74", words: ["工程设计", "检测技术"]), 4),
        (Trade(code: "C14", words: ["食品制造", "食品"]), 2),
        (Trade(code: "C23", words: ["印刷", "包装印刷"]), 2),
        (Trade(code: "C27", words: ["医药", "制药"]), 2),
        (Trade(code: "C34", words: ["机械制造", "机电设备"]), 3),
        (Trade(code: "C36", words: ["汽车零部件"]), 2),
        (Trade(code: "E47", words: ["建筑工程", "建筑劳务"]), 4),
        (Trade(code: "E50", words: ["装饰工程", "装修"]), 3),
        (Trade(code: "K70", words: ["物业管理", "房地产经纪"]), 6),
        (Trade(code: "N78", words: ["园林绿化", "环境卫生服务"]), 2),
        (Trade(code: "O80", words: ["家政服务", "生活服务"]), 3),
        (Trade(code: "O81", words: ["汽车维修", "电器维修"]), 2),
        (Trade(code: "P83", words: ["教育科技", "培训"]), 3),
        (Trade(code: "Q84", words: ["医疗服务", "护理服务"]), 2),
        (Trade(code: "R90", words: ["健身", "文化传播"]), 2),
    ]

    private static func characters(_ text: String) -> [String] { text.map { String($0) } }
}

/// The words that invented persons are named with.
enum PersonWords {
    static let surnames = [
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭",
        "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅",
    ]
    /// Heavenly stems and earthly branches stand where a given name would.
    static let stems = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"]
    static let branches = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"]
}
