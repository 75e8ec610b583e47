"""What servers do to walks: pages that repeat, totals that are not reached, lists that grow meanwhile."""

import json
from datetime import date
from typing import ClassVar

import pytest

from archive.captures.records import FINISHED_STOPS
from crawler.demo.dialect import Dialect, item
from crawler.demo.dialects import DIALECTS
from crawler.demo.interfaces import Epoint, Gkmlpt, Lonsun, Shijiazhuang, Truecms, Xxgk
from crawler.demo.jpaas import Jpaas
from crawler.demo.jpage import Jpage, JpageRecords
from crawler.demo.ucap import Ucap, UcapSearch
from crawler.demo.vsb import Vsb
from tests.crawler.strolling import stroll


def stuck(base):
    """The same portal, every page of its lists the first."""

    class Stuck(base):
        def entries(self, site, column):
            every = super().entries(site, column)
            return _First(every)

    return Stuck()


class _First(list):
    """A list of which every slice is the first of its length."""

    def __getitem__(self, index):
        if isinstance(index, slice):
            size = (index.stop or len(self)) - (index.start or 0)
            return list(self)[:size]
        return super().__getitem__(index)


@pytest.mark.parametrize(
    "base",
    [Ucap, UcapSearch, Vsb, Jpage, JpageRecords, Jpaas, Xxgk, Gkmlpt, Epoint, Lonsun, Truecms, Shijiazhuang],
)
def test_a_server_that_ignores_the_page_is_not_seen_whole(base):
    walk = stroll(stuck(base), DIALECTS[base.name].site()).walk
    assert walk.stop not in FINISHED_STOPS
    assert walk.messages
    assert walk.counts["pages"] < 15


def test_a_list_that_grows_during_the_walk_loses_nothing():
    dialect = DIALECTS["vsb"]
    site = dialect.site()
    lists = dialect.lists
    reports = {dialect.address(site, a) for a in site.articles if a.report and a.column == "townships"}

    class Growing(Vsb):
        def lists(self, site, asked):
            right = lists(site, asked)
            if right and len(site.articles) < 70:
                site.add("townships", "青禾县政务公开工作总结", date(2025, 2, 1), text="一")
            return right

    done = stroll(Growing(), site)
    assert reports <= set(done.asked)


class Files(Dialect):
    """A column whose entries are the files themselves, on this host and on another."""

    name = family = "files"
    columns: ClassVar = {"townships": "/nb/index.html", "departments": "/nb/bm/index.html"}
    article = "/nb/2024/{a.serial}.pdf"
    file = article

    def lists(self, site, asked):
        column = self.column_at(site, asked.path)
        if column is None:
            return None
        entries = self.entries(site, column)
        rows = "".join(item(f"https://v.example:8088/doc/{a.serial}.pdf" if k % 2 else self.link(site, a), a)
                       for k, a in enumerate(entries))  # fmt: skip
        return self.page(column.name, f"<ul>{rows}</ul>")


def test_entries_that_are_files_are_fetched_and_those_elsewhere_counted():
    dialect = Files()
    walk = stroll(dialect, dialect.site()).walk
    assert walk.counts["entries"] == 42
    assert walk.counts["reports"] == walk.counts["elsewhere"] + walk.counts["fetched"]
    assert walk.counts["elsewhere"] >= 18


def test_a_list_paged_on_the_client_only_is_complete_when_its_records_are_there():
    class Beijing(Files):
        article = "{folder}/{d:%Y%m}/t{d:%Y%m%d}_{a.number}.html"
        total = 42

        def lists(self, site, asked):
            column = self.column_at(site, asked.path)
            if column is None:
                return None
            rows = "".join(item(self.link(site, a), a) for a in self.entries(site, column))
            call = f"createPageHTML({self.total}, 3, 0, 'index', 'html')"
            return self.page(column.name, f"<ul>{rows}</ul><script>{call}</script>")

    dialect = Beijing()
    assert stroll(dialect, dialect.site()).walk.stop in FINISHED_STOPS
    dialect.total = 50
    assert stroll(dialect, dialect.site()).walk.messages == [
        "http://www.qinghe.example/nb/index.html: 42 of the 50 entries declared"
    ]


def test_an_interface_that_refuses_is_a_fault():
    class Refusing(UcapSearch):
        def _results(self, site, column, query):
            right = super()._results(site, column, query)
            body = json.dumps({"code": 500, "msg": "系统繁忙"}).encode()
            return type(right)(body, 200, right.headers)

    dialect = Refusing()
    assert stroll(dialect, dialect.site()).walk.stop in {"fault", "empty"}
