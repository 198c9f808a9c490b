import Foundation
import Testing

extension EndToEnd {
    /// `goutong serve` as a program: its unit's command line, its settings, its end.
    @Suite struct ServeTests {
        private let office: Office

        init() throws { office = try Office.current() }

        private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()

        /// Starts the service by `$serve`, waits until it is ready, runs `body` and ends it by SIGTERM.
        private func serving(_ serve: String, _ body: String) async throws -> Outcome {
            try await office.shell(
                """
                "$GOUTONG" db migrate --set-up served >/dev/null 2>&1 || exit 90
                \(serve) 2>served.log & pid=$!
                n=0; until curl -sf http://127.0.0.1:9090/ready >/dev/null; do
                    kill -0 $pid 2>/dev/null && [ $n -lt 300 ] || { cat served.log >&2; exit 91; }
                    n=$((n+1)); sleep 0.1
                done
                \(body)
                kill -TERM $pid; wait $pid; echo "exit $?"
                cat served.log >&2
                """)
        }

        @Test func theUnitsCommandLineServesAndDrains() async throws {
            let unit = try String(
                contentsOf: Self.root.appendingPathComponent("Deploy/goutong.service"), encoding: .utf8)
            let line = try #require(
                unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") }?.dropFirst(
                    "ExecStart=".count))
            #expect(line.hasPrefix("/usr/bin/goutong serve "))
            let run = try await serving(
                "\"$GOUTONG\"" + line.dropFirst("/usr/bin/goutong".count),
                """
                curl -s http://127.0.0.1:9090/live
                curl -s -o /dev/null -w '%{http_code}\\n' -H 'X-Request-Id: end-to-end-1' \
                    'http://127.0.0.1:8080/v1/nothing/4711?secret=hunter2'
                curl -s http://127.0.0.1:9090/metrics >metrics.txt
                grep -c '^goutong_pool_size_connections 8$' metrics.txt
                grep -c 4711 metrics.txt
                """)
            #expect(run.lines == [#"{"live":true}"#, "404", "1", "0", "exit 0"], "\(run)")
            let entries = try run.said.split(separator: "\n").map { try Outcome.object(Data($0.utf8)) }
            let request = try #require(entries.first { $0["request_id"] as? String == "end-to-end-1" })
            #expect(request["route"] as? String == "none" && request["status"] as? Int == 404)
            #expect(!run.said.contains("hunter2") && !run.said.contains("4711"))
            #expect(entries.contains { $0["message"] as? String == "draining" })
        }

        @Test func refusesTheOwnersLoginAndAForeignKey() async throws {
            let owner = try await office.goutong("db", "start")
            let refused = try await office.goutong(
                "serve", "--lang", "en",
                setting: [
                    "GOUTONG_SERVICE_DATABASE_URL": owner.text.trimmingCharacters(in: .newlines),
                    "GOUTONG_KEY_FILE": office.home.appendingPathComponent("master.key").path,
                ])
            #expect(refused.status == 77 && refused.said.contains("login.owner"), "\(refused)")

            let key = try office.file(Data(Data(repeating: 7, count: 32).base64EncodedString().utf8))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
            _ = try await office.ledger().meetings()
            let foreign = try await office.goutong("serve", setting: ["GOUTONG_KEY_FILE": key])
            #expect(foreign.status == 77 && foreign.said.contains("[vault]"), "\(foreign)")

            let both = try await office.goutong(
                "serve", setting: ["GOUTONG_DATABASE_URL": owner.text.trimmingCharacters(in: .newlines)])
            #expect(both.status == 64 && both.said.contains("database.service"), "\(both)")
        }

        @Test func settingsComeFromFlagsThenTheEnvironmentThenTheFile() async throws {
            let file = try office.file(
                Data("# a comment\nGOUTONG_PORT=1\nGOUTONG_ADMIN_PORT='2'\nGOUTONG_POOL_SIZE=3\n".utf8))
            let run = try await office.goutong(
                "config", "--config", file, "--port", "11", "--json",
                setting: [
                    "GOUTONG_PORT": "12", "GOUTONG_ADMIN_PORT": "22",
                    "GOUTONG_SERVICE_DATABASE_URL": "postgres://me:hunter2@host/db?sslpassword=hunter2",
                ])
            #expect(run.status == 0, "\(run)")
            let settings = Dictionary(
                uniqueKeysWithValues: try run.objects().map {
                    ($0["setting"] as? String ?? "", [$0["value"] as? String, $0["source"] as? String])
                })
            #expect(settings["GOUTONG_PORT"] == ["11", "--port"])
            #expect(settings["GOUTONG_ADMIN_PORT"] == ["22", "environment"])
            #expect(settings["GOUTONG_POOL_SIZE"] == ["3", "\(file):4"])
            #expect(settings["GOUTONG_HOST"] == ["127.0.0.1", "default"])
            #expect(!run.text.contains("hunter2") && run.text.contains("password=***"))

            let wrong = try office.file(Data("GOUTONG_PORT=80800\n".utf8))
            let refused = try await office.goutong("config", "--config", wrong, "--json")
            #expect(refused.status == 64)
            #expect(try refused.issues().first?.pointer == "\(wrong):1")
            let unknown = try office.file(Data("GOUTONG_PROT=8080\n".utf8))
            #expect(try await office.goutong("config", "--config", unknown).status == 64)
        }

        /// Applicants of 2018 are purged where the service is told how long they are kept, and nowhere else.
        @Test func applicantsArePurgedWhereThatIsConfigured() async throws {
            let document = try office.file(Data(Documents.meeting.utf8))
            let recorded = try await office.shell(
                """
                "$GOUTONG" db migrate --set-up served >/dev/null 2>&1
                "$GOUTONG" meeting log --from '\(document)' --federation served --no-input
                """)
            #expect(recorded.status == 0, "\(recorded)")
            let runs = "\"$GOUTONG\" audit list --federation served --action retention.run"
            let off = try await serving(
                "\"$GOUTONG\" serve --federation served", "sleep 1; \(runs) 2>/dev/null | wc -l")
            #expect(off.lines == ["0", "exit 0"], "\(off)")
            let on = try await serving(
                "\"$GOUTONG\" serve --federation served --retention-months 12",
                """
                n=0; until [ "$(\(runs) 2>/dev/null | wc -l)" = 1 ] || [ $n -ge 100 ]; do n=$((n+1)); sleep 0.2; done
                \(runs) | cut -f 3-6
                """)
            #expect(
                on.lines == ["operator:service\tretention.run\tapplicants:2\tdone", "exit 0"], "\(on)")
            #expect(on.said.contains("applicants purged"))
            let config = try await office.goutong("config", setting: ["GOUTONG_RETENTION_MONTHS": "12"])
            #expect(config.text.contains("GOUTONG_RETENTION_MONTHS=12\t# environment"), "\(config)")
            let refused = try await office.goutong("config", setting: ["GOUTONG_RETENTION_MONTHS": "0"])
            #expect(refused.status == 64 && refused.said.contains("GOUTONG_RETENTION_MONTHS"))
        }

        @Test func aSlowHeadAndABusyPortAreTurnedAway() async throws {
            let run = try await serving(
                "\"$GOUTONG\" serve --header-timeout 0.5",
                """
                python3 - <<'END'
                socket = __import__("socket")
                # Who waits in vain says so by an error.
                s = socket.create_connection(("127.0.0.1", 8080), timeout=60)
                s.sendall(b"GET / HTTP/1.1\\r\\nHost: x\\r\\n")
                try:
                    while s.recv(100): pass
                except ConnectionError: pass
                print("closed")
                END
                "$GOUTONG" serve --admin-port 0 2>&1 | grep -o listen.failed
                """)
            #expect(run.lines == ["closed", "listen.failed", "exit 0"], "\(run)")
        }

        @Test func dockerComposeAcceptsTheFile() async throws {
            let run = try await office.shell(
                """
                command -v docker-compose >/dev/null || { echo "install docker-compose" >&2; exit 69; }
                docker-compose -f '\(Self.root.path)/docker-compose.yml' config
                """)
            #expect(run.status == 0, "\(run)")
            #expect(run.text.contains("service_completed_successfully"))
        }

        @Test(
            .enabled(
                if: ProcessInfo.processInfo.environment["GOUTONG_TEST_LONG"] != nil,
                "minutes of processes: Scripts/test --long"),
            .timeLimit(.minutes(15)),
            arguments: [
                ["sigterm", "terminated", "service_killed", "stopped", "killed"], ["memory"],
            ])
        func whatIsAcknowledgedStays(faults: [String]) async throws { try await expectNothingLost(faults) }

        @Test(
            .enabled(
                if: ProcessInfo.processInfo.environment["GOUTONG_TEST_LONG"] != nil,
                "minutes of processes: Scripts/test --long"),
            .enabled(if: geteuid() == 0, "only root may mount the small disk that fills up"),
            .timeLimit(.minutes(15)))
        func whatIsAcknowledgedStaysOnAFullDisk() async throws { try await expectNothingLost(["disk_full"]) }

        private func expectNothingLost(_ faults: [String]) async throws {
            let home = office.folder.appendingPathComponent("s-" + UUID().uuidString.prefix(6)).path
            let isDisk = faults == ["disk_full"]
            let script = Self.root.appendingPathComponent("Tests/EndToEndTests/service_faults.py").path
            let run = try await office.shell(
                """
                run() { mkdir -p '\(home)' && chmod 755 '\(home)' && \
                    python3 '\(script)' "$GOUTONG" '\(home)/home' \(faults.joined(separator: " ")); }
                \(isDisk ? "export GOUTONG; unshare -m sh -c \"mkdir '\(home)' && "
                    + "mount -t tmpfs -o size=400m,mode=755 none '\(home)' && "
                    + "python3 '\(script)' '$GOUTONG' '\(home)/home' disk_full\"" : "run")
                """)
            #expect(run.status == 0, "\(run)")
            #expect(run.lines.count == faults.count, "\(run)")
            print(run.text)
        }
    }
}
