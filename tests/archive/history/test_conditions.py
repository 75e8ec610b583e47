"""Every condition of `missing`, and each of its halves, over evidence made by hand."""

from dataclasses import replace
from datetime import date

import pytest

from archive.history.attribution import Address, Claim
from archive.history.conditions import CONDITIONS, Case
from archive.history.judgements import Judgements
from archive.inputs import JudgementInput
from archive.register.deadlines import deadline
from archive.register.units import Called
from tests.archive.history.made import NAMES, column, entry, register, report, walk, world

YEARS = (2022, 2023, 2024)
BEFORE, AFTER = "2025-01-20", "2025-02-06"


@pytest.fixture
def known():
    return register(*NAMES)


def unit(known, name):
    return known.find(name)


def entries(*but, years=YEARS, names=NAMES):
    return [
        entry(f"{n}{y}", f"{n}{y}年政府信息公开工作年度报告")
        for n in names
        for y in years
        if (n, y) not in but
    ]


def reports(known, *but, years=YEARS, names=NAMES, walks=()):
    return [report(unit(known, n), y, walks=walks) for n in names for y in years if (n, y) not in but]


LATE = ("丁镇", 2024)


def why(made, name="丁镇", year=2024, columns=None):
    """The codes of the conditions that fail for a unit and year."""
    one = unit(made.register, name)
    case = Case(
        made, one, year, deadline(one.kind, "990102", year, []), made.columns if columns is None else columns
    )
    return [code for code, holds in CONDITIONS.items() if holds(case)]


def plain(known, *more, walks=None, **options):
    """Three of four have reported, the column was seen whole after the due day."""
    walks = walks or [walk(AFTER, *entries(LATE), *more)]
    return world(walks, reports(known, LATE, walks=walks), known=known, **options)


def test_it_is_absent_where_every_condition_holds(known):
    assert why(plain(known)) == []


def test_no_column(known):
    assert why(plain(known), columns=[]) == ["column_known"]


SPLIT = {
    "of the year": ([column("c", years=[2024])], []),
    "of other years": ([column("c", years=[2022, 2023])], ["year_column_found"]),
    "and one of the year": ([column("c", years=[2024]), column("d", years=[2023])], []),
    "and one of all years": ([column("c"), column("d", years=[2023])], []),
}


@pytest.mark.parametrize(("columns", "failed"), SPLIT.values(), ids=SPLIT)
def test_columns_split_by_year(known, columns, failed):
    assert why(plain(known, columns=columns)) == failed


WALKED = {
    "before the due day": ([("2025-01-31T15:59:59.999999Z", "")], ["walked_after_due"]),
    "after it": ([("2025-01-31T16:00:00.000000Z", "")], []),
    "blind": ([(AFTER, "challenge: x")], ["walked_after_due", "column_proven"]),
    "clear before and blind after": ([(BEFORE, ""), (AFTER, "error: x")], ["walked_after_due"]),
    "clear, then blind": ([(AFTER, ""), ("2025-02-08", "error: x")], []),
    "blind, then clear": ([(AFTER, "error: x"), ("2025-02-08", "")], []),
}


@pytest.mark.parametrize(("walks", "failed"), WALKED.values(), ids=WALKED)
def test_walks_after_the_due_day(known, walks, failed):
    made = [walk(at, *(entries(LATE) if not trouble else ()), trouble=trouble) for at, trouble in walks]
    assert why(plain(known, walks=made)) == failed


def test_every_column_is_walked_after_the_due_day(known):
    both = [column("c"), column("d")]
    walks = [walk(AFTER, *entries(LATE)), walk(BEFORE, *entries(LATE), column="d")]
    assert why(plain(known, walks=walks, columns=both)) == ["walked_after_due"]
    walks.append(walk(AFTER, *entries(LATE), column="d"))
    assert why(plain(known, walks=walks, columns=both)) == []


@pytest.mark.parametrize(("lost", "failed"), [(1, []), (2, ["list_whole"])])
def test_a_list_loses_a_tenth_and_no_more(known, lost, failed):
    """Of ten old entries of bodies that nobody asks for."""
    old = [entry(f"old{n}") for n in range(10 - len(entries(LATE, years=(2024,))))]
    now = entries(LATE, years=(2024,))
    walks = [walk(BEFORE, *now, *old), walk(AFTER, *now, *old[lost:])]
    made = world(walks, reports(known, LATE, years=(2024,), walks=walks), known=known)
    assert why(made) == failed


def test_what_is_gone_is_not_lost(known):
    now = entries(LATE)
    walks = [walk(BEFORE, *now, *(entry(f"old{n}") for n in range(5))), walk(AFTER, *now)]
    gone = [report(unit(known, "甲镇"), 2015 + n, f"old{n}", walks=walks, gone=True) for n in range(5)]
    made = world(walks, [*reports(known, LATE, walks=walks), *gone], known=known)
    assert why(made) == []


def test_other_entries_than_reports_may_go(known):
    other = [entry(f"x{n}", verdict="other") for n in range(9)]
    walks = [walk(BEFORE, *entries(LATE), *other), walk(AFTER, *entries(LATE))]
    assert why(plain(known, walks=walks)) == []


MANY = ("甲镇", "乙镇", "丙镇", "丁镇", *(f"{n}乡" for n in "子丑寅卯辰巳午未"))
HIDDEN = {
    "still there": (["甲镇2024"], False, ["list_whole"]),
    "gone": (["甲镇2024"], True, []),
    "listed at another address": (["甲镇2024", "甲镇2024b"], False, []),
}


@pytest.mark.parametrize(("keys", "gone", "failed"), HIDDEN.values(), ids=HIDDEN)
def test_a_report_of_the_year_that_is_listed_no_longer(keys, gone, failed):
    known = register(*MANY)
    before = entries(LATE, names=MANY)
    after = [e for e in before if e.address != "甲镇2024"] + [entry("甲镇2024b")]
    walks = [walk(BEFORE, *before), walk(AFTER, *after)]
    own = report(unit(known, "甲镇"), 2024, *keys, walks=walks, gone=gone)
    made = world(walks, [*reports(known, LATE, ("甲镇", 2024), names=MANY, walks=walks), own], known=known)
    assert why(made) == failed
    assert why(made, "丁镇", 2021) == ["column_proven"], "of another year it says nothing"


PROVEN = {
    "a sister's": ("甲镇", YEARS, []),
    "none of the year": ("", (2022, 2023), ["column_proven"]),
}


@pytest.mark.parametrize(("peer", "years", "failed"), PROVEN.values(), ids=PROVEN)
def test_the_column_shows_the_year(known, peer, years, failed):
    but = [(n, 2024) for n in NAMES if n != peer]
    walks = [walk(AFTER, *entries(*but, years=years))]
    assert why(world(walks, reports(known, *but, years=years, walks=walks), known=known)) == failed


@pytest.mark.parametrize(
    ("names", "failed"), [(NAMES[:1], []), (NAMES[:2], []), (NAMES[:3], ["column_proven"])]
)
def test_so_few_bodies_are_proven_by_their_own_earlier_years(names, failed):
    known = register(*names)
    walks = [walk(AFTER, *entries(years=(2022, 2023), names=names))]
    made = world(walks, reports(known, years=(2022, 2023), names=names, walks=walks), known=known)
    assert why(made, "甲镇") == failed


def test_a_later_year_proves_no_earlier_one():
    known = register("甲镇")
    walks = [walk(f"{year}-02-06", *entries(years=(2024,), names=("甲镇",))) for year in (2024, 2025)]
    made = world(walks, reports(known, years=(2024,), names=("甲镇",), walks=walks), known=known)
    assert why(made, "甲镇", 2023) == ["column_proven"]


def test_another_bodys_earlier_years_prove_nothing():
    known = register("甲镇", "乙镇")
    walks = [walk(AFTER, *entries(years=(2023,), names=("甲镇",)))]
    made = world(walks, reports(known, years=(2023,), names=("甲镇",), walks=walks), known=known)
    assert why(made, "乙镇") == ["column_proven"]


@pytest.mark.parametrize(("shown", "failed"), [(2, []), (1, ["column_proven"])])
def test_a_body_never_shown_needs_half_of_its_sisters(known, shown, failed):
    names = NAMES[:shown]
    walks = [walk(AFTER, *entries(names=names))]
    made = world(walks, reports(known, names=names, walks=walks), known=known)
    assert why(made) == failed


def test_a_body_that_a_person_listed_stands_in_the_column_they_named(known):
    known.units.update({code: replace(u, basis="user") for code, u in known.units.items()})
    known.known.update(known.units)
    walks = [walk(AFTER, *entries(names=NAMES[:1]))]
    assert why(world(walks, reports(known, names=NAMES[:1], walks=walks), known=known)) == []


@pytest.mark.parametrize(("came", "failed"), [("2024-12-30", []), (AFTER, ["column_proven"])])
def test_few_reports_of_an_old_year_count_only_if_we_watched_then(known, came, failed):
    shown = [("甲镇", 2023), *((n, y) for n in NAMES for y in (2022, 2024))]
    but = [(n, 2023) for n in NAMES if n != "甲镇"]
    walks = [walk(came, *entries(*but)), walk(AFTER, *entries(*but))]
    made = world(walks, reports(known, *but, walks=walks), known=known)
    assert len(shown) == 9
    assert why(made, "丁镇", 2023) == failed


def test_half_of_the_fullest_year_is_enough(known):
    but = [("丙镇", 2023), ("丁镇", 2023)]
    walks = [walk(AFTER, *entries(*but))]
    assert why(world(walks, reports(known, *but, walks=walks), known=known), "丁镇", 2023) == []


@pytest.mark.parametrize("code", ["990102", "990102-办公室"])
def test_the_government_and_its_office_are_nobodys_sisters(known, code):
    known.units[code] = known.known[code] = replace(unit(known, "甲镇"), code=code)
    del known.units["990102101"]
    walks = [walk(AFTER, *entries(*((n, 2024) for n in NAMES[1:])))]
    made = world(walks, [], known=known)
    made.found["c"] = [(known.units[code], 2024), *((unit(known, n), 2023) for n in NAMES[1:])]
    assert why(made) == ["column_proven"]


def claim(unit_=None, year=2024, years=(2024,), kind="township", reason="?", kinds=("township",), key="q"):
    address = Address(key, [], [(walk(AFTER), entry(key, "某镇"))], [], list(kinds))
    return Claim(address, 0, unit_, year, frozenset(years), "own", kind, reason)


OPEN = {
    "of nobody known": ({}, True),
    "of a body that could be any": ({"kind": "other"}, True),
    "of a sub-district, which it may have become": ({"kind": "subdistrict"}, True),
    "of a department": ({"kind": "department"}, False),
    "of another year": ({"years": (2023,)}, False),
    "of no year": ({"years": (), "year": None}, True),
    "of two years": ({"years": (2023, 2024), "reason": ""}, True),
    "decided": ({"reason": ""}, False),
    "in a column of others": ({"kinds": ("department",), "kind": "other"}, False),
    "in no column": ({"kinds": ()}, True),
}


@pytest.mark.parametrize(("made", "blocks"), OPEN.values(), ids=OPEN)
def test_entries_that_are_undecided(known, made, blocks):
    assert why(plain(known, claims=[claim(**made)])) == ["nothing_undecided"] * blocks


@pytest.mark.parametrize(("name", "blocks"), [("丁镇", True), ("甲镇", False)])
def test_an_undecided_entry_of_a_known_body_is_its_own(known, name, blocks):
    assert why(plain(known, claims=[claim(unit(known, name))])) == ["nothing_undecided"] * blocks


ASIDE = {
    "its own summary": ("丁镇2024年政府信息公开工作总结", "lookalike", True),
    "a cut title": ("丁镇2024年政府信息…", "other", True),
    "of another year": ("丁镇2023年政府信息公开工作总结", "lookalike", False),
    "of another body": ("甲镇2024年政府信息公开工作总结", "lookalike", False),
    "of something else": ("丁镇2024年法治政府建设年度报告", "lookalike", False),
    "of all": ("各乡镇2024年政府信息公开年报汇总", "report", True),
    "of all the county": ("全县2024年政府信息公开年报", "lookalike", True),
}


@pytest.mark.parametrize(("title", "verdict", "blocks"), ASIDE.values(), ids=ASIDE)
def test_entries_that_were_set_aside(known, title, verdict, blocks):
    assert why(plain(known, entry("q", title, verdict=verdict))) == ["nothing_undecided"] * blocks


def test_a_person_says_that_an_entry_is_no_report(known):
    line = JudgementInput(kind="not_a_report", target="queue", reason="r", by="b", date=date(2025, 2, 7))
    aside = entry("queue", "丁镇2024年政府信息公开工作总结", verdict="lookalike")
    assert why(plain(known, aside, judgements=Judgements([line]))) == []


DOUBLED = {
    "other figures": ({"content": ["x", "y"]}, True),
    "the same figures": ({"content": ["x", "x"]}, False),
    "no figures": ({"content": ["x", ""]}, False),
    "one is gone": ({"content": ["x", "y"], "gone": True}, False),
    "a corrected one": (
        {"content": ["x", "y"], "title": "甲镇2024年政府信息公开工作年度报告（更正）"},
        False,
    ),
}


@pytest.mark.parametrize(("made", "blocks"), DOUBLED.values(), ids=DOUBLED)
def test_a_sister_has_two_reports(known, made, blocks):
    walks = [walk(AFTER, *entries(LATE), entry("q"))]
    title = made.get("title", "")
    if title:
        walks = [walk(AFTER, *entries(LATE), entry("q", title))]
    own = report(unit(known, "甲镇"), 2024, "甲镇2024", "q", walks=walks, **made)
    others = reports(known, LATE, ("甲镇", 2024), walks=walks)
    assert why(world(walks, [*others, own], known=known)) == ["nothing_undecided"] * blocks


@pytest.mark.parametrize(("keys", "year", "blocks"), [(["甲镇2024"], 2024, False), (["q", "r"], 2023, False)])
def test_two_reports_elsewhere_or_of_another_year_say_nothing(known, keys, year, blocks):
    """A second address that the list does not show, and two of last year."""
    walks = [walk(AFTER, *entries(LATE, ("甲镇", year)), *map(entry, keys))]
    own = report(
        unit(known, "甲镇"),
        year,
        *(keys if len(keys) > 1 else [*keys, "away"]),
        walks=walks,
        content=["x", "y"],
    )
    others = reports(known, LATE, ("甲镇", year), walks=walks)
    assert why(world(walks, [*others, own], known=known)) == ["nothing_undecided"] * blocks


MISDATED = {
    "in this season": ("2025-01-25", ["x", ""], True),
    "last year": ("2024-05-06", ["x", ""], False),
    "with figures": ("2025-01-25", ["x", "x"], False),
    "undated": (None, ["x", ""], False),
}


@pytest.mark.parametrize(("day", "content", "blocks"), MISDATED.values(), ids=MISDATED)
def test_a_second_entry_of_the_year_before(known, day, content, blocks):
    walks = [walk(AFTER, *entries(LATE), entry("q", on=day))]
    own = report(unit(known, "丁镇"), 2023, "丁镇2023", "q", walks=walks, content=content)
    others = reports(known, LATE, ("丁镇", 2023), walks=walks)
    assert why(world(walks, [*others, own], known=known)) == ["nothing_undecided"] * blocks


def test_the_only_entry_of_the_year_before_may_be_late(known):
    walks = [walk(AFTER, *entries(LATE))]
    own = report(unit(known, "丁镇"), 2023, walks=walks, content="", on="2025-01-25")
    others = reports(known, LATE, ("丁镇", 2023), walks=walks)
    assert why(world(walks, [*others, own], known=known)) == []


@pytest.mark.parametrize(
    ("new", "own", "first", "blocks"),
    [
        ("learned", "learned", 2024, True),
        ("learned", "learned", 2023, False),
        ("portal", "learned", 2024, False),
        ("learned", "portal", 2024, False),
    ],
)
def test_a_body_that_never_reported_before(known, new, own, first, blocks):
    for name, basis in (("甲镇", new), ("丁镇", own)):
        one = replace(unit(known, name), basis=basis, expected="if_seen")
        known.units[one.code] = known.known[one.code] = one
    but = [LATE, *(("甲镇", year) for year in YEARS if year < first)]
    walks = [walk(AFTER, *entries(*but))]
    made = world(walks, reports(known, *but, walks=walks), known=known)
    assert why(made) == ["nothing_undecided"] * blocks


# What does not count


def test_the_column_of_the_year_is_walked_though_others_need_not_be(known):
    of_year = [column("c", years=[2024]), column("d", years=[2023])]
    assert why(plain(known, walks=[walk(BEFORE, *entries(LATE))], columns=of_year)) == ["walked_after_due"]


def kind_of(known, name, kind, **more):
    one = replace(unit(known, name), kind=kind, **more)
    known.units[one.code] = known.known[one.code] = one


def test_a_department_is_no_sister_of_a_township(known):
    kind_of(known, "甲镇", "department")
    but = [LATE, ("乙镇", 2024), ("丙镇", 2024)]
    walks = [walk(AFTER, *entries(*but))]
    assert why(world(walks, reports(known, *but, walks=walks), known=known)) == ["column_proven"]


@pytest.mark.parametrize(
    ("kind", "expected", "shown", "failed"),
    [
        ("department", "yes", False, []),
        ("township", "if_seen", False, []),
        ("township", "if_seen", True, ["column_proven"]),
        ("township", "yes", False, ["column_proven"]),
    ],
)
def test_who_is_counted_where_few_are_expected(kind, expected, shown, failed):
    known = register(*NAMES[:3])
    kind_of(known, "丙镇", kind, expected=expected)
    names = NAMES[: 3 if shown else 2]
    walks = [walk(AFTER, *entries(years=(2022, 2023), names=names))]
    made = world(walks, reports(known, years=(2022, 2023), names=names, walks=walks), known=known)
    assert why(made, "甲镇") == failed


def test_a_body_that_the_column_showed_before_needs_no_half_of_its_sisters():
    known = register(*MANY)
    but = [(n, y) for n in MANY for y in YEARS if (n, y) not in {("丁镇", 2023), ("甲镇", 2024)}]
    walks = [walk(AFTER, *entries(*but, names=MANY))]
    assert why(world(walks, reports(known, *but, names=MANY, walks=walks), known=known)) == []


@pytest.mark.parametrize(("sisters", "failed"), [(4, []), (5, ["column_proven"])])
def test_a_half_is_a_half(sisters, failed):
    names = MANY[:sisters]
    known = register(*names)
    walks = [walk(AFTER, *entries(names=names[:2]))]
    made = world(walks, reports(known, names=names[:2], walks=walks), known=known)
    assert why(made, names[3]) == failed


@pytest.mark.parametrize(("fullest", "failed"), [(2, []), (3, ["column_proven"])])
def test_half_of_the_fullest_year_is_a_half(known, fullest, failed):
    but = [(n, 2022) for n in NAMES[fullest:]] + [(n, 2023) for n in NAMES[1:]] + [(n, 2024) for n in NAMES]
    walks = [walk(AFTER, *entries(*but))]
    made = world(walks, reports(known, *but, walks=walks), known=known)
    assert why(made, "乙镇", 2023) == failed


def test_a_blind_walk_watched_nothing(known):
    but = [(n, 2023) for n in NAMES if n != "甲镇"]
    walks = [walk("2024-12-30", trouble="error: x"), walk(AFTER, *entries(*but))]
    assert why(world(walks, reports(known, *but, walks=walks), known=known), "丁镇", 2023) == [
        "column_proven"
    ]


def test_old_reports_that_stand_where_they_stood_are_lost_to_the_list(known):
    now = entries(LATE)
    walks = [walk(BEFORE, *now, *(entry(f"old{n}") for n in range(5))), walk(AFTER, *now)]
    live = [report(unit(known, "甲镇"), 2015 + n, f"old{n}", walks=walks) for n in range(5)]
    assert why(world(walks, [*reports(known, LATE, walks=walks), *live], known=known)) == ["list_whole"]


def test_what_another_column_listed_is_not_hidden_by_this(known):
    before, after = walk(BEFORE, entry("甲镇2024"), column="d"), walk(AFTER, column="d")
    walks = [before, after, walk(AFTER, *entries(LATE, ("甲镇", 2024)))]
    own = report(unit(known, "甲镇"), 2024, walks=walks)
    others = reports(known, LATE, ("甲镇", 2024), walks=walks)
    assert why(world(walks, [*others, own], known=known)) == []


def test_a_report_at_two_addresses_is_hidden_while_one_of_them_stands():
    known = register(*MANY)
    before = [*entries(LATE, names=MANY), entry("second")]
    walks = [
        walk(BEFORE, *before),
        walk(AFTER, *(e for e in before if e.address not in {"甲镇2024", "second"})),
    ]
    own = report(unit(known, "甲镇"), 2024, "甲镇2024", "second", walks=walks)
    own.lines[0].moved_to = "elsewhere"
    others = reports(known, LATE, ("甲镇", 2024), names=MANY, walks=walks)
    assert why(world(walks, [*others, own], known=known)) == ["list_whole"]


def test_an_entry_under_a_former_name_may_be_its_own(known):
    kind_of(known, "丁镇", "township", former=(Called("丁乡", None, 2023),))
    aside = entry("q", "丁乡2024年政府信息公开工作总结", verdict="lookalike")
    assert why(plain(known, aside)) == ["nothing_undecided"]


def test_what_an_entry_is_asked_for_is_said(known):
    made = plain(known, claims=[claim(reason="从未看清"), claim(reason="", years=(2023, 2024))])
    case = Case(made, unit(known, "丁镇"), 2024, deadline("township", "990102", 2024, []), made.columns)
    assert "从未看清" in CONDITIONS["nothing_undecided"](case)
    made.claims[:] = made.claims[-1:]
    made._open.clear()
    assert "所称年度不一" in CONDITIONS["nothing_undecided"](case)
