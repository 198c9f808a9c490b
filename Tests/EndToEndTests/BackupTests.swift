import Foundation
import Testing

extension EndToEnd {
    /// Backups, and what is restored from them. Each test has homes of its own: `$A`, and another machine's, `$B`.
    @Suite struct BackupTests {
        private let office: Office

        init() throws { office = try Office.current() }

        /// What was corrected later, what was known when, and who applied: the same on another cluster.
        @Test(.timeLimit(.minutes(30))) func theSampleReportsTheSameOnAnotherCluster() async throws {
            let run = try await script(
                """
                on $A demo load 2>/dev/null || exit 10
                now() { TZ=Asia/Shanghai date +%Y-%m-%dT%H:%M:%S+08:00; }
                sleep 1; before=$(now); sleep 1
                # Two meetings of the last week that it reports go, one week is declared empty.
                on $A meeting list --from 2018-12-24 --to 2018-12-30 --json > listed || exit 11
                for id in $(grep -o '"id":"[^"]*"' listed | head -2 | cut -d'"' -f4); do
                    on $A meeting void "$id" --why 重复登记 >/dev/null 2>&1 || exit 12
                done
                sleep 1; after=$(now); sleep 1
                told() {
                    for at in 2018-10-08T09:00:00+08:00 "$before" "$after"; do
                        on $1 report weekly --week 2018-W52 --format json --as-known-at "$at" || return 1
                        on $1 funnel --format json --as-known-at "$at" || return 1
                    done > told.$2
                    on $1 report weekly --week 2018-W52 --format json > now.$2 || return 1
                    on $1 application list --json > applications.$2 || return 1
                    on $1 db verify > verified.$2 || return 1
                    on $1 export ledger --out ledger.$2 2>/dev/null
                }
                told $A a || exit 13
                on $A key export --out exported.key 2>/dev/null || exit 14
                on $A db backup sample.goutong-backup 2>said >/dev/null || exit 15
                grep -c 'goutong key export' said
                tar xOf sample.goutong-backup | grep -acF "$(head -1 "$A/master.key")"

                on $B db restore sample.goutong-backup --json > restored || exit 16
                cat restored
                on $B application list >/dev/null 2>&1; echo $?
                [ -e "$B/master.key" ] && echo 'a key was made'
                on $B key import exported.key 2>/dev/null || exit 17
                told $B b || exit 18
                cmp told.a told.b && echo same
                [ $(wc -c < told.a) -gt 100000 ] && [ $(sort -u told.a | wc -l) -gt 5 ] && echo told
                cmp applications.a applications.b && diff -r ledger.a ledger.b && echo same
                diff <(cut -f1-4 verified.a) <(cut -f1-4 verified.b) && echo same
                moment='s/"as_known_at": *"[^"]*"//; s/"audit_head": *"[^"]*"//'
                diff <(sed "$moment" now.a) <(sed "$moment" now.b) && echo same
                rights() {
                    "$BIN/pg_dump" --schema-only --schema=goutong "$(on $1 db start 2>/dev/null)" |
                        grep -v '^--\\|^\\\\.*restrict'
                }
                diff <(rights $A) <(rights $B) && rights $B | grep -c 'FORCE ROW'
                """, federation: "beijing-demo")
            let lines = run.lines
            try #require(run.status == 0 && lines.count == 10, "\(run)")
            #expect(lines[0] == "1" && lines[1] == "0", "the key is told of, and not in the file")
            let restored = try Outcome.object(Data(lines[2].utf8))
            #expect(restored["swapped"] as? Bool == true && restored["kept"] is NSNull)
            #expect((restored["keys"] as? [String: String]) == ["beijing-demo": "missing"])
            #expect(lines[3] == "77", "without the key no person opens")
            #expect(Array(lines[4..<9]) == ["same", "told", "same", "same", "same"])
            #expect((Int(lines[9]) ?? 0) > 20, "row-level security is forced as before")
        }

        @Test func aFreshFederationTakesAnAccount() async throws {
            let run = try await script(
                """
                on $A db migrate --set-up mycity 2>/dev/null || exit 10
                echo 'Correct-Horse-Battery-9' |
                    on $A account add --login chen --name 陈 --role lead --unit BJ-110105021 2>&1; echo $?
                on $A account list
                # One that was set up before there was a tree gets it from the next set-up.
                sql $A 'DELETE FROM goutong.account; DELETE FROM goutong.org_unit'
                on $A db migrate --set-up mycity 2>/dev/null; sql $A 'SELECT count(*) FROM goutong.org_unit'
                on $A db migrate --set-up mycity 2>/dev/null; sql $A 'SELECT count(*) FROM goutong.org_unit'
                """)
            let units =
                try String(
                    contentsOf: Self.root.appendingPathComponent("Schema/Reference/org_unit.csv"),
                    encoding: .utf8
                ).split(separator: "\n").count - 1
            #expect(
                run.lines == [
                    "已新建账号 chen", "0", "chen  街道（乡镇）负责人  BJ-110105021  陈", "\(units)", "\(units)",
                ], "\(run)")
        }

        @Test func anotherTreeIsTakenWholeOrNotAtAll() async throws {
            let run = try await script(
                """
                h=code,parent_code,kind,name,area_code,valid_from
                tree() { printf '%s\\r\\n' "$@" > units.csv; }
                refused() {
                    on $A db migrate --set-up other --units units.csv --lang en 2>said; echo $?
                    grep -o '^--units[^ ]*' said | sed 's/：.*//'; grep -o '\\[[a-z._]*\\]' said
                }
                tree $h "CITY,,municipal_federation,某市总工会,,2018-04-01" \\
                    'D1,CITY,district_federation,"朝阳, 区总工会",110105,2018-04-01' \\
                    "D2,D9,district_federation,东城区总工会,110101,2018-04-01"
                refused
                tree $h "CITY,,municipal_federation,某市总工会,,2018-04-01" \\
                    "D1,CITY,district_federation,朝阳区总工会,999999,2018-13-01" "D1,CITY,x"
                refused
                tree $h "C1,,municipal_federation,某市总工会,,2018-04-01" "C2,,municipal_federation,另一,,2018-04-01"
                refused
                tree $h "C1,,municipal_federation,某市总工会,,2018-04-01" \\
                    "C2,C3,district_federation,二,,2018-04-01" "C3,C2,district_federation,三,,2018-04-01"
                refused
                tree code,name
                refused
                on $A account list --federation other 2>/dev/null; echo $?
                tree $h "D1,CITY,district_federation,朝阳区总工会,110105,2018-04-01" \\
                    "CITY,,municipal_federation,某市总工会,,2018-04-01"
                on $A db migrate --set-up other --units units.csv 2>/dev/null; echo $?
                echo 'Correct-Horse-Battery-9' |
                    on $A account add --federation other --login li --name 李 --role lead --unit D1 2>/dev/null; echo $?
                on $A db migrate --set-up other --units units.csv 2>/dev/null; echo $?
                tree $h "CITY,,municipal_federation,改名总工会,,2018-04-01"
                refused
                on $A db migrate --units units.csv 2>/dev/null; echo $?
                on $A db migrate --set-up third --units nowhere.csv 2>/dev/null; echo $?
                """)
            #expect(
                run.lines == [
                    "65", "--units:4:2", "[units.parent]",
                    "65", "--units:3:5", "--units:3:6", "--units:4:1", "[units.area]", "[date.form]",
                    "[units.columns]",
                    "65", "--units:3:2", "[units.root]",
                    "65", "--units:3:2", "--units:4:2", "[units.ring]", "[units.ring]",
                    "65", "--units:1:1", "[units.header]",
                    "66", "0", "0", "0", "79", "--units", "[federation.conflict]", "64", "66",
                ], "\(run)")
        }

        @Test func whatIsNotAsItWasMadeIsRefused() async throws {
            let run = try await script(
                """
                small $A
                # Seals the audit, so that it has a head.
                on $A db verify >/dev/null 2>&1 || exit 9
                save good.goutong-backup || exit 10
                stat -c %a good.goutong-backup
                save good.goutong-backup; echo $?
                size=$(stat -c %s good.goutong-backup)
                refused() {
                    on $A db restore bad.goutong-backup --lang en 2>said; echo $? "$(grep -o '\\[[a-z._]*\\]' said | sort -u)"
                    on $A db restore bad.goutong-backup --check 2>/dev/null; echo $?
                }
                for at in 20000 100 $((size - 40)); do
                    cp good.goutong-backup bad.goutong-backup
                    printf '\\377' | dd of=bad.goutong-backup bs=1 seek=$at conv=notrunc 2>/dev/null
                    refused
                done
                for left in $((size - 1)) $((size / 2)) 0; do
                    head -c $left good.goutong-backup > bad.goutong-backup
                    refused
                done
                (cat good.goutong-backup; echo more) > bad.goutong-backup
                refused
                # A manifest that says otherwise than the dump: found when it is compared.
                for key in ledger_hash rights_sha256 checksum audit_head meeting; do
                    python3 - "$key" <<'PY'
                text = open('good.goutong-backup', 'rb').read()
                key = __import__('sys').argv[1].encode()
                at = text.index(b'"' + key + b'":', text.index(b'"format":"goutong.backup/1"')) + len(key) + 3
                while not (48 <= text[at] <= 57): at += 1
                digit = b'1' if text[at:at + 1] != b'1' else b'2'
                open('bad.goutong-backup', 'wb').write(text[:at] + digit + text[at + 1:])
                PY
                    refused
                done
                databases $A
                on $A meeting list --json | wc -l
                """)
            var expected = ["600", "73"]
            expected += ["65 [backup.damaged]", "65", "65 [backup.foreign]", "65"]
            expected += ["65 [backup.damaged]", "65"]
            expected += [
                "65 [backup.damaged]", "65", "65 [backup.damaged]", "65", "65 [backup.foreign]", "65",
            ]
            expected += ["65 [backup.damaged]", "65"]
            for _ in 0..<5 { expected += ["65 [backup.differs]", "65"] }
            expected += ["goutong postgres", "1"]
            #expect(run.lines == expected, "\(run)")
        }

        /// Row-level security is forced on the owner too: without its policy the dump would be short, and so would the
        /// counts that it is compared with.
        @Test func aDumpThatWouldLackRowsIsNotMade() async throws {
            let run = try await script(
                """
                small $A
                sql $A 'DROP POLICY operator ON goutong.meeting'
                sql $A 'SELECT count(*) FROM goutong.meeting'
                on $A db backup short.goutong-backup --json 2>said; echo $?; grep -o '"code":"[a-z._]*"' said
                ls -A | grep -c backup
                """)
            #expect(run.lines == ["0", "1", "\"code\":\"rls.owner_blind\"", "0"], "\(run)")
        }

        @Test func aFullDiskLeavesNoHalfFile() async throws {
            let isRoot = geteuid() == 0
            let run = try await script(
                """
                small $A
                mkdir disk; \(isRoot ? "mount -t tmpfs -o size=1m none disk" : ":")
                save disk/first.goutong-backup; echo $?
                \(isRoot ? "dd if=/dev/zero of=disk/filler bs=4k 2>/dev/null; truncate -s -64K disk/filler" : "chmod 555 disk")
                before=$(ls -lA disk)
                on $A db backup disk/second.goutong-backup --json 2>said; echo $?; grep -o '"code":"[a-z._]*"' said
                on $A db backup --folder disk --keep 1 2>/dev/null; echo $?
                [ "$(ls -lA disk)" = "$before" ] && echo same
                \(isRoot ? "rm disk/filler" : "chmod 755 disk")
                save disk/second.goutong-backup; echo $?
                on $A db restore disk/second.goutong-backup --check 2>/dev/null; echo $?
                \(isRoot ? "umount disk" : ":")
                """, alone: isRoot)
            let code = isRoot ? "disk.full" : "file.cannot_write"
            #expect(
                run.lines == ["0", "73", "\"code\":\"\(code)\"", "73", "same", "0", "0"], "\(run)")
        }

        @Test func aFolderKeepsTheLastOnes() async throws {
            let run = try await script(
                """
                small $A
                mkdir kept; echo mine > kept/mine.goutong-backup; mkdir kept/goutong-20200101T000000Z.goutong-backup
                echo other > kept/other-20200101T000000Z.goutong-backup
                : > kept/goutong-20190101T000000Z.goutong-backup
                for n in 1 2 3; do on $A db backup --folder kept --keep 2 2>/dev/null || exit 10; sleep 1.1; done | sort > made
                ls -A kept | sed 's/-20[^.]*/-T/'
                tail -2 made | while read -r file; do [ -e "$file" ] && echo there; done
                on $A db backup --folder kept --keep 0 2>/dev/null; echo $?
                on $A db backup x --keep 3 2>/dev/null; echo $?
                on $A db backup 2>/dev/null; echo $?
                on $A db backup --folder nowhere 2>/dev/null; echo $?
                """)
            #expect(
                run.lines == [
                    "goutong-T.goutong-backup", "goutong-T.goutong-backup", "goutong-T.goutong-backup",
                    "mine.goutong-backup", "other-T.goutong-backup", "there", "there", "64", "64", "64", "73",
                ], "\(run)")
        }

        /// Whoever works is not cut off unasked; asked to, it ends them, the service's login too.
        @Test func liveSessionsAreRespected() async throws {
            let run = try await script(
                """
                small $A
                save one.goutong-backup || exit 10
                echo "$(on $A db start 2>/dev/null)" > conninfo
                busy() { "$BIN/psql" -qAtX "$(sed "s/user=goutong /user=$1 /" conninfo)" -c 'SELECT pg_sleep(120)' >/dev/null 2>&1 & }
                busy goutong_serve; one=$!; busy goutong; other=$!; sleep 1
                sql $A "UPDATE goutong.federation SET name_zh = '已改'"
                on $A db restore one.goutong-backup --json 2>said; echo $?; grep -o '"code":"[a-z._]*"' said
                sql $A 'SELECT name_zh FROM goutong.federation'; databases $A
                on $A audit list --action database.restore | grep -c refused
                on $A db restore one.goutong-backup --check 2>/dev/null; echo $?
                kill -0 $one && kill -0 $other && echo working
                on $A db restore one.goutong-backup --force --drop-old 2>/dev/null; echo $?
                wait $one; echo $?; wait $other; echo $?
                sql $A 'SELECT name_zh FROM goutong.federation'; databases $A
                "$BIN/psql" -qAtX "$(sed 's/user=goutong /user=goutong_serve /' conninfo)" -c "SELECT 'may enter'"
                on $A audit list --action database | wc -l
                """)
            #expect(
                run.lines == [
                    "69", "\"code\":\"restore.in_use\"", "已改", "goutong postgres", "1", "0", "working", "0",
                    "2",
                    "2", "示例市总工会", "goutong postgres", "may enter", "2",
                ], "\(run)")
        }

        /// Killed at any step, the live database works on, and the next restore clears what was left.
        @Test func aKilledRestoreLeavesTheLiveDatabase() async throws {
            let run = try await script(
                """
                small $A
                save one.goutong-backup || exit 10
                left=0
                for wait in 0.1 0.2 0.3 0.45 0.6 0.75 0.9 1.1 1.3; do
                    setsid "$GOUTONG" db restore one.goutong-backup >/dev/null 2>&1 & pid=$!
                    sleep $wait; kill -9 $pid 2>/dev/null; wait $pid
                    [ "$(on $A meeting list --json | wc -l)" = 1 ] || exit 11
                    sql $A 'SELECT 1 FROM goutong.federation' >/dev/null || exit 12
                    databases $A | grep -q scratch && left=$((left + 1))
                done
                [ $left -gt 0 ] && echo 'some were left'
                setsid "$GOUTONG" db restore one.goutong-backup >/dev/null 2>&1 & pid=$!
                sleep 0.4; kill -INT $pid; wait $pid
                on $A db restore one.goutong-backup --check 2>/dev/null; echo $?
                databases $A | grep -c scratch
                on $A db verify >/dev/null 2>&1; echo $?
                # Lost altogether, with who might enter it: as on a server that was made anew.
                conninfo=$(on $A db start 2>/dev/null)
                "$BIN/psql" -qAtX "${conninfo/dbname=goutong/dbname=postgres}" -c 'DROP DATABASE goutong'
                on $A db restore one.goutong-backup 2>/dev/null; echo $?
                "$BIN/psql" -qAtX "${conninfo/user=goutong /user=goutong_serve }" -c "SELECT 'may enter'"
                on $A meeting list --json | wc -l
                """)
            #expect(
                run.lines == ["some were left", "0", "0", "0", "0", "may enter", "1"], "\(run)")
        }

        /// While three offices record, each backup is one moment: its rows, hashes and dump agree.
        @Test func aBackupBesideWritersIsOneMoment() async throws {
            let run = try await script(
                """
                small $A
                write() {
                    n=0
                    while [ ! -e stop ] && [ $n -lt 25 ]; do
                        n=$((n + 1))
                        sed "s/00000000e002/0000000$(printf '%d%04d' $1 $n)/" worker.json |
                            on $A meeting log --from - >/dev/null 2>&1 && echo $1-$n >> done.$1
                    done
                }
                write 1 & write 2 & write 3 &
                for n in 1 2 3 4; do
                    sleep 1
                    known=$(cat done.* | wc -l)
                    save beside$n.goutong-backup || exit 10
                    rows=$(tar xOf beside$n.goutong-backup manifest.json | grep -o '"meeting":[0-9]*' | cut -d: -f2)
                    # The one that `small` recorded, and all that were acknowledged before it began.
                    [ "$rows" -gt "$known" ] || echo "lost: $rows of $known"
                done
                touch stop; wait
                for n in 1 2 3 4; do on $B db restore beside$n.goutong-backup --check >/dev/null 2>&1; echo $?; done
                on $B db restore beside4.goutong-backup >/dev/null 2>&1; echo $?
                cp $A/master.key $B/
                [ "$(on $B export ledger --out l 2>/dev/null; sed 1d l/meeting.csv | wc -l)" = "$rows" ] || echo differs
                """)
            #expect(run.lines == ["0", "0", "0", "0", "0"], "\(run)")
        }

        @Test func theProgramIsFoundAndThePasswordStaysOffTheCommandLine() async throws {
            let run = try await script(
                """
                small $A
                url="$(on $A db start 2>/dev/null) password=hunter2"
                major=$(basename "$(dirname "$BIN")")
                mkdir -p root/$major/bin
                for name in pg_dump pg_restore; do
                    printf '#!/bin/sh\\necho "$PGPASSWORD/$GOUTONG_DATABASE_URL/$@" >> %s/calls\\nexec %s/%s "$@"\\n' \\
                        "$PWD" "$BIN" $name > root/$major/bin/$name
                    chmod +x root/$major/bin/$name
                done
                outside() { GOUTONG_KEY_FILE=$A/master.key GOUTONG_POSTGRESQL_ROOT=$PWD/$1 GOUTONG_DATABASE_URL=$url on $A "${@:2}"; }
                outside root db backup one.goutong-backup >/dev/null 2>&1; echo $?
                outside root db restore one.goutong-backup 2>/dev/null; echo $?
                grep -c '^hunter2//' calls; sed 's,^[^/]*/,,' calls | grep -c hunter2
                outside empty db backup two.goutong-backup --json 2>said; echo $?; grep -o '"code":"[a-z._]*"' said
                outside empty db restore one.goutong-backup --json 2>said; echo $?; grep -o '"code":"[a-z._]*"' said
                [ -e two.goutong-backup ] || databases $A
                """)
            #expect(
                run.lines.dropLast() == [
                    "0", "0", "3", "0", "69", "\"code\":\"backup.program_missing\"", "69",
                    "\"code\":\"backup.program_missing\"",
                ], "\(run)")
            #expect(run.lines.last?.hasPrefix("goutong goutong_before_") == true, "\(run)")
        }

        // MARK: -

        private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()

        /// Runs bash with two homes and a few words: `on HOME …` is goutong there, `sql HOME …` its owner's psql,
        /// `databases HOME` their names, `small HOME` a federation with one meeting.
        /// - Parameter alone: with mounts that nobody else sees.
        private func script(
            _ text: String, federation: String? = nil, alone: Bool = false
        ) async throws -> Outcome {
            let folder = office.folder.appendingPathComponent("b-" + UUID().uuidString.prefix(6)).path
            let file = try office.file(
                Data(
                    """
                    mkdir '\(folder)'; chmod 755 '\(folder)'; cd '\(folder)'
                    A=\(folder)/a; B=\(folder)/b
                    export GOUTONG_HOME=$A
                    cat > worker.json <<'END'
                    \(Documents.workerMeeting)
                    END
                    on() { GOUTONG_HOME=$1 "$GOUTONG" "${@:2}"; }
                    BIN=$(ls -d ${GOUTONG_POSTGRESQL_ROOT:-/usr/lib/postgresql}/*/bin | tail -1)
                    sql() { "$BIN/psql" -qAtX -v ON_ERROR_STOP=1 "$(on $1 db start 2>/dev/null)" -c "$2"; }
                    save() { on $A db backup $1 >/dev/null 2>&1; }
                    databases() {
                        echo $(sql $1 "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1")
                    }
                    small() {
                        on $1 db migrate --set-up mycity 2>/dev/null || exit 90
                        on $1 meeting log --from worker.json >/dev/null 2>&1 || exit 91
                    }
                    trap 'on $A db stop >/dev/null 2>&1; on $B db stop >/dev/null 2>&1' EXIT
                    \(text)
                    """.utf8))
            return try await office.shell("\(alone ? "unshare -m " : "")bash \(file)")
        }
    }
}
