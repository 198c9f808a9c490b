import Foundation
import Outreach
import Testing

@testable import PrivateCluster

@Suite("Paths, files and messages") struct ClusterTextTests {
    @Test(
        "the home folder",
        arguments: [
            (["GOUTONG_HOME": "/srv/g/../goutong", "HOME": "/home/a"], UInt32(1000), "/srv/goutong"),
            (["GOUTONG_HOME": "", "HOME": "/root"], 0, "/var/lib/goutong"),
            (["XDG_DATA_HOME": "/data", "HOME": "/home/a"], 1000, "/data/goutong"),
            (["XDG_DATA_HOME": "relative", "HOME": "/home/a"], 1000, "/home/a/.local/share/goutong"),
        ])
    func home(environment: [String: String], uid: UInt32, expected: String) throws {
        #expect(try GoutongHome.resolve(environment: environment, uid: uid).path == expected)
    }

    @Test("no home folder at all is said, not guessed")
    func noHome() {
        #expect(throws: ClusterError.homeUnknown) {
            try GoutongHome.resolve(environment: [:], uid: 4_000_000_001)
        }
    }

    @Test(
        "paths that a shell would change are refused",
        arguments: ["/a\"b", "/a$b", "/a`b", "/a\\b", "/a\nb", "/"])
    func unsafePaths(path: String) {
        #expect(throws: ClusterError.homeUnusable(path)) {
            try ClusterLayout(home: URL(fileURLWithPath: path, isDirectory: true))
        }
    }

    @Test(
        "the socket moves to a short folder exactly where its path would pass 107 bytes", arguments: [77, 78])
    func socketPath(length: Int) throws {
        let home = "/" + String(repeating: "h", count: length - 1)
        let layout = try ClusterLayout(home: URL(fileURLWithPath: home, isDirectory: true))
        let account = ClusterAccount(name: "li", uid: 1000, gid: 1000, keeper: 1000)
        let socket = layout.socket(for: account)
        // "/postgres/socket" takes 16 bytes of the 107 and "/.s.PGSQL.5432" 14.
        #expect(socket.hasPrefix(home) == (length <= 77))
        #expect((socket + "/.s.PGSQL.5432").utf8.count <= ClusterLayout.longestSocketPath)
    }

    @Test("postmaster.pid is read by line; what is none is none")
    func postmasterFile() throws {
        let text = "4711\n/data\n1546300800\n5432\n/socket\n\n  5432001   1\nready   \n"
        let file = try #require(PostmasterFile(text))
        #expect(file.pid == 4711 && file.isReady)
        #expect(file.since == Date(timeIntervalSince1970: 1_546_300_800))
        #expect(PostmasterFile(text.replacing("ready   ", with: "starting"))?.isReady == false)
        #expect(PostmasterFile("4711\n")?.isReady == false)
        for broken in ["", "\n", "-1\n", "0\n", "word\n/data\n"] { #expect(PostmasterFile(broken) == nil) }
    }

    @Test(
        "shared buffers are an eighth of the memory between 128 and 512 MiB",
        arguments: [
            (256, 128), (1024, 128), (2048, 256), (65_536, 512),
        ] as [(UInt64, UInt64)])
    func sharedBuffers(mebibytes: UInt64, expected: UInt64) {
        #expect(ClusterSettings.sharedBuffers(memory: mebibytes << 20) == expected)
    }

    @Test(
        "system errors become the message a person can act on",
        arguments: [
            (ENOSPC, ClusterError.Code.diskFull), (EDQUOT, .diskFull), (EACCES, .notWritable),
            (EROFS, .notWritable),
            (EIO, .system),
        ])
    func systemErrors(number: Int32, code: ClusterError.Code) {
        let error = ClusterError.system(number, "/data")
        #expect(error.code == code)
        for text in [error.message.zh, error.message.en] { #expect(text.contains("/data")) }
    }
}
