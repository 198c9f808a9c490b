"""A national federation (national.sql): its funnel, its reports, its recordings and its ledger, beside DuckDB, SQL by
hand, pgbench and psql.

Imported by Scripts/bench.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DUCKDB_VERSION = "2.0.1"
FEDERATION = "national"
# The last week of the two years.
WEEK = "2019-W26"
# A past instant, amid the two years.
INSTANT = "2018-06-30 00:00+08"
# What DuckDB's copy has of each table.
COPIED = {
    "attendance": "firm_id, meeting_id, held_on, area_id, union_status",
    "milestone": "firm_id, milestone_id, kind, happened_on",
    "union_coverage": "firm_id, organised_from, organised_until",
}


class Nation:
    """The data set in the bench's own cluster, with its journeys and cells derived."""

    def __init__(self, bench, goutong, program, scale):
        self.bench, self.goutong, self.program, self.scale = bench, goutong, program, scale
        bench.output(goutong, "db", "migrate", "--set-up", "bench")
        self.owner = bench.conninfo()
        start = time.perf_counter()
        bench.output(
            program("psql"), self.owner, "-Xq", "-v", f"scale={scale}", "-v", "seed=1", "-f",
            os.path.join(HERE, "national.sql"))
        loaded = time.perf_counter()
        self.federation = self.says(f"SELECT federation_id FROM goutong.federation WHERE code = '{FEDERATION}'")
        firms = int(self.says("SELECT count(*) FROM goutong.journey_queue"))
        while int(self.says(f"SELECT goutong.drain_journeys({self.federation}, 20000)")):
            pass
        drained = time.perf_counter()
        self.says("VACUUM ANALYZE goutong.journey")
        self.says("VACUUM ANALYZE goutong.cell")
        print(
            f"nation: scale {scale} loaded in {loaded - start:.0f} s, {firms} journeys derived in "
            f"{drained - loaded:.0f} s ({firms / (drained - loaded):.0f} firms/s)", file=sys.stderr)

    def says(self, statement):
        return self.bench.output(
            self.program("psql"), self.owner, "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement).strip()

    def reads(self, bench_program, work, runs=5, *instant):
        """(ms, what was read) of goutong-nation-bench."""
        took, read = self.bench.output(bench_program, self.owner, work, str(runs), *instant).strip().split(" ", 1)
        return float(took), read

    def sums(self):
        """(ms, what was read) of every area and week, summed where they stand; the process's start included."""
        start = time.perf_counter()
        read = self.says(f"""
            SELECT concat_ws(' ', count(*), sum(met), sum(at_risk), sum(intent), sum(application), sum(established),
                sum(covered), sum(exited))
            FROM goutong.cell_at({self.federation}, now())""")
        return (time.perf_counter() - start) * 1000, read

    def by_hand(self):
        """(ms, what was read) of the SQL by hand, the process's start included."""
        start = time.perf_counter()
        read = self.bench.output(
            self.program("psql"), self.owner, "-XAtq", "-F", " ", "-v", f"federation={self.federation}", "-v",
            f"instant={INSTANT}", "-f", os.path.join(HERE, "national_by_hand.sql")).strip()
        return (time.perf_counter() - start) * 1000, read

    # MARK: Recording

    def actor(self):
        """Variables of derivation.pgbench.sql: a cadre of one township, with a token."""
        code = self.says(
            "SELECT code FROM goutong.area WHERE area_id = 1000007")
        if not self.says("SELECT 1 FROM goutong.account WHERE login = 'bench'"):
            self.bench.output(
                self.goutong, "account", "add", "--federation", FEDERATION, "--login", "bench", "--name", "示例",
                "--role", "cadre", "--unit", f"CN-{code}", "--no-password")
        self.bench.output(
            self.goutong, "account", "token", "issue", "bench", "--federation", FEDERATION, "--name", "bench")
        self.says("GRANT USAGE ON SCHEMA goutong TO goutong_serve")
        account, token = self.says("""
            SELECT account_id, encode(token_hash, 'hex') FROM goutong.api_token JOIN goutong.account
            USING (federation_id, account_id) WHERE login = 'bench' ORDER BY api_token.created_at DESC LIMIT 1
            """).split("|")
        return dict(federation=self.federation, area=1000007, account=account, token=token)

    def records(self, variables, derive, clients, firms, seconds):
        """Meetings a second; with `derive` they are announced, and one session drains as the service does."""
        drain = None
        if derive:
            drain = subprocess.Popen(
                [self.program("psql"), self.owner, "-Xq", "-c",
                 f"SELECT goutong.drain_journeys({self.federation}, 5000) \\watch 0.5"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.bench.environment)
        try:
            said = self.bench.output(
                self.program("pgbench"), "--no-vacuum", "--protocol=prepared",
                "--file=" + os.path.join(HERE, "derivation.pgbench.sql"), f"--time={seconds}",
                f"--client={clients}", f"--define=derive={int(derive)}", f"--define=firms={firms}",
                *[f"--define={name}={value}" for name, value in variables.items()],
                self.owner.replace("user=goutong ", "user=goutong_serve "))
            return float(re.search(r"tps = ([0-9.]+)", said)[1])
        finally:
            if drain:
                drain.terminate()
                drain.wait()

    # MARK: The weekly report

    def weekly(self, kind):
        """The command that writes the whole country's report."""
        return [
            self.goutong, "report", "weekly", "--federation", FEDERATION, "--week", WEEK, "--format", kind, "--out",
            os.path.join(self.bench.home, f"weekly.{kind}")]

    def weekly_by_hand(self, python, kind):
        """The command that makes the same tables of our counts (weekly_peer.py)."""
        report = os.path.join(self.bench.home, "weekly.json")
        if not os.path.exists(report):
            self.bench.output(*self.weekly("json"))
        return [
            python, os.path.join(HERE, "weekly_peer.py"), report, kind,
            os.path.join(self.bench.home, f"weekly-by-hand.{kind}")]

    # MARK: The ledger, exported

    def exports(self):
        """Seconds of our export of the whole ledger."""
        with tempfile.TemporaryDirectory(dir=self.bench.home) as folder:
            start = time.perf_counter()
            self.bench.output(
                self.goutong, "export", "ledger", "--federation", FEDERATION, "--out", os.path.join(folder, "ledger"))
            took = time.perf_counter() - start
            self.tables = []
            for name in sorted(os.listdir(os.path.join(folder, "ledger"))):
                if name.endswith(".csv"):
                    with open(os.path.join(folder, "ledger", name), encoding="utf-8-sig") as file:
                        self.tables.append((name[:-4], file.readline().strip()))
            return took

    def copies(self):
        """Seconds of psql's \\copy of the same columns of the same tables, one after another, in no order."""
        with tempfile.TemporaryDirectory(dir=self.bench.home) as folder:
            script = os.path.join(folder, "copy.sql")
            with open(script, "w") as file:
                for table, columns in self.tables:
                    known = self.says(f"""
                        SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
                        WHERE attrelid = 'goutong.{table}'::regclass AND attnum > 0
                          AND attname = ANY (string_to_array('{columns}', ','))""")
                    owned = self.says(f"""
                        SELECT count(*) FROM pg_attribute
                        WHERE attrelid = 'goutong.{table}'::regclass AND attname = 'federation_id'""")
                    where = f" WHERE federation_id = {self.federation}" if owned == "1" else ""
                    file.write(
                        f"\\copy (SELECT {known} FROM goutong.{table}{where}) TO '{folder}/{table}.csv' CSV HEADER\n")
            start = time.perf_counter()
            self.bench.output(self.program("psql"), self.owner, "-Xq", "-v", "ON_ERROR_STOP=1", "-f", script)
            return time.perf_counter() - start


class DuckDB:
    """The facts in DuckDB, in a file of its own, as it likes them: dense integers, one number to sort by."""

    def __init__(self, nation, python):
        self.nation, self.python = nation, python
        self.folder = tempfile.mkdtemp(prefix="duckdb-", dir=nation.bench.home)
        for table, columns in COPIED.items():
            nation.bench.output(
                nation.program("psql"), nation.owner, "-Xq", "-c",
                f"\\copy (SELECT {columns} FROM goutong.{table} WHERE federation_id = {nation.federation} "
                f"AND superseded_at IS NULL) TO '{self.folder}/{table}.csv' CSV HEADER")
        nation.bench.output(python, os.path.join(HERE, "duckdb_peer.py"), self.folder, "load")

    def funnel(self, work="funnel"):
        """(ms, what was computed): the median of five after one to warm up."""
        took, read = self.nation.bench.output(
            self.python, os.path.join(HERE, "duckdb_peer.py"), self.folder, work).strip().split(" ", 1)
        return float(took), read
