"""The demo: a fictional county's portal is crawled, changes, is crawled again, and what follows is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from archive import clock
from archive.database import read_database
from archive.exports.feed import kind_label
from archive.folder import Folder
from archive.history import query
from archive.history.query import Asked, Only, asked
from crawler.console import print_table
from crawler.demo.county import BROKEN, LATE, NEVER, qinghe
from crawler.demo.faults import error_page
from crawler.demo.portal import SamplePortal
from crawler.demo.record import registry_record
from crawler.demo.site import Site
from parsers.errors import Fault, Status
from parsers.forms.indicators import path_label

PROMPT = {"白鹭镇", "石榴街道"}
"""Units that report for 2024 before the story starts."""
EDITED, REWORDED, MOVED, DROPPED = "稻香镇", "望星镇", "雁影乡", "听泉乡"
BACK_DATED = ("堃溪乡", date(2025, 1, 10))
"""A unit whose page bears a day on which we looked and it was not there."""
LIST = "/zfxxgk/nb/xz/"
SETTINGS = 'contact = "demo@example.org"\nvantage = "the demo, on this machine"\n'


def tell(root: Path) -> None:
    """Run the story in a new archive at `root` and print it."""
    folder = Folder(root).create()
    (folder.inputs / "gongkai.toml").write_text(SETTINGS, encoding="utf-8")
    site = qinghe()
    for unit in PROMPT:
        site.publish(unit, 2024, date(2025, 1, 8))
    with SamplePortal(site) as portal:
        record = registry_record(site, portal.base_url)
        (folder.inputs / "portals" / "qinghe.yaml").write_text(record, encoding="utf-8")
        click.echo(f"青禾县 is a fictional county; its portal answers at {portal.base_url}{LIST}\n")
        _january(folder, site)
        _february(folder, site)
        _revisions(folder, site)
        _blind(folder, site)
    _where(folder)


def _january(folder: Folder, site: Site) -> None:
    at = _crawl(folder, "2025-01-12", "The first crawl: reports for 2024 are not due yet.")
    _counts(folder)
    with asked(folder, at) as shown:
        _presence(shown)
    for number, unit in enumerate(u.name for u in site.units if u.name not in {*PROMPT, LATE, NEVER}):
        site.publish(unit, 2024, BACK_DATED[1] if unit == BACK_DATED[0] else date(2025, 1, 14 + number))


def _february(folder: Folder, site: Site) -> None:
    at = _crawl(folder, "2025-02-06", "After the due day: most have reported.")
    with asked(folder, at) as shown:
        _presence(shown)
        _missing(shown)
    site.publish(LATE, 2024, date(2025, 2, 8))
    site.edit_cell(EDITED, 2023, "requests.granted.natural_person", 1)
    site.edit_word(REWORDED, 2023, "逐项梳理", "逐条梳理")
    site.repair_sum(BROKEN, 2023)
    site.move(MOVED, 2022)
    site.drop(DROPPED, 2021)


def _revisions(folder: Folder, site: Site) -> None:
    at = _crawl(folder, "2025-02-10", "The portal has changed. What is seen once is not yet believed.")
    with asked(folder, at) as shown:
        _changes(shown)
    at = _crawl(folder, "2025-02-12", "Two days later the changes are still there: now they are said.")
    with asked(folder, at) as shown:
        _changes(shown)
        _ledger(shown)
        _year_on_year(shown)


def _blind(folder: Folder, site: Site) -> None:
    site.fail(LIST, error_page)
    at = _crawl(
        folder,
        "2025-02-28",
        "An error page stands in the list's place, with status 200: we are blind, nobody is missing.",
    )
    with asked(folder, at) as shown:
        _presence(shown)
        unseen = query.ledger(shown, Only(presence="unseen"))
        rows = [[r["name"], str(r["year"]), r["why"][0]] for r in unseen]
        print_table(rows, ["单位 unit", "年度 year", "why unseen"])
    site.heal(LIST)
    at = _crawl(folder, "2025-03-02", "The list is back.")
    with asked(folder, at) as shown:
        _missing(shown)
        _changes(shown, {"withdrawn", "moved"})


def _crawl(folder: Folder, day: str, heading: str) -> datetime:
    click.secho(f"\n── {day}  {heading}", bold=True)
    start = f"{day}T09:00:00+08:00"
    command = [sys.executable, "-m", "crawler", "--archive", str(folder.root), "crawl", "qinghe"]
    done = subprocess.run(command, env={**os.environ, clock.MOVED: start}, check=False)  # noqa: S603 - ourselves
    if done.returncode not in {Status.DONE, Status.ATTENTION}:
        raise Fault("the demo's crawl failed", Status(done.returncode))
    return clock.end_of_day(clock.day(start))


def _counts(folder: Folder) -> None:
    with closing(read_database(folder)) as database:
        count = "SELECT count(*), count(DISTINCT payload) FROM captures"
        captures, payloads = database.execute(count).fetchone()
    click.echo(f"{captures} answers archived, {payloads} different payloads, in {folder.warc}")


def _presence(shown: Asked) -> None:
    counts = Counter((row["presence"], row["year"]) for row in query.ledger(shown))
    years = sorted({year for _, year in counts})
    states = [
        s
        for s in ("present", "missing", "unseen", "pending", "withdrawn")
        if any(counts[s, y] for y in years)
    ]
    rows = [[name, *(str(counts[name, year] or "") for year in years)] for name in states]
    print_table(rows, ["reports of", *map(str, years)])


def _missing(shown: Asked) -> None:
    rows = [[r["name"], str(r["year"]), r["basis"], r["sentence"]] for r in query.missing(shown)]
    print_table(rows, ["missing", "", "basis", ""])


def _changes(shown: Asked, kinds: set[str] | None = None) -> None:
    rows = [_change(e) for e in query.events(shown) if kinds is None or e["kind"] in kinds]
    print_table(
        rows, ["单位 unit", "年度", "what", "last seen before", "first seen", "confirmed", "cell by cell"]
    )


def _change(event: dict[str, Any]) -> list[str]:
    cells = "\n".join(f"{path_label(c['path'])}: {c['old']} → {c['new']}" for c in event["cells"])
    days = [(event[name] or "")[:10] for name in ("seen_before", "seen_at", "confirmed_at")]
    return [event["name"], str(event["year"]), kind_label(event["kind"]), *days, cells or event["message"]]


def _ledger(shown: Asked) -> None:
    rows = [row for row in query.ledger(shown, Only(year=2024)) if row["kind"] != "department"]
    print_table(
        [_ledger_row(row) for row in rows], ["单位 unit", "2024", "timing", "published", "due", "why"]
    )


def _ledger_row(row: dict[str, Any]) -> list[str]:
    between = " – ".join(dict.fromkeys(day for day in (row["not_before"], row["not_after"]) if day))
    said = f"{between} ({row['published_basis']})" if between else ""
    return [row["name"], row["presence"], row["timing"] or "", said, row["due"], "; ".join(row["why"])]


def _year_on_year(shown: Asked) -> None:
    figures = """SELECT name, max(value) FILTER (WHERE year = 2023 AND path = 'requests.received.total'),
        max(value) FILTER (WHERE year = 2024 AND path = 'requests.received.total'),
        max(value) FILTER (WHERE year = 2023 AND path = 'requests.carried_forward.total'),
        max(value) FILTER (WHERE year = 2024 AND path = 'requests.brought_forward.total')
        FROM cells GROUP BY name ORDER BY min(unit)"""
    rows = [["" if v is None else str(v) for v in row] for row in shown.database.execute(figures)]
    print_table(rows, ["申请 requests", "received 2023", "2024", "carried out of 2023", "into 2024"])


def _where(folder: Folder) -> None:
    at = f"--archive {folder.root}"
    click.echo(
        f"\nThe archive lies in {folder.root}: warc/ is the evidence, archive.db follows from it. What to type next:"
    )
    for line in (
        f"gongkai {at} missing --as-of 2025-02-10",
        f"gongkai {at} show {EDITED} 2023",
        f"gongkai {at} changes --kind revised --json",
        f"gongkai {at} rebuild",
        f"sqlite3 {folder.database} 'SELECT * FROM cells LIMIT 5'",
    ):
        click.echo(f"  .venv/bin/{line}" if line.startswith("gongkai") else f"  {line}")
