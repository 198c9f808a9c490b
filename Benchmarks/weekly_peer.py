"""A nationwide weekly report by numpy, scipy, statsmodels, Jinja and XlsxWriter, for comparison with ours.

    python weekly_peer.py REPORT.json html|xlsx FILE

REPORT.json is our own report: its counts are read and all that is made of them is worked out anew: Wilson's intervals,
exact control limits and p-values with Benjamini and Hochberg's correction, shrunken rates with their intervals. FILE
gets the tables of districts, of streets and townships, of both kinds of units' rates, and who reported: what takes
the time and the room in ours, which has six sections more and charts.
"""
import json
import sys

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from statistics_peer import full_bayes

MEASURES = (
    "enterprise_meetings", "worker_meetings", "firms_met", "unorganised_firms_met", "founding_intents",
    "unions_established", "on_site_applications", "members_admitted")

PAGE = """<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
{% for table in tables %}<h2>{{ table.title }}</h2><table><thead><tr>
{% for heading in table.headings %}<th>{{ heading }}</th>{% endfor %}</tr></thead><tbody>
{% for row in table.rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>{% endfor %}</body></html>
"""


def rates(units, key):
    """x, n, and by Wilson's intervals."""
    x = np.array([unit[key]["x"] for unit in units])
    n = np.array([unit[key]["n"] for unit in units])
    low, high = proportion_confint(x, np.maximum(n, 1), method="wilson")
    return x, n, low, high


def limits(n, target):
    """Spiegelhalter's interpolated limits at .025 and .975."""
    ends = []
    for p in (0.025, 0.975):
        r = stats.binom.ppf(p, n, target)
        below, at = stats.binom.cdf(r - 1, n, target), stats.binom.cdf(r, n, target)
        ends.append(np.clip((r - (at - p) / (at - below)) / np.maximum(n, 1), 0, 1))
    return ends


def tables(report):
    for kind in ("districts", "areas"):
        units = report[kind]
        x, n, low, high = rates(units, "intent_rate")
        yield dict(
            title=kind, headings=["code", "district", "name"] + [
                f"{measure} {period}" for measure in MEASURES for period in ("week", "cumulative")
            ] + ["x", "n", "rate", "low", "high"],
            rows=[
                [unit["code"], unit["district"], unit["name"]] + [
                    unit[measure][period] for measure in MEASURES for period in ("week", "cumulative")
                ] + [int(x[i]), int(n[i]), x[i] / max(n[i], 1), low[i], high[i]]
                for i, unit in enumerate(units)])
        x, n, low, high = rates(units, "matured_intent_rate")
        target = x.sum() / n.sum()
        lower, upper = limits(n, target)
        under, over = stats.binom.cdf(x, n, target), stats.binom.sf(x - 1, n, target)
        adjusted = multipletests(np.minimum(1, 2 * np.minimum(under, over)), method="fdr_bh")[1]
        ends = full_bayes(x, n)[2]
        yield dict(
            title=f"{kind}: rates",
            headings=["code", "district", "name", "x", "n", "rate", "low", "high", "shrunk low", "shrunk high",
                      "limit low", "limit high", "q", "open"],
            rows=[
                [unit["code"], unit["district"], unit["name"], int(x[i]), int(n[i]), x[i] / max(n[i], 1), low[i],
                 high[i], ends[i, 0], ends[i, 1], lower[i], upper[i], adjusted[i], unit["open"]]
                for i, unit in enumerate(units)])
    yield dict(
        title="completeness", headings=["code", "expected", "held", "none", "unreported"],
        rows=[
            [line["code"], line["expected"] or "", line["held"], line["declared_none"], line["unreported"]]
            for line in report["completeness"]])


def html(report, path):
    import jinja2

    def text(cell):
        return f"{cell:.1%}" if isinstance(cell, float) else cell

    made = [dict(table, rows=[[text(cell) for cell in row] for row in table["rows"]]) for table in tables(report)]
    page = jinja2.Environment(autoescape=True).from_string(PAGE)
    with open(path, "w") as file:
        file.writelines(page.generate(title=report["week"], tables=made))


def xlsx(report, path):
    import xlsxwriter
    workbook = xlsxwriter.Workbook(path)
    percent = workbook.add_format({"num_format": "0.0%"})
    for table in tables(report):
        sheet = workbook.add_worksheet(table["title"].replace(":", ""))
        for column, heading in enumerate(table["headings"]):
            sheet.write_string(0, column, heading)
        for row, cells in enumerate(table["rows"], 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                else:
                    sheet.write_number(row, column, cell, percent if isinstance(cell, float) else None)
    workbook.close()


def main(report, kind, path):
    with open(report) as file:
        {"html": html, "xlsx": xlsx}[kind](json.load(file), path)


if __name__ == "__main__":
    main(*sys.argv[1:])
