internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#endif

/// A place where a test has the process killed, as a power cut would. In a release build there is none.
enum FaultPoint {
    @inline(__always)
    static func reach(_ name: String) {
        #if DEBUG
            if ProcessInfo.processInfo.environment["GOUTONG_TEST_KILL_AT"] == name { kill(getpid(), SIGKILL) }
        #endif
    }
}
