"""A report as read: the shape of `gongkai parse --json`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Value = int | Decimal | None
Table = dict[str, dict[str, Value]]
Flag = Literal["mark", "unclear", "note", "unit", "ocr", "repaired"]

TABLES = ("proactive", "requests", "remedies")


@dataclass(frozen=True, slots=True)
class Note:
    """What stood in a cell that is not a plain number, and why it is no plain number."""

    text: str
    flag: Flag


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader of the report must know; `where` holds paths (`*` for a whole row or column)."""

    code: str
    where: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Witness:
    """One place of the document that speaks for a metadata value.

    `key` is `issuer`, `year`, `title`, `published_on`, `signed_on` or `scope`; `source` names the place
    (`title`, `period`, `meta`, `signature`, `contact`, `prose`, …).
    """

    key: str
    value: str
    source: str


@dataclass(slots=True)
class Report:
    """One annual report. A key is present if and only if its cell stood in the document; `None` is blank or,
    with a note, something that is no plain number. `preamble` serves `prose` alone and is no part of the JSON."""

    issuer: str | None = None
    year: int | None = None
    scope: str = "own"
    form: str = "narrative"
    title: str | None = None
    published_on: str | None = None
    proactive: Table = field(default_factory=dict)
    requests: Table = field(default_factory=dict)
    remedies: Table = field(default_factory=dict)
    annex: dict[str, Value] = field(default_factory=dict)
    stated: dict[str, tuple[Value, str]] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    preamble: str = ""
    findings: list[Finding] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    witnesses: list[Witness] = field(default_factory=list)

    def cells(self) -> dict[str, Value]:
        """Every cell of the statutory tables by its path."""
        out: dict[str, Value] = {}
        for name in TABLES:
            for row, columns in getattr(self, name).items():
                for column, value in columns.items():
                    out[f"{name}.{row}.{column}"] = value
        out.update({f"annex.{row}": value for row, value in self.annex.items()})
        return out

    def has_cells(self) -> bool:
        """Whether a statutory table has a cell."""
        return any(True for _ in self.values())

    def values(self) -> Iterator[Value]:
        """The value of every cell."""
        for name in TABLES:
            for columns in getattr(self, name).values():
                yield from columns.values()
        yield from self.annex.values()

    def content(self) -> str:
        """Digest of the form and the cells: two renditions with the same figures have the same content."""
        cells = {path: self._token(path, value) for path, value in self.cells().items()}
        return digest({"form": self.form, "cells": cells})

    def prose(self) -> str:
        """Digest of the text before and in the sections, white space apart."""
        texts = {"preamble": self.preamble, **self.sections}
        return digest({code: "".join(text.split()) for code, text in texts.items()})

    def _token(self, path: str, value: Value) -> str | None:
        if value is not None:
            return plain(value)
        note = self.notes.get(path)
        return None if note is None else f"{note.flag}:{note.text}"

    def as_json(self, source: dict[str, Any]) -> dict[str, Any]:
        """The contract of `gongkai parse --json`."""
        return {
            "issuer": self.issuer,
            "year": self.year,
            "scope": self.scope,
            "form": self.form,
            "title": self.title,
            "published_on": self.published_on,
            **{name: _numbers(getattr(self, name)) for name in TABLES},
            "annex": {code: number(value) for code, value in self.annex.items()},
            "stated": {c: {"value": number(v), "sentence": s} for c, (v, s) in self.stated.items()},
            "sections": self.sections,
            "findings": [
                {"code": f.code, "where": list(f.where), "message": f.message} for f in self.findings
            ],
            "notes": {path: {"text": n.text, "flag": n.flag} for path, n in self.notes.items()},
            "source": source,
        }


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: int | Decimal) -> str:
    """Canonical decimal string: no exponent, no trailing zeros, integers without a point."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Value) -> int | float | None:
    """JSON number: integers without a point."""
    if value is None or isinstance(value, int):
        return value
    text = plain(value)
    return float(text) if "." in text else int(text)


def _numbers(table: Table) -> dict[str, dict[str, int | float | None]]:
    return {row: {column: number(v) for column, v in columns.items()} for row, columns in table.items()}
