"""What is asked of a past day is derived for those it is about, and is what deriving everything says."""

from contextlib import closing

import pytest

from archive import clock
from archive.database import read_database
from archive.folder import Folder
from archive.history import query
from archive.history.query import Only, asked
from archive.history.worklist import aimed_at
from crawler.demo.county import qinghe, yingchuan
from tests.archive.simulated import SimulatedCrawl

PAST = clock.instant("2025-01-20T00:00:00Z")
ABOUT = [
    {"unit": "稻香镇"},
    {"unit": "990101103"},
    {"county": "990102"},
    {"unit": "萤川县人民政府"},
    {"unit": "镇"},
    {"unit": "没有这个单位"},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two counties, each crawled before and after the day that is asked about."""
    folder = Folder(tmp_path_factory.mktemp("past") / "archive").create()
    for day in ("2025-01-12", "2025-02-12"):
        for site in (qinghe(), yingchuan()):
            SimulatedCrawl(folder, site, f"{day}T01:00:00Z")
    return folder


def rows(of, about):
    code = [u for u, name in of.database.execute("SELECT code, name FROM units") if about in {u, name}]
    only = Only(unit=code[0]) if code else Only(county=about)
    return list(query.ledger(of, only)), list(query.events(of, unit=only.unit, kind="first_seen"))


def portals(of):
    return {row[0] for row in of.database.execute("SELECT DISTINCT portal FROM units")}


@pytest.mark.parametrize("about", ABOUT, ids=lambda about: next(iter(about.values())))
def test_what_is_derived_for_some_is_what_is_derived_for_all(folder, about):
    (wanted,) = about.values()
    with asked(folder, PAST) as of:
        everything, both = rows(of, wanted), portals(of)
    with asked(folder, PAST, **about) as of:
        assert rows(of, wanted)[0] == everything[0]
        if "unit" in about:
            assert rows(of, wanted)[1] == everything[1]
        assert portals(of) <= both


def test_only_the_portals_that_may_be_meant_are_derived(folder):
    with asked(folder, PAST) as of:
        assert portals(of) == {"qinghe", "yingchuan"}
    for about, derived in (({"county": "990102"}, {"yingchuan"}), ({"unit": "稻香镇"}, {"qinghe"})):
        with asked(folder, PAST, **about) as of:
            assert portals(of) == derived


def test_without_events_the_ledger_is_the_same(folder):
    with asked(folder, PAST) as of, asked(folder, PAST, events=False) as quiet:
        assert list(query.ledger(quiet)) == list(query.ledger(of))
        assert list(query.events(of, kind="first_seen"))
        assert not list(query.events(quiet, kind="first_seen"))


AIMS = [
    ("exempt", "稻香镇/2023", "", {"qinghe"}),
    ("exempt", "990102200/2023", "", {"yingchuan"}),
    ("cell", "月牙镇/2023/requests.received.total", "5", {"yingchuan"}),
    ("exempt", "没有这个单位/2023", "", None),
    ("year", "http://www.qinghe.example/nowhere.html", "2024", None),
]


@pytest.mark.parametrize(("kind", "target", "value", "portals"), AIMS)
def test_a_judgement_is_looked_at_in_the_portals_that_it_is_about(folder, kind, target, value, portals):
    with closing(read_database(folder)) as database:
        assert aimed_at(database, kind, target, value) == portals


def test_an_entry_is_looked_at_where_it_is_listed_and_where_its_unit_is_known(folder):
    listed = """SELECT key FROM addresses JOIN watched ON address = addresses.id
        JOIN portals ON portals.id = watched.portal
        GROUP BY key HAVING min(portals.portal) = 'yingchuan' AND max(listed)"""
    with closing(read_database(folder)) as database:
        address = f"http://{database.execute(listed).fetchone()[0]}"
        assert aimed_at(database, "year", address, "2024") == {"yingchuan"}
        assert aimed_at(database, "unit", address, "稻香镇") == {"yingchuan", "qinghe"}
        assert aimed_at(database, "unit", address, "没有这个单位") is None
