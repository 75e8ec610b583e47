"""Reports whose tables are pictures, from the portal over real HTTP to the ledger."""

import importlib.util
import re
from base64 import b64encode
from contextlib import closing
from dataclasses import replace
from io import BytesIO

import pytest

from archive.captures.recorder import Recorder
from archive.database import read_database
from archive.folder import Folder
from archive.readings import tables
from archive.upkeep.rebuild import rebuild
from archive.upkeep.update import update
from crawler.demo.county import yingchuan
from crawler.demo.portal import SamplePortal
from crawler.demo.responses import Response
from parsers import ocr
from parsers.parse import parse
from tests.archive.simulated import at, events
from tests.crawler.running import crawl, register

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
YEAR = 2023
HAS_EXTRA = importlib.util.find_spec("rapidocr") is not None
DAYS = ("2025-02-10", "2025-02-12", "2025-02-14")


@pytest.fixture
def site():
    return yingchuan()


@pytest.fixture
def unit(site):
    """A unit without an attachment."""
    return next(a.unit for a in site.articles if a.report and a.report.year == YEAR and not a.attachment)


def with_pictures(site, unit, pictures):
    """The page shows pictures in the places of its tables, and buttons; returns their addresses."""
    page = site.address(unit, YEAR)
    folder = page.rpartition("/")[0]
    tags = "".join(f"<p><img src='./W{n}.png'></p>" for n in range(len(pictures)))
    tags = f"{tags}<img src='/share/wx.png'><img src='./qrcode.png'>".encode()

    def pictured(right):
        head, *rest = re.split(rb"<table.*?</table>", right.body, flags=re.DOTALL)
        return replace(right, body=head + tags + b"".join(rest))

    site.fail(page, pictured)
    for number, picture in enumerate(pictures):
        answer = Response(picture, 200, (("Content-Type", "image/png"),))
        site.fail(f"{folder}/W{number}.png", lambda _, answer=answer: answer)
    return [f"{folder}/W{n}.png" for n in range(len(pictures))]


def visit(folder, portal, day):
    with at(f"{day}T04:00:00Z"):
        with Recorder(folder, worker=False) as recorder:
            crawl(folder.root, portal.site.id, recorder)
        update(folder)


def rows(folder, query, *values):
    with closing(read_database(folder)) as database:
        return [tuple(row) for row in database.execute(query, values)]


def state(folder, unit):
    query = (
        """SELECT presence, reading FROM ledger JOIN units ON units.id = unit WHERE name = ? AND year = ?"""
    )
    return rows(folder, query, unit, YEAR)


def cells(folder, unit):
    query = "SELECT path, value FROM cells WHERE name = ? AND year = ?"
    return dict(rows(folder, query, unit, YEAR))


@pytest.mark.skipif(HAS_EXTRA, reason="the extra gongkai[ocr] is installed")
def test_pictures_are_fetched_and_the_report_is_unread(tmp_path, site, unit):
    addresses = with_pictures(site, unit, [DOT, DOT + b" "])
    folder = Folder(tmp_path).create()
    with SamplePortal(site) as portal:
        register(tmp_path, portal)
        visit(folder, portal, DAYS[0])
        assert set(addresses) <= set(portal.fetched())
        assert not [path for path in portal.fetched() if "qrcode" in path or "share" in path]
    assert state(folder, unit) == [("present", "unread")]
    assert cells(folder, unit) == {}
    (message,) = rows(folder, "SELECT message FROM findings WHERE code = 'pictures_unread'")
    assert message[0].endswith(": W0.png, W1.png")
    assert rows(folder, "SELECT count(DISTINCT body) FROM readings WHERE lacks = '[\"ocr\"]'") == [(3,)]
    assert rebuild(folder).differences == {}


@pytest.mark.skipif(HAS_EXTRA, reason="the extra gongkai[ocr] is installed")
def test_pictures_in_the_page_itself_wait_for_the_extra_too(tmp_path, site, unit):
    def pictured(right):
        head, *rest = re.split(rb"<table.*?</table>", right.body, flags=re.DOTALL)
        own = b"<p><img src='data:image/png;base64,%b'></p>" % b64encode(DOT + bytes(2000))
        return replace(right, body=head + own + b"".join(rest))

    site.fail(site.address(unit, YEAR), pictured)
    folder = Folder(tmp_path).create()
    with SamplePortal(site) as portal:
        register(tmp_path, portal)
        visit(folder, portal, DAYS[0])
    assert state(folder, unit) == [("present", "unread")]
    (message,) = rows(folder, "SELECT message FROM findings WHERE code = 'pictures_unread'")
    assert message[0].endswith(": inline-picture-1.png")
    assert rows(folder, "SELECT count(DISTINCT body) FROM readings WHERE lacks = '[\"ocr\"]'") == [(1,)]


@pytest.mark.skipif(HAS_EXTRA, reason="the extra gongkai[ocr] is installed")
def test_pictures_are_read_together_when_the_extra_comes(tmp_path, site, unit, monkeypatch):
    """With a recogniser that knows the two pictures: each holds tables, neither says whose."""

    def read(pictures, engines):
        return parse(tables_of(report, pictures), engines)

    report = site.report(unit, YEAR)
    with_pictures(site, unit, [DOT, DOT + b" "])
    folder = Folder(tmp_path).create()
    with SamplePortal(site) as portal:
        register(tmp_path, portal)
        visit(folder, portal, DAYS[0])
        monkeypatch.setattr(ocr, "is_installed", lambda: True)
        monkeypatch.setattr(tables, "parse_pictures", read)
        visit(folder, portal, DAYS[1])
        visit(folder, portal, DAYS[2])
    assert state(folder, unit) == [("present", "ok")]
    assert cells(folder, unit) == printed(report)
    kinds = {kind for kind, name, year in events(folder, DAYS[2]) if (name, year) == (unit, YEAR)}
    assert "first_seen" in kinds
    assert not kinds & {"revised", "unconfirmed", "flapping", "divergence", "page_cut", "form_changed"}
    assert rebuild(folder).differences == {}


def printed(report):
    """The cells as the database has them."""
    return {p: v if v is None or v == int(v) else float(v) for p, v in report.figures().items()}


def tables_of(report, pictures):
    """What a recogniser makes of the pictures: the tables of the report without a title."""
    from crawler.demo.renderers import as_page

    assert pictures == [DOT, DOT + b" "]
    return "".join(re.findall(r"<table.*?</table>", as_page(report), re.DOTALL)).encode()


@pytest.mark.skipif(not HAS_EXTRA, reason="the extra gongkai[ocr] is not installed")
def test_a_report_in_pictures_is_recognised_as_one(tmp_path, site, unit):
    from crawler.demo import scan

    if not scan.chinese_font():
        pytest.skip("no Chinese font to print a scan with")
    report = site.report(unit, YEAR)
    pictures = []
    for image in scan.scanned(report, scan.Scanner(scan.chinese_font()), seed=1):
        file = BytesIO()
        image.save(file, "PNG")
        pictures.append(file.getvalue())
    with_pictures(site, unit, pictures)
    folder = Folder(tmp_path).create()
    with SamplePortal(site) as portal:
        register(tmp_path, portal)
        visit(folder, portal, DAYS[0])
    assert len(pictures) > 1
    assert state(folder, unit) == [("present", "ok")]
    found = cells(folder, unit)
    right = printed(report)
    assert found.keys() == right.keys()
    assert not {path for path in right if found[path] not in (right[path], None)}
    assert sum(value is None for value in found.values()) <= 5
