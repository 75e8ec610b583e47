"""`gongkai missing`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click

from archive import clock
from archive.folder import Folder
from archive.history import named, query
from archive.history.query import Asked, Only, asked
from crawler import fields, registry
from crawler.console import archive_option, listing_options, print_rows, say_behind, wait_option
from parsers.errors import Fault, Status

COLUMNS = {
    "name": "单位 unit",
    "year": "年度",
    "due": "due",
    "days_overdue": "overdue",
    "sentence": "所见 observed",
}


@click.command(short_help="reports that are due and were not there")
@click.option("--year", type=int, help="Only this report year.")
@click.option("--county", metavar="CODE", help="Only units of this division (six digits).")
@click.option(
    "--all", "everyone", is_flag=True, help="Also units that nobody listed, learned from earlier reports."
)
@click.option("--recheck", is_flag=True, help="Walk the portals of missing and unseen reports again first.")
@wait_option
@listing_options
@archive_option
def command(
    year: int | None,
    county: str | None,
    everyone: bool,
    recheck: bool,
    wait: float,
    as_of: datetime,
    archive: Folder,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Reports that are due, whose columns were seen whole and unblocked after the due day, and that were not there.

    What could not be seen is not in this list; `gongkai ledger --presence unseen` names it with the reason. Units that
    are in no registry record and no units.csv, but reported in one of the two years before, are listed with --all.

    --recheck walks the portals of missing and unseen reports again and then lists; exit status 1 when one of them
    could not be seen.

    \b
    gongkai missing --year 2024 --json
    gongkai missing --county 230521 --recheck
    """
    only = Only(county=county, year=year)
    status = int(Status.DONE)
    if recheck:
        status, as_of = _walk_again(archive, as_of, only, wait), clock.now()
    with asked(archive, as_of, county=county, events=False) as of:
        say_behind(of.behind)
        if county:
            named.division_code(of, county)
        print_rows(_missing(of, only, everyone), COLUMNS, fields.MISSING, as_json=as_json, as_csv=as_csv)
        counts = query.counts(of, only)
        told = ", ".join(
            f"{counts[p]} {p}" for p in ("present", "missing", "unseen", "pending") if p in counts
        )
        click.echo(told or "nothing is known yet", err=True)
        sure = query.counts(of, Only(county=county, year=year, sure=True))
        if not everyone and (others := counts.get("missing", 0) - sure.get("missing", 0)):
            click.echo(f"{others} of the missing are units that nobody listed: see --all", err=True)
    sys.exit(status)


def _missing(of: Asked, only: Only, everyone: bool) -> Iterable[dict[str, Any]]:
    return query.missing(of, Only(county=only.county, year=only.year, sure=not everyone))


def _walk_again(archive: Folder, as_of: datetime, only: Only, wait: float) -> int:
    """Crawl the portals of what is missing or unseen, and return what the crawl's status was."""
    if clock.day(as_of) < clock.day(clock.now()):
        raise Fault("--recheck looks at the portals now: it goes with no --as-of")
    with asked(archive, as_of) as of:
        portals = query.portals_in_doubt(of, only)
    known = registry.load(archive.inputs)
    for portal in sorted(set(portals) - known.keys()):
        click.echo(f"{portal} is not walked: inputs/portals/ has no record of it", err=True)
    walked = [portal for portal in portals if portal in known]
    if not walked:
        return Status.DONE
    command = [sys.executable, "-m", "crawler", "--archive", str(archive.root), "crawl", *walked]
    done = subprocess.run([*command, "--wait", str(wait)], stdout=sys.stderr, check=False)  # noqa: S603 - ourselves
    if done.returncode not in {Status.DONE, Status.ATTENTION}:
        raise Fault("the portals could not be walked again", Status(done.returncode))
    return done.returncode
