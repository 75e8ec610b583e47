"""Evidence made by hand: walks, entries, sights and reports as the rules of the ledger look at them."""

from datetime import UTC, datetime

from archive.history.attribution import Address, Claim
from archive.history.evidence import Evidence, Listed, Reading, Sight, Walk
from archive.history.lines import Line, Rendition, Report, Seen
from archive.history.world import World
from archive.register.units import Register

DIVISION, HOST = "990102", "http://h.example"
NAMES = ("甲镇", "乙镇", "丙镇", "丁镇")


def column(name="c", **more):
    return {"id": name, "url": f"{HOST}/{name}/", "kinds": ["township"], **more}


def register(*names, columns=(), **units):
    listed = [
        {"name": name, "kind": "township", "code": f"{DIVISION}{n}"} for n, name in enumerate(names, 101)
    ]
    return Register("p", {"division": DIVISION, "name": "萤川县", "units": listed, "columns": columns}, [])


def entry(key, title="", on=None, verdict="report"):
    return Listed(key, f"{HOST}/{key}", title, on, verdict)


def walk(at, *entries, column="c", trouble="", portal="p", columns=None):
    """A walk of an hour, begun at an instant, given as `2025-02-06` or with the hour."""
    begun = at if "T" in at else f"{at}T01:00:00.000000Z"
    registry = {"columns": columns or [globals()["column"](column)]}
    made = Walk(begun, portal, column, begun, begun[:11] + "23:00:00.000000Z", "end", registry, [begun])
    made.entries = {e.address: e for e in entries}
    made.trouble = trouble
    return made


def reading(content="x", year=2024, *, cells=True, part=0, issuer=None, years=None, signed=None):
    return Reading(
        *(
            hash((content, year)) % 10**6,
            part,
            "report",
            "html",
            "[]",
            issuer,
            year,
            "own",
            "2021",
            None,
            content,
        ),
        *(None, frozenset([year] if years is None else years), frozenset(), signed),
        doubtful=False,
        has_cells=cells,
    )


def sight(key, at, page_class="article", *, body="b", on=None, host=HOST):
    at = at if "T" in at else f"{at}T01:00:00.000000Z"
    return Sight(at, f"{key} {at}", f"{host}/{key}", "response", page_class, body, None, None, None, on)


def report(unit, year, *keys, walks=(), content="x", on=None, title="", gone=False):
    """A unit's report of a year at some addresses, each with figures of its own where `content` is a list."""
    lines = []
    for n, key in enumerate(keys or (f"{unit.name}{year}",)):
        listed = [(w, w.entries[key]) for w in walks if key in w.entries]
        seen = [sight(key, "2025-02-06", on=on)]
        address = Address(key, seen, listed or [(walk("2025-02-06"), entry(key, title))])
        claim = Claim(address, 0, unit, year, frozenset({year}), "own", "township")
        shown = content[n] if isinstance(content, list) else content
        rendition = Rendition(
            f"{HOST}/{key}", "html", [Seen(seen[0], reading(shown, year), "b")] if shown else []
        )
        lines.append(
            Line(claim, seen, [], [rendition] if shown else [], moved_to="elsewhere" if gone else None)
        )
    return Report(unit, year, "own", lines)


def world(walks, reports, *, columns=None, known=None, claims=(), judgements=None):
    """The world of a portal that was seen by these walks, and whose reports stand where they list them."""
    columns = columns or [column()]
    known = known or register(*NAMES, columns=columns)
    evidence = Evidence(datetime(2025, 3, 1, tzinfo=UTC), sorted(walks, key=lambda w: w.begun_at), {}, {}, {})
    made = World(evidence, known, [], columns=columns, **({"judgements": judgements} if judgements else {}))
    for one in evidence.walks:
        made.walks.setdefault(one.column, []).append(one)
    for one in reports:
        made.reports.setdefault((one.unit.code, one.year), []).append(one)
        made.claims += [line.claim for line in one.lines]
    made.claims += claims
    for name in made.walks:
        latest = made.latest(name)
        made.found[name] = [
            (r.unit, r.year) for r in reports for x in r.lines if latest and x.address in latest.entries
        ]
    return made
