import Foundation

extension Workbook {
    /// The bytes of the workbook that `write` makes at a path. The library only writes files, so they take the
    /// way over one.
    static func bytes(_ write: (String) throws(WorkbookError) -> Void) throws(WorkbookError) -> [UInt8] {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("goutong-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        try write(file.path)
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw WorkbookError(reason: "the finished file cannot be read")
        }
        return Array(data)
    }
}
