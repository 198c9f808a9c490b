#!/usr/bin/env python3
"""Compares the imports of every target with the dependencies its manifest entry declares.

The compiler's own check misses a module that is reached through another one. Prints each difference and
exits 1 where there is any: an import that is not declared, or a declaration that nothing imports.
"""
import json
import pathlib
import re
import subprocess
import sys

SYSTEM = {
    "Foundation", "Glibc", "Testing", "Synchronization", "Dispatch", "PackageDescription", "XCTest",
    "Swift", "_Concurrency",
}
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)",
    re.MULTILINE,
)


def declared(target):
    for dependency in target["dependencies"]:
        for kind in ("byName", "target", "product"):
            if kind in dependency:
                yield dependency[kind][0]


def folder(target):
    if target.get("path"):
        return pathlib.Path(target["path"])
    return pathlib.Path("Tests" if target["type"] == "test" else "Sources") / target["name"]


def main():
    package = json.loads(subprocess.check_output(["swift", "package", "dump-package"]))
    wrong = 0
    for target in package["targets"]:
        if target["type"] == "system":
            continue
        sources = list(folder(target).rglob("*.swift"))
        if not sources:
            continue
        imported = set()
        for source in sources:
            imported |= set(IMPORT.findall(source.read_text("utf-8")))
        imported -= SYSTEM
        names = set(declared(target))
        for module in sorted(imported - names):
            print(f"{target['name']}: imports {module}, which its manifest entry does not declare")
            wrong += 1
        executables = {t["name"] for t in package["targets"] if t["type"] == "executable"}
        for module in sorted(names - imported - executables):
            print(f"{target['name']}: declares {module}, which no file imports")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
