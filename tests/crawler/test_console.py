from collections import Counter

import pytest
from rich.cells import cell_len

from crawler import console
from crawler.verbs.crawl import COUNTS

EVENTS = ["单位 unit", "年度", "what", "last seen before", "first seen", "confirmed", "cell by cell"]
EVENT = [
    "青禾县农业农村局",
    "2024",
    "文字修改 prose_revised",
    "2025-02-06",
    "2025-02-10",
    "2025-02-12",
    "三、申请 · （一）予以公开 · 自然人: 8 → 1",
]
RATES = [
    "area",
    "年度",
    "expected",
    "present",
    "on time",
    "late",
    "withdrawn",
    "missing",
    "unseen",
    "share of them",
]
RATE = ["990100", "2024", "17", "16", "14", "1", "0", "0", "1", "16/17 94.1%"]


@pytest.mark.parametrize("room", [200, 100, 80, 60])
@pytest.mark.parametrize(("headers", "row"), [(EVENTS, EVENT), (RATES, RATE)])
def test_no_character_of_a_table_is_cut_off(monkeypatch, capsys, headers, row, room):
    monkeypatch.setattr(console, "WIDE", room)
    console.print_table([row], headers)
    printed = capsys.readouterr().out
    shown, meant = ("".join(text.split()) for text in (printed, "".join([*headers, *row])))
    assert Counter(shown.replace("─", "")) == Counter(meant)
    if room >= 80:
        assert max(map(cell_len, printed.splitlines())) <= room


def test_days_and_counts_stay_whole(monkeypatch, capsys):
    monkeypatch.setattr(console, "WIDE", 80)
    console.print_table([EVENT], EVENTS)
    assert {"2025-02-06", "2025-02-10", "2025-02-12", "2024"} <= set(capsys.readouterr().out.split())


def test_what_a_crawl_did_fits_80_columns(monkeypatch, capsys):
    monkeypatch.setattr(console, "WIDE", 80)
    rows = [["yingchuan/departments", *["1234"] * 8, "fault"], ["qinghe/townships", *["0"] * 8, "total"]]
    console.print_table(rows, ["portal/column", *COUNTS, "stop"])
    printed = capsys.readouterr().out
    assert max(map(cell_len, printed.splitlines())) <= 80
    assert "".join(printed.split()).count("yingchuan/dep") == 1
