"""读取试点比较文件夹并复核 · Reads a folder of the pilot comparison and checks it.

    python load.py [FOLDER]

Only the standard library. From an internal folder it works out every gap and its interval again (CR2 with
Satterthwaite's degrees of freedom, townships as clusters); from any folder the totals. Exit 1 where they differ.
"""
import csv
import json
import math
import sys
from collections import defaultdict
from pathlib import Path


def load(folder="."):
    """The tables as lists of dicts: codes and days stay text, counts are int or None, estimates float or None."""
    folder = Path(folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = {"package": package}
    for resource in package["resources"]:
        kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        with open(folder / resource["path"], encoding="utf-8", newline="") as file:
            tables[resource["name"]] = [
                {name: convert(value, kinds[name]) for name, value in row.items()} for row in csv.DictReader(file)
            ]
    return tables


def convert(value, kind):
    if kind == "boolean":
        return value == "true"
    if kind == "integer":
        return int(value) if value else None
    if kind == "number":
        return float(value) if value else None
    return value


def totals(cells):
    """(arm, stage) -> (numerator, denominator, suppressed rows): sums of what is shown since each unit's start."""
    sums = defaultdict(lambda: [0, 0, 0])
    for cell in cells:
        if cell["period_to"] < cell["start_on"]:
            continue
        row = sums[cell["arm"], cell["stage"]]
        if cell["suppressed"]:
            row[2] += 1
        else:
            row[0] += cell["numerator"]
            row[1] += cell["denominator"]
    return {key: tuple(row) for key, row in sums.items()}


def townships(cells, arm, stage):
    units = defaultdict(lambda: [0, 0])
    for cell in cells:
        if cell["arm"] == arm and cell["stage"] == stage and cell["period_to"] >= cell["start_on"]:
            units[cell["unit_code"]][0] += cell["numerator"]
            units[cell["unit_code"]][1] += cell["denominator"]
    return [(x, n) for x, n in units.values() if n > 0 or x > 0]


def cluster(units):
    """Mean, CR2 variance, and the traces of Satterthwaite's matrix and of its square."""
    x, n = sum(x for x, _ in units), sum(n for _, n in units)
    mean = x / n
    variance = sum((xg - ng * mean) ** 2 / (1 - ng / n) for xg, ng in units) / n**2
    products = [ng**2 / (1 - ng / n) for _, ng in units]
    off_diagonal = (sum(products) ** 2 - sum(p * p for p in products)) / n**2
    return mean, variance, 1 / n, (sum(ng**2 for _, ng in units) + off_diagonal) / n**4


def student_quantile(p, df, steps=4000):
    """By Simpson's rule: with t = sqrt(df) tan(a), the density is cos(a) to the power df - 1."""
    weights = [1 if i in (0, steps) else 4 if i % 2 else 2 for i in range(steps + 1)]

    def area(angle):
        return angle / steps / 3 * sum(
            w * max(0.0, math.cos(angle * i / steps)) ** (df - 1) for i, w in enumerate(weights)
        )

    half = area(math.pi / 2)
    low, high = 0.0, math.pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if area(middle) / half < 2 * p - 1 else (low, middle)
    return math.sqrt(df) * math.tan(low)


def gap(cells, stage):
    """Pilot minus comparison with its 95 % interval; None where an arm has fewer than two townships."""
    pilot, comparison = (townships(cells, arm, stage) for arm in ("pilot", "comparison"))
    if any(sum(n > 0 for _, n in units) < 2 for units in (pilot, comparison)):
        return None
    (p1, v1, a1, b1), (p0, v0, a0, b0) = cluster(pilot), cluster(comparison)
    if v1 + v0 == 0:
        return None
    half = student_quantile(0.975, (a1 + a0) ** 2 / (b1 + b0)) * math.sqrt(v1 + v0)
    low, high = p1 - p0 - half, p1 - p0 + half
    if stage != "on_site_applications":
        low, high = max(-1.0, low), min(1.0, high)
    return p1 - p0, low, high


def check(folder="."):
    """Differences between what is in the folder and what is worked out from it."""
    tables = load(folder)
    cells, wrong, checked = tables["cells"], [], 0
    whole = defaultdict(list)
    for row in tables["totals"]:
        if not row["district_code"] and not row["suppressed"]:
            whole[row["arm"], row["stage"]].append((row["numerator"], row["denominator"]))
    for (arm, stage), (x, n, hidden) in totals(cells).items():
        checked += 1
        if hidden == 0 and (x, n) not in whole[arm, stage]:
            wrong.append(f"total {arm} {stage}")
    for row in tables["estimates"]:
        if row["estimand"] in ("rate_pilot", "rate_comparison", "ratio_pilot", "ratio_comparison"):
            arm = row["estimand"].split("_")[1]
            if row["estimate"] is not None:
                checked += 1
                if (round(row["estimate"] * row["n"]), row["n"]) not in whole[arm, row["outcome"]]:
                    wrong.append(f"estimate {arm} {row['outcome']}")
        internal = tables["package"]["audience"] == "internal"
        if internal and row["estimand"] == "gap" and row["method"] == "cluster_robust_cr2" and row["conf_low"] is not None:
            checked += 1
            ours = gap(cells, row["outcome"])
            theirs = (row["estimate"], row["conf_low"], row["conf_high"])
            if ours is None or any(abs(a - b) > 1e-6 for a, b in zip(ours, theirs)):
                wrong.append(f"gap {row['outcome']}: {ours} {theirs}")
    return checked, wrong


if __name__ == "__main__":
    checked, wrong = check(sys.argv[1] if len(sys.argv) > 1 else ".")
    print(f"复核 checked {checked}, 不符 differing {len(wrong)}", *wrong, sep="\n")
    sys.exit(1 if wrong or not checked else 0)
