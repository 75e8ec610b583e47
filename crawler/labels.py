"""Chinese labels of paths, for what people read; a path may hold `*` or be cut short."""

from __future__ import annotations

from parsers.forms.indicators import COLUMN_LABELS, ROW_LABELS, TABLES


def path_label(path: str) -> str:
    """A path in words: 三、申请 · （一）予以公开 · 自然人."""
    table, row, *column = path.split(".")
    parts = [TABLES.get(table, table), ROW_LABELS.get(table, {}).get(row, row)]
    parts += [COLUMN_LABELS.get(table, {}).get(c, c) for c in column]
    return " · ".join(parts)
