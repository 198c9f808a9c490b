#!/usr/bin/env python3
"""Recomputes the weekly figures from a ledger export, with nothing but Python's standard library.

usage: recompute.py FOLDER SINCE FIRST_DAY LAST_DAY AS_KNOWN_AT
Prints one JSON object: {"city": {measure: [week, cumulative]}, "areas": {code: {measure: [week, cumulative]}}}.
Written from the published definitions, not from the product's SQL.
"""
import csv
import json
import pathlib
import sys
from collections import defaultdict
from datetime import datetime


def instant(text):
    text = text.replace(" ", "T")
    if text.endswith("+00"):
        text += ":00"
    return datetime.fromisoformat(text)


def main(folder, since, first, last, as_known_at):
    folder, moment = pathlib.Path(folder), instant(as_known_at)

    def rows(name):
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if "recorded_at" in row:
                    if instant(row["recorded_at"]) > moment:
                        continue
                    if row["superseded_at"] and instant(row["superseded_at"]) <= moment:
                        continue
                yield row

    code_of = {row["area_id"]: row["code"] for row in rows("area")}
    meetings = {row["meeting_id"]: row for row in rows("meeting")}
    contacts = defaultdict(list)
    for row in rows("attendance"):
        contacts[row["firm_id"]].append((row["held_on"], row["meeting_id"], row["area_id"], row["union_status"]))
    steps = defaultdict(list)
    for row in rows("milestone"):
        steps[row["firm_id"]].append((row["happened_on"], row["kind"], row["union_form"], row["union_name"]))
    home = {row["firm_id"]: row["area_id"] for row in rows("firm_identity")}

    # (measure, area) -> day -> set of things, or a sum
    things = defaultdict(lambda: defaultdict(set))
    sums = defaultdict(lambda: defaultdict(int))

    for key, row in meetings.items():
        things[row["kind"] + "_meetings", code_of[row["area_id"]]][row["held_on"]].add(key)
        sums["on_site_applications", code_of[row["area_id"]]][row["held_on"]] += int(row["applications"])
    for firm, met in contacts.items():
        met.sort()
        day, _, area, status = met[0]
        entry = code_of[area]
        for held_on, meeting, place, _ in met:
            things["firm_times", code_of[place]][held_on].add((firm, meeting))
            things["firms_met", code_of[place]][held_on].add(firm)
        things["firms_first_met", entry][day].add(firm)
        if status in ("unorganised", "preparing"):
            intents = [on for on, kind, _, _ in steps[firm] if kind == "intent" and on >= day]
            if intents:
                things["founding_intents", entry][min(intents)].add(firm)
    for firm, all_steps in steps.items():
        area = sorted(contacts[firm])[0][2] if contacts.get(firm) else home[firm]
        gains = [s for s in all_steps if s[1] in ("established", "joined_joint_union", "covered_by_parent")]
        if gains:
            things["firms_covered", code_of[area]][min(g[0] for g in gains)].add(firm)
        for on, kind, form, name in gains:
            if kind == "established":
                things["unions_established", code_of[area]][on].add(name if form == "joint" and name else firm)
    applicants = {row["applicant_id"]: row for row in rows("applicant")}
    admitted = defaultdict(list)
    for row in rows("applicant_event"):
        if row["kind"] == "admitted" and row["applicant_id"] in applicants:
            admitted[row["applicant_id"]].append(row["happened_on"])
    for applicant, days in admitted.items():
        area = meetings[applicants[applicant]["meeting_id"]]["area_id"]
        things["members_admitted", code_of[area]][min(days)].add(applicant)

    result = {"city": {}, "areas": defaultdict(dict)}
    periods = [(first, last), (since, last)]
    for measure in sorted({m for m, _ in things} | {"on_site_applications"}):
        city = []
        for start, end in periods:
            if measure == "on_site_applications":
                city.append(sum(v for (m, _), days in sums.items() if m == measure
                                for day, v in days.items() if start <= day <= end))
            else:
                city.append(len(set().union(*(s for (m, _), days in things.items() if m == measure
                                              for day, s in days.items() if start <= day <= end))))
        result["city"][measure] = city
    for code in sorted({code for _, code in things}):
        for measure in result["city"]:
            pair = []
            for start, end in periods:
                if measure == "on_site_applications":
                    pair.append(sum(v for day, v in sums[measure, code].items() if start <= day <= end))
                else:
                    pair.append(len(set().union(*(s for day, s in things[measure, code].items()
                                                  if start <= day <= end))))
            result["areas"][code][measure] = pair

    # Status at the first meeting of the period; since the programme's start, at the first ever.
    week, cumulative, by_area = 0, 0, defaultdict(lambda: [0, 0])
    for firm, met in contacts.items():
        entry = code_of[met[0][2]]
        if since <= met[0][0] <= last and met[0][3] in ("unorganised", "preparing"):
            cumulative += 1
            by_area[entry][1] += 1
        in_week = [m for m in met if first <= m[0] <= last]
        if in_week and in_week[0][3] in ("unorganised", "preparing"):
            week += 1
            by_area[entry][0] += 1
    result["city"]["unorganised_firms_met"] = [week, cumulative]
    for code, pair in by_area.items():
        result["areas"][code]["unorganised_firms_met"] = pair
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
