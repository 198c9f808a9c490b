"""The union tree of the sample city and its programme, on the units of the year 2018."""

import hashlib
from datetime import date, timedelta
from itertools import groupby

from dated_map import BASELINE
from reference_csv import table

CITY_UNION = "BJ"
ZONE_UNION = "BJ-BDA"
ZONE_NAME = "北京经济技术开发区"

# Any day of the pilot year would do: no unit changed in it.
PILOT_DAY = "2018-12-30"

SEED = "beijing-2018"
PILOT_DISTRICTS = 11
PILOT_UNITS = 120
# In the pilot by the public record: 朝阳 (劳动午报 2018-10-16) and 海淀 (meetings from July 2018).
ATTESTED_DISTRICTS = ("110105", "110108")
# Public holidays of 2018 that fall on a weekday.
HOLIDAYS = {date(2018, 4, 5), date(2018, 4, 6), date(2018, 4, 30), date(2018, 5, 1), date(2018, 6, 18)}
PILOT_START = (date(2018, 4, 2), date(2018, 6, 29))
COMPARISON_START = (date(2018, 10, 8), date(2018, 10, 29))


def units_of_pilot_year(areas):
    """The streets, townships and quasi units valid in 2018, in code order."""
    return [
        area
        for area in areas
        if area["level"] == "township"
        and area["valid_from"] <= PILOT_DAY
        and (not area["valid_to"] or PILOT_DAY < area["valid_to"])
    ]


def org_units(areas):
    """City, 16 district federations with the zone as their peer, one federation per unit of 2018."""
    zone = {row["area_code"] for row in table("zone_member")}
    rows = [unit(CITY_UNION, "", "municipal_federation", "北京市总工会", "")]
    rows += [
        unit(f"BJ-{area['code']}", CITY_UNION, "district_federation", area["name"] + "总工会", area["code"])
        for area in areas
        if area["level"] == "district"
    ]
    rows.append(unit(ZONE_UNION, CITY_UNION, "district_federation", ZONE_NAME + "总工会", ""))
    for area in units_of_pilot_year(areas):
        code = area["code"]
        parent = ZONE_UNION if code in zone else f"BJ-{area['district_code']}"
        rows.append(unit(f"BJ-{code}", parent, "township_federation", union_name(area, code in zone), code))
    return rows


def unit(code, parent, kind, name, area):
    return {
        "code": code, "parent_code": parent, "kind": kind, "name": name, "area_code": area,
        "valid_from": BASELINE,
    }


def union_name(area, in_zone):
    """With the district, since two 八里庄街道 exist; a quasi unit's name stands by itself."""
    if area["name"] == ZONE_NAME:
        return ZONE_NAME + "总工会（直属）"
    if area["kind"] == "quasi":
        return area["name"] + "总工会"
    return (ZONE_NAME if in_zone else area["district_name"]) + area["name"] + "总工会"


def programme_units(areas):
    """Which units were pilots, and from which day each took part. Invented, but the same at every run."""
    units = units_of_pilot_year(areas)
    pilots = pilot_codes([area for area in units if area["kind"] != "quasi"])
    rows = []
    for area in units:
        code = area["code"]
        span = PILOT_START if code in pilots else COMPARISON_START
        rows.append({
            "area_code": code,
            "arm": "pilot" if code in pilots else "comparison",
            "start_on": pick(working_days(*span), "start", code).isoformat(),
        })
    return rows


def pilot_codes(candidates):
    """120 units of 11 districts, each district in proportion to its units (largest remainders)."""
    districts = sorted({area["district_code"] for area in candidates})
    others = sorted(set(districts) - set(ATTESTED_DISTRICTS), key=lambda code: draw("district", code))
    chosen = {*ATTESTED_DISTRICTS, *others[: PILOT_DISTRICTS - len(ATTESTED_DISTRICTS)]}
    pool = {
        district: sorted((area["code"] for area in members), key=lambda code: draw("unit", code))
        for district, members in groupby(candidates, key=lambda area: area["district_code"])
        if district in chosen
    }
    total = sum(map(len, pool.values()))
    shares = {district: divmod(len(codes) * PILOT_UNITS, total) for district, codes in pool.items()}
    left = PILOT_UNITS - sum(whole for whole, _ in shares.values())
    rounded_up = sorted(shares, key=lambda district: (-shares[district][1], district))[:left]
    return {
        code
        for district, codes in pool.items()
        for code in codes[: shares[district][0] + (district in rounded_up)]
    }


def working_days(first, last):
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in HOLIDAYS]


def draw(*key):
    """A number that depends on the seed and the key alone, not on Python's generator."""
    return int.from_bytes(hashlib.sha256("/".join((SEED, *key)).encode()).digest()[:8], "big")


def pick(choices, *key):
    return choices[draw(*key) % len(choices)]
