"""Events as a feed (Atom 1.0, RFC 4287) and as a digest in plain text, in Chinese beside the codes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from lxml import etree

from archive import clock
from archive.database import Database
from archive.exports.beside import file_beside
from archive.exports.masking import mask
from archive.history.kinds import KINDS
from parsers.errors import Fault
from parsers.forms import SECTIONS
from parsers.forms.indicators import INDICATORS

ATOM = "http://www.w3.org/2005/Atom"
AUTHORITY = "tag:gongkai.invalid,2026"
"""Tag URIs (RFC 4151) want a name that nobody else has; `.invalid` belongs to nobody (RFC 2606)."""
SHOWN_CELLS = 6
SENTENCE = 40
"""Characters of a sentence that are shown."""
WORDS = {None: "空白", "blank": "空白", "absent": "无此格"}
"""What events say where no token stands."""

_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def known_at(event: dict[str, Any]) -> str:
    """The stamp of the sight since which an event is known."""
    return str(event["confirmed_at"] or event["seen_at"])


def in_order(events: Iterable[dict[str, Any]], after: str = "") -> list[dict[str, Any]]:
    """Events as they became known; with `after`, those that follow the event of that id, or a fault where there is
    none."""
    ordered = sorted(events, key=lambda event: (known_at(event), event["id"]))
    if not after:
        return ordered
    ids = [event["id"] for event in ordered]
    if after not in ids:
        raise Fault(f"--since {after}: this archive knows no such event")
    return ordered[ids.index(after) + 1 :]


def kind_label(kind: str) -> str:
    """A kind of event in Chinese, its code beside it."""
    return f"{KINDS[kind].zh} {kind}" if kind in KINDS else kind


def cell_line(cell: dict[str, Any]) -> str:
    """What became of a cell or of a sentence, with its code and its label; persons are masked."""
    path, old, new = cell["path"], _shown(cell["old"]), _shown(cell["new"])
    said = new if old == new else f"{old} → {new}"
    return f"{path}（{_label(path)}）：{said}" if _label(path) else f"{path}：{said}"


def _label(path: str) -> str:
    table, _, code = path.partition(".")
    if table == "sections":
        return SECTIONS.get(code, "")
    return INDICATORS[path].zh if path in INDICATORS else ""


def _shown(value: Any) -> str:
    text = mask(WORDS.get(value, str(value)))
    return text if len(text) <= SENTENCE else f"{text[:SENTENCE]}…"


def _cells(event: dict[str, Any]) -> list[str]:
    lines = [cell_line(cell) for cell in event["cells"][:SHOWN_CELLS]]
    left = len(event["cells"]) - len(lines)
    return [*lines, f"另有 {left} 个单元格"] if left > 0 else lines


def _sights(event: dict[str, Any]) -> str:
    parts = (("此前最后见到旧状", "seen_before"), ("首见", "seen_at"), ("确认", "confirmed_at"))
    return "，".join(f"{word} {clock.day(event[key])}" for word, key in parts if event[key])


def addresses(database: Database, events: Sequence[dict[str, Any]]) -> dict[str, str]:
    """A url of each line that events are of."""
    wanted = json.dumps(sorted({event["line"] for event in events}))
    rows = database.execute(
        """SELECT addresses.key, max(urls.url) FROM json_each(?) AS wanted JOIN addresses
           ON addresses.key = wanted.value JOIN urls ON urls.address = addresses.id GROUP BY 1""",
        [wanted],
    )
    return dict(map(tuple, rows))


def write_atom(path: Path, events: Sequence[dict[str, Any]], urls: dict[str, str], at: datetime) -> None:
    """An Atom feed of events, the newest first; `urls` as `addresses` gives them, `at` stands for an empty feed."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-CN")
    _add(feed, "id", f"{AUTHORITY}:changes")
    _add(feed, "title", "政府信息公开工作年度报告：变动 changes")
    _add(feed, "updated", max(map(known_at, events), default=clock.stamp(at)))
    _add(_add(feed, "author"), "name", "gongkai")
    _add(feed, "generator", "gongkai")
    for event in reversed(events):
        _entry(feed, event, urls.get(event["line"]))
    with file_beside(path) as beside:
        etree.ElementTree(feed).write(str(beside), encoding="utf-8", xml_declaration=True, pretty_print=True)


def _entry(feed: Any, event: dict[str, Any], url: str | None) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", f"{AUTHORITY}:event:{event['id']}")
    _add(entry, "title", f"{event['name']} {event['year']} 年度报告：{kind_label(event['kind'])}")
    _add(entry, "updated", known_at(event))
    _add(entry, "published", known_at(event))
    _add(entry, "category", scheme=f"{AUTHORITY}:kind", term=event["kind"], label=kind_label(event["kind"]))
    if url:
        _add(entry, "link", rel="alternate", href=url)
    lines = [*_cells(event), mask(event["message"]), _sights(event), url or event["line"]]
    _add(entry, "content", "\n".join(filter(None, lines)), type="text")


def _add(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    clean = {name: _ILLEGAL.sub("", value) for name, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{ATOM}}}{tag}", clean)
    element.text = _ILLEGAL.sub("", text) if text is not None else None
    return element


def digest(events: Sequence[dict[str, Any]], urls: dict[str, str], at: datetime) -> str:
    """Events by their kind, for a mail; empty where there are none."""
    if not events:
        return ""
    lines = [f"公开 gongkai {clock.day(at)}：年报变动 {len(events)} 项"]
    by_kind = sorted(events, key=lambda event: ([*KINDS, event["kind"]].index(event["kind"]), event["kind"]))
    for kind, found in groupby(by_kind, itemgetter("kind")):
        group = list(found)
        lines += ["", f"【{kind_label(kind)}】{len(group)} 项"]
        for event in group:
            lines.append(f"· {event['name']}（{event['unit']}）{event['year']} 年度：{_sights(event)}")
            lines += [
                f"    {line}"
                for line in (*_cells(event), mask(event["message"]), urls.get(event["line"]))
                if line
            ]
    return "\n".join(lines)
