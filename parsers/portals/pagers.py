"""Pagers: where a list's next page is. A call is told by the types of its leading arguments, never by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from parsers.portals import urls
from parsers.portals.form_pager import by_form, by_query, turned_to
from parsers.portals.markup import Markup, whole_text
from parsers.portals.model import Request

_CALL = re.compile(r"(?<!function )\bcreatePage(?:HTML)?\s*\(([^()]*)\)")
_ARGUMENT = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|(-?\d+)|([\w$]+))\s*(?:,|$)""")
_VARIABLE = r"\bvar\s+{name}\s*=\s*[\"']?(\d+)"
_STEM = re.compile(r"""["'\\(=/]([\w-]+)\\?["']\s*\+\s*\\?["']_""")
_EXTENSION = re.compile(r"""\.\\?["']\s*\+\s*\\?["'](s?html?)|\.(s?html?)\b""")
_NEXT_TEXT = re.compile(r"^\W*(?:下一?页|后一?页|下页|next(?:\s*page)?|[>»›]{1,2})\W*$", re.IGNORECASE)
_PAGE_COUNT = re.compile(
    r"共\s*(?:计\s*)?(\d{1,4})\s*页|\b1\s*/\s*(\d{1,4})\s*页?|页\s*[:：]?\s*1\s*/\s*(\d{1,4})"
)
_FILE_NAME = re.compile(r"^(.*?)(?:_(\d+))?(\.\w+)?$")


@dataclass(frozen=True, slots=True)
class Pager:
    """What a page says of its list: the next page, how many pages and entries there are (`None`: not said)."""

    next: tuple[Request, ...] = ()
    pages: int | None = None
    said: str = ""
    total: int | None = None


def trs_pager(markup: Markup) -> Pager | None:
    """`createPageHTML(TOTAL, CURRENT, "PREFIX", "EXT")` counts pages from 0; the form that starts with a container's
    id counts from 1; with three leading integers the first counts records, and the pages may exist on the client only.
    """
    for script in markup.scripts:
        for call in _CALL.findall(script):
            if pager := _from_call(markup, _arguments(call, script)):
                return pager
    return _from_variables(markup)


def _arguments(call: str, script: str) -> list[str | int]:
    found: list[str | int] = []
    for double, single, integer, name in _ARGUMENT.findall(call):
        if integer:
            found.append(int(integer))
        elif name:
            value = _variable(script, name)
            if value is None:
                return []
            found.append(value)
        else:
            found.append(double or single)
    return found


def _from_call(markup: Markup, arguments: list[str | int]) -> Pager | None:
    match arguments:
        case [int(records), int(total), int(current), *rest]:
            stem, extension = _names(markup, [a for a in rest if isinstance(a, str)])
            return replace(_counted(markup, total, current, stem, extension, guess=True), total=records)
        case [int(total), int(current), str(stem), str(extension), *_]:
            return _counted(markup, total, current, stem, extension)
        case [int(total), int(current), *_]:
            return _counted(markup, total, current, *_names(markup, []))
        case [str(), int(total), int(current), str(stem), str(extension), *rest]:
            pager = _counted(markup, total, current, stem, extension, first=1)
            return replace(pager, total=rest[0] if rest and isinstance(rest[0], int) else None)
    return None


def _counted(
    markup: Markup,
    total: int,
    current: int,
    stem: str,
    extension: str,
    *,
    first: int = 0,
    guess: bool = False,
) -> Pager:
    following = current + 1
    if following - first >= total:
        return Pager(pages=total, said=f"page {current - first + 1} of {total}")
    url = urls.join(markup.base, f"{stem}_{following}.{extension.lstrip('.')}")
    ahead = (Request(url, guess=guess),) if url else ()
    return Pager(ahead, total, f"page {current - first + 1} of {total}")


def _from_variables(markup: Markup) -> Pager | None:
    for script in markup.scripts:
        total, current = _variable(script, "countPage"), _variable(script, "currentPage")
        if total is None:
            continue
        stem, extension = _STEM.search(script), _EXTENSION.search(script)
        default_stem, default_extension = _names(markup, [])
        return _counted(
            markup,
            total,
            current or 0,
            stem[1] if stem else default_stem,
            (extension[1] or extension[2]) if extension else default_extension,
        )
    return None


def _names(markup: Markup, said: list[str]) -> tuple[str, str]:
    """Stem and extension of the column's pages: as said, else those of the page's own address."""
    match = _FILE_NAME.match(urlsplit(markup.page.url).path.rpartition("/")[2])
    stem, extension = (match[1], match[3]) if match else ("", None)
    names = [*said, "", ""]
    return names[0] or stem or "index", names[1] or (extension or ".html").lstrip(".")


def _variable(script: str, name: str) -> int | None:
    match = re.search(_VARIABLE.format(name=re.escape(name)), script)
    return int(match[1]) if match else None


def link_pager(markup: Markup) -> Pager:
    """The link that says "next page"; where there is none but more pages are said to exist, or a script turns to them,
    the form that the page has for it, or likely addresses."""
    own = urls.key(markup.page.url)
    count = _page_count(markup)
    for node, url in markup.links:
        text = "".join(whole_text(node).split()) or (node.get("title") or "")
        if _NEXT_TEXT.match(text) and urls.key(url) != own and _same_host(url, markup.page.url):
            return Pager((Request(url),), count, f"link {text}")
    turned = _turned_by_script(markup) if count is None else None
    if (count or 0) > 1 or turned:
        ahead = by_query(markup.page.url, count)
        ahead = by_form(markup, count) if ahead is None else ahead
        said = f"{count} pages said, no link" if count else f"a script turns to page {turned}"
        return Pager(tuple(_guesses(markup.page.url)) if ahead is None else ahead, count or turned, said)
    return Pager((), count, f"{count} page said" if count else "")


def _turned_by_script(markup: Markup) -> int | None:
    """The number of the page to which a script turns, where the link that says "next page" is no address."""
    for node in markup.tree.iter("a", "button"):
        text = "".join(whole_text(node).split()) or (node.get("title") or "")
        if _NEXT_TEXT.match(text):
            return turned_to(f"{node.get('onclick') or ''} {node.get('href') or ''}")
    return None


def _page_count(markup: Markup) -> int | None:
    match = _PAGE_COUNT.search(markup.visible)
    return int(next(g for g in match.groups() if g)) if match else None


def _same_host(url: str, other: str) -> bool:
    return urlsplit(url).netloc == urlsplit(other).netloc


def _guesses(url: str) -> list[Request]:
    """Likely addresses of page p + 1: on the first page every habit is tried, later the one that is seen to work."""
    name = urlsplit(url).path.rpartition("/")[2]
    if numbered := re.match(r"^(\d{1,3})(\.\w+)?$", name):
        return [Request(urls.with_page(url, f"{int(numbered[1]) + 1}{numbered[2] or ''}"), guess=True)]
    match = _FILE_NAME.match(name)
    stem, number, extension = match.groups() if match else ("", None, None)
    extension = extension or ".html"
    if number:
        return [Request(urls.with_page(url, f"{stem}_{int(number) + 1}{extension}"), guess=True)]
    stems = dict.fromkeys((stem or "index", "index"))
    names = [f"{s}_{k}{extension}" for s in stems for k in (1, 2)]
    return [Request(urls.with_page(url, n), guess=True) for n in names]
