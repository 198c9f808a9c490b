import Foundation
import Testing

extension EndToEnd {
    /// The private PostgreSQL in trouble, as the next command meets it. Each test has a home of its own.
    @Suite struct ClusterTests {
        private let office: Office

        init() throws { office = try Office.current() }

        @Test func aServerThatDoesNotStartIsQuoted() async throws {
            let run = try await script(
                """
                "$GOUTONG" db start >/dev/null && "$GOUTONG" db stop || exit 1
                conf=$(dirname "$(find "$GOUTONG_HOME" -name postgresql.conf -path '*onf*' | head -1)")
                echo "work_mem = 'much'" >> "$conf/local.conf"
                "$GOUTONG" db start --lang en; echo $?
                "$GOUTONG" meeting list --json; echo $?
                """)
            #expect(run.text.split(separator: "\n").map(String.init) == ["69", "69"], "\(run)")
            // What PostgreSQL said is above what mends it.
            let quoted = try #require(run.said.range(of: "  | "))
            let mend = try #require(run.said.range(of: "→ "))
            #expect(quoted.lowerBound < mend.lowerBound)
            #expect(run.said.contains("work_mem") && run.said.contains("cluster.start_failed"))
            #expect(run.said.contains("{\"errors\":[{\"code\":\"cluster.start_failed\""))
        }

        @Test func aKilledServerIsStartedByTheNextCommand() async throws {
            let run = try await script(
                """
                "$GOUTONG" db migrate --set-up kept >/dev/null 2>&1 || exit 1
                for round in 1 2 3; do
                    pid=$(head -1 "$(find "$GOUTONG_HOME" -name postmaster.pid)")
                    kill -9 "$pid" || exit 2
                    "$GOUTONG" meeting list || exit 3
                    "$GOUTONG" db status | head -1
                done
                "$GOUTONG" db stop
                """)
            #expect(run.status == 0, "\(run)")
            #expect(run.text.split(separator: "\n").filter { $0.contains("运行中") }.count == 3)
        }

        /// One that is on its way out still has its number and its file, and answers nobody any more.
        @Test func aServerThatIsGoingAwayIsWaitedFor() async throws {
            let run = try await script(
                """
                "$GOUTONG" db migrate --set-up kept >/dev/null 2>&1 || exit 1
                pid=$(head -1 "$(find "$GOUTONG_HOME" -name postmaster.pid)")
                kill -STOP "$pid" || exit 2
                find "$GOUTONG_HOME" -name '.s.PGSQL.*' -type s -delete
                (sleep 1; kill -9 "$pid") &
                "$GOUTONG" meeting list || exit 3
                "$GOUTONG" db status | head -1
                """)
            #expect(run.status == 0, "\(run)")
            #expect(run.text.contains("运行中"))
        }

        private func script(_ text: String) async throws -> Outcome {
            let home = office.folder.appendingPathComponent("h-" + UUID().uuidString.prefix(6)).path
            return try await office.shell(
                "export GOUTONG_HOME='\(home)'\ntrap '\"$GOUTONG\" db stop >/dev/null 2>&1' EXIT\n\(text)")
        }
    }
}
