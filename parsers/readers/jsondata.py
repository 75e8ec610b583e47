"""JSON, as interfaces of portals answer and as other people's scrapers keep pages: the HTML and the text in it, and
tables as arrays of rows, as objects of the same keys, or as objects inside objects whose keys are the labels.

Numbers keep the digits they are written with. Keys are words of a table only where they are words of the form. No key
stands twice in an object, so what stands under a label that several rows share may be any of theirs, and is unclear.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain, groupby
from typing import Any, NamedTuple

from parsers.document import Block, Document, Grid
from parsers.forms.annex import head_role
from parsers.forms.labels import known
from parsers.readers import Unreadable
from parsers.readers.encoding import decode
from parsers.readers.escaped import as_markup, is_markup, whole, without_codes
from parsers.sections import heading
from parsers.tables.annex_labels import is_label, read_label
from parsers.text import HAN, squeeze
from parsers.values import UNSEEN

_CALL = re.compile(r"\s*[\w.$]+\s*\((?=\s*[{\[])(.*)\)\s*;?\s*", re.DOTALL)
_LETTER = re.compile(HAN)
_DAY_KEYS = frozenset({"pubdate", "publishdate", "publishtime", "pubtime", "releasetime", "releasedate"})
_TITLE_KEYS = frozenset({"title", "articletitle", "doctitle"})

FEWEST_LETTERS = 30
"""A text that begins with so many letters of another says the same once more."""

_Value = dict[str, Any] | list[Any] | str | None


class _Leaf(NamedTuple):
    """An object of scalars, and the labels over it."""

    labels: tuple[str, ...]
    cells: dict[str, str]


def read(data: bytes) -> Document:
    """The document in the bytes of a JSON text; what only looks like one is a page or plain text."""
    text = decode(data)
    value = None if text is None else _load(text)
    if text is None or value is None:
        return _other(data, text or "")
    document = Document("json")
    try:
        items = _without_echoes(_walk(value, (), document.meta))
    except RecursionError as error:
        raise Unreadable("json", "its objects are nested deeper than any page") from error
    for item in items:
        if isinstance(item, Document):
            document.items += item.items
            document.pictures += item.pictures
            document.inline.update(item.inline)
            document.is_open = item.is_open
        else:
            document.items.append(item)
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | list[list[Any]]:
    """An object; rows of key and value where a key stands twice."""
    held = dict(pairs)
    return held if len(held) == len(pairs) else [list(pair) for pair in pairs]


_AS_WRITTEN: dict[str, Any] = {
    "parse_int": str,
    "parse_float": str,
    "parse_constant": lambda name: "",
    "object_pairs_hook": _object,
}


def _load(text: str) -> _Value:
    """The value that a text is, with every number as text; `None` where it is none."""
    if call := _CALL.fullmatch(text):
        text = call[1]
    try:
        value = _without_truths(json.loads(text, **_AS_WRITTEN, strict=False))
        if "\\ud" in text.lower():
            value = json.loads(whole(json.dumps(value, ensure_ascii=False)))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, (dict, list)) else None


def _without_truths(value: Any) -> _Value:
    """A value with `true` and `false` as the words that they are: neither is a blank, and neither is a number."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return [_without_truths(each) for each in value]
    return {key: _without_truths(each) for key, each in value.items()} if isinstance(value, dict) else value


def _other(data: bytes, text: str) -> Document:
    from parsers.readers import html, plaintext

    plain = without_codes(text)
    data = data if plain == text else plain.encode()
    return html.read(data) if is_markup(plain) else plaintext.read(data)


def _walk(value: _Value, labels: tuple[str, ...], meta: dict[str, str]) -> Iterator[Block | Grid | Document]:
    if isinstance(value, str):
        yield from _text(value)
    elif isinstance(value, list):
        yield from _array(value, labels, meta)
    elif isinstance(value, dict):
        _note(value, meta)
        for is_leaf, run in groupby(_leaves(value, labels), lambda part: isinstance(part, _Leaf)):
            if is_leaf:
                yield from _tables([part for part in run if isinstance(part, _Leaf)])
            else:
                for part in run:
                    if isinstance(part, Block):
                        yield part
                    elif not isinstance(part, _Leaf):
                        yield from _walk(part, labels, meta)


def _leaves(value: dict[str, Any], labels: tuple[str, ...]) -> Iterator[_Leaf | Block | str | list[Any]]:
    """What stands in an object and the objects in it, in order: rows of tables, headings, all else."""
    if value and all(isinstance(each, str | None) for each in value.values()) and _is_form(value):
        doubt = UNSEEN if _is_shared(labels) else ""
        yield _Leaf(labels, {key: f"{each or ''}{doubt}" for key, each in value.items()})
        return
    for key, each in value.items():
        if isinstance(each, dict):
            if heading(key):
                yield Block(key, key)
            yield from _leaves(each, (*labels, key) if _LETTER.search(key) and not heading(key) else labels)
        elif isinstance(each, list):
            if heading(key):
                yield Block(key, key)
            yield each
        elif each and known(key) and not _LETTER.search(each):
            yield _Leaf((*labels, key), {"": each + UNSEEN if _is_shared((key,)) else each})
        elif each:
            yield each


def _is_shared(labels: tuple[str, ...]) -> bool:
    """Whether several rows have the label, of which a key holds one: who kept them may have lost the others."""
    label = read_label(labels[-1]) if labels else None
    return label is not None and len(label.codes) > 1


def _is_form(words: Iterable[str]) -> bool:
    return any(known(word) or head_role(word) or is_label(word) for word in words)


def _tables(leaves: list[_Leaf]) -> Iterator[Grid]:
    """Rows with the same keys as a table, the keys over it."""
    for keys, run in groupby(leaves, lambda leaf: tuple(leaf.cells)):
        rows = list(run)
        deep = max(len(leaf.labels) for leaf in rows)
        body: list[list[str | None]] = [
            [*leaf.labels, *[""] * (deep - len(leaf.labels)), *leaf.cells.values()] for leaf in rows
        ]
        head: list[str | None] = [*[""] * deep, *keys]
        yield Grid([head, *body], exact=True, place=f"keys {keys[0]}…")


def _array(
    value: list[Any], labels: tuple[str, ...], meta: dict[str, str]
) -> Iterator[Block | Grid | Document]:
    if value and all(isinstance(each, list) for each in value) and not any(map(_is_deep, value)):
        rows: list[list[str | None]] = [[cell or "" for cell in row] for row in value]
        yield Grid(rows, exact=len(set(map(len, rows))) == 1, place="array of rows")
    elif value and all(isinstance(each, dict) and not _is_deep(each.values()) for each in value):
        yield from _records(value, labels, meta)
    else:
        for each in value:
            if not isinstance(each, str) or _LETTER.search(each):
                yield from _walk(each, labels, meta)


def _records(
    value: list[dict[str, str | None]], labels: tuple[str, ...], meta: dict[str, str]
) -> Iterator[Block | Grid | Document]:
    """Objects without depth: the rows of a table, if words of the form stand in them."""
    if not _is_form(chain(*value, *(map(str, each.values()) for each in value))):
        for each in value:
            yield from _walk([*each.values()], labels, meta)
        return
    for keys, run in groupby(value, tuple):
        rows: list[list[str | None]] = [[*keys]] if _is_form(keys) else []
        rows += [[each or "" for each in record.values()] for record in run]
        yield Grid(rows, exact=True, place=f"keys {keys[0]}…")


def _is_deep(values: Iterable[Any]) -> bool:
    return any(isinstance(each, (dict, list)) for each in values)


def _note(value: dict[str, Any], meta: dict[str, str]) -> None:
    for key, each in value.items():
        name = key.lower().replace("_", "")
        wanted = "PubDate" if name in _DAY_KEYS else "ArticleTitle" if name in _TITLE_KEYS else ""
        if wanted and isinstance(each, str):
            meta.setdefault(wanted, each)


def _text(text: str) -> Iterator[Block | Document]:
    text = as_markup(text) or text
    if is_markup(text):
        from parsers.readers import html

        yield html.read(text.encode())
    elif "\n" in text.strip():
        from parsers.readers import plaintext

        yield plaintext.read(text.encode())
    elif _LETTER.search(text):
        yield Block(unescape(text).strip())


def _without_echoes(items: Iterable[Block | Grid | Document]) -> list[Block | Grid | Document]:
    """The items without texts that say once more what a page among them says."""
    kept = list(items)
    pages = [each for each in kept if isinstance(each, Document) and each.format == "html"]
    said = "".join(squeeze(block.text) for page in pages for block in page.blocks())
    return [each for each in kept if each in pages or not _is_echo(each, said)]


def _is_echo(item: Block | Grid | Document, said: str) -> bool:
    if isinstance(item, Grid):
        return False
    lines = map(squeeze, (item.text,) if isinstance(item, Block) else (block.text for block in item.blocks()))
    return any(len(line) >= FEWEST_LETTERS and line[:FEWEST_LETTERS] in said for line in lines)
