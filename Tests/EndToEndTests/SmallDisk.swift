import Foundation
import Testing

/// A disk of a few megabytes, seen by one script alone: full, it must leave what was there as it was.
struct SmallDisk {
    let ledger: Ledger

    /// Runs an export that takes `--out`: onto the empty disk, then onto the full one, then again with room.
    func expectWholeOrNothing(_ arguments: [String], isFile: Bool = false) async throws {
        // Only root may mount; for others a folder that may not be written is the next best refusal.
        let isRoot = geteuid() == 0
        let run = try await ledger.office.shell(
            (isRoot ? "unshare -m " : "") + "sh -s \(isFile ? "file" : "folder") \(isRoot) "
                + "\((arguments + ["--federation", ledger.federation]).joined(separator: " ")) <<'END'\n"
                + "\(Self.script)\nEND")
        #expect(run.status == 0, "\(run)")
        let refusals = run.said.split(separator: "\n").filter { $0.hasPrefix("{") }
        #expect(refusals.count == 3)
        let code = isRoot ? "disk.full" : isFile ? "file.cannot_write" : "folder.cannot_write"
        for refusal in refusals {
            #expect(refusal.contains("\"code\":\"\(code)\"") && refusal.contains("\"pointer\":\"--out\""))
        }
    }

    private static let script = """
        set -u
        kind=$1; root=$2; shift 2
        disk=$PWD/disk-$$
        mkdir "$disk"
        fail() { echo "failed: $1" >&2; ls -lA "$disk" "$disk"/out >&2; exit 1; }
        if $root; then mount -t tmpfs -o size=4m none "$disk" || fail mount; fi
        # A folder's own time may change: the files are made in it where they cannot be made beside it.
        standing() {
            find "$disk" -printf '%P %y %m %i\\n' | sort
            find "$disk/out" -type f -printf '%P %T@\\n' -exec cksum {} \\; | sort
        }
        fill() {
            if $root; then
                dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null; truncate -s -16K "$disk/filler"
            else touch "$disk/filler"; chmod 555 "$disk"; [ -d "$disk/out" ] && chmod 555 "$disk/out"; fi
        }
        empty() { chmod 755 "$disk"; [ -d "$disk/out" ] && chmod 755 "$disk/out"; rm "$disk/filler"; }
        refused() { "$GOUTONG" "$@" --json; [ $? = 73 ] || fail "exit code of $*"; }

        "$GOUTONG" "$@" --out "$disk/out" || fail first
        [ "$(ls -A "$disk")" = out ] || fail 'something beside it'
        fill
        before=$(standing)
        refused "$@" --out "$disk/out"
        refused "$@" --out "$disk/new"
        [ "$(standing)" = "$before" ] || fail 'what stood there changed'
        empty
        if [ $kind = folder ]; then
            mkdir -p "$disk/out/mine/deep"; echo mine > "$disk/out/mine.txt"
        else echo other > "$disk/out"; fi
        fill
        before=$(standing)
        refused "$@" --out "$disk/out"
        [ "$(standing)" = "$before" ] || fail 'what stood beside others changed'
        empty
        "$GOUTONG" "$@" --out "$disk/out" || fail last
        if [ $kind = folder ]; then
            [ "$(cat "$disk/out/mine.txt")" = mine ] && [ -d "$disk/out/mine/deep" ] || fail 'lost mine'
        fi
        [ "$(ls -A "$disk")" = out ] || fail 'something beside it in the end'
        find "$disk" -name '.goutong-*' | grep -q . && fail debris
        exit 0
        """
}
