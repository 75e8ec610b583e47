"""The balanced panel: each cell as it stands in the report, or with the reason why there is none."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from archive.exports.aggregate import aggregate
from archive.exports.crosswalk import LINKS, why_not_in
from archive.exports.editions import CHOICES
from archive.exports.panel import panel
from archive.exports.quality import NO_VALUE, QUALITIES
from archive.exports.selection import Selection, indicators, units
from archive.exports.standing import Options
from archive.folder import Folder
from crawler.demo.county import yingchuan
from crawler.demo.faults import error_page
from crawler.demo.office import as_docx
from parsers.errors import Fault
from parsers.forms.indicators import INDICATORS
from tests.archive.exports.archives import DUE_SEEN, MOON, PINE, RECEIVED, REED, opened
from tests.archive.simulated import SimulatedCrawl

TOWN_LIST = "/zfxxgk/nb/xz/"


def cells(shown, *patterns, options=None, **selected):
    """Cells of a panel by unit name, year and path."""
    what = shown.holdings(*patterns, options=options, **selected)
    found = panel(what.of, what.units, what.years, what.indicators, what.options)
    return {(c.unit.name, c.year, c.indicator): c for c in found}


def test_panel_is_balanced_and_every_cell_says_one_thing(at_hand):
    found = cells(at_hand)
    assert len(found) == 3 * 7 * len(INDICATORS)
    for cell in found.values():
        assert (cell.value is None) == (cell.why_no_value is not None) == (cell.quality is None)
        assert cell.quality in {None, *QUALITIES}
        assert cell.why_no_value in {None, *NO_VALUE}


def test_every_number_of_every_report_is_in_it(at_hand, kept):
    found, site = cells(at_hand), kept[1]
    for unit, year in ((REED, 2018), (REED, 2020), (REED, 2024), (MOON, 2023), (PINE, 2023)):
        figures = site.report(unit, year).figures()
        for path, value in figures.items():
            if value is not None:
                assert found[unit, year, path].value == value


def test_reasons_in_a_report_that_was_read(at_hand):
    found = cells(at_hand)
    of = {path: found[MOON, 2023, path] for path in INDICATORS}
    assert of["requests.granted.research"].why_no_value == "blank"
    slash = of["requests.granted.business"]
    assert (slash.why_no_value, slash.text, slash.flag) == ("mark", "/", "mark")
    assert of["proactive.rules.repealed"].why_no_value == "unread"
    assert of["proactive.licensing.decisions"].text == "22（其中修订16件）"
    assert of["annex.staff"].why_no_value == "not_in_form"
    assert of["annex.staff"].remark == why_not_in("annex.staff", "2021") != ""
    assert found[MOON, 2022, "requests.denied_deliberative.total"].why_no_value == "row_absent"
    assert found[PINE, 2023, "requests.granted.total"].quality == "inconsistent"


def test_reasons_by_the_ledger(at_hand, kept):
    found = cells(at_hand, RECEIVED)
    assert found[PINE, 2024, RECEIVED].why_no_value == "no_report"
    assert found[PINE, 2019, RECEIVED].why_no_value == "not_expected"
    with opened(kept[0], DUE_SEEN) as before:
        assert cells(before, RECEIVED)[PINE, 2024, RECEIVED].why_no_value == "not_due"


def test_blocked_column_is_unseen_and_pages_without_tables_are_unread(tmp_path):
    folder, site = Folder(tmp_path / "archive").create(), yingchuan()
    pictures = site.report(MOON, 2023)
    for table in ("proactive", "requests", "remedies"):
        for row in list(getattr(pictures, table)):
            pictures = pictures.without(f"{table}.{row}")
    site._set(MOON, 2023, pictures)
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    site.fail(TOWN_LIST, error_page)
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    with opened(folder) as shown:
        found = cells(shown, RECEIVED)
    assert found[MOON, 2024, RECEIVED].why_no_value == "unseen"
    assert found[MOON, 2023, RECEIVED].why_no_value == "unread"


def test_versions_first_latest_and_at_the_deadline(at_hand, kept):
    path = "requests.received.business"
    now = kept[1].report(REED, 2024).figures()[path]
    by = {
        v: cells(at_hand, path, options=Options(v))[REED, 2024, path] for v in ("first", "deadline", "latest")
    }
    assert {v: c.value for v, c in by.items()} == {"first": now - 7, "deadline": now - 7, "latest": now}
    assert by["deadline"].shown.at < by["latest"].shown.at


def test_last_of_several_versions_before_the_deadline(tmp_path):
    folder, site, path = Folder(tmp_path / "archive").create(), yingchuan(), "requests.granted.business"
    site.publish(MOON, 2024, date(2025, 1, 10))
    for day, value in (("12", 3), ("20", 4), ("28", 5)):
        site.edit_cell(MOON, 2024, path, value)
        SimulatedCrawl(folder, site, f"2025-01-{day}T01:00:00Z")
    site.edit_cell(MOON, 2024, path, 6)
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    with opened(folder) as shown:
        found = {v: cells(shown, path, options=Options(v))[MOON, 2024, path] for v in CHOICES}
    assert {v: cell.value for v, cell in found.items()} == {"first": 3, "deadline": 5, "latest": 6}


def test_page_and_file_that_differ_make_a_cell_doubtful(tmp_path):
    folder, site = Folder(tmp_path / "archive").create(), yingchuan()
    name = next(unit.name for unit in site.units if site.attachments(unit.name, 2023))
    (file,) = site.attachments(name, 2023)
    path, report = "requests.granted.business", site.report(name, 2023)
    value = report.figures()[path]
    site.fail(file, lambda right: replace(right, body=as_docx(report.with_cell(path, value + 1))))
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    with opened(folder) as shown:
        found = cells(shown, path, RECEIVED)
    cell = found[name, 2023, path]
    assert (cell.value, cell.quality) == (value, "doubtful")
    assert cell.remark == f"各处所示不同：{value}、{value + 1}"
    assert found[name, 2023, RECEIVED].quality == "verified"


def test_report_seen_after_the_due_day_has_nothing_at_the_deadline(tmp_path):
    folder, site = Folder(tmp_path / "archive").create(), yingchuan()
    site.publish(MOON, 2024, date(2025, 1, 20))
    site.publish(PINE, 2024, date(2025, 2, 4))
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    with opened(folder) as shown:
        found = cells(shown, RECEIVED, options=Options("deadline"))
    assert found[MOON, 2024, RECEIVED].why_no_value == "unseen"
    assert found[PINE, 2024, RECEIVED].why_no_value == "no_report"


def test_marks_are_zero_only_by_choice(at_hand):
    paths = ("requests.granted.business", "proactive.rules.issued")
    chosen = cells(at_hand, *paths, options=Options(zero=frozenset({"slash"})))
    slash, wu = (chosen[MOON, 2023, path] for path in paths)
    assert (slash.value, slash.quality, slash.text) == (0, "assumed", "/")
    assert (wu.value, wu.why_no_value, wu.text) == (None, "mark", "无")


def test_one_row_of_one_form_is_the_sum_of_three_of_the_other(at_hand, kept):
    path = "requests.other_handling.total"
    found = cells(at_hand, path)
    figures = kept[1].report(REED, 2024).figures()
    rows = [f"requests.other_handling_{r}.total" for r in ("correction_overdue", "fee_overdue", "rest")]
    joined = found[REED, 2024, path]
    assert (joined.value, joined.link, joined.source) == (
        sum(figures[r] for r in rows),
        "same",
        " + ".join(rows),
    )
    assert found[REED, 2020, path].link is None
    apart = cells(at_hand, path, options=Options(joining="none"))[REED, 2024, path]
    assert apart.why_no_value == "not_in_form"
    assert cells(at_hand, rows[0])[REED, 2020, rows[0]].why_no_value == "not_in_form"


def test_near_is_joined_only_on_request(at_hand, kept):
    refused = cells(at_hand, RECEIVED)[REED, 2018, RECEIVED]
    assert refused.why_no_value == "not_in_form"
    assert "按需才合并" in refused.remark
    near = cells(at_hand, RECEIVED, options=Options(joining="near"))[REED, 2018, RECEIVED]
    assert (near.value, near.link) == (kept[1].report(REED, 2018).figures()["annex.received"], "near")


def test_links_name_cells_that_their_form_has_and_the_target_not():
    for link in LINKS.values():
        assert link.form not in INDICATORS[link.path].forms
        assert all(link.form in INDICATORS[source].forms for source in link.sources)


def test_every_cell_that_a_form_lacks_has_a_reason():
    for form in ("2014", "2019", "2021"):
        for path, one in INDICATORS.items():
            assert form in one.forms or why_not_in(path, form), (path, form)


def test_sums_say_how_many_units_were_read_and_expected(at_hand, kept):
    found = cells(at_hand, RECEIVED)
    sums = {(s.group, s.year): s for s in aggregate(found.values(), "county")}
    of_2024 = sums["990102", 2024]
    values = [kept[1].report(unit, 2024).figures()[RECEIVED] for unit in (REED, MOON)]
    assert (of_2024.value, of_2024.units_read, of_2024.units_expected) == (sum(values), 2, 3)
    nothing = sums["990102", 2019]
    assert (nothing.value, nothing.units_read, nothing.units_expected) == (None, 0, 0)
    by_kind = Counter(s.group for s in aggregate(found.values(), "kind"))
    assert by_kind == {"subdistrict": 7, "township": 7}


def test_consolidated_figures_are_apart_and_never_summed(at_hand):
    found = cells(at_hand, RECEIVED, options=Options(scope="consolidated"))
    assert {cell.why_no_value for cell in found.values()} <= {"not_expected", "no_report", "not_due"}
    with pytest.raises(Fault, match="never summed"):
        list(aggregate(found.values(), "county", "consolidated"))


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        ({"county": "999999"}, "no unit fits --county 999999"),
        ({"county": "青"}, "neither"),
        ({"kind": "department"}, "--kind department"),
        ({"unit": "雁影乡"}, "no unit is called"),
    ],
)
def test_wrong_selection_is_one_sentence(at_hand, selected, said):
    with pytest.raises(Fault, match=said):
        units(at_hand.of, Selection(**selected))


def test_divisions_narrow_and_unknown_cells_are_refused(at_hand):
    assert len(units(at_hand.of, Selection(city="990100"))) == 3
    assert [u.name for u in units(at_hand.of, Selection(province="990000", kind="subdistrict"))] == [REED]
    with pytest.raises(Fault, match=r"requests\.recieved\.total.*near it: requests\.received\.total"):
        indicators(["requests.recieved.total"])
