"""`gongkai discover`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from archive.folder import Folder
from crawler import registry
from crawler.console import archive_option, counted, wait_option
from parsers.errors import Fault, Status


@click.command(short_help="find a portal's columns from its home page, and propose its record")
@click.argument("targets", nargs=-1, metavar="[URL | PORTAL]")
@click.option(
    "--from",
    "listed",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="Counties: url, id, name, division.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Where --from puts the proposals."
)
@click.option(
    "--review", "reviewed", type=click.Path(path_type=Path), metavar="DIR", help="Show a folder of proposals."
)
@click.option(
    "--accept",
    "accepted",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Move proposals into the registry.",
)
@click.option("--yes", is_flag=True, help="Write the record without asking.")
@click.option("--replace", is_flag=True, help="Put the record in the place of one that is there.")
@click.option("--id", "name_of", metavar="ID", help="The portal's id; else it is made from the host.")
@click.option("--name", default="", help="The name of the place; else the site says it.")
@click.option(
    "--division", default="", metavar="CODE", help="The division code; else the site's 网站标识码 says it."
)
@click.option(
    "--pace",
    type=click.FloatRange(0, 3600),
    default=1,
    metavar="SECONDS",
    help="Least time between requests.",
)
@click.option(
    "--budget", type=click.IntRange(min=1), metavar="PAGES", help="Pages looked at, those of lists apart."
)
@click.option("--allow-private", is_flag=True, help="The portal stands in this network or on this machine.")
@click.option("--browser", is_flag=True, help="Scripts draw the portal's pages: look at them in a browser.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV (with --review and for a PORTAL).")
@wait_option
@archive_option
def command(
    targets: tuple[str, ...],
    listed: Path | None,
    out: Path | None,
    reviewed: Path | None,
    accepted: Path | None,
    archive: Folder,
    **options: Any,
) -> None:
    """Look for the columns of annual reports from a portal's home page, and propose the record of the portal.

    Given the id of a portal of the registry, look what became of its columns, and propose what moved. Every page that
    is looked at is archived. Exit status 1 when a person has to look: nothing found, a column away, trouble.

    \b
    gongkai discover http://www.qinghe.gov.cn/          # proposes; asks at a terminal whether to write it
    gongkai discover http://www.qinghe.gov.cn/ --yes    # writes inputs/portals/qinghe.yaml
    gongkai discover qinghe                             # a portal of the registry: what moved?
    gongkai discover --from counties.csv --out proposals/
    gongkai discover --review proposals/
    gongkai discover --accept proposals/ qinghe yingchuan
    """
    modes = [mode for mode in (listed, reviewed, accepted) if mode is not None]
    if len(modes) > 1 or (listed is None) != (out is None):
        raise Fault("one of: URL, PORTAL, --from CSV --out DIR, --review DIR, --accept DIR [PORTAL…]")
    if accepted is not None:
        sys.exit(_accept(archive, accepted, targets, options))
    if modes and targets:
        raise Fault(f"{targets[0]}: no URL or PORTAL goes with --from and --review")
    if reviewed is not None:
        sys.exit(_review(archive, reviewed, options))
    if listed is not None and out is not None:
        sys.exit(_many(archive, listed, out, options))
    if len(targets) != 1:
        raise Fault("name one URL or one PORTAL")
    sys.exit(
        _one(archive, targets[0], options) if "://" in targets[0] else _again(archive, targets[0], options)
    )


def _one(archive: Folder, url: str, options: dict[str, Any]) -> Status:
    """A new portal from its home page."""
    from crawler.discovery.making import propose
    from crawler.discovery.proposal import refuse_to_replace
    from crawler.discovery.runs import new_search, run
    from crawler.discovery.shown import show_proposal

    search = new_search(
        url,
        name_of=options["name_of"],
        name=options["name"],
        division=options["division"],
        **_manners(options),
    )
    if options["yes"]:
        refuse_to_replace(archive, search.ground.id, options["replace"])
    run(archive, [search], options["wait"])
    proposal = propose(search)
    show_proposal(proposal, as_json=options["as_json"])
    if proposal.record is None:
        return Status.ATTENTION
    _decide(archive, proposal, options)
    return Status.ATTENTION if proposal.trouble else Status.DONE


def _again(archive: Folder, name: str, options: dict[str, Any]) -> Status:
    """A portal of the registry: what became of its columns."""
    from crawler.discovery.comparison import NEEDS_A_PERSON, compare
    from crawler.discovery.making import propose
    from crawler.discovery.runs import run, search_again
    from crawler.discovery.shown import show_differences

    (portal,) = registry.choose(registry.load(archive.inputs), [name])
    search = search_again(portal, options["budget"])
    run(archive, [search], options["wait"])
    proposal = propose(search)
    differences = compare(portal, search, proposal, archive.inputs)
    show_differences(differences, proposal, as_json=options["as_json"], as_csv=options["as_csv"])
    if any(d.state not in {"unchanged", *NEEDS_A_PERSON} for d in differences):
        _decide(archive, proposal, options)
    return Status.ATTENTION if any(d.state in NEEDS_A_PERSON for d in differences) else Status.DONE


def _many(archive: Folder, listed: Path, out: Path, options: dict[str, Any]) -> Status:
    """Every county of a list that has no proposal yet and is not in the registry."""
    from crawler.discovery.batch import counties
    from crawler.discovery.making import propose
    from crawler.discovery.proposal import Proposal, write_whole
    from crawler.discovery.runs import new_search, run
    from crawler.discovery.search import Search
    from crawler.discovery.shown import brief, counting

    every = counties(listed)
    known = registry.load(archive.inputs)
    todo = [c for c in every if c.portal not in known and not (out / f"{c.portal}.yaml").exists()]
    if known_already := len(every) - len(todo):
        have = "has" if known_already == 1 else "have"
        click.echo(f"{known_already} of {len(every)} {have} a proposal or a record already", err=True)
    searches = [
        new_search(c.url, name_of=c.portal, name=c.name, division=c.division, **_manners(options))
        for c in todo
    ]
    done: list[Proposal] = []
    with counting(len(todo)) as say:

        def told(search: Search) -> None:
            proposal = propose(search)
            write_whole(out / f"{search.ground.id}.yaml", proposal.as_yaml())
            done.append(proposal)
            say(f"{search.ground.id}: {brief(proposal)}")

        if searches:
            run(archive, searches, options["wait"], told)
    click.echo(f"{counted(len(done), 'proposal')} written; gongkai discover --review {out}", err=True)
    return Status.ATTENTION if any(p.trouble for p in done) else Status.DONE


def _review(archive: Folder, folder: Path, options: dict[str, Any]) -> Status:
    from crawler.discovery.batch import review
    from crawler.discovery.shown import show_review

    rows = review(folder, archive.inputs)
    show_review(rows, as_json=options["as_json"], as_csv=options["as_csv"])
    return Status.ATTENTION if any(row["trouble"] for row in rows) else Status.DONE


def _accept(archive: Folder, folder: Path, names: tuple[str, ...], options: dict[str, Any]) -> Status:
    from crawler.discovery.batch import accept_all

    written, refused = accept_all(
        archive, folder, names, replace=options["replace"], wait_seconds=options["wait"]
    )
    for path in written:
        click.echo(f"wrote {path}", err=True)
    for one in refused:
        click.echo(f"{one.id} stays in {folder}: {one.why}", err=True)
    return Status.ATTENTION if refused else Status.DONE


def _decide(archive: Folder, proposal: Any, options: dict[str, Any]) -> None:
    """Write the record on confirmation, by --yes or at a terminal."""
    from crawler.discovery.proposal import accept

    name = proposal.record["id"]
    there = (archive.inputs / "portals" / f"{name}.yaml").exists()
    agreed, replace = options["yes"], options["replace"]
    if not agreed and sys.stdin.isatty() and sys.stdout.isatty():
        question = (
            "replace the record in inputs/portals/ by it?" if there else "write it into inputs/portals/?"
        )
        agreed = replace = click.confirm(question, err=True)
    if not agreed:
        click.echo(f"not written: --yes writes it{' with --replace' if there else ''}", err=True)
        return
    path = accept(archive, proposal, replace=replace, wait_seconds=options["wait"])
    click.echo(f"wrote {path}; gongkai crawl {name}", err=True)


def _manners(options: dict[str, Any]) -> dict[str, Any]:
    names = {"pace_seconds": "pace", "allow_private": "allow_private", "looks": "budget", "drawn": "browser"}
    return {name: options[option] for name, option in names.items()}
