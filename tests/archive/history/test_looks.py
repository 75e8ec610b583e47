"""A report's page and its files are seen apart: what each said is dated by the sight of its own bytes, and what was
not seen again confirms nothing."""

import hashlib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from archive.database import read_database
from archive.history.evidence import NOTHING_SEEN, Evidence, Sight
from archive.history.looks import Look, Shown, looks
from archive.readings.albums import digest
from crawler.demo.faults import challenge, error_page, serving, status
from crawler.demo.pdf import as_pdf
from crawler.demo.reports import make_report
from tests.archive.history.made import reading
from tests.archive.simulated import BASE, SimulatedCrawl, events, ledger, small

DAYS = [f"2025-{day}" for day in ("02-06", "02-08", "02-10", "02-12", "02-28", "03-04")]
UNIT, YEAR = "柳湾镇", 2024


@pytest.fixture
def report():
    previous = small().report(UNIT, YEAR - 1)
    return make_report(f"{UNIT}人民政府", YEAR, seed=6, previous=previous, published_on=date(2025, 1, 20))


@pytest.fixture
def site(site, report):
    """萤川县, where a page with a PDF is the report of a town."""
    site.add("townships", report.title, date(2025, 1, 20), attachment="pdf", text="见附件。")
    site.fail(file_of(site), serving(as_pdf(report)))
    return site


def page_of(site):
    return site.path(site.articles[-1])


def file_of(site):
    return site.file_path(site.articles[-1])


def revise(site, report, value=41, path=None):
    site.fail(path or file_of(site), serving(as_pdf(report.with_cell("requests.granted.business", value))))


def look(folder, site, day, *only, hour="01", **options):
    SimulatedCrawl(folder, site, f"{day}T{hour}:00:00Z", only=only or None, **options)


def said(folder, day, *kinds):
    """What happened to the report: kind, and the days before, at and of its confirmation."""
    found = [e for e in events(folder, day).values() if (e.name, e.year) == (UNIT, YEAR)]
    days = ((e.kind, *((at or "")[:10] for at in (e.seen_before, e.seen_at, e.confirmed_at))) for e in found)
    return sorted(one for one in days if one[0] in kinds or (not kinds and one[0] != "first_seen"))


def captures(folder, day, kind):
    with closing(read_database(folder)) as database:
        named = events(folder, day)[kind, UNIT, YEAR].captures
        query = "SELECT url, at FROM captures WHERE record = ?"
        rows = [database.execute(query, [record]).fetchone() for record in named]
        return [(url.removeprefix(BASE), at[:10]) for url, at in rows]


def shown(folder):
    """First and last sight of each rendition of the report, and how many there were."""
    with closing(read_database(folder)) as database:
        rows = database.execute(
            """SELECT urls.url, renditions.first_seen, renditions.last_seen, sights FROM units
               JOIN reports ON reports.unit = units.id JOIN lines ON lines.report = reports.id
               JOIN renditions ON renditions.line = lines.id JOIN urls ON urls.id = renditions.url
               WHERE units.name = ? AND year = ?""",
            [UNIT, YEAR],
        )
        return {url.removeprefix(BASE): (a[:10], b[:10], n) for url, a, b, n in rows}


def test_a_file_that_changed_alone_is_a_revision_of_the_days_it_was_seen_on(folder, site, report):
    look(folder, site, DAYS[0])
    revise(site, report)
    look(folder, site, DAYS[1], file_of(site))
    assert said(folder, DAYS[1]) == [("unconfirmed", DAYS[0], DAYS[1], "")]
    look(folder, site, DAYS[2], file_of(site))
    assert said(folder, DAYS[2]) == [("revised", *DAYS[:3])]
    assert captures(folder, DAYS[2], "revised") == [(file_of(site), day) for day in DAYS[:3]]
    look(folder, site, DAYS[3])
    assert said(folder, DAYS[3]) == [("revised", *DAYS[:3])]


def test_figures_are_dated_by_the_sight_of_the_file_that_came_later(folder, site, report):
    look(folder, site, DAYS[0])
    revise(site, report)
    look(folder, site, DAYS[1], dead={file_of(site)})
    look(folder, site, DAYS[2], file_of(site))
    assert said(folder, DAYS[2]) == [("unconfirmed", DAYS[0], DAYS[2], "")]
    look(folder, site, DAYS[3])
    assert said(folder, DAYS[3]) == [("revised", DAYS[0], DAYS[2], DAYS[3])]


def test_the_first_figures_are_dated_by_the_sight_of_the_file_that_came_later(folder, site):
    look(folder, site, DAYS[0], dead={file_of(site)})
    look(folder, site, DAYS[1], file_of(site))
    assert shown(folder)[file_of(site)] == (DAYS[1], DAYS[1], 1)
    assert ledger(folder, DAYS[0])[UNIT, YEAR].reading == "unread"
    assert ledger(folder, DAYS[1])[UNIT, YEAR].reading == "ok"


@pytest.mark.parametrize(
    "fault", [challenge, error_page, status(404), status(503)], ids=["521", "200", "404", "503"]
)
def test_a_file_that_is_not_seen_again_confirms_nothing_and_is_not_withdrawn(folder, site, report, fault):
    look(folder, site, DAYS[0])
    revise(site, report)
    look(folder, site, DAYS[1])
    site.fail(file_of(site), fault)
    for day in DAYS[2:]:
        look(folder, site, day)
    assert said(folder, DAYS[-1]) == [("unconfirmed", DAYS[0], DAYS[1], "")]
    row = ledger(folder, DAYS[-1])[UNIT, YEAR]
    assert (row.presence, row.reading) == ("present", "ok")
    assert shown(folder)[file_of(site)] == (DAYS[0], DAYS[1], 2)


def test_old_figures_are_not_said_to_have_stood_while_their_file_was_not_seen(folder, site, report):
    look(folder, site, DAYS[0])
    look(folder, site, DAYS[1], dead={file_of(site)})
    revise(site, report)
    look(folder, site, DAYS[2])
    look(folder, site, DAYS[3])
    assert said(folder, DAYS[3]) == [("revised", DAYS[0], DAYS[2], DAYS[3])]


def test_a_link_that_is_hidden_is_no_event(folder, site):
    look(folder, site, DAYS[0])
    article, stands = site.articles[-1], as_file(site)
    site._replace(article, replace(article, attachment=None))
    site.fail(site.file_path(article), stands)
    for day in DAYS[1:]:
        look(folder, site, day)
        look(folder, site, day, site.file_path(article), hour="02")
    assert said(folder, DAYS[-1]) == []
    assert ledger(folder, DAYS[-1])[UNIT, YEAR].presence == "present"
    assert shown(folder)[site.file_path(article)] == (DAYS[0], DAYS[0], 1)


def as_file(site):
    """What now is the file's answer, whatever the site says of it later."""
    from crawler.demo.trs import answer

    right = answer(site, file_of(site))
    return lambda _: right


@pytest.mark.parametrize("value", [None, 41])
def test_a_link_to_another_file_is_a_revision_only_where_its_figures_are_others(folder, site, report, value):
    look(folder, site, DAYS[0])
    article = site.articles[-1]
    site._replace(article, replace(article, serial=article.serial + 1))
    site.fail(file_of(site), serving(as_pdf(report)))
    if value:
        revise(site, report, value)
    for day in DAYS[1:3]:
        look(folder, site, day)
    assert said(folder, DAYS[2]) == ([("revised", *DAYS[:3])] if value else [])
    if value:
        old = site.file_path(article)
        assert [url for url, _ in captures(folder, DAYS[2], "revised")] == [old, file_of(site), file_of(site)]


def test_a_file_of_another_host_is_not_seen_and_nothing_is_said_of_it(folder, site):
    other = "http://files.qinghe.example/2024.pdf"
    page = page_of(site)
    site.fail(page, lambda right: replace(right, body=right.body.replace(b"./P0", other.encode() + b"?P0")))
    look(folder, site, DAYS[0], page)
    look(folder, site, DAYS[1], page)
    row = ledger(folder, DAYS[1])[UNIT, YEAR]
    assert (row.presence, row.reading) == ("present", "unread")
    assert said(folder, DAYS[1]) == []


def test_a_page_that_is_gone_is_no_withdrawal_while_its_file_stands(folder, site):
    look(folder, site, DAYS[0])
    page, file, stands = page_of(site), file_of(site), as_file(site)
    del site.articles[-1]
    site.fail(file, stands)
    for day in DAYS[1:]:
        look(folder, site, day, page, file)
    assert said(folder, DAYS[-1]) == []
    assert ledger(folder, DAYS[-1])[UNIT, YEAR].presence == "present"
    site.heal(file)
    for day in ("2025-03-05", "2025-03-06"):
        look(folder, site, day, page, file)
    assert said(folder, "2025-03-06") == [("withdrawn", DAYS[0], DAYS[1], "2025-03-06")]


def test_a_page_and_its_file_are_one_report_beside_a_second_address(folder, site, report):
    """A page without tables and its file take turns at being looked at: they are one address's figures."""
    mirror = site.add("townships", report.title, date(2025, 1, 21), unit="苇塘街道", report=report)
    look(folder, site, DAYS[0])
    site.articles.insert(0, site.articles.pop())  # the town's own page stands last again
    look(folder, site, DAYS[1], file_of(site))
    look(folder, site, DAYS[2], mirror)
    look(folder, site, DAYS[3])
    assert said(folder, DAYS[3]) == []


PAGE, ONE, TWO = "www.x.example/a.html", "www.x.example/1.png", "www.x.example/2.png"


def sight(url, day, body):
    page = 1 if url == PAGE else None
    at, kind = f"2025-02-{day:02}T01:00:00.000000Z", "article" if page else "file"
    return Sight(at, f"{url} {day}", f"http://{url}", "response", kind, body, page, None, None, None)


def looked(*sights):
    """What the looks at a page with two pictures saw of these: the day, and whether as a whole."""
    seen = {url: [s for s in sights if s.url.endswith(url)] for url in (PAGE, ONE, TWO)}
    evidence = Evidence(datetime(2025, 3, 1, tzinfo=UTC), [], seen, {}, {1: [ONE, TWO]})
    albums = [([s for s in look.seen if s.is_file], look.stands[1:]) for look in looks(evidence, seen[PAGE])]
    return [([s.sight.at[8:10] for s in fresh], [s.body for s in stands]) for fresh, stands in albums]


def test_an_album_is_seen_when_all_its_pictures_are():
    first = [sight(PAGE, 1, "p"), sight(ONE, 1, "a"), sight(TWO, 1, "b")]
    assert looked(*first) == [([], []), (["01"], [digest(["a", "b"])])]
    again = [sight(PAGE, 5, "p"), sight(ONE, 5, "c")]
    assert looked(*first, *again)[2:] == [([], []), ([], [digest(["c", "b"])])]
    later = [sight(PAGE, 9, "p"), sight(ONE, 9, "c"), sight(TWO, 9, "d")]
    assert looked(*first, *again, *later)[-1] == (["09"], [digest(["c", "d"])])


def test_a_picture_that_came_later_dates_its_album():
    came = [sight(PAGE, 1, "p"), sight(ONE, 1, "a"), sight(TWO, 3, "b")]
    assert looked(*came) == [([], []), (["03"], [digest(["a", "b"])])]


def stood(*files, page="p"):
    """A look at which a page without a reading of its own and files with these parts stood."""
    seen = [Shown(sight(PAGE, 1, page), "", page, [], False, ())]
    for body, parts in files:
        seen.append(Shown(sight(ONE, 2, body), "", body, [reading(part=part) for part in parts], True, ()))
    return Look(seen[:1], seen)


def test_what_a_judgement_rests_on():
    both = hashlib.sha256(b"a\nb").hexdigest()
    look = stood(("a", [0, 1]), ("b", [0]))
    assert [look.source(part) for part in (0, 1, 2)] == [both, "a", "p"]
    assert stood(page="").source(0) == NOTHING_SEEN
    assert [len(look.readings(part)) for part in (None, 0, 1, 2)] == [3, 2, 1, 0]


def test_when_a_look_was_made():
    look = stood(("a", [0]))
    assert (look.at[8:10], replace(look, seen=[]).at[8:10]) == ("01", "02")
    assert replace(look, seen=look.stands).at[8:10] == "02"
