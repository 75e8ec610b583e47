"""Runs of label and header cells → the words of the forms in them.

A label may be cut over several cells or lines, several labels may run together in one cell, a label may be cut
short or misspelt. An exact word wins over a cut one, a cut one over a similar one; only the last is a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from parsers.forms.labels import Word, is_article, key, ordinals, unnumbered, without_numbering, words

ARTICLE = Word("第二十条", "proactive", "group", "article")
MOST_PIECES = 8
"""In how many cells one label has been seen."""

SHORTEST_CUT = 4
SIMILAR, SURELY_SIMILAR, MARGIN = 0.78, 0.9, 0.08


@dataclass(frozen=True)
class Item:
    """What a piece of a run says: the words it may be (none where it is unknown), and whether that is a guess."""

    text: str
    words: tuple[Word, ...]
    stop: int
    """How many cells of the run end with it."""
    guessed: bool = False

    @cached_property
    def by_table(self) -> dict[str, tuple[Word, ...]]:
        """The words it may be, table by table."""
        tables = dict.fromkeys(word.table for word in self.words)
        return {table: tuple(word for word in self.words if word.table == table) for table in tables}

    def of(self, table: str | None) -> tuple[Word, ...]:
        """The words it may be in a table."""
        return self.by_table.get(table or "", ())


def read_words(texts: Sequence[str], table: str | None) -> Sequence[Item]:
    """The words in a run of cells; `table` is the table we are in, if known."""
    return _read(tuple(texts), table)


@lru_cache(maxsize=4096)
def _read(texts: tuple[str, ...], table: str | None) -> tuple[Item, ...]:
    items: list[Item] = []
    start = 0
    while start < len(texts):
        stop, found = _next(texts, start, table)
        items.extend(found)
        start = stop
    return tuple(items)


def _next(texts: Sequence[str], start: int, table: str | None) -> tuple[int, list[Item]]:
    most = min(len(texts), start + MOST_PIECES)
    for stop in range(most, start, -1):
        text = "".join(texts[start:stop])
        if (found := words().get(key(text))) and not _swallows(texts[start:stop]):
            return stop, [Item(text, found, stop)]
    if is_article(texts[start]):
        return start + 1, [Item(texts[start], (ARTICLE,), start + 1)]
    together = (_together("".join(texts[start:stop]), stop) for stop in range(most, start, -1))
    if several := next(filter(None, together), None) or _together(texts[start], start + 1, table):
        return several[-1].stop, several
    for stop in range(most, start, -1):
        text = "".join(texts[start:stop])
        if found := _cut(text, table):
            return stop, [Item(text, found, stop)]
    if found := _similar(texts[start], table):
        return start + 1, [Item(texts[start], found, start + 1, guessed=True)]
    return start + 1, [Item(texts[start], (), start + 1)] if key(texts[start]) else []


def _swallows(pieces: Sequence[str]) -> bool:
    """Whether a bracket that a page cut open makes a remark of a label of its own."""
    return (
        len(pieces) > 1 and key(pieces[-1]) in words() and key("".join(pieces)) == key("".join(pieces[:-1]))
    )


def _together(text: str, stop: int, cut_in: str | None = None) -> list[Item]:
    """Several words in one cell, if they are all the cell holds; in a table that is known the last may be cut, if
    it can only be one row of it."""
    rest, found = without_numbering(text), list[Item]()
    while rest:
        name = next((rest[:n] for n in range(len(rest), 1, -1) if rest[:n] in words()), None)
        if name is None:
            cut = _cut(rest, cut_in) if cut_in and found and len(rest) >= SHORTEST_CUT else ()
            rows = [word for word in cut if word.role == "row"]
            return [*found, Item(rest, tuple(rows), stop, guessed=True)] if rows else []
        amount = any(word.code == "amount" for word in words()[name])
        found.append(Item(text if amount else name, words()[name], stop))
        rest = rest[len(name) :]
    return found if len(found) > 1 else []


def _known(table: str | None) -> Iterator[Word]:
    """The words that a cut or misspelt one may be; a caption, of which 主动公开 is a part, must be whole."""
    known = (word for found in words().values() for word in found if table in (None, word.table))
    return (word for word in known if word.code != "caption")


def _cut(text: str, table: str | None) -> tuple[Word, ...]:
    """The one word that a cut label can be; a column is told by two characters once the table is known."""
    start = key(text)
    if len(start) < 2:
        return ()
    found = [word for word in _known(table) if word.key.startswith(start)]
    if len(start) < SHORTEST_CUT:
        found = [word for word in found if table and word.role == "column"]
    return tuple(found) if len({(word.table, word.role, word.code) for word in found}) == 1 else ()


def _similar(text: str, table: str | None) -> tuple[Word, ...]:
    """The one word that a misspelt label is like, unless its numbering contradicts."""
    number, _ = unnumbered(text)
    name = key(text)
    if len(name) < SHORTEST_CUT or len(name) > 40:
        return ()
    ranked = sorted(((_likeness(name, word), word) for word in _known(table)), key=lambda pair: -pair[0])
    best, word = ranked[0]
    rival = max((ratio for ratio, other in ranked if other.code != word.code), default=0.0)
    official = ordinals().get(word.code, "")
    contradicted = bool(number and official and number.strip("()、.") != official.strip("()、."))
    if best < (SURELY_SIMILAR if contradicted else SIMILAR) or best - rival < MARGIN:
        return ()
    return tuple(other for ratio, other in ranked if other.code == word.code and ratio == best)


def _likeness(name: str, word: Word) -> float:
    from difflib import SequenceMatcher  # few texts have a label that is not known

    matcher = SequenceMatcher(None, name, word.key, autojunk=False)
    if matcher.real_quick_ratio() < SIMILAR or matcher.quick_ratio() < SIMILAR:
        return 0.0
    return matcher.ratio()
