"""A page → `Inspection`: recognise the family, let it read the page, decide the class."""

from __future__ import annotations

from parsers.portals import articles, page_class, urls
from parsers.portals.aspx import EpointAspx
from parsers.portals.epoint import Epoint
from parsers.portals.family import Family
from parsers.portals.generic import Generic
from parsers.portals.gkmlpt import Gkmlpt
from parsers.portals.huaian import Huaian
from parsers.portals.jpaas import Jpaas
from parsers.portals.jpage import Jpage
from parsers.portals.lists import Listing, children, shells
from parsers.portals.local import Ankang, Shijiazhuang
from parsers.portals.lonsun import Lonsun
from parsers.portals.marks import Words
from parsers.portals.markup import Markup
from parsers.portals.model import Inspection, Page, Request
from parsers.portals.nfcms import Nfcms
from parsers.portals.openness import Openness
from parsers.portals.page_class import SHORT_CHARACTERS, Facts
from parsers.portals.pagers import Pager
from parsers.portals.suzhou import Suzhou
from parsers.portals.trs import Trs
from parsers.portals.truecms import Truecms
from parsers.portals.ucap import Ucap
from parsers.portals.ucap_query import UcapQuery
from parsers.portals.verdicts import verdict
from parsers.portals.vsb import Vsb
from parsers.portals.xxgk import Xxgk
from parsers.trees import Element

FAMILIES: tuple[Family, ...] = (
    Jpaas(),
    UcapQuery(),
    Truecms(),
    Jpage(),
    Xxgk(),
    Gkmlpt(),
    Suzhou(),
    Ucap(),
    Lonsun(),
    Epoint(),
    EpointAspx(),
    Vsb(),
    Nfcms(),
    Shijiazhuang(),
    Huaian(),
    Trs(),
    Openness(),
    Ankang(),
)
"""Tried in this order: content tells before addresses do. What none of them knows is read by `Generic`."""

_GENERIC = Generic()
_WORDS = Words(mark for family in FAMILIES for mark in family.marks.values())


def look(page: Page) -> Inspection:
    """Read one page of a portal."""
    if by_bytes := page_class.by_bytes(page) if page.status < 300 else None:
        return Inspection(_GENERIC.name, "", *by_bytes)
    markup = Markup(page)
    family, fingerprint = _recognise(markup)
    inspection = Inspection(family.name, fingerprint, "other")
    if decided := page_class.by_status(page):
        challenge = page_class.by_challenge(markup, Facts())
        inspection.page_class, inspection.evidence = challenge or decided
        return inspection
    return _read(markup, family, inspection)


def _recognise(markup: Markup) -> tuple[Family, str]:
    url = markup.page.url
    for family in FAMILIES:
        if family.interface and family.interface.search(url):
            return family, "interface"
    words = _WORDS.standing_in(markup.source)
    for family in FAMILIES:
        if fingerprint := family.recognise(markup, words):
            return family, fingerprint
    for family in FAMILIES:
        if family.address and family.address.search(url):
            return family, "address"
    return _GENERIC, ""


def _read(markup: Markup, family: Family, inspection: Inspection) -> Inspection:
    drawn = family.parts(markup)
    markup = family.unwrap(markup)
    if "articletitle" in markup.meta:
        inspection.evidence = "meta ArticleTitle"
        article = _article(markup, family, inspection, family.body(markup))
        gone = page_class.by_words(markup) if not article.attachments else None
        return Inspection(family.name, inspection.fingerprint, *gone) if gone else article
    listing, pager, body = family.listing(markup), family.pager(markup), family.body(markup)
    parts, evidence = _parts(markup, listing, pager, drawn)
    facts = Facts(
        entries=len(listing.entries),
        pages_listed=sum(not urls.is_document(entry.url) for entry in listing.entries),
        pages=pager.pages,
        body=articles.weight(body) if body is not None else 0,
        attachments=len(family.attachments(markup, body)),
        article_url=family.is_article(markup.page.url),
        front=listing.front,
        report=not listing.entries
        and len(markup.visible) < SHORT_CHARACTERS
        and verdict(family.title(markup) or "") == "report",
        parts=evidence,
    )
    inspection.page_class, inspection.evidence = page_class.by_challenge(markup, facts) or ("other", "")
    if inspection.page_class == "challenge":
        return inspection
    if (target := page_class.by_redirect(markup)) and not facts.entries:
        inspection.page_class, inspection.evidence = "redirect", target[1]
        inspection.next = [Request(target[0])]
        return inspection
    inspection.page_class, inspection.evidence = page_class.by_content(markup, facts)
    if inspection.page_class == "list":
        inspection.entries, inspection.pages, inspection.total = listing.entries, pager.pages, pager.total
        inspection.next, inspection.cut = [*pager.next, *parts], markup.unfinished
    return _article(markup, family, inspection, body) if inspection.page_class == "article" else inspection


def _article(markup: Markup, family: Family, inspection: Inspection, body: Element | None) -> Inspection:
    inspection.page_class = "article"
    inspection.title, inspection.published_on = family.title(markup), family.published_on(markup)
    inspection.attachments = family.attachments(markup, body)
    return inspection


def _parts(markup: Markup, listing: Listing, pager: Pager, drawn: list[Request]) -> tuple[list[Request], str]:
    """Lists drawn from elsewhere, columns below the page, or the frames of a page that has nothing of its own."""
    if drawn:
        return drawn + children(markup, listing.entries), f"{len(drawn)} lists drawn from elsewhere"
    if below := children(markup, listing.entries):
        return below, f"{len(below)} columns below"
    if not listing.entries and pager.pages is None and (framed := shells(markup)):
        return framed, f"shell of {len(framed)} frames"
    return [], ""
