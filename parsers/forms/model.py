"""What a statutory form consists of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a statutory table: its code and the header as printed in the form."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statutory table: code, label, the labels of the groups above it, and its columns."""

    code: str
    label: str
    columns: tuple[Column, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One version of the official form; `authority` is the notice that prescribes it."""

    code: str
    authority: str
    proactive: tuple[Row, ...]
    requests: tuple[Row, ...]
