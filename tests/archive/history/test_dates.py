"""When a report was published, when an address was withdrawn, what stood there in turn: the rules over evidence made
by hand, a day on either side of each bound."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from archive.history.absences import absences
from archive.history.evidence import Evidence
from archive.history.ledger import Row, on_day
from archive.history.lists import Lists
from archive.history.looks import Look, Shown
from archive.history.publication import moves, publication
from archive.history.strands import strands
from archive.inputs import DeadlineInput
from archive.register.deadlines import Deadline, deadline
from tests.archive.history.made import column, entry, reading, register, report, sight, walk
from tests.archive.history.test_conditions import claim

DUE = Deadline(date(2025, 1, 31), "practice")
UNIT = register("甲镇").find("甲镇")


def published(
    walks, *, on=None, keys=("a",), seen="2025-02-08", undecided=(), moved=frozenset(), also=(), signed=None
):
    """What is said of a report, seen first on a day and listed by some of the walks; `also` are further sights, by
    address."""
    made = report(UNIT, 2024, *keys, walks=walks)
    made.lines[0].sights[:] = [sight(keys[0], f"{seen}T02:00:00.000000Z", on=on)]
    for key, one in also:
        line = made.lines[keys.index(key)]
        line.sights[:] = [*line.sights, one] if key == keys[0] else [one]
    if signed:
        seen_as = made.lines[0].renditions[0].seen
        seen_as[0] = replace(seen_as[0], reading=reading(signed=signed))
    return publication(Lists(sorted(walks, key=lambda w: w.begun_at)), made, undecided, moved)


TIMING = {
    "seen by the due day": ("2025-01-31", None, [], "on_time"),
    "seen a day after it": ("2025-02-01", None, [], "undated"),
    "not there on the due day": ("2025-02-08", None, ["01-31"], "undated"),
    "not there a day after it": ("2025-02-08", None, ["02-01"], "late"),
    "printed on the due day": ("2025-02-08", "2025-01-31", [], "on_time"),
    "printed a day after it": ("2025-02-08", "2025-02-01", [], "late"),
    "printed on the day of a sight without it": ("2025-02-08", "2025-02-01", ["02-01"], "late"),
    "printed before a sight without it": ("2025-02-08", "2025-01-31", ["02-01"], "late"),
    "printed before a sight without it, in time": ("2025-02-08", "2025-01-20", ["01-28"], "undated"),
    "printed after it was seen": ("2025-02-08", "2025-02-09", [], "undated"),
    "printed on the day it was seen": ("2025-02-08", "2025-02-08", [], "late"),
}


@pytest.mark.parametrize(("seen", "printed", "without", "timing"), TIMING.values(), ids=TIMING)
def test_timing(seen, printed, without, timing):
    walks = [walk(f"2025-{day}") for day in without] + [walk(seen, entry("a"))]
    assert published(walks, on=printed, seen=seen).timing(DUE) == timing


def test_what_a_sight_speaks_against_is_told():
    walks = [walk("2025-02-01"), walk("2025-02-08", entry("a"))]
    told = published(walks, on="2025-01-20")
    assert (told.basis, told.contradicted, told.without) == ("sight", (date(2025, 1, 20),), date(2025, 2, 1))
    assert (told.not_before, told.not_after) == (date(2025, 2, 1), date(2025, 2, 8))


WITHOUT = {
    "the last of two": ([walk("2025-02-01"), walk("2025-02-04")], date(2025, 2, 4)),
    "a blind one": ([walk("2025-02-01"), walk("2025-02-04", trouble="error: x")], date(2025, 2, 1)),
    "of another column": ([walk("2025-02-04", column="d")], None),
    "of another portal": ([walk("2025-02-04", portal="q")], None),
    "after it was seen": ([walk("2025-02-20")], None),
    "one that shows what may be it": ([walk("2025-02-01"), walk("2025-02-04", entry("q"))], date(2025, 2, 1)),
    "one that shows another's": ([walk("2025-02-04", entry("r"))], date(2025, 2, 4)),
    "one that shows it": (
        [walk("2025-02-01"), walk("2025-02-04", entry("a", verdict="lookalike"))],
        date(2025, 2, 1),
    ),
}


@pytest.mark.parametrize(("walks", "day"), WITHOUT.values(), ids=WITHOUT)
def test_the_last_sight_without_it(walks, day):
    maybe = [claim(key="q"), claim(UNIT, key="s"), claim(key="r", years=(2023,))]
    walks = [*walks, walk("2025-02-08", entry("a"))]
    assert published(walks, undecided=maybe).without == day


def test_every_column_must_have_been_seen_without_it():
    both = [walk("2025-02-08", entry("a")), walk("2025-02-09", entry("a"), column="d")]
    assert published([walk("2025-02-04"), *both]).without is None
    walks = [walk("2025-02-04"), walk("2025-02-02", column="d"), *both]
    assert published(walks).without == date(2025, 2, 2)


OLD = [entry(f"o{n}", on="2024-01-20") for n in range(10)]
WHOLE = {
    "all of them": (OLD, OLD, True),
    "one is dated back": (OLD[:9], OLD, True),
    "two were hidden": (OLD[:8], OLD, False),
    "what is new since": ([], [entry(f"n{n}", on="2025-02-05") for n in range(5)], True),
    "what came that day": ([], [entry(f"n{n}", on="2025-02-04") for n in range(5)], True),
    "undated ones": ([], [entry(f"n{n}") for n in range(5)], True),
    "other entries": ([], [entry(f"n{n}", on="2024-01-20", verdict="other") for n in range(5)], True),
}


@pytest.mark.parametrize(("then", "later", "whole"), WHOLE.values(), ids=WHOLE)
def test_a_sight_of_a_list_that_was_cut_is_none(then, later, whole):
    walks = [walk("2025-02-04", *then), walk("2025-02-08", *later, entry("a", on="2025-01-20"))]
    assert (published(walks).without is not None) == whole


def test_what_stood_there_before_and_after_was_hidden():
    one = [entry("o", on="2025-02-06")]
    walks = [walk("2025-02-01", *one), walk("2025-02-04"), walk("2025-02-08", *one, entry("a"))]
    assert published(walks).without == date(2025, 2, 1)


@pytest.mark.parametrize(("printed", "basis"), [("2025-02-04", "page"), ("2025-02-03", "sight")])
def test_a_date_holds_unless_a_later_sight_speaks_against_it(printed, basis):
    walks = [walk("2025-02-04"), walk("2025-02-08", entry("a"))]
    assert published(walks, on=printed).basis == basis


LATER_DATES = {
    "put in later": ("2025-01-20", "2025-02-09", ("page", date(2025, 1, 20), date(2025, 1, 20))),
    "put in later, and wrong at first": ("2025-02-10", "2025-01-20", ("sight", None, date(2025, 2, 8))),
    "two that may be right": ("2025-01-20", "2025-01-25", ("page", date(2025, 1, 20), date(2025, 1, 25))),
}


@pytest.mark.parametrize(("first", "later", "told"), LATER_DATES.values(), ids=LATER_DATES)
def test_what_a_page_printed_first_counts(first, later, told):
    also = [("a", sight("a", "2025-02-12", on=later))]
    found = published([walk("2025-02-08", entry("a"))], on=first, also=also)
    assert (found.basis, found.not_before, found.not_after) == told


@pytest.mark.parametrize(
    ("at", "last"), [("2025-02-09T01:00:00.000000Z", "02-05"), ("2025-02-09T03:00:00.000000Z", "01-20")]
)
def test_a_date_printed_elsewhere_is_of_the_publication_if_both_were_put_up_together(at, last):
    also = [("b", sight("b", at, on="2025-02-05"))]
    found = published([walk("2025-02-08", entry("a"))], on="2025-01-20", keys=("a", "b"), also=also)
    assert str(found.not_after)[5:] == last


def test_it_was_there_when_it_was_seen_though_it_was_listed_later():
    assert published([walk("2025-02-08", entry("a"))], seen="2025-02-05").not_after == date(2025, 2, 5)
    assert published([walk("2025-02-03", entry("a"))], seen="2025-02-05").not_after == date(2025, 2, 3)


def test_what_no_list_shows_was_never_seen_to_be_away():
    made = report(UNIT, 2024, "b")
    made.lines[0].claim.address.listed.clear()
    assert publication(Lists([walk("2025-02-04")]), made, [], frozenset()).without is None


@pytest.mark.parametrize(
    ("signed", "since"), [("2025-01-15", "2025-01-15"), ("2025-02-08", "2025-02-08"), ("2025-02-09", None)]
)
def test_it_is_no_older_than_its_signature(signed, since):
    found = published([walk("2025-02-08", entry("a"))], signed=signed)
    assert found.not_before == (date.fromisoformat(since) if since else None)
    before = published([walk("2025-01-10"), walk("2025-02-08", entry("a"))], signed="2025-01-15")
    assert before.not_before == date(2025, 1, 15)


def test_the_days_of_a_move():
    day = date(2024, 6, 1)
    made = [report(UNIT, year, on="2024-06-01") for year in (2021, 2022, 2023)]
    assert moves(made) == {day}
    assert moves(made[1:]) == moves([*made[1:], made[1]]) == frozenset()
    walks = [walk("2025-02-08", entry("a"))]
    assert published(walks, on="2025-02-03").timing(DUE) == "late"
    assert published(walks, on="2025-02-03", moved=frozenset({date(2025, 2, 3)})).timing(DUE) == "undated"


# Withdrawn


def gone_on(
    *days,
    portal="p",
    host="http://h.example",
    trouble="",
    blind=(),
    beside=(),
    errors=(),
    file=(),
):
    """When an address that was there on 1 February is withdrawn, seen gone on days of February."""
    last = replace(sight("a", "2025-02-01", host=host), page=7)
    sights = [last, *(sight("a", f"2025-02-{d:02}T{h:02}:30:00.000000Z", "gone", host=host) for d, h in days)]
    sights += [sight("a", f"2025-02-{d:02}T05:00:00.000000Z", "error", host=host) for d in errors]
    sights.sort(key=lambda s: s.at)
    columns = [column(), column("d", url="http://w.example/d/")]
    walks = [
        walk(
            f"2025-02-{d:02}",
            portal=portal,
            trouble=trouble or ("error: x" if d in blind else ""),
            columns=columns,
        )
        for d, _ in days
    ]
    seen = {
        "a": sights,
        "b": list(beside),
        "f": [sight("f", f"2025-02-{d:02}T02:00:00.000000Z", c) for d, c in file],
    }
    evidence = Evidence(datetime(2025, 3, 1, tzinfo=UTC), walks, seen, {}, {7: ["f"]})
    (absence,) = absences(evidence, sights, [last], {"p"})
    return absence.confirmed.at[8:10] if absence.confirmed else None


GONE = {
    "three over 14 days": ([(2, 1), (3, 1), (16, 1)], {}, "16"),
    "two over 14 days": ([(2, 1), (16, 1)], {}, None),
    "three in a minute less": ([(2, 2), (3, 2), (16, 1)], {}, None),
    "four, the last over 14 days": ([(2, 1), (3, 1), (4, 1), (17, 1)], {}, "17"),
    "while the list was blind": ([(2, 1), (3, 1), (16, 1)], {"trouble": "error: x"}, None),
    "while another portal was clear": ([(2, 1), (3, 1), (16, 1)], {"portal": "q"}, None),
    "before the walks": ([(2, 0), (3, 0), (16, 0)], {}, None),
    "at another host": ([(2, 1), (3, 1), (16, 1)], {"host": "http://w.example"}, None),
    "at another host that showed something": (
        [(2, 1), (3, 1), (16, 1)],
        {
            "host": "http://w.example",
            "beside": [
                sight("b", f"2025-02-{d:02}T05:00:00.000000Z", host="http://w.example") for d in (2, 3, 16)
            ],
        },
        "16",
    ),
    "an error is no 404": ([(2, 1), (3, 1)], {"errors": [16]}, None),
    "blind at one of three": ([(2, 1), (3, 1), (16, 1)], {"blind": [3]}, None),
    "blind at one of four": ([(2, 1), (3, 1), (4, 1), (16, 1)], {"blind": [3]}, "16"),
    "blind at the first": ([(2, 1), (3, 1), (4, 1), (16, 1)], {"blind": [2]}, None),
    "its file is there": ([(2, 1), (3, 1), (16, 1)], {"file": [(3, "file")]}, None),
    "its file was there before": ([(2, 1), (3, 1), (16, 1)], {"file": [(1, "file")]}, "16"),
    "its file was there after": ([(2, 1), (3, 1), (16, 1)], {"file": [(16, "file")]}, "16"),
    "its file is gone as well": ([(2, 1), (3, 1), (16, 1)], {"file": [(2, "file"), (3, "gone")]}, "16"),
    "its file came back": ([(2, 1), (3, 1), (16, 1)], {"file": [(2, "gone"), (3, "file")]}, None),
    "its file was there and is blocked": (
        [(2, 1), (3, 1), (16, 1)],
        {"file": [(2, "file"), (3, "challenge")]},
        None,
    ),
    "its file was always blocked": (
        [(2, 1), (3, 1), (16, 1)],
        {"file": [(2, "challenge"), (3, "error")]},
        "16",
    ),
    "something at a third host": (
        [(2, 1), (3, 1), (16, 1)],
        {
            "host": "http://w.example",
            "beside": [sight("b", f"2025-02-{d:02}T05:00:00.000000Z") for d in (2, 3, 16)],
        },
        None,
    ),
    "at another host that showed errors": (
        [(2, 1), (3, 1), (16, 1)],
        {
            "host": "http://w.example",
            "beside": [
                sight("b", f"2025-02-{d:02}T05:00:00.000000Z", "error", host="http://w.example")
                for d in (2, 3, 16)
            ],
        },
        None,
    ),
    "at another host that showed something once": (
        [(2, 1), (3, 1), (16, 1)],
        {
            "host": "http://w.example",
            "beside": [sight("b", "2025-02-16T05:00:00.000000Z", host="http://w.example")],
        },
        None,
    ),
}


@pytest.mark.parametrize(("days", "more", "day"), GONE.values(), ids=GONE)
def test_a_withdrawal(days, more, day):
    assert gone_on(*days, **more) == day


def test_what_comes_back_was_not_gone_for_good():
    sights = [sight("a", "2025-02-01"), sight("a", "2025-02-02", "gone"), sight("a", "2025-02-03")]
    sights += [sight("a", "2025-02-04"), sight("a", "2025-02-04T02:00:00.000000Z", "error")]
    sights += [sight("a", "2025-02-05", "gone"), sight("a", "2025-02-20", "gone")]
    evidence = Evidence(
        datetime(2025, 3, 1, tzinfo=UTC), [walk(s.at[:10]) for s in sights], {"a": sights}, {}, {}
    )
    first, second = absences(evidence, sights, [sights[0], *sights[2:4]], {"p"})
    assert (first.last, first.gone, first.back) == (sights[0], [sights[1]], sights[2])
    assert (second.last, second.gone, second.back) == (sights[3], sights[5:], None)
    assert (first.confirmed, second.confirmed) == (None, None)
    assert absences(evidence, sights[1:2], [], {"p"}) == []


# In turn


def looks(*said):
    """Looks at one address, a day apart: what each showed, part by part."""
    out = []
    for day, readings in enumerate(said, start=1):
        seen = Shown(sight("a", f"2025-02-{day:02}"), "http://h.example/a", "b", list(readings), False, ())
        out.append(Look([seen], [seen]))
    return out


def turns(*said):
    return [(s.part, len(s.looks), s.since[8:10], s.until[8:10]) for s in strands(looks(*said))]


def r(content, year, part=0, by="甲镇", **more):
    return reading(content, year, part=part, issuer=by, **more)


TURNS = {
    "one report": ([[r("x", 2023)], [r("x", 2023)]], [(0, 2, "", "")]),
    "revised": ([[r("x", 2023)], [r("y", 2023)]], [(0, 2, "", "")]),
    "the next year's": ([[r("x", 2023)], [r("y", 2024)]], [(0, 1, "", "02"), (0, 1, "02", "")]),
    "the year put right": ([[r("x", 2023)], [r("x", 2024)]], [(0, 2, "", "")]),
    "no year any more": ([[r("x", 2023)], [r("y", None, years=[])]], [(0, 2, "", "")]),
    "a year at last": ([[r("x", None, years=[])], [r("y", 2023)]], [(0, 2, "", "")]),
    "under another name": ([[r("x", 2023)], [r("y", 2023, by="乙镇")]], [(0, 2, "", "")]),
    "two of one year": (
        [[r("x", 2023), r("y", 2023, 1)], [r("x", 2023), r("y", 2023, 1)]],
        [(0, 2, "", ""), (1, 2, "", "")],
    ),
    "three in turn": (
        [[r("x", 2022)], [r("y", 2023)], [r("z", 2024)]],
        [(0, 1, "", "02"), (0, 1, "02", "03"), (0, 1, "03", "")],
    ),
    "another's of the first's year": (
        [[r("x", 2022)], [r("y", 2023)], [r("z", 2022, by="乙镇")]],
        [(0, 1, "", "02"), (0, 1, "02", "03"), (0, 1, "03", "")],
    ),
    "a second of one year": (
        [[r("x", 2023)], [r("x", 2023), r("y", 2023, 1)]],
        [(0, 2, "", ""), (1, 1, "02", "")],
    ),
    "one of two of one year": (
        [[r("x", 2023), r("y", 2023, 1)], [r("x", 2023)]],
        [(0, 2, "", ""), (1, 1, "", "02")],
    ),
    "another's of the second's year": (
        [[r("x", 2023), r("w", 2022, 1)], [r("z", 2022, by="乙镇")]],
        [(0, 1, "", "02"), (1, 1, "", "02"), (0, 1, "02", "")],
    ),
    "no year but in the text": (
        [[r("x", None, years=[2022])], [r("y", None, years=[2023])]],
        [(0, 1, "", "02"), (0, 1, "02", "")],
    ),
    "texts without tables": (
        [[r("e", 2022, cells=False)], [r("e", 2023, cells=False)]],
        [(0, 1, "", "02"), (0, 1, "02", "")],
    ),
    "nothing for a day": ([[r("x", 2023)], [], [r("x", 2023)]], [(0, 3, "", "")]),
    "nothing at first": ([[], [r("x", 2023)]], [(0, 1, "", "")]),
    "nothing at all": ([[], []], [(0, 2, "", "")]),
    "another's for a day": (
        [[r("x", 2023)], [r("y", 2024)], [r("x", 2023)]],
        [(0, 2, "", ""), (0, 1, "02", "03")],
    ),
    "a year before it": (
        [[r("x", 2023)], [r("y", 2024), r("x", 2023, 1)]],
        [(1, 2, "", ""), (0, 1, "02", "")],
    ),
    "the oldest falls off": (
        [[r("x", 2023), r("w", 2022, 1)], [r("y", 2024), r("x", 2023, 1)]],
        [(1, 2, "", ""), (1, 1, "", "02"), (0, 1, "02", "")],
    ),
}


@pytest.mark.parametrize(("said", "expected"), TURNS.values(), ids=TURNS)
def test_what_stood_there_in_turn(said, expected):
    assert turns(*said) == expected


def test_a_page_and_its_file_are_told_by_what_they_are_at_last():
    """The page has its new title, and for a minute the old file stands under it."""
    page, old, new = r("", 2024, cells=False), r("x", 2023), r("y", 2024)
    days = ["01T01", "01T02", "20T01", "20T02"]
    stands = [[r("", 2023, cells=False), old], [r("", 2023, cells=False), old], [page, old], [page, new]]
    made = []
    for day, shown in zip(days, stands, strict=True):
        seen = Shown(sight("a", f"2025-02-{day}:00:00.000000Z"), "u", "b", shown, False, ())
        made.append(Look([seen], [seen]))
    assert [(len(s.looks), s.since[8:13], s.until[8:13]) for s in strands(made)] == [
        (2, "", "20T01"),
        (2, "20T01", ""),
    ]


# The ledger on a day


ON_DAY = {
    "on the due day": ("absent", "2025-01-31", "pending"),
    "a day after it": ("absent", "2025-02-01", "missing"),
    "the last day of the sight": ("absent", "2025-02-15", "missing"),
    "a day after that": ("absent", "2025-02-16", "unseen"),
    "unseen, on the due day": ("unseen", "2025-01-31", "pending"),
    "unseen, after it": ("unseen", "2025-02-01", "unseen"),
    "present": ("present", "2025-01-01", "present"),
}


@pytest.mark.parametrize(("derived", "day", "presence"), ON_DAY.values(), ids=ON_DAY)
def test_a_row_on_a_day(derived, day, presence):
    row = Row(UNIT, 2024, derived, DUE, why=["x: y"], captures=["c"], last_clear_sight="2025-02-01T01:00:00Z")
    shown = on_day(row, date.fromisoformat(day), 14)
    assert shown.presence == presence
    assert bool(shown.captures) == (
        presence in {"missing", "present"} or (derived, presence) == ("unseen", "unseen")
    )


# Due days


def line(**more):
    basis = {
        "division": "990102",
        "kind": "township",
        "first_year": 2023,
        "last_year": 2024,
        "basis": "notice",
    }
    return DeadlineInput(**{**basis, "day": "02-20", "source": "号", **more})


DEADLINES = {
    "the first year of a line": (2023, [line()], "2024-02-20"),
    "the last year of a line": (2024, [line()], "2025-02-20"),
    "a year before it": (2022, [line()], "2023-01-31"),
    "a year after it": (2025, [line()], "2026-01-31"),
    "of another division": (2024, [line(division="990103")], "2025-01-31"),
    "of another kind": (2024, [line(kind="department")], "2025-01-31"),
    "the later of two lines": (2024, [line(), line(day="03-10")], "2025-03-10"),
    "the last year of the first regulations": (2018, [], "2019-03-31"),
    "the first of the second": (2019, [], "2020-01-31"),
}


@pytest.mark.parametrize(("year", "lines", "day"), DEADLINES.values(), ids=DEADLINES)
def test_due_days_of_a_township(year, lines, day):
    assert str(deadline("township", "990102", year, lines).day) == day
