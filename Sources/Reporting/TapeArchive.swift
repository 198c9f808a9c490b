/// A few files as one tar archive, in memory.
public enum TapeArchive {
    public static func bytes(of files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var archive: [UInt8] = []
        for file in files {
            let header = TapeHeader(name: file.name, size: file.bytes.count)
            archive += header.bytes + file.bytes
            archive += [UInt8](repeating: 0, count: header.padded - header.size)
        }
        return archive + [UInt8](repeating: 0, count: 2 * TapeHeader.block)
    }

    /// nil where it is damaged, or cut short.
    public static func files(in archive: [UInt8]) -> [(name: String, bytes: [UInt8])]? {
        var files: [(name: String, bytes: [UInt8])] = []
        var offset = 0
        while offset + TapeHeader.block <= archive.count {
            let block = Array(archive[offset..<offset + TapeHeader.block])
            offset += TapeHeader.block
            if block.allSatisfy({ $0 == 0 }) { return files }
            guard let header = TapeHeader(block), header.padded <= archive.count - offset else { return nil }
            files.append((header.name, Array(archive[offset..<offset + header.size])))
            offset += header.padded
        }
        return nil
    }
}
