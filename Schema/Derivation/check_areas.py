#!/usr/bin/env python3
"""Checks the reference data against published facts and its own rules. Standard library only.

    python3 check_areas.py [--reference FOLDER] [--list-2018 FILE] [--list-official FILE]

The lists (code, name) are optional: with one, a difference is shown line by line; without, the digest tells.
Exit code 1 and one line for each fault.
"""

import argparse
import hashlib
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from reference_csv import REFERENCE, TABLES, read, table

PILOT_DAY, OFFICIAL_DAY = "2018-12-30", "2025-12-31"
# SHA-256 of the lines "code,name" in code order: the 336 units of the 2018 edition, the 343 official ones.
LIST_2018 = "865fe83842db7de9177ec046f3a9e381bb7adc1a38fd41d1f8280f29f46b5909"
LIST_OFFICIAL = "656697c7637a132815b2cfbca9de8776e450c7db79784e9b038e54dd7d8fa2bc"

# Units by district in the 2023 edition: subdistrict, town, township, area office, quasi.
KINDS = ("subdistrict", "town", "township", "area_office", "quasi")
EDITION_2023 = {
    "110101": (17, 0, 0, 0, 0), "110102": (15, 0, 0, 0, 0), "110105": (24, 0, 0, 19, 0),
    "110106": (24, 2, 0, 0, 0), "110107": (9, 0, 0, 0, 0), "110108": (22, 0, 0, 7, 0),
    "110109": (4, 6, 0, 3, 0), "110111": (8, 11, 6, 3, 0), "110112": (11, 10, 1, 0, 0),
    "110113": (6, 12, 0, 7, 0), "110114": (8, 10, 0, 4, 0), "110115": (8, 9, 0, 5, 4),
    "110116": (2, 9, 2, 3, 1), "110117": (2, 10, 2, 4, 0), "110118": (2, 17, 0, 1, 1),
    "110119": (3, 11, 4, 0, 0),
}

# Day, code and the names that must be accepted on it, the first being the name.
MEANINGS = (
    ("2018-09-12", "110106008", "卢沟桥街道"),
    ("2018-09-12", "110106017", "卢沟桥地区", "卢沟桥乡"),
    ("2018-09-12", "110105021", "南磨房地区", "南磨房乡", "南磨房"),
    ("2018-09-12", "110106018", "花乡地区", "花乡"),
    ("2018-09-12", "110106019", "南苑地区", "南苑乡"),
    ("2018-09-12", "110108023", "万柳地区", "海淀镇", "万柳"),
    ("2018-09-12", "110105033", "常营地区", "常营回族乡", "常营乡"),
    ("2018-09-12", "110112005", "永顺地区", "永顺镇", "永顺"),
    ("2018-09-12", "110105400", "首都机场街道", "110105020"),
    ("2018-09-12", "110115403", "北京经济技术开发区", "经开区"),
    ("2018-09-12", "110112007"),
    ("2019-09-24", "110115406"),
    ("2020-06-04", "110112005"),
    ("2020-06-04", "110112120", "永顺镇"),
    ("2020-12-30", "110106008", "卢沟桥街道"),
    ("2021-12-01", "110106008", "六里桥街道", "六里桥"),
    ("2021-12-01", "110106017", "卢沟桥街道", "卢沟桥"),
    ("2021-12-01", "110106019"),
    ("2021-12-01", "110112007", "潞源街道"),
    ("2021-12-01", "110118400", "中关村科技园区密云园", "密云园"),
    ("2023-07-01", "110105400", "首都机场街道"),
    ("2023-07-01", "110115405", "大兴经济开发区"),
)

READINGS = {
    "大栅栏街道": "dashilanrjiedao", "马家堡街道": "majiapujiedao", "十里堡镇": "shilipuzhen",
    "长子营镇": "zhangziyingzhen", "漷县镇": "huoxianzhen", "什刹海街道": "shichahaijiedao",
    "朝阳门街道": "chaoyangmenjiedao", "朝阳区": "chaoyangqu", "长辛店街道": "changxindianjiedao",
    "长阳镇": "changyangzhen", "长沟镇": "changgouzhen", "长哨营满族乡": "changshaoyingmanzuxiang",
    "刘斌堡乡": "liubinbuxiang",
}

# The first division of each section of GB/T 4754-2017; they run on to 97.
SECTIONS = dict(zip(
    "ABCDEFGHIJKLMNOPQRST",
    (1, 6, 13, 44, 47, 51, 53, 61, 63, 66, 70, 71, 73, 76, 80, 83, 84, 86, 91, 97)))

# The published change list moves the airport subdistrict to another code; the official list does not.
NOT_FOLLOWED = {("110105020", "", "首都机场街道"), ("110105400", "首都机场街道", "")}


def holds(area, day):
    return area["valid_from"] <= day and (not area["valid_to"] or day < area["valid_to"])


class Check:
    """The data, and the faults found in it."""

    def __init__(self, folder, lists):
        self.folder = folder
        self.lists = lists
        self.faults = []
        self.areas = []

    def load(self):
        self.areas = read(self.folder / "area.csv")
        self.by_id = {area["id"]: area for area in self.areas}
        self.townships = [area for area in self.areas if area["level"] == "township"]
        self.aliases = defaultdict(list)
        for row in read(self.folder / "area_alias.csv"):
            self.aliases[row["area_id"]].append(row["alias"])

    def expect(self, holds_true, fault):
        if not holds_true:
            self.faults.append(fault)

    def on(self, day):
        return [area for area in self.townships if holds(area, day)]

    def files(self):
        expected = {f"{name}.csv" for name in (
            "area", "area_alias", "area_succession", "org_unit", "industry", "programme_unit", "registration_type")}
        self.expect({path.name for path in self.folder.iterdir()} == expected, "Reference: other files")
        for path in sorted(self.folder.glob("*.csv")) + sorted(TABLES.glob("*.csv")):
            data = path.read_bytes()
            clean = not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data and data.endswith(b"\n")
            self.expect(clean, f"{path.name}: byte order mark, CR, or no last line end")
            data.decode("utf-8")

    def sources(self):
        known = {row["key"] for row in table("source")}
        used = {area["source"] for area in self.areas}
        for name in ("alias", "version", "succession", "area_office", "zone_member"):
            used |= {row["source"] for row in table(name)}
        self.expect(used <= known, f"sources not in source.csv: {sorted(used - known)}")

    def validity(self):
        self.expect(len(self.by_id) == len(self.areas), "area: an id occurs twice")
        versions = defaultdict(list)
        for area in self.areas:
            versions[area["code"]].append(area)
            self.expect(len(area["code"]) == (6 if area["level"] == "district" else 9), f"level {area['id']}")
            self.expect(area["code"].startswith(area["district_code"]), f"district of {area['id']}")
            self.expect(area["pinyin"].isascii() and area["pinyin"].isalpha(), f"pinyin {area['id']}")
            for day in filter(None, (area["valid_from"], area["valid_to"])):
                date.fromisoformat(day)
            self.expect(not area["valid_to"] or area["valid_from"] < area["valid_to"], f"empty {area['id']}")
        for code, rows in versions.items():
            rows.sort(key=lambda area: area["valid_from"])
            for older, newer in zip(rows, rows[1:]):
                separate = older["valid_to"] and older["valid_to"] <= newer["valid_from"]
                self.expect(separate, f"{code}: validities overlap")

    def lists_match(self):
        pilot = self.on(PILOT_DAY)
        self.expect(len(pilot) == 336, f"{PILOT_DAY}: {len(pilot)} units, not 336")
        self.same(self.lists["2018"], LIST_2018, {area["code"]: area["name"] for area in pilot})
        for area in pilot:
            self.expect(
                holds(area, "2018-04-01") and holds(area, "2018-12-31"), f"{area['code']}: not all of 2018")
        official = [area for area in self.on(OFFICIAL_DAY) if area["kind"] != "quasi"]
        self.expect(len(official) == 343, f"{OFFICIAL_DAY}: {len(official)} official units, not 343")
        # An area office goes by its own name here and by that of its town or township in the official list.
        offices = {row["code"] for row in table("area_office")}
        names = {}
        for area in official:
            full = [alias for alias in self.aliases[area["id"]] if alias.endswith(("镇", "乡"))]
            # 良乡 is short for 良乡镇, and 常营乡 for 常营回族乡.
            names[area["code"]] = max(full, key=len, default="") if area["code"] in offices else area["name"]
        self.same(self.lists["official"], LIST_OFFICIAL, names)
        counts = defaultdict(Counter)
        for area in self.on("2023-12-31"):
            counts[area["district_code"]][area["kind"]] += 1
        for district, expected in EDITION_2023.items():
            found = tuple(counts[district][kind] for kind in KINDS)
            self.expect(found == expected, f"{district} in 2023: {found}, published {expected}")

    def same(self, file, digest, names):
        if file:
            published = {row["code"]: row["name_zh"] for row in read(file)}
            for code in sorted(published.keys() | names.keys()):
                fault = f"{code}: {names.get(code)}, published {published.get(code)}"
                self.expect(published.get(code) == names.get(code), fault)
        text = "".join(f"{code},{name}\n" for code, name in sorted(names.items()))
        self.expect(hashlib.sha256(text.encode()).hexdigest() == digest, f"a list differs: {digest[:8]}…")

    def changes(self):
        """Every published change occurs, inside the window of its two editions; nothing else changes."""
        found = {}
        for area in self.townships:
            key = (area["code"], area["valid_from"])
            found.setdefault(key, ["", ""])[1] = area["name"]
            if area["valid_to"]:
                found.setdefault((area["code"], area["valid_to"]), ["", ""])[0] = area["name"]
        first = min(area["valid_from"] for area in self.areas)
        ours = {(code, *names): day for (code, day), names in found.items() if day != first}
        published = {
            (row["code"], row["name_from"], row["name_to"]): (row["edition_from"], row["edition_to"])
            for row in table("published_change")}
        self.expect(ours.keys() == published.keys() - NOT_FOLLOWED, "changes differ from the published list")
        for change, day in ours.items():
            after, until = published.get(change, (first, OFFICIAL_DAY))
            self.expect(after < day <= until, f"{change}: dated {day}, outside ({after}, {until}]")

    def names(self):
        for day, code, *accepted in MEANINGS:
            area = next((area for area in self.on(day) if area["code"] == code), None)
            if not accepted or area is None:
                self.expect(not accepted and area is None, f"{day} {code}: valid is {area is not None}")
                continue
            self.expect(area["name"] == accepted[0], f"{day} {code}: {area['name']}, not {accepted[0]}")
            missing = set(accepted[1:]) - set(self.aliases[area["id"]])
            self.expect(not missing, f"{day} {code}: not accepted: {missing}")
        readings = {area["name"]: area["pinyin"] for area in self.areas}
        for name, pinyin in READINGS.items():
            self.expect(readings[name] == pinyin, f"{name}: {readings[name]}, not {pinyin}")
        self.expect(self.aliases.keys() <= self.by_id.keys(), "alias of an unknown area")
        # Validities begin and end on few days: to try each of their first days is to try them all.
        for day in sorted({area["valid_from"] for area in self.areas}):
            seen = {}
            for area in (area for area in self.areas if holds(area, day)):
                scope = area["district_code"] if area["level"] == "township" else "city"
                for name in (area["name"], *self.aliases[area["id"]]):
                    other = seen.setdefault((scope, name), area["id"])
                    self.expect(other == area["id"], f"{day} {scope}: {name} is {other} and {area['id']}")

    def succession(self):
        links = read(self.folder / "area_succession.csv")
        primary = Counter(link["from_area_id"] for link in links if link["is_primary"] == "true")
        heir = {link["from_area_id"]: link["to_area_id"] for link in links if link["is_primary"] == "true"}
        for area in self.areas:
            expected = 1 if area["valid_to"] else 0
            self.expect(primary[area["id"]] == expected, f"area {area['id']}: {primary[area['id']]} heirs")
        for link in links:
            old, new = self.by_id[link["from_area_id"]], self.by_id[link["to_area_id"]]
            self.expect(holds(new, link["on_date"]), f"{link}: the heir is not valid")
            self.expect(
                old["valid_to"] in ("", link["on_date"]), f"{link}: not on the last day of the old version")
            self.expect(old["district_code"] == new["district_code"], f"{link}: another district")
            self.expect(link["kind"] in (
                "renamed", "recoded", "split", "merged", "added", "removed"), f"{link}: kind")
        for area in self.areas:
            end, steps = area["id"], 0
            while end in heir and steps <= len(heir):
                end, steps = heir[end], steps + 1
            self.expect(not self.by_id[end]["valid_to"], f"area {area['id']}: its heirs end in {end}")

    def union_tree(self):
        units = {unit["code"]: unit for unit in read(self.folder / "org_unit.csv")}
        kinds = Counter(unit["kind"] for unit in units.values())
        self.expect(kinds == {
            "municipal_federation": 1, "district_federation": 17, "township_federation": 336}, f"{kinds}")
        self.expect(len({unit["name"] for unit in units.values()}) == len(units), "org_unit: a name twice")
        below = {"municipal_federation": None, "district_federation": "municipal_federation",
                 "township_federation": "district_federation"}
        for unit in units.values():
            parent = units.get(unit["parent_code"])
            kind = parent["kind"] if parent else None
            self.expect(kind == below[unit["kind"]], f"{unit['code']}: below {kind}")
        areas = sorted(unit["area_code"] for unit in units.values() if unit["kind"].startswith("township"))
        self.expect(areas == sorted(area["code"] for area in self.on(PILOT_DAY)), "org_unit: other areas")

    def programme(self):
        rows = read(self.folder / "programme_unit.csv")
        pilot = [row for row in rows if row["arm"] == "pilot"]
        self.expect(len(pilot) == 120, f"{len(pilot)} pilot units")
        self.expect(len({row["area_code"][:6] for row in pilot}) == 11, "pilot: not 11 districts")
        self.expect(
            [row["area_code"] for row in rows] == sorted(area["code"] for area in self.on(PILOT_DAY)),
            "programme_unit: not each unit of 2018 once, in code order")
        spans = {"pilot": ("2018-04-01", "2018-06-30"), "comparison": ("2018-10-08", "2018-10-29")}
        for row in rows:
            first, last = spans[row["arm"]]
            self.expect(first <= row["start_on"] <= last, f"{row['area_code']}: starts {row['start_on']}")

    def industries(self):
        rows = read(self.folder / "industry.csv")
        self.expect([row["code"] for row in rows if row["code"].isalpha()] == list(SECTIONS), "sections")
        divisions = {row["code"]: row["section"] for row in rows if row["code"].isdigit()}
        expected = {}
        for section, first in SECTIONS.items():
            expected.update({f"{number:02}": section for number in range(first, 98)})
        self.expect(divisions == expected and len(rows) == 117, "industry: divisions and sections")

    def run(self):
        self.files()
        if self.faults:
            return self.faults
        self.load()
        for part in (
            self.sources, self.validity, self.lists_match, self.changes, self.names, self.succession,
            self.union_tree, self.programme, self.industries,
        ):
            part()
        return self.faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, default=REFERENCE)
    parser.add_argument("--list-2018", type=Path, help="CSV with code,name_zh")
    parser.add_argument("--list-official", type=Path, help="CSV with code,name_zh")
    options = parser.parse_args()
    check = Check(options.reference, {"2018": options.list_2018, "official": options.list_official})
    faults = check.run()
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(check.areas)} area versions, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
