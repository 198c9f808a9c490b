"""`goutong serve` under load, and its peer: pgbench replaying the statements of the same requests.

Imported by Scripts/bench.
"""
import glob
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
RECORD_SCRIPT = os.path.join(HERE, "record.pgbench.sql")
LOAD_SCRIPT = os.path.join(HERE, "meetings.wrk.lua")
FEDERATION = "bench"


class Ledger:
    """A federation with one cadre of one street, who has a token."""

    def __init__(self, bench, goutong, program):
        self.bench, self.goutong, self.program = bench, goutong, program
        bench.output(goutong, "db", "migrate", "--set-up", FEDERATION)
        self.owner = bench.conninfo()
        self.conninfo = self.owner.replace("user=goutong ", "user=goutong_serve ")
        federation, area, self.area, district, self.district = self.owner_says("""
            SELECT federation_id, area_id, area.code, district_code, district_code
            FROM goutong.federation, goutong.area
            WHERE federation.code = 'bench' AND level = 'township' AND valid_from <= '2018-06-15'
              AND valid_to IS NULL ORDER BY area.code LIMIT 1""").split("|")
        # The union tree is the operator's to load: as much of it as one street has above it.
        self.owner_says(f"""
            INSERT INTO goutong.org_unit (federation_id, code, parent_code, kind, name, area_code, valid_from)
            VALUES ({federation}, 'BJ', NULL, 'municipal_federation', '北京市总工会', NULL, '2018-01-01'),
                ({federation}, 'BJ-{district}', 'BJ', 'district_federation', '区总工会', '{district}', '2018-01-01'),
                ({federation}, 'BJ-{self.area}', 'BJ-{district}', 'township_federation', '街道总工会', '{self.area}',
                    '2018-01-01')
            ON CONFLICT DO NOTHING""")
        # pgbench prepares a whole flight before it sends it: before the role is taken that may name anything.
        self.owner_says("GRANT USAGE ON SCHEMA goutong TO goutong_serve")
        if not self.owner_says("SELECT 1 FROM goutong.account WHERE login = 'bench'"):
            bench.output(
                goutong, "account", "add", "--federation", FEDERATION, "--login", "bench", "--name", "示例",
                "--role", "cadre", "--unit", f"BJ-{self.area}", "--no-password")
        self.token = bench.output(
            goutong, "account", "token", "issue", "bench", "--federation", FEDERATION, "--name", "bench").strip()
        account, token_hash = self.owner_says("""
            SELECT account_id, encode(token_hash, 'hex') FROM goutong.api_token JOIN goutong.account
            USING (federation_id, account_id) WHERE login = 'bench' ORDER BY api_token.created_at DESC LIMIT 1
            """).split("|")
        self.variables = [
            f"--define={name}={value}" for name, value in dict(
                federation=federation, area=area, district=district, account=account,
                token=token_hash).items()]

    def owner_says(self, statement):
        return self.bench.output(
            self.program("psql"), self.owner, "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement).strip()

    def settle(self):
        """Waits until nobody's meetings leave work behind: journeys derived, audit sealed."""
        for _ in range(600):
            if self.owner_says("""
                    SELECT EXISTS (SELECT FROM goutong.journey_queue)
                        OR EXISTS (SELECT FROM goutong.audit_unsealed)""") == "f":
                return
            time.sleep(0.2)
        sys.exit("bench: the service does not come to rest")

    def replay(self, clients, seconds):
        """(meetings a second, p99 in ms) of pgbench with the service's login."""
        folder = tempfile.mkdtemp(prefix="replay-", dir=self.bench.home)
        try:
            said = self.bench.output(
                self.program("pgbench"), "--no-vacuum", "--protocol=prepared", f"--file={RECORD_SCRIPT}",
                f"--time={seconds}", f"--client={clients}", "--log", f"--log-prefix={folder}/log",
                *self.variables, self.conninfo)
            took = sorted(
                int(line.split()[2]) for path in glob.glob(folder + "/log*") for line in open(path))
            return float(re.search(r"tps = ([0-9.]+)", said)[1]), took[len(took) * 99 // 100] / 1000
        finally:
            shutil.rmtree(folder)


class Service:
    """The running command, with its settings as they are without any flag but the ports."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.log = os.path.join(ledger.bench.home, "serve.log")
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [ledger.goutong, "serve", "--port", "0", "--admin-port", "0"],
                env=ledger.bench.environment, stderr=log)
        ports = {}
        for _ in range(600):
            if self.process.poll() is not None:
                sys.exit(f"bench: goutong serve ended:\n{open(self.log).read()}")
            ports = self.ports()
            if len(ports) == 2 and self.ready(ports["admin"]):
                break
            time.sleep(0.1)
        self.url = f"http://127.0.0.1:{ports['api']}"

    def ports(self):
        lines = [json.loads(line) for line in open(self.log) if line.endswith("}\n")]
        return {line["of"]: line["port"] for line in lines if line["message"] == "listening"}

    def ready(self, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/ready")
        return connection.getresponse().status == 200

    def load(self, connections, seconds):
        """(meetings a second, p99 in ms) of wrk; a meeting that is not recorded ends the run."""
        said = self.ledger.bench.output(
            "wrk", "--latency", "-c", str(connections), "-t", "1", "-d", str(seconds), "--timeout", "30",
            "-s", LOAD_SCRIPT, self.url, self.ledger.area, GOUTONG_BENCH_TOKEN=self.ledger.token)
        result = json.loads(said.splitlines()[-1])
        if result["refused"]:
            sys.exit(f"bench: {result['refused']} meetings were refused\n{open(self.log).read()[-2000:]}")
        return result["rate"], result["p99_ms"]

    def resident(self):
        """In MB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+) kB", status.read())[1]) * 1024 / 1e6

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=60)
