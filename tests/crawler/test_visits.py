"""Visits and looks that a timer starts, over real HTTP into a real archive, at moved clocks."""

import hashlib
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from archive.captures.recorder import Recorder
from archive.captures.records import Drawn
from archive.database import read_database
from archive.folder import Folder, writing
from archive.upkeep.update import update
from crawler import process
from crawler.demo import faults, trs
from crawler.demo.county import qinghe, yingchuan
from crawler.demo.pdf import as_pdf
from crawler.demo.portal import SamplePortal
from crawler.demo.renderers import as_page
from crawler.demo.reports import make_report
from crawler.demo.responses import Response
from crawler.spiders.column import ColumnSpider
from crawler.spiders.revisit import RevisitSpider
from crawler.verbs import crawl, revisit
from parsers.errors import Fault
from tests.archive.simulated import at
from tests.crawler.running import register, run

VERBS = {"crawl": crawl.command, "revisit": revisit.command}
XZ = "/zfxxgk/nb/xz/"


@pytest.fixture
def portal():
    with SamplePortal(yingchuan()) as portal:
        yield portal


@pytest.fixture
def folder(tmp_path, portal):
    register(tmp_path, portal)
    return Folder(tmp_path)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """Verbs run their spider on the reactor of the tests, which cannot be started twice."""

    def run_here(archive, spider, portals, recorder, progress, **arguments):
        kind = {"column": ColumnSpider, "revisit": RevisitSpider}[spider]
        return run(archive.root, kind, ",".join(portals), recorder, {}, **arguments)

    def without_worker(root, wait):
        return Recorder(Folder(root), wait_seconds=wait, worker=False)

    monkeypatch.setattr(process, "run", run_here)
    monkeypatch.setattr(process, "open_recorder", without_worker)


def command(folder, now, verb, *arguments):
    """Exit status, standard output and error of a verb."""
    with at(now):
        done = CliRunner().invoke(VERBS[verb], [*arguments, "--archive", str(folder.root)])
    status = done.exception.status if isinstance(done.exception, Fault) else done.exit_code
    said = done.exception.sentence if isinstance(done.exception, Fault) else done.stderr
    return status, done.stdout, said


def look(folder, now, spider=RevisitSpider, **settings):
    """A crawl in this process, read at its end."""
    with at(now):
        with Recorder(folder, worker=False) as recorder:
            done = run(folder.root, spider, "yingchuan", recorder, settings)
        update(folder)
    return done


def rows(folder, query):
    with closing(read_database(folder)) as database:
        return [tuple(row) for row in database.execute(query)]


def test_a_visit_is_made_when_it_is_due(folder, portal):
    status, out, _ = command(folder, "2025-06-02T01:00:00Z", "crawl", "--due")
    assert (status, "total" in out) == (0, True)
    portal.forget()
    status, _, err = command(folder, "2025-06-15T01:00:00Z", "crawl", "--due")
    assert (status, err) == (0, "no visit is due; the next is that of yingchuan on 2025-06-16\n")
    assert portal.fetched() == []
    portal.site.fail(XZ, faults.challenge)
    status, _, err = command(
        folder, "2025-09-16T01:00:00Z", "crawl", "--due", "--skip-if-busy", "--limit", "3"
    )
    assert (status, "challenge" in err) == (1, True)


def test_oldest_first_and_no_more_than_asked_for(folder, portal):
    with SamplePortal(qinghe()) as other:
        register(folder.root, other)
        look(folder, "2025-05-06T01:00:00Z", ColumnSpider)
        status, out, err = command(folder, "2025-06-06T01:00:00Z", "crawl", "--due", "--limit", "1")
        assert (status, err) == (0, "2 portals are due, 1 of them is visited now\n")
    assert "qinghe" in out
    assert "yingchuan" not in out


def test_nothing_is_asked_in_quiet_hours(folder, portal):
    (folder.inputs / "gongkai.toml").write_text('quiet_hours = "08:30-18:00"\n')
    said = "quiet hours until 18:00 Beijing time: nothing was asked\n"
    assert command(folder, "2025-06-02T01:00:00Z", "crawl", "--due") == (0, "", said)
    assert command(folder, "2025-06-02T01:00:00Z", "revisit", "--due") == (0, "", said)
    assert command(folder, "2025-06-02T01:00:00Z", "crawl", "yingchuan") == (1, "", said)
    assert portal.fetched() == []


@pytest.mark.parametrize("hours", ["8:30-18:00", "08:30-24:00", "08:30", "always"])
def test_quiet_hours_that_are_none(folder, hours):
    (folder.inputs / "gongkai.toml").write_text(f'quiet_hours = "{hours}"\n')
    status, _, err = command(folder, "2025-06-02T01:00:00Z", "crawl", "--due")
    assert status == 2
    assert "quiet_hours" in err


@pytest.mark.parametrize("verb", ["crawl", "revisit"])
def test_another_command_that_writes(folder, portal, verb):
    with writing(folder):
        status, _, err = command(folder, "2025-06-02T01:00:00Z", verb, "--due", "--skip-if-busy")
        assert (status, "another command" in err) == (0, True)
        assert command(folder, "2025-06-02T01:00:00Z", verb, "--due")[0] == 5
    assert portal.fetched() == []


def test_the_budget_of_the_inputs(folder, portal):
    (folder.inputs / "gongkai.toml").write_text("budget = 3\n")
    assert look(folder, "2025-06-02T01:00:00Z", ColumnSpider).ended[0].stop == "budget"


def test_the_last_good_rules_come_from_the_archive(folder, portal):
    look(folder, "2025-06-02T01:00:00Z", ColumnSpider)
    portal.site.fail("/robots.txt", faults.status(503))
    stops = [look(folder, f"2025-06-{n}:00:00Z", ColumnSpider).ended[0].stop for n in ("02T23", "04T01")]
    assert stops == ["total", "fault"]
    refused = rows(folder, "SELECT kind, message FROM failures")
    assert [(kind, "HTTP 503" in message) for kind, message in refused] == [("robots", True)]


def test_robots_are_never_asked_with_validators(folder, portal):
    etag = ("ETag", '"1"')
    portal.site.fail("/robots.txt", lambda right: replace(right, headers=(*right.headers, etag)))
    portal.site.fail(XZ, lambda right: replace(right, headers=(*right.headers, etag)))
    look(folder, "2025-06-02T01:00:00Z", ColumnSpider)
    look(folder, "2025-06-03T01:00:00Z", ColumnSpider)
    asked = [hit.headers for hit in portal.hits if hit.path == "/robots.txt"]
    lists = [hit.headers for hit in portal.hits if hit.path == XZ]
    assert len(asked) == 2
    assert not any(name.startswith("if-") for headers in asked for name in headers)
    assert lists[1]["if-none-match"] == '"1"'


def test_a_revision_is_seen_and_confirmed_by_revisits(folder, portal):
    look(folder, "2025-05-06T01:00:00Z", ColumnSpider)
    portal.site.edit_cell("月牙镇", 2023, "requests.granted.business", 41)
    for day in ("07", "08"):
        look(folder, f"2025-05-{day}T{day}:00:00Z")
    kinds = rows(folder, "SELECT kind, seen_at, confirmed_at FROM events WHERE kind LIKE '%revised%'")
    assert [(kind, seen[:10], confirmed[:10]) for kind, seen, confirmed in kinds] == [
        ("revised", "2025-05-07", "2025-05-08")
    ]


def test_looks_thin_out(folder, portal):
    look(folder, "2025-05-06T01:00:00Z", ColumnSpider)
    asked = []
    for day in range(7, 22):
        portal.forget()
        look(folder, f"2025-05-{day:02}T02:00:00Z")
        if portal.fetched():
            asked.append(day)
    assert asked == [7, 8, 9, 13, 21]


def details(portal):
    return {path for path in portal.fetched() if "/t20" in path}


def test_a_crawl_leaves_reports_alone_while_their_list_has_not_changed_and_no_look_is_due(folder, portal):
    look(folder, "2025-05-06T01:00:00Z", ColumnSpider)
    everything = details(portal)
    portal.forget()
    [walk] = look(folder, "2025-05-06T09:00:00Z", ColumnSpider).walks
    assert (portal.fetched(), walk.stop) == (["/robots.txt", XZ], "total")
    assert (walk.counts["reports"], walk.counts["unasked"], walk.counts["fetched"]) == (6, 6, 0)
    assert rows(folder, "SELECT max(sights), max(last_seen) < '2025-05-06T02' FROM renditions") == [(1, 1)]
    portal.forget()
    look(folder, "2025-05-07T01:00:00Z", ColumnSpider)
    assert details(portal) == everything
    new = portal.site.publish("月牙镇", 2024)
    portal.forget()
    look(folder, "2025-05-07T02:00:00Z", ColumnSpider)
    assert details(portal) == {new, *everything}


def test_a_crawl_asks_for_a_file_that_did_not_come(folder, portal):
    [file] = portal.site.attachments("月牙镇", 2023)[:1]
    portal.site.fail(file, faults.status(503))
    look(folder, "2025-05-06T01:00:00Z", ColumnSpider, RETRY_TIMES=0)
    portal.site.heal(file)
    portal.forget()
    look(folder, "2025-05-06T09:00:00Z", ColumnSpider)
    assert portal.fetched() == ["/robots.txt", XZ, file]


def test_a_report_that_is_gone_is_withdrawn_by_revisits(folder, portal):
    look(folder, "2025-05-06T01:00:00Z", ColumnSpider)
    path = portal.site.address("月牙镇", 2023)
    portal.site.drop("月牙镇", 2023)
    asked, withdrawn = [], []
    for day in range(7, 23):
        portal.forget()
        look(folder, f"2025-05-{day:02}T02:00:00Z")
        asked += [day] * (path in portal.fetched())
        withdrawn += [day] * len(rows(folder, "SELECT * FROM events WHERE kind = 'withdrawn'"))
    assert (asked, withdrawn) == ([7, 8, 9, 10, 14, 22], [22])


def test_what_a_browser_drew_is_a_capture_that_says_so(folder, portal):
    with at("2025-05-06T01:00:00Z"):
        with Recorder(folder, worker=False) as recorder:
            page = "\ufeff<html><body>渲染</body></html>".encode()
            recorder.drawn(Drawn("http://www.x.example/nb/", page, 200, recorder.now(), "Chromium/1.2"))
        update(folder)
    assert rows(folder, "SELECT kind, status, given_by, crawl IS NOT NULL FROM captures") == [
        ("response", 200, "Chromium/1.2", 1)
    ]
    [path] = folder.warcs()
    with path.open("rb") as file:
        [(drawn_by, held)] = [
            (record.rec_headers.get_header("X-Gongkai-Drawn-By"), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
            if record.rec_type == "resource"
        ]
    assert (drawn_by, held) == ("Chromium/1.2", page)


@pytest.fixture
def filed(portal):
    """A report that is a page with a PDF: the addresses of both, and a function that puts another file there."""
    site = portal.site
    report = make_report("月牙镇人民政府", 2024, seed=6, published_on=date(2025, 1, 20))
    page = site.add("townships", report.title, date(2025, 1, 20), attachment="pdf", text="见附件。")
    file = site.file_path(site.articles[-1])

    def put(value):
        pdf = as_pdf(report.with_cell("requests.granted.business", value))
        site.fail(file, faults.serving(pdf))

    put(40)
    return page, file, put


def with_validators(site, asked):
    """The site's answers to requests for pages and files, 304 to who has them."""
    right = trs.answer(site, asked.path)
    if "/t20" not in asked.path and "/P0" not in asked.path:
        return right
    etag = f'"{hashlib.sha256(right.body).hexdigest()[:16]}"'
    if asked.headers.get("if-none-match") == etag:
        right = Response(b"", 304)
    return replace(right, headers=(*right.headers, ("ETag", etag)))


def revised(folder):
    query = (
        "SELECT kind, seen_before, seen_at, confirmed_at FROM events WHERE kind IN ('revised', 'unconfirmed')"
    )
    return [(kind, *((at or "")[:10] for at in days)) for kind, *days in rows(folder, query)]


def test_a_file_that_changed_under_its_page_is_looked_at_the_next_day_and_the_page_with_it(
    folder, portal, filed
):
    page, file, put = filed
    for day in ("2025-05-06T01", "2025-05-07T02", "2025-05-08T03", "2025-05-13T04"):
        look(folder, f"{day}:00:00Z", ColumnSpider)
    put(41)
    asked = {}
    for day in range(14, 24):
        portal.forget()
        look(folder, f"2025-05-{day}T05:{day}:00Z")
        asked[day] = {page, file}.intersection(portal.fetched())
    assert asked == {day: {page, file} if day > 20 else set() for day in range(14, 24)}
    assert revised(folder) == [("revised", "2025-05-13", "2025-05-21", "2025-05-22")]


@pytest.mark.parametrize("changed", ["page", "file"])
def test_what_has_not_changed_keeps_nothing_from_being_seen_that_has(folder, portal, filed, changed):
    page, file, put = filed
    portal.answer = with_validators
    look(folder, "2025-05-06T01:00:00Z", ColumnSpider)
    if changed == "file":
        put(41)
    else:
        tables = as_page(make_report("月牙镇人民政府", 2024, seed=7))
        portal.site.fail(page, lambda right: replace(right, body=_beside_its_file(right.body, tables)))
    look(folder, "2025-05-07T02:00:00Z")
    look(folder, "2025-05-08T03:00:00Z")
    other = file if changed == "page" else page
    looks = rows(folder, f"SELECT kind FROM captures WHERE url LIKE '%{other}' ORDER BY at")
    assert [kind for (kind,) in looks] == ["response", "validated", "validated"]
    said = rows(
        folder, "SELECT kind, substr(seen_at, 1, 10) FROM events WHERE kind IN ('revised', 'divergence')"
    )
    assert said == [("revised" if changed == "file" else "divergence", "2025-05-07")]


def _beside_its_file(page, tables):
    start, end = tables.index("<body>") + 6, tables.index("</body>")
    return page.replace("见附件。".encode(), tables[start:end].encode())
