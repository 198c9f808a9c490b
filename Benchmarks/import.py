#!/usr/bin/env python3
"""`goutong import firms` beside psql: reading and checking a list against `\\copy` of the same file, publishing it
against `INSERT … SELECT` of the same rows into the same tables.

Imported by Scripts/bench (by its path: the name is a keyword). By itself it writes the list:
    python3 Benchmarks/import.py FILE ROWS [SEED]
"""
import json
import os
import random
import subprocess
import sys
import time

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
HEADER = "统一社会信用代码,企业名称,街道（乡镇）代码,注册日期,职工人数,行业代码,工会覆盖起"
AREAS = ["110105021", "110101001", "110108012", "110106008", "110111001", "110112005"]
WORDS = ["华", "信", "达", "科", "盛", "元", "通", "海", "瑞", "安", "康", "嘉", "远", "东", "方", "新"]
TRADES = ["科技", "餐饮", "物流", "建筑工程", "商贸", "物业管理", "文化传媒", "教育咨询"]
INDUSTRIES = ["I65", "H62", "G60", "E47", "F51", "K70", "R86", "P83"]
# What is wrong with a bad row, and the column that is to be told.
WAYS = ["uscc.check_character", "area.not_valid_on_day", "excel.date_serial", "firm.listed_twice", "type.integer"]


def code(number):
    body = f"91110105{number:09d}"
    total = sum(VALUES[letter] * weight for letter, weight in zip(body, WEIGHTS))
    return body + ALPHABET[(31 - total % 31) % 31]


def write_list(path, rows, seed=2018, bad=0.01):
    """Writes a list of firms with a share of bad rows. Returns what is to be told: {line: rule}."""
    draw = random.Random(seed)
    expected = {}
    good = 0
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        for number in range(rows):
            name = "北京" + "".join(draw.choice(WORDS) for _ in range(3)) + str(number) + draw.choice(TRADES)
            day = f"{draw.randint(1995, 2017)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
            row = [code(number), name + "有限公司", draw.choice(AREAS), day, str(draw.randint(1, 900)),
                   draw.choice(INDUSTRIES), "2018-03-01" if draw.random() < 0.2 else ""]
            if draw.random() < bad and number > 10:
                way = draw.choice(WAYS)
                expected[number + 2] = way
                if way == "uscc.check_character":
                    row[0] = row[0][:-1] + ("0" if row[0][-1] != "0" else "1")
                    # A code that ends in three zeros is told to be a spreadsheet's.
                    if row[0].endswith("000"):
                        expected[number + 2] = "excel.digits_lost"
                elif way == "area.not_valid_on_day":
                    row[2] = "110105999"
                elif way == "excel.date_serial":
                    row[3] = "43000"
                elif way == "firm.listed_twice":
                    row[0] = code(good)
                else:
                    row[4] = "many"
            else:
                good = number
            file.write(",".join(row) + "\n")
    return expected


def psql(program, conninfo, sql):
    done = subprocess.run([program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", conninfo, "-c", sql],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"bench: psql failed:\n{done.stderr}")
    return done.stdout.strip()


def import_firms(bench, goutong, federation, path, *flags):
    """Runs an import; returns what it says. Bad rows are no failure here."""
    done = subprocess.run([goutong, "import", "firms", path, "--federation", federation, "--json", *flags],
                          env=bench.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 65):
        sys.exit(f"bench: the import failed:\n{done.stderr}")
    return json.loads(done.stdout)


def staging(bench, goutong, program, path, rounds=5):
    """Path `import-staging`: rows a second, read and checked, beside `\\copy` into a bare table."""
    conninfo = bench.conninfo()
    bench.output(goutong, "db", "migrate", "--set-up", "staging")
    rows = sum(1 for _ in open(path, "rb")) - 1
    ours, peer = [], []
    psql(program, conninfo, "DROP TABLE IF EXISTS bare; CREATE TABLE bare (a text, b text, c text, d text, e text,"
                            " f text, g text)")
    for _ in range(rounds):
        psql(program, conninfo, "TRUNCATE bare")
        start = time.perf_counter()
        psql(program, conninfo, f"\\copy bare FROM '{path}' (FORMAT csv, HEADER)")
        peer.append(rows / (time.perf_counter() - start))
        # Stopped by its bad rows: read and checked, nothing published.
        said = import_firms(bench, goutong, "staging", path)
        ours.append(rows / (said["seconds"]["reading"] + said["seconds"]["checking"]))
    psql(program, conninfo, "DROP TABLE bare")
    return ours, peer


TABLES = ["firm", "firm_identity", "firm_registration", "firm_profile", "union_coverage"]


def ledger(bench, goutong, program, path, rounds=3):
    """Path `import-ledger`: rows a second, published from staging, beside one `INSERT … SELECT` a table."""
    conninfo = bench.conninfo()

    def add(name):
        bench.output(goutong, "db", "migrate", "--set-up", name)
        return psql(program, conninfo, f"SELECT federation_id FROM goutong.federation WHERE code = '{name}'")

    first = add("rows")
    rows = import_firms(bench, goutong, "rows", path, "--on-error", "skip")["added"]
    for table in TABLES:
        psql(program, conninfo, f"DROP TABLE IF EXISTS copy_{table}; CREATE TABLE copy_{table} AS SELECT * FROM"
                                f" goutong.{table} WHERE federation_id = {first}")
        psql(program, conninfo, f"ALTER TABLE copy_{table} DROP COLUMN federation_id; ANALYZE copy_{table}")
    ours, peer = [], []

    def run_ours(number):
        add(f"ours{number}")
        said = import_firms(bench, goutong, f"ours{number}", path, "--on-error", "skip")
        ours.append(rows / said["seconds"]["publishing"])

    def run_peer(number):
        federation = add(f"peer{number}")
        statements = [
            f"INSERT INTO goutong.{table} SELECT {federation}, c.* FROM copy_{table} c" for table in TABLES]
        start = time.perf_counter()
        psql(program, conninfo, "; ".join(statements))
        peer.append(rows / (time.perf_counter() - start))

    for number in range(rounds):
        # In turn: the second of a round finds larger indexes.
        for step in ((run_ours, run_peer) if number % 2 == 0 else (run_peer, run_ours)):
            step(number)
    for table in TABLES:
        psql(program, conninfo, f"DROP TABLE copy_{table}")
    return ours, peer


if __name__ == "__main__":
    told = write_list(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2018)
    print(json.dumps({"bad": len(told), "bytes": os.path.getsize(sys.argv[1])}))
