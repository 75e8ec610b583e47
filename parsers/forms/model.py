"""What a statutory form consists of."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """A column of a statutory table: its code and the header as printed in the form."""

    code: str
    label: str


class Row(NamedTuple):
    """A row of a statutory table: code, label, the labels of the groups above it, and its columns."""

    code: str
    label: str
    columns: tuple[Column, ...]
    groups: tuple[str, ...] = ()


class Form(NamedTuple):
    """One version of the official form; `authority` is the notice that prescribes it."""

    code: str
    authority: str
    proactive: tuple[Row, ...]
    requests: tuple[Row, ...]
