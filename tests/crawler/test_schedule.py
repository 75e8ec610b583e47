from datetime import date, timedelta

import pytest

from archive.captures.visits import LastWalk, Watched
from crawler.registry import Column, Portal, Visit
from crawler.schedule import look_due_on, visits


def portal(name="qinghe", columns=("xz",), **more):
    made = [Column(id=c, url=f"http://www.{name}.example/{c}/", kinds=("township",)) for c in columns]
    return Portal(
        id=name, name="青禾县", division="990101", hosts=(f"www.{name}.example",), columns=tuple(made), **more
    )


def walked(day, stop="end", name="qinghe", column="xz"):
    return LastWalk(name, column, f"{day}T03:00:00.000000Z", stop)


def due_on(portal, *walks, today="2025-06-01"):
    [visit] = visits([portal], walks, date.fromisoformat(today))
    return str(visit.due_on)


VISITS = {
    "in the season": ("2025-02-10", "end", "2025-02-11"),
    "after the season": ("2025-06-01", "total", "2025-06-15"),
    "at the end of the season": ("2025-04-30", "end", "2025-05-01"),
    "the season begins": ("2024-12-28", "end", "2025-01-01"),
    "on its eve": ("2024-12-31", "end", "2025-01-01"),
    "not seen, in summer": ("2025-06-01", "fault", "2025-06-02"),
    "cut short, in summer": ("2025-06-01", "budget", "2025-06-02"),
}


@pytest.mark.parametrize(("walk", "stop", "due"), VISITS.values(), ids=VISITS)
def test_when_a_visit_is_due(walk, stop, due):
    assert due_on(portal(), walked(walk, stop)) == due


def test_a_day_is_a_beijing_day():
    late = LastWalk("qinghe", "xz", "2025-02-10T16:30:00.000000Z", "end")
    assert due_on(portal(), late) == "2025-02-12"


def test_a_portal_is_due_with_its_first_column():
    both = portal(columns=("xz", "bm"))
    assert due_on(both, walked("2025-06-20"), walked("2025-06-02", column="bm")) == "2025-06-16"
    assert due_on(both, walked("2025-06-20")) == str(date.min)


def test_the_days_of_a_portal_can_be_set():
    often = portal(visit=Visit(dense_days=3, sparse_days=30))
    assert due_on(often, walked("2025-02-10")) == "2025-02-13"
    assert due_on(often, walked("2025-06-01")) == "2025-07-01"
    assert due_on(often, walked("2024-12-31")) == "2025-01-03"


def test_the_one_that_waits_longest_comes_first():
    portals = [portal("a"), portal("b"), portal("c")]
    walks = [walked("2025-06-02", name="a"), walked("2025-06-01", name="b")]
    assert [v.portal.id for v in visits(portals, walks, date(2025, 7, 1))] == ["c", "b", "a"]


def seen(since, last, whole=None):
    stamp = "{}T04:00:00.000000Z".format
    return Watched("http://x.example/1", stamp(since), stamp(last), stamp(whole) if whole else None)


LOOKS = {
    "once": ("2025-05-01", "2025-05-01", "2025-05-02"),
    "after a day": ("2025-05-01", "2025-05-02", "2025-05-03"),
    "between the steps": ("2025-05-01", "2025-05-06", "2025-05-08"),
    "after a month": ("2025-05-01", "2025-05-31", "2025-07-30"),
    "after the last step": ("2025-05-01", "2025-07-30", "2025-10-28"),
    "long after": ("2024-01-01", "2025-05-01", "2025-07-30"),
}


@pytest.mark.parametrize(("since", "last", "due"), LOOKS.values(), ids=LOOKS)
def test_when_a_page_is_looked_at_again(since, last, due):
    assert str(look_due_on(seen(since, last))) == due


def test_what_stands_is_fetched_whole_every_ninety_days():
    assert look_due_on(seen("2024-01-01", "2025-05-01", "2025-03-01")) == date(2025, 3, 1) + timedelta(
        days=90
    )


def test_what_stands_is_fetched_whole_in_every_season():
    assert str(look_due_on(seen("2024-06-01", "2024-12-20", "2024-12-20"))) == "2025-01-01"
    assert str(look_due_on(seen("2024-06-01", "2025-01-02", "2025-01-02"))) == "2025-04-02"


def test_what_was_never_seen_is_due():
    assert look_due_on(Watched("http://x.example/1")) == date.min
