"""Who issued a report: the title's word first, then what the report says of itself, the page's uploader last."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from parsers.metadata.head import LAST_LINES, Head, site_owner
from parsers.metadata.names import (
    ADDED,
    ANNOUNCED,
    CONTACT,
    LEAD,
    MADE_BY,
    MAKES,
    NOT_A_NAME,
    OFFICE,
    OPENS,
    ORGAN_LINE,
    PLACE,
    PLACELESS,
    SOURCE,
    SUBJECT,
    Phrase,
)
from parsers.report import Finding, Report, Witness
from parsers.text import simplify, squeeze
from parsers.titles import DISTRICT, ORGAN, SITE, is_report, read_title


def read_issuer(head: Head, report: Report) -> None:
    """Set the issuer and its witnesses; a title that names another unit than its twin is a finding."""
    named = [(title.issuer, "title") for title in head.found if title.verdict == "report" and title.issuer]
    others = list(_witnesses(head))
    report.witnesses += [Witness("issuer", name, source) for name, source in dict.fromkeys((*named, *others))]
    if named:
        report.issuer = _fuller(named[0][0], [name for name, _ in others])
        different = [name for name, _ in named if not same_unit(name, named[0][0])]
        if different:
            message = (
                f"the titles name different issuers: {named[0][0]}, {', '.join(dict.fromkeys(different))}"
            )
            report.findings.append(Finding("issuer_disagreement", ("issuer",), message))
    elif others:
        report.issuer = _fuller(others[0][0], [name for name, _ in others])


def _witnesses(head: Head) -> Iterator[tuple[str, str]]:
    """Names in the order of trust, as the text prints them."""
    text = "。".join(squeeze(line.replace("\n", "。")) for line in head.lines)
    yield from _beside_title(head)
    for names in (_matched(OPENS, text), _matched(ANNOUNCED, text), _makers(text), _matched(MAKES, text)):
        yield from ((name, "prose") for name in names)
    for name in _matched(CONTACT, text):
        yield _government(name), "contact"
    yield from _signature(head)
    yield from ((name, "prose") for name, _ in Counter(_matched(SUBJECT, text)).most_common(2))
    top = "|".join(map(squeeze, head.first))
    yield from ((name, "page") for name in _matched(SOURCE, top) if ORGAN.search(simplify(name)))
    if source := _name(squeeze(head.meta.get("ContentSource", ""))):
        yield source, "meta"


def _matched(phrase: Phrase, text: str) -> Iterator[str]:
    """The names that a phrase gives in a squeezed text, in its own script."""
    return (name for name, _ in _matches(phrase, text))


def _matches(phrase: Phrase, text: str) -> Iterator[tuple[str, re.Match[str]]]:
    plain = simplify(text)
    places = _sentences_with(phrase.needs, plain) if phrase.needs else ((0, len(plain)),)
    for begin, end in places:
        for match in phrase.pattern.finditer(plain, begin, end):
            if name := _name(text[match.start("name") : match.end("name")]):
                yield name, match


def _sentences_with(needed: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences stand that hold something, each from the full stop before it."""
    end = -1
    for found in needed.finditer(text):
        if found.start() > end:
            begin, end = text.rfind("。", 0, found.start()), text.find("。", found.end())
            end = len(text) if end < 0 else end
            yield max(0, begin), end


def _government(name: str) -> str:
    """A government for its office."""
    office = OFFICE.search(simplify(name))
    return name[: office.start()] if office else name


def _makers(text: str) -> Iterator[str]:
    """Who made the report; an office that put together what many organs reported did so for its government."""
    for name, match in _matches(MADE_BY, text):
        yield _government(name) if match["sum"] else name


def _beside_title(head: Head) -> Iterator[tuple[str, str]]:
    """A line near a title without issuer that is a name and nothing else."""
    shown = [squeeze(line) for line in head.first]
    site = site_owner(head)
    at = [
        n
        for n, line in enumerate(shown)
        if len(line) < 40 and (t := read_title(line)).verdict == "report" and not t.issuer
    ]
    for place in at[:2]:
        for near in (place + 1, place - 1, place + 2):
            if (
                0 <= near < len(shown)
                and ORGAN_LINE.fullmatch(simplify(shown[near]))
                and (name := _name(shown[near]))
                and (near > place or simplify(name) != site)
            ):
                yield name, "title"


def _signature(head: Head) -> Iterator[tuple[str, str]]:
    for line in reversed(_below_title(head.lines)):
        shown = squeeze(line)
        if len(shown) < 40 and ORGAN_LINE.fullmatch(simplify(shown)) and (name := _name(shown)):
            yield name, "signature"


def _below_title(lines: list[str]) -> list[str]:
    """The last lines, from the first title on: what stands above it signs nothing."""
    early, last = lines[:-LAST_LINES], lines[-LAST_LINES:]
    at = next((n for n, line in enumerate(last) if is_report(line)), 0)
    return last if not at or any(map(is_report, early)) else last[at:]


def _name(text: str) -> str | None:
    """A name as it can stand: without lead words, and none that only points (我镇, 市政府)."""
    name = DISTRICT.sub("", LEAD.sub("", text))
    plain = simplify(name)
    return name if 3 <= len(name) <= 30 and not (NOT_A_NAME.search(plain) or SITE.search(plain)) else None


def _fuller(name: str, others: list[str]) -> str:
    """A bare place (青石镇) with the words another witness adds to it (云溪县青石镇人民政府); an office is another
    organ than its government and adds nothing."""
    if PLACELESS.match(simplify(name)):
        return next((other for other in others if len(other) > len(name) and _ends_like(other, name)), name)
    if not PLACE.search(simplify(name)):
        return name
    for other in others:
        head, found, tail = other.partition(name)
        if found and tail in ADDED and (not head or PLACE.search(simplify(head))):
            return other
    return name


def _ends_like(name: str, end: str) -> bool:
    """Whether a name ends like another, but for a word that joins (人力资源和社会保障局)."""
    return re.sub("[和与]", "", simplify(name)).endswith(re.sub("[和与]", "", simplify(end)))


def same_unit(one: str, other: str) -> bool:
    """Whether two names can be one unit's: the one ends like the other, words for the organ apart."""
    a, b = (re.sub(r"(?:人民政府|政府|街道办事处|办事处|机关)$", "", simplify(name)) for name in (one, other))
    return a.endswith(b) or b.endswith(a)
