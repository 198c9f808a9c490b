import OutreachStore

extension RoleMatrix {
    /// The part of `Documentation/roles.md` that tells of tables.
    var markdown: String {
        var lines = [
            "## 数据表 Tables", "",
            "每格是实际尝试的结果（PostgreSQL 行级安全）。Each cell was found by trying, under row-level security.", "",
            "- **R** 读 read · **I** 新增 insert · **U** 修改 update · **D** 删除 delete",
            "- **T** 本街道（乡镇） own township · **D** 本区其他街道 the rest of its district · "
                + "**C** 其他区 other districts · **O** 其他总工会 another federation",
            "- **F** 全总工会的内容 what belongs to the federation as a whole · **P** 公开名录 public lists",
            "- 小写：只有一部分 small letter: only some of them · – 无 nothing", "",
        ]
        let headings: [(Authority.Purpose, String)] = [
            (.reading, "查看 Reading"), (.recording, "登记 Recording"), (.counting, "统计 Counting"),
            (.service, "登录与审计 Signing in and audit"),
        ]
        for (purpose, heading) in headings {
            lines += ["### \(heading) (`\(purpose.rawValue)`)", ""]
            lines.append(
                "| 表 table | " + RoleActor.allCases.map(\.heading).joined(separator: " | ") + " |")
            lines.append("|---|" + String(repeating: "---|", count: RoleActor.allCases.count))
            var silent: [String] = []
            for probe in RoleProbe.all {
                let row = RoleActor.allCases.map { cell(purpose, probe.table, $0).text }
                if row.allSatisfy({ $0 == "–" }) {
                    silent.append("`\(probe.table)`")
                } else {
                    lines.append("| `\(probe.table)` | " + row.joined(separator: " | ") + " |")
                }
            }
            lines.append("")
            if !silent.isEmpty {
                lines += ["任何账号都不能 Nobody at all: " + silent.joined(separator: " "), ""]
            }
        }
        return lines.joined(separator: "\n")
    }
}
