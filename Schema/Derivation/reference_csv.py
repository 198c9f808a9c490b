"""Reads and writes the CSV files of this folder and of Schema/Reference: UTF-8, LF, a header row."""

import csv
from pathlib import Path

TABLES = Path(__file__).parent / "tables"
REFERENCE = Path(__file__).parent.parent / "Reference"


def read(path):
    """The rows of a file as dictionaries, in file order."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def write(path, columns, rows):
    """Replaces a file. Column order matters: the product copies these files by position."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row[column] for column in columns] for row in rows)


def table(name):
    """A hand-written table, every line with its source."""
    return read(TABLES / f"{name}.csv")
