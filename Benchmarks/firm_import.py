"""`goutong import firms` beside psql: reading and checking a list against `\\copy` of the same file, publishing it
against `INSERT … SELECT` of the same rows into the same tables.

Imported by Scripts/bench. By itself it writes the list:
    python3 Benchmarks/firm_import.py FILE ROWS [SEED]
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
TABLES = ["firm", "firm_identity", "firm_registration", "firm_profile", "union_coverage"]
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


class FirmImport:
    """A list of a hundredth bad rows, in the bench's own cluster."""

    def __init__(self, bench, goutong, program, rows):
        self.bench, self.goutong, self.program = bench, goutong, program
        # The home is made with the cluster.
        self.owner = bench.conninfo()
        self.path = os.path.join(bench.home, "firms.csv")
        self.bad = len(write_list(self.path, rows))
        self.rows = rows
        self.number = 0
        self.federation("staging")
        self.says(
            "CREATE TABLE bare (a text, b text, c text, d text, e text, f text, g text)")
        # What the import publishes, kept to be inserted again by hand.
        first = self.federation("rows")
        self.good = self.run("rows", "--on-error", "skip")["added"]
        if self.good != rows - self.bad:
            sys.exit(f"bench: {self.good} of {rows} rows with {self.bad} bad ones are published")
        for table in TABLES:
            self.says(
                f"CREATE TABLE copy_{table} AS SELECT * FROM goutong.{table} WHERE federation_id = {first}; "
                f"ALTER TABLE copy_{table} DROP COLUMN federation_id; ANALYZE copy_{table}")

    def says(self, statement):
        return self.bench.output(
            self.program("psql"), self.owner, "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement).strip()

    def federation(self, name):
        self.bench.output(self.goutong, "db", "migrate", "--set-up", name)
        return self.says(f"SELECT federation_id FROM goutong.federation WHERE code = '{name}'")

    def fresh(self):
        """(code, number) of a federation without a firm."""
        self.number += 1
        return f"fresh{self.number}", self.federation(f"fresh{self.number}")

    def run(self, federation, *flags):
        """What an import says of itself. Bad rows are no failure here."""
        done = subprocess.run(
            [self.goutong, "import", "firms", self.path, "--federation", federation, "--json", *flags],
            env=self.bench.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode not in (0, 65):
            sys.exit(f"bench: the import failed:\n{done.stderr}")
        return json.loads(done.stdout)

    # MARK: Rows a second

    def staged(self):
        """Read and checked; stopped by its bad rows, so that nothing is published."""
        said = self.run("staging")["seconds"]
        return self.rows / (said["reading"] + said["checking"])

    def copied(self):
        self.says("TRUNCATE bare")
        start = time.perf_counter()
        self.says(f"\\copy bare FROM '{self.path}' (FORMAT csv, HEADER)")
        return self.rows / (time.perf_counter() - start)

    def published(self):
        name, _ = self.fresh()
        return self.good / self.run(name, "--on-error", "skip")["seconds"]["publishing"]

    def inserted(self):
        _, federation = self.fresh()
        statements = "; ".join(
            f"INSERT INTO goutong.{table} SELECT {federation}, c.* FROM copy_{table} c" for table in TABLES)
        start = time.perf_counter()
        self.says(statements)
        return self.good / (time.perf_counter() - start)


if __name__ == "__main__":
    told = write_list(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2018)
    print(json.dumps({"bad": len(told), "bytes": os.path.getsize(sys.argv[1])}))
