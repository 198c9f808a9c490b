internal import Outreach
internal import OutreachClient

extension CommandFailure {
    /// Why a document has no receipt, and where it is now: in every case the outbox still has it.
    init(_ verdict: Verdict, of document: OutgoingDocument) {
        switch verdict {
        case .delivered:
            self.init(
                .failure, code: "failure", rule: Bilingual(zh: "失败", en: "failed"),
                mend: Bilingual(zh: "重试", en: "try again"))
        case .conflict(let current):
            self.init(
                .conflict, code: "meeting.conflict",
                rule: Bilingual(
                    zh: "同一编号（或版本）已登记了不同的内容", en: "this id or revision holds other content"),
                mend: Bilingual(
                    zh: "文件留在发件箱。用 goutong outbox show \(document.name) 对照两份，"
                        + "再用 goutong outbox resolve \(document.name) --keep ours|theirs 决定",
                    en: "it is kept in the outbox: compare both with goutong outbox show \(document.name), "
                        + "then decide with goutong outbox resolve \(document.name) --keep ours|theirs"))
            receipts = (current.description, document.factsHash.hexadecimal)
        case .refused(let problem): self.init(refused: problem, document.name)
        case .undelivered(let obstacle): self.init(obstacle: obstacle)
        }
        isKeptInOutbox = true
    }

    private init(refused problem: ServerProblem, _ name: String) {
        let mend = Bilingual(
            zh: "文件留在发件箱（已拒收）。改好后重新提交，再运行 goutong outbox discard \(name) --why 原因",
            en: "it is kept in the outbox as refused: send a mended document, then run "
                + "goutong outbox discard \(name) --why REASON")
        let exit: GoutongExit =
            switch problem.status {
            case 403: .notAllowed
            case 404: .notFound
            case 409: .conflict
            default: .invalid
            }
        let whole = DocumentIssue(
            code: "server." + problem.code, pointer: "",
            rule: Bilingual(zh: problem.title, en: problem.title),
            mend: mend)
        self.init(exit, issues: problem.issues + [whole])
    }

    private init(obstacle: Obstacle) {
        self.init(
            obstacle.exit, code: obstacle.code, rule: obstacle.rule,
            mend: Bilingual(
                zh: "文件已加密保存在发件箱，没有丢失：恢复后运行 goutong outbox send（重复发送不会重复登记）",
                en:
                    "it is kept in the outbox, sealed: run goutong outbox send later; sending twice records once"
            ))
    }

    init(outbox error: OutboxError) {
        switch error {
        case .cannotWrite(let isFull):
            self.init(
                .cannotWrite, code: isFull ? "disk.full" : "outbox.cannot_write",
                rule: isFull
                    ? Bilingual(zh: "磁盘已满，发件箱写不进去", en: "the disk is full; the outbox cannot be written")
                    : Bilingual(zh: "发件箱写不进去", en: "the outbox cannot be written"),
                mend: Bilingual(
                    zh: "腾出空间或检查目录权限后，再运行同一命令（不会重复登记）",
                    en: "make room, or check the folder's permissions, and run the same command again"))
        case .notOurs:
            self.init(
                .cannotWrite, code: "outbox.not_ours",
                rule: Bilingual(zh: "发件箱目录不属于您或不是目录", en: "the outbox is not a folder of yours"),
                mend: Bilingual(
                    zh: "检查 outbox 目录的属主，或换一个 GOUTONG_HOME",
                    en: "check its owner, or use another GOUTONG_HOME"))
        case .otherContentWaits(let name):
            self.init(
                .conflict, code: "outbox.other_content",
                rule: Bilingual(
                    zh: "发件箱里已有同一编号和版本、内容不同的文件，这一份没有保存",
                    en: "another content with this id and revision waits in the outbox; this one was not kept"
                ),
                mend: Bilingual(
                    zh: "先发送（goutong outbox send）或丢弃（goutong outbox discard \(name) --why 原因）那一份",
                    en: "send that one first, or discard it (goutong outbox discard \(name) --why REASON)"))
        case .otherServer(let name, let server):
            self.init(
                .usage, code: "outbox.other_server", pointer: "--server",
                rule: Bilingual(
                    zh: "\(name) 是给另一个服务的：\(server)", en: "\(name) is meant for another service: \(server)"),
                mend: Bilingual(
                    zh: "用 --server \(server) 发送；确需改发时：goutong outbox send \(name) --adopt",
                    en: "send it with --server \(server); to send it here instead: "
                        + "goutong outbox send \(name) --adopt"))
        case .noServer(let name):
            self.init(
                .usage, code: "outbox.no_server", pointer: "--server",
                rule: Bilingual(
                    zh: "\(name) 由旧版本保存，没有写明给哪个服务",
                    en: "\(name) was kept by an earlier version and names no service"),
                mend: Bilingual(
                    zh: "确认后发到这个服务：goutong outbox send --adopt",
                    en: "if it is for this service: goutong outbox send --adopt"))
        case .busy:
            self.init(
                .unavailable, code: "outbox.busy",
                rule: Bilingual(zh: "另一个进程正在发送这份文件", en: "another process is sending this document"),
                mend: Bilingual(zh: "稍后用 goutong outbox list 查看", en: "look again with goutong outbox list"))
        case .unreadable:
            self.init(
                .failure, code: "outbox.unreadable",
                rule: Bilingual(
                    zh: "发件箱里的文件打不开：密钥已换或文件被改动", en: "it does not open: another device key, or altered"),
                mend: Bilingual(
                    zh: "放回原来的 device.key；或用 goutong outbox discard 丢弃后重新登记",
                    en: "put the former device.key back; or discard it and log the meeting again"))
        case .notFound:
            self.init(
                .notFound, code: "outbox.not_found",
                rule: Bilingual(zh: "发件箱里没有这一份", en: "there is no such document in the outbox"),
                mend: Bilingual(zh: "用 goutong outbox list 查看", en: "see goutong outbox list"))
        }
    }
}
