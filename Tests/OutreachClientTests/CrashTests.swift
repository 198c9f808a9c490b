import Foundation
import OutreachClient
import Testing

/// Killed between each pair of steps, and on a full disk.
@Suite("a crash at any point loses nothing and records nothing twice", .serialized)
struct CrashTests {
    /// In the order in which `meeting log` passes them.
    static let points = [
        "outbox.written", "outbox.named", "outbox.added", "outbox.replacing", "outbox.sending",
        "outbox.answered", "outbox.logged", "outbox.removed",
    ]

    @Test("kill -9", arguments: points)
    func killed(at point: String) async throws {
        try await Device.with { device, service, home in
            let killed = try await device.log(DocumentFixture.text(1), killedAt: point)
            #expect(killed.status == -SIGKILL, "\(killed)")
            #expect(killed.text.isEmpty, "nothing is claimed before the end")
            let waits = try Outbox(home: home.folder).entries()
            // From the moment that it has its name, until its receipt is in the log and it is taken out.
            let isKept = point != "outbox.written" && point != "outbox.removed"
            #expect(waits.count == (isKept ? 1 : 0))
            #expect(waits.allSatisfy { $0.item != nil })
            if isKept {
                let sent = try await device.goutong("outbox", "send")
                #expect(sent.status == 0 && sent.lines.count == 1, "\(sent)")
                #expect(try await service.counts() == (1, 1))
            }
            // Running the same command again, as a person would.
            let again = try await device.log(DocumentFixture.text(1))
            #expect(again.status == 0, "\(again)")
            #expect(try await service.counts() == (1, 1))
            #expect(try Outbox(home: home.folder).entries().isEmpty)
            for secret in DocumentFixture.secrets {
                #expect(try home.bytes().range(of: Data(secret.utf8)) == nil)
            }
        }
    }

    @Test("a full disk: exit 73, nothing sent, nothing pretended, what waited still waits")
    func fullDisk() async throws {
        try #require(geteuid() == 0, "only root may mount a small disk")
        try await Device.with { device, service, home in
            let document = home.folder.appendingPathComponent("document.json")
            try Data(DocumentFixture.text(2).utf8).write(to: document)
            let script = """
                set -u
                mkdir "$GOUTONG_HOME/disk"; mount -t tmpfs -o size=1m none "$GOUTONG_HOME/disk" || exit 90
                export GOUTONG_HOME="$GOUTONG_HOME/disk"
                GOUTONG_SERVER=\(Device.nowhere) "$GOUTONG" meeting log --from - ; [ $? = 69 ] || exit 91
                dd if=/dev/zero of="$GOUTONG_HOME/filler" bs=4k 2>/dev/null
                "$GOUTONG" meeting log --from "\(document.path)" --json; [ $? = 73 ] || exit 92
                "$GOUTONG" outbox send \(DocumentFixture.id(1)) --adopt --json; [ $? = 73 ] || exit 93
                [ "$("$GOUTONG" outbox list | wc -l)" = 1 ] || exit 94
                rm "$GOUTONG_HOME/filler"
                "$GOUTONG" outbox send \(DocumentFixture.id(1)) --adopt || exit 95
                "$GOUTONG" meeting log --from "\(document.path)" || exit 96
                find "$GOUTONG_HOME" -name '.new-*' | grep -q . && exit 97
                exit 0
                """
            let run = try await device.goutong(
                input: DocumentFixture.text(1), wrapper: ["/usr/bin/unshare", "-m", "/bin/sh", "-c", script])
            #expect(run.status == 0, "\(run)")
            #expect(run.said.contains("disk.full"))
            #expect(try await service.counts() == (2, 2))
        }
    }
}
