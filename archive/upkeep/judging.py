"""Judgements taken down, and what of those written by hand fits nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

from archive.database import Database
from archive.folder import Folder, writing
from archive.history.judgements import ENTRY, cells, entry_key
from archive.inputs import JudgementInput, read_judgements, write_judgement


def judge(folder: Folder, line: JudgementInput, wait_seconds: float = 0) -> None:
    """Write a judgement down, in `judgements.csv` and in the journal."""
    with writing(folder, wait_seconds):
        write_judgement(folder.inputs, line)
        _note(folder, line)


def take_note(folder: Folder) -> None:
    """Note those judgements in the journal that were written into `judgements.csv` by hand."""
    lines = read_judgements(folder.inputs)
    if not lines:
        return
    noted = {_said(fact) for fact in _journal(folder) if fact.get("what") == "judged"}
    for line in lines:
        if _said(line.model_dump(mode="json")) not in noted:
            _note(folder, line)


def misfits(database: Database, lines: list[JudgementInput]) -> Iterator[str]:
    """A sentence for every judgement on something that the archive does not have."""
    for line in lines:
        if line.kind in ENTRY:
            if not _has(database, "SELECT 1 FROM addresses WHERE key = ?", entry_key(line.target)):
                yield f"judgements.csv: {line.kind}: no entry of the archive stands at {line.target}"
            elif line.kind == "unit":
                yield from _unit(database, line, line.value)
        elif line.kind != "cell":
            yield from _unit(database, line, line.duty[0])
        elif cells(database, [line])[0].state == "unmatched":
            yield f"judgements.csv: cell: no report that was read has {line.target}"


def _unit(database: Database, line: JudgementInput, wanted: str) -> Iterator[str]:
    if _has(database, "SELECT 1 FROM units WHERE code = ?", wanted):
        return
    found = database.execute("SELECT code FROM units WHERE name = ?", [wanted]).fetchall()
    if len(found) > 1 or (found and line.kind not in ENTRY):
        codes = ", ".join(row[0] for row in found)
        fits = "is to be named by its code" if len(found) == 1 else f"fits {len(found)} units; name the code"
        yield f"judgements.csv: {line.kind} {line.target}: {wanted} {fits} ({codes})"
    elif not found:
        yield f"judgements.csv: {line.kind} {line.target}: no unit is called {wanted}"


def _has(database: Database, query: str, value: str) -> bool:
    return database.execute(query, [value]).fetchone() is not None


def _note(folder: Folder, line: JudgementInput) -> None:
    folder.note("judged", **line.model_dump(mode="json"))


def _said(fact: dict[str, object]) -> tuple[object, ...]:
    return tuple(str(fact.get(name, "")) for name in JudgementInput.model_fields)


def _journal(folder: Folder) -> Iterator[dict[str, object]]:
    if folder.journal.exists():
        for text in folder.journal.read_text(encoding="utf-8").splitlines():
            yield json.loads(text)
