import Foundation

/// What is found where the data should be.
enum DataFolder: Hashable, Sendable {
    case absent
    /// Something is there that never became a cluster of ours.
    case halfMade
    case complete(version: Int)
    /// It was complete once and lacks vital files now.
    case damaged

    /// - Throws: what the file system says where the caller may not look inside.
    static func inspect(_ layout: ClusterLayout) throws(ClusterError) -> DataFolder {
        guard access(layout.data, F_OK) == 0 else {
            guard errno == ENOENT else { throw .system(errno, layout.data) }
            return .absent
        }
        guard access(layout.data, R_OK | X_OK) == 0 else { throw .system(errno, layout.data) }
        func exists(_ name: String) -> Bool { access(layout.data + "/" + name, F_OK) == 0 }

        guard exists(ClusterLayout.mark) else { return .halfMade }
        guard exists("global/pg_control"), let version = version(layout) else { return .damaged }
        return .complete(version: version)
    }

    // "15", and before version 10 "9.6": the major version is the first number.
    private static func version(_ layout: ClusterLayout) -> Int? {
        let text = try? String(contentsOfFile: layout.data + "/PG_VERSION", encoding: .utf8)
        return text?.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ".").first.flatMap {
            Int($0)
        }
    }
}
