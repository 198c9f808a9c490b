"""DuckDB's side of nation.py: duckdb_peer.py FOLDER load|funnel|sums."""
import os
import sys
import time

import duckdb

HERE = os.path.dirname(os.path.abspath(__file__))
TYPES = {
    "attendance": {"firm_id": "UUID", "meeting_id": "UUID", "held_on": "DATE", "area_id": "INTEGER",
                   "union_status": "VARCHAR"},
    "milestone": {"firm_id": "UUID", "milestone_id": "UUID", "kind": "VARCHAR", "happened_on": "DATE"},
    "union_coverage": {"firm_id": "UUID", "organised_from": "DATE", "organised_until": "DATE"},
}
LOAD = """
CREATE TYPE status AS ENUM ('unorganised', 'preparing', 'organised', 'joint', 'covered_by_parent', 'unknown');
CREATE TYPE kind AS ENUM ('visited', 'intent', 'preparatory_group', 'application', 'preparation_approved',
    'candidates_approved', 'elected', 'established', 'registered', 'joined_joint_union', 'covered_by_parent', 'declined',
    'lapsed', 'closed', 'moved_out');
CREATE TEMP TABLE firm AS SELECT firm_id, (row_number() OVER (ORDER BY firm_id))::integer AS firm FROM (
    SELECT firm_id FROM raw_attendance UNION SELECT firm_id FROM raw_milestone UNION SELECT firm_id FROM raw_union_coverage);
CREATE TABLE attendance AS SELECT firm, held_on, area_id, union_status::status AS union_status,
    (held_on - date '2000-01-01') * 100000000 + dense_rank() OVER (ORDER BY meeting_id) AS met_as
FROM raw_attendance JOIN firm USING (firm_id);
CREATE TABLE milestone AS SELECT firm, kind::kind AS kind, happened_on,
    (happened_on - date '2000-01-01') * 100000000 + dense_rank() OVER (ORDER BY milestone_id) AS said_as
FROM raw_milestone JOIN firm USING (firm_id);
CREATE TABLE union_coverage AS SELECT firm, organised_from, organised_until FROM raw_union_coverage JOIN firm USING (firm_id);
"""
COUNTS = ("met", "at_risk", "intent", "application", "established", "covered", "exited")


def main(folder, work):
    connection = duckdb.connect(os.path.join(folder, "facts.duckdb"))
    if work == "load":
        for table, types in TYPES.items():
            connection.execute(
                f"CREATE TEMP TABLE raw_{table} AS SELECT * FROM read_csv('{folder}/{table}.csv', types={types})")
        connection.execute(LOAD)
        return
    with open(os.path.join(HERE, "national_peer.sql")) as file:
        query = file.read()
    if work == "sums":
        sums = ", ".join(f"sum({count})" for count in COUNTS)
        query = f"SELECT count(*), {sums} FROM ({query.strip().rstrip(';')})"
    took = []
    for _ in range(6):
        start = time.perf_counter()
        read = connection.execute(query)
        read = read.fetchone() if work == "sums" else read.fetchnumpy()
        took.append((time.perf_counter() - start) * 1000)
    if work == "funnel":
        read = len(read["met"]), *(int(read[count].sum()) for count in COUNTS)
    print(sorted(took[1:])[2], *read)


main(*sys.argv[1:])
