#!/usr/bin/env python3
"""Derives the map, the union tree and the programme in Schema/Reference.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python derive_areas.py && python3 check_areas.py

Ids already in Schema/Reference/area.csv are kept: other tables refer to them for good.
"""

import dated_map
import union_tree
from reference_csv import REFERENCE, read, write

AREA_COLUMNS = (
    "id", "code", "level", "kind", "name", "district_code", "district_name", "pinyin", "initials",
    "valid_from", "valid_to", "source",
)


def main():
    area_file = REFERENCE / "area.csv"
    areas, official_names = dated_map.versions()
    dated_map.number(areas, known=read(area_file) if area_file.exists() else [])
    outputs = (
        ("area", AREA_COLUMNS, areas),
        ("area_alias", ("area_id", "alias"), dated_map.aliases(areas, official_names)),
        (
            "area_succession",
            ("from_area_id", "to_area_id", "on_date", "kind", "is_primary"),
            dated_map.successions(areas),
        ),
        (
            "org_unit",
            ("code", "parent_code", "kind", "name", "area_code", "valid_from"),
            union_tree.org_units(areas),
        ),
        ("programme_unit", ("area_code", "arm", "start_on"), union_tree.programme_units(areas)),
    )
    for name, columns, rows in outputs:
        write(REFERENCE / f"{name}.csv", columns, rows)
        print(f"{name}.csv: {len(rows)} rows")


if __name__ == "__main__":
    main()
