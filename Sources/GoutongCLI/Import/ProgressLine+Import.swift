internal import Outreach
internal import OutreachStore

extension ProgressLine {
    func tell(_ progress: ImportProgress) {
        tell(
            progress.step.words, done: progress.rows, of: progress.total,
            unit: progress.step == .checking ? nil : Bilingual(zh: "行", en: "rows"))
    }
}

extension ImportProgress.Step {
    fileprivate var words: Bilingual {
        switch self {
        case .reading: Bilingual(zh: "读取", en: "reading")
        case .checking: Bilingual(zh: "核对", en: "checking")
        case .publishing: Bilingual(zh: "登记", en: "recording")
        }
    }
}
