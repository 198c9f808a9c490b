#!/usr/bin/env python3
"""64 writers over HTTP at a built `goutong serve`, while its parts are stopped, killed and starved.

After each, every meeting that was acknowledged must be there exactly once, with its receipt; `goutong db verify`
must find everything in place; and the service must be ready again by itself. Run by ServeTests; prints one JSON
object a fault.

    service_faults.py GOUTONG HOME FAULT...
"""
import base64
import hashlib
import http.client
import json
import os
import pathlib
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
import uuid

WRITERS = 64
GOUTONG, HOME = sys.argv[1:3]
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("GOUTONG_", "PG"))}
ENVIRONMENT["GOUTONG_HOME"] = HOME


def goutong(*arguments):
    return subprocess.run(
        [GOUTONG, *arguments], env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout


def psql(statement, conninfo):
    programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/psql"), key=lambda p: int(p.parts[4]))
    return subprocess.run(
        [programs[-1], "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", conninfo, "-c", statement],
        env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout.strip()


def until(condition, seconds, what):
    end = time.monotonic() + seconds
    begun = time.monotonic()
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"not within {seconds} s: {what}")
        time.sleep(0.05)
    return round(time.monotonic() - begun, 2)


class Service:
    """The command, its ports, and what it says."""

    def __init__(self):
        self.log = pathlib.Path(HOME) / "serve.log"
        self.port = self.admin = 0

    def start(self):
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [GOUTONG, "serve", "--port", str(self.port), "--admin-port", str(self.admin)],
                env=ENVIRONMENT, stderr=log)
        until(lambda: len(self.ports()) == 2 or self.process.poll() is not None, 60, "ports")
        self.port, self.admin = (self.ports()[name] for name in ("api", "admin"))
        return until(self.ready, 60, "ready at the start")

    def ports(self):
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.endswith("}")]
        return {line["of"]: line["port"] for line in lines if line.get("message") == "listening"}

    def ready(self):
        return self.admin_get("/ready")[0] == 200

    def admin_get(self, path):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.admin, timeout=5)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""

    def metric(self, name):
        for line in self.admin_get("/metrics")[1].splitlines():
            if line.startswith(name + " "):
                return float(line.split()[1])
        raise SystemExit(f"no metric {name}")


def document(identifier):
    return json.dumps({
        "schema": "goutong.meeting/1", "id": identifier, "kind": "enterprise", "held_on": "2018-09-12",
        "area": "110105021", "venue": {"kind": "park"},
        "firms": [{"name": f"测试{identifier[-6:]}公司", "union_status": "unorganised",
                   "intent": {"form": "verbal", "on": "2018-09-12"}}]}).encode()


def minted():
    random_bits = secrets.randbits(74)
    value = (int(time.time() * 1000) << 80) | (7 << 76) | ((random_bits >> 62) << 64) \
        | (2 << 62) | (random_bits & ((1 << 62) - 1))
    return str(uuid.UUID(int=value))


class Writers:
    """Each sends one meeting after another until it is told to stop; an answer that is no receipt is tried
    again with the same document, as the outbox does."""

    def __init__(self, service, token):
        self.service, self.token = service, token
        self.acknowledged, self.statuses, self.lock = {}, {}, threading.Lock()
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self.write, daemon=True) for _ in range(WRITERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def write(self):
        connection, identifier = None, minted()
        while not self.stop.is_set():
            try:
                if connection is None:
                    connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=40)
                connection.request(
                    "POST", "/v1/meetings", document(identifier),
                    {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
                answer = connection.getresponse()
                status, body = answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                status, connection = 0, None
            with self.lock:
                self.statuses[status] = self.statuses.get(status, 0) + 1
                if status in (200, 201):
                    self.acknowledged[identifier] = json.loads(body)["receipt"]
            if status in (200, 201):
                identifier = minted()
            elif status not in (0, 429, 503, 504):
                raise SystemExit(f"status {status}: {body[:300]}")
            else:
                time.sleep(random.uniform(0.05, 0.3))

    def count(self):
        with self.lock:
            return len(self.acknowledged)


class Faults:
    def __init__(self):
        goutong("db", "migrate", "--set-up", "city")
        self.conninfo = goutong("db", "start").strip()
        self.serving = self.conninfo.replace("user=goutong ", "user=goutong_serve ")
        # The union tree is not this test's: one unit at the root.
        secret = secrets.token_bytes(32)
        self.token = "gt1.city." + base64.urlsafe_b64encode(secret).decode().rstrip("=")
        psql(f"""
            INSERT INTO goutong.org_unit (federation_id, code, name, kind, valid_from)
            SELECT 1, 'ROOT', 'root', 'city', '2018-01-01'
            WHERE NOT EXISTS (SELECT FROM goutong.org_unit WHERE federation_id = 1 AND parent_code IS NULL);
            INSERT INTO goutong.account (federation_id, account_id, login, display_name, role, unit_code,
                created_at)
            SELECT 1, '01890000-0000-7000-8000-00000000aaaa', 'writer', 'writer', 'lead', code, now()
            FROM goutong.org_unit WHERE federation_id = 1 AND parent_code IS NULL LIMIT 1;
            INSERT INTO goutong.api_token (federation_id, token_id, account_id, name, token_hash, created_at,
                expires_at)
            VALUES (1, gen_random_uuid(), '01890000-0000-7000-8000-00000000aaaa', 'faults',
                decode('{hashlib.sha256(secret).hexdigest()}', 'hex'), now(), now() + interval '1 day')
            """, self.conninfo)
        self.service = Service()
        self.service.start()

    def replay(self, acknowledged):
        """Sends some again: each is answered with the receipt it had."""
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=40)
        some = random.sample(sorted(acknowledged), min(64, len(acknowledged)))
        for identifier in some:
            connection.request(
                "POST", "/v1/meetings", document(identifier),
                {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
            answer = connection.getresponse()
            told = json.loads(answer.read())
            if answer.status != 200 or told["receipt"] != acknowledged[identifier]:
                raise SystemExit(f"sent again: {answer.status}, another receipt")
        connection.close()
        return len(some)

    def verify(self, held):
        """The structure, the ledger's hash, the journeys and the chain of the audit, by the command itself."""
        found = json.loads(goutong("db", "verify", "--json"))
        # An entry a meeting: whatever else was done adds to it.
        if found["audit_waiting"] != 0 or found["audit_links"] < held:
            raise SystemExit(f"the audit is not sealed: {found}")
        return {name: found[name] for name in ("ledger_hash", "rows", "audit_links")}

    def audit(self, acknowledged):
        """Each acknowledged meeting once, with one audit entry."""
        held = psql("SELECT meeting_id, count(*) FROM goutong.meeting_revision GROUP BY 1", self.conninfo)
        counts = dict(line.split("|") for line in held.splitlines())
        lost = [i for i in acknowledged if i not in counts]
        twice = [i for i, n in counts.items() if n != "1"]
        audited = psql("""SELECT count(*) FROM goutong.meeting_revision r WHERE 1 <> (
            SELECT count(*) FROM goutong.audit_entry e WHERE e.object_id = r.meeting_id::text)""", self.conninfo)
        if lost or twice or audited != "0":
            raise SystemExit(f"lost {len(lost)}, twice {len(twice)}, not audited once {audited}")
        return len(counts)

    def run(self, name, fault):
        report = {"fault": name}
        with Writers(self.service, self.token) as writers:
            until(lambda: writers.count() > 200, 120, "writers at work")
            fault(report)
            report["ready_after_s"] = until(self.service.ready, 60, "ready again")
            before = writers.count()
            report["next_receipt_s"] = until(lambda: writers.count() > before + 64, 60, "receipts again")
        report["acknowledged"] = len(writers.acknowledged)
        report["statuses"] = {str(k): v for k, v in sorted(writers.statuses.items())}
        report["held"] = self.audit(writers.acknowledged)
        report["sent_again"] = self.replay(writers.acknowledged)
        report["verified"] = self.verify(report["held"])
        print(json.dumps(report), flush=True)

    # The faults. Each leaves the system to come back by itself.

    def stopped(self, report):
        goutong("db", "stop")
        report["unready_after_s"] = until(lambda: not self.service.ready(), 10, "unready")
        time.sleep(2)
        goutong("db", "start")

    def killed(self, report):
        file = next(pathlib.Path(HOME).rglob("postmaster.pid"))
        os.kill(int(file.read_text().split()[0]), signal.SIGKILL)
        report["unready_after_s"] = until(lambda: not self.service.ready(), 10, "unready")

    def terminated(self, report):
        ended = 0
        for _ in range(20):
            # A login may end its own sessions.
            ended += int(psql("""SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE usename = 'goutong_serve' AND pid <> pg_backend_pid()""", self.serving))
            time.sleep(0.1)
        report["sessions_ended"] = ended

    def service_killed(self, report):
        self.service.process.kill()
        self.service.process.wait()
        report["started_s"] = self.service.start()

    def sigterm(self, report):
        begun = time.monotonic()
        self.service.process.terminate()
        code = self.service.process.wait(timeout=60)
        report["drained_s"] = round(time.monotonic() - begun, 2)
        if code != 0:
            raise SystemExit(f"exit {code} after SIGTERM")
        self.service.start()

    def disk_full(self, report):
        filler = pathlib.Path(HOME) / "filler"
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * (1 << 20))
            except OSError:
                pass
        # What is left by blocks smaller than that.
        with open(filler, "ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 4096)
            except OSError:
                pass
        time.sleep(6)
        report["free_bytes"] = os.statvfs(HOME).f_bavail * os.statvfs(HOME).f_frsize
        filler.unlink()

    def memory(self):
        report = {"fault": "memory", "idle_bytes": self.service.metric("process_resident_memory_bytes")}
        sent = 0
        with Writers(self.service, self.token) as writers:
            for mark in (5000, 10000, 20000):
                until(lambda: writers.count() >= mark, 900, f"{mark} meetings")
                report[f"after_{mark}_bytes"] = self.service.metric("process_resident_memory_bytes")
        print(json.dumps(report), flush=True)

    def close(self):
        self.service.process.terminate()
        code = self.service.process.wait(timeout=60)
        goutong("db", "stop")
        if code != 0:
            raise SystemExit(f"exit {code} in the end")


def main():
    faults = Faults()
    try:
        for name in sys.argv[3:]:
            if name == "memory":
                faults.memory()
            else:
                faults.run(name, getattr(faults, name))
        faults.close()
    finally:
        if faults.service.process.poll() is None:
            faults.service.process.kill()
        subprocess.run([GOUTONG, "db", "stop"], env=ENVIRONMENT, capture_output=True)


main()
