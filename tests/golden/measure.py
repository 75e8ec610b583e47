"""What the parser makes of the golden corpus: digests and scores."""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from parsers import GENERATION
from parsers.parse import parse
from parsers.report import Report, digest
from tests.golden.corpus import Case, corpus

PINNED = Path(__file__).with_name("pinned.json")
FLOORS = ("cells_right", "metadata_right")
CEILINGS = ("silently_wrong",)


def measure() -> dict:
    """The pinned figures as they are now."""
    documents, readings = hashlib.sha256(), hashlib.sha256()
    scores = dict.fromkeys(("cells", "cells_right", "silently_wrong", "metadata", "metadata_right"), 0)
    for case in corpus():
        documents.update(case.name.encode() + _uncompressed(case.data))
        reading = parse(case.data)
        found = reading.reports[0] if reading.reports else Report()
        readings.update(digest([case.name, reading.outcome, *map(whole, reading.reports)]).encode())
        for name, number in score(case, found).items():
            scores[name] += number
    return {
        "generation": GENERATION,
        "corpus": documents.hexdigest(),
        "readings": readings.hexdigest(),
        **scores,
    }


def whole(report: Report) -> dict:
    """All of a reading that an archive keeps."""
    witnesses = [[w.key, w.value, w.source] for w in report.witnesses]
    return report.as_json({"preamble": report.preamble, "witnesses": witnesses})


def score(case: Case, found: Report) -> dict[str, int]:
    """Cells and metadata of one document, how many of them right, how many wrong without a word."""
    wanted, got = case.report.figures(), found.cells()
    flagged = set(found.notes) | {path for finding in found.findings for path in finding.where}
    wrong = {path for path in got if path not in wanted or got[path] != wanted[path]}
    keys = ("issuer", "year", "form") if case.whole else ("year", "form")
    return {
        "cells": len(wanted),
        "cells_right": sum(_is_right(case, found, path) for path in wanted),
        "silently_wrong": sum(got[path] is not None and not _speaks(flagged, path) for path in wrong),
        "metadata": len(keys),
        "metadata_right": sum(getattr(found, key) == getattr(case.report, key) for key in keys),
    }


def _is_right(case: Case, found: Report, path: str) -> bool:
    """The number that was printed, and a note just where a mark was: blank, 0 and / are three things."""
    got = found.cells()
    same = path in got and got[path] == case.report.figures()[path]
    return same and isinstance(case.report.cells()[path], str) == (path in found.notes)


def _uncompressed(data: bytes) -> bytes:
    """The bytes of a document; of a ZIP those of its members, as compression differs between machines."""
    if not data.startswith(b"PK"):
        return data
    with ZipFile(BytesIO(data)) as members:
        return b"".join(
            name.encode() + _uncompressed(members.read(name)) for name in sorted(members.namelist())
        )


def _speaks(flagged: set[str], path: str) -> bool:
    table, row, *column = path.split(".")
    return bool(flagged & {path, f"{table}.{row}.*", f"{table}.*.{''.join(column)}"})


def pinned() -> dict:
    """The figures as pinned."""
    return json.loads(PINNED.read_text())


def worse(old: dict, new: dict) -> list[str]:
    """The names of floors that are lower and ceilings that are higher than pinned."""
    lower = [name for name in FLOORS if new[name] < old[name]]
    return lower + [name for name in CEILINGS if new[name] > old[name]]
