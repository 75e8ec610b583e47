"""Where one report ends in a document and the next begins."""

from __future__ import annotations

from parsers.document import Block, Grid
from parsers.sections import heading
from parsers.text import fold
from parsers.titles import read_title


def parts(items: list[Block | Grid]) -> list[list[Block | Grid]]:
    """The items of each report: a title begins a new one after a report's last sections and before another's first."""
    starts = [0]
    for number, item in enumerate(items):
        if isinstance(item, Block) and _is_title(item.text) and _ended(items[starts[-1] : number]):
            rest = items[number:]
            if any(isinstance(other, Block) and heading(other.text) == "overview" for other in rest):
                starts.append(number)
    return [items[start:stop] for start, stop in zip(starts, [*starts[1:], None], strict=True)]


def _is_title(text: str) -> bool:
    line = fold(text)
    return len(line) <= 60 and "。" not in line and read_title(text).verdict == "report" and not heading(text)


def _ended(items: list[Block | Grid]) -> bool:
    seen = {heading(item.text) for item in items if isinstance(item, Block)}
    return bool(seen & {"problems", "other_matters"}) and "overview" in seen
