"""Ways in which offices word and break the labels and headings of the form: quirks, as in `crawler.demo.quirks`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crawler.demo.layout import Cell, Layout, Paragraph, Quirk, Table
from parsers.values import is_value

OWN_HEADINGS = ("二、工作机制保障", "三、政务公开平台建设", "四、政府信息公开申请情况")
NARROW = 3
"""Letters in a line of a narrow column."""


def reworded(*pairs: tuple[str, str]) -> Quirk:
    """Every cell or paragraph that is the first text of a pair is the second."""
    words = dict(pairs)
    return _both(lambda text: words.get(text, text))


def spelt(old: str, new: str) -> Quirk:
    """Some letters are others wherever they stand, in tables and out of them."""
    return _both(lambda text: text.replace(old, new))


def letter_spaced(items: Layout) -> Layout:
    """The short labels of tables are written with spaces between their letters."""
    return _cells(lambda cell: " ".join(cell.text) if len(cell.text) <= 6 else cell.text)(items)


def broken_labels(items: Layout) -> Layout:
    """The labels of tables are broken over lines, as in narrow columns."""
    return _cells(
        lambda cell: "\n".join(cell.text[n : n + NARROW] for n in range(0, len(cell.text), NARROW))
    )(items)


def vertical_labels(items: Layout) -> Layout:
    """What spans several rows is written downwards, a letter a line."""
    return _cells(lambda cell: "\n".join(cell.text) if cell.rows > 1 else cell.text)(items)


def blanks(filled: str) -> Quirk:
    """Blank cells hold what nobody sees: a no-break space, an ideographic space."""
    return lambda items: tuple(
        Table(tuple(tuple(replace(c, text=c.text or filled) for c in row) for row in item.rows))
        if isinstance(item, Table)
        else item
        for item in items
    )


def numbered(mark: str) -> Quirk:
    """Headings have other numbers: `{0}` in the mark is the number in digits, `{1}` in Chinese."""

    def quirk(items: Layout) -> Layout:
        numbers = enumerate("一二三四五六", 1)
        return tuple(
            replace(item, text=mark.format(*next(numbers)) + item.text[2:])
            if isinstance(item, Paragraph) and _is_heading(item)
            else item
            for item in items
        )

    return quirk


def headings_torn(items: Layout) -> Layout:
    """The number of a heading is a paragraph of its own."""
    out: list[Paragraph | Table] = []
    for item in items:
        if isinstance(item, Paragraph) and _is_heading(item):
            out += [replace(item, text=item.text[:2]), replace(item, text=item.text[2:])]
        else:
            out.append(item)
    return tuple(out)


def headings_run_in(between: str) -> Quirk:
    """Headings are in one paragraph with the text after them."""

    def quirk(items: Layout) -> Layout:
        out: list[Paragraph | Table] = []
        for item in items:
            last = out[-1] if out else None
            if (
                isinstance(item, Paragraph)
                and isinstance(last, Paragraph)
                and _is_heading(last)
                and item.role == "text"
            ):
                out[-1] = Paragraph(f"{last.text}{between}{item.text}")
            else:
                out.append(item)
        return tuple(out)

    return quirk


def second_series(items: Layout) -> Layout:
    """The overview has numbered headings of its own, and the numbers begin again with the tables."""
    at = next(n for n, item in enumerate(items) if _is_heading(item) and "主动公开" in item.text)  # type: ignore[union-attr]
    told = [Paragraph(text) for head in OWN_HEADINGS for text in (head, "按要求做好有关工作。")]
    return (*items[:at], *told, *numbered("{1}、")(items[at:]))


def _is_text(item: object) -> bool:
    return isinstance(item, Paragraph) and item.role == "text"


def _is_heading(item: object) -> bool:
    return isinstance(item, Paragraph) and item.role == "heading"


def _both(change: Callable[[str], str]) -> Quirk:
    def quirk(items: Layout) -> Layout:
        return tuple(
            Table(tuple(tuple(replace(cell, text=change(cell.text)) for cell in row) for row in item.rows))
            if isinstance(item, Table)
            else replace(item, text=change(item.text))
            for item in items
        )

    return quirk


def _cells(change: Callable[[Cell], str]) -> Quirk:
    """A change of the labels in tables; numbers and marks stay as they are."""

    def kept(cell: Cell) -> Cell:
        return cell if is_value(cell.text) or not cell.text else replace(cell, text=change(cell))

    return lambda items: tuple(
        Table(tuple(tuple(map(kept, row)) for row in item.rows)) if isinstance(item, Table) else item
        for item in items
    )
