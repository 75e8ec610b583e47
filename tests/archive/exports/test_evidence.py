"""From a number to the record that proves it, and its citations."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.captures.payloads import read_body
from archive.captures.warc import sha256
from archive.exports import citation
from archive.exports.evidence import evidence
from archive.exports.place import in_chinese
from archive.exports.standing import Options
from archive.folder import Folder
from crawler.demo.county import yingchuan
from crawler.demo.office import as_docx
from parsers.errors import Fault
from parsers.readers import read_all
from tests.archive.exports.archives import MOON, PINE, RECEIVED, REED, opened
from tests.archive.simulated import SimulatedCrawl


def cited(shown, name, year, path=None, **options):
    return evidence(shown.of, shown.folder, shown.unit(name), year, path, Options(**options))


def record_at(folder, capture):
    """What a reader that is not ours finds at an offset."""
    data = (folder.warc / capture.warc).read_bytes()[capture.offset :]
    record = next(iter(ArchiveIterator(io.BytesIO(data))))
    return record, record.content_stream().read()


def test_record_at_the_offset_is_the_one_that_is_named(at_hand, kept):
    found = cited(at_hand, REED, 2024, RECEIVED)
    record, payload = record_at(kept[0], found.capture)
    assert record.rec_headers["WARC-Record-ID"] == found.capture.record
    assert record.rec_headers["WARC-Target-URI"] == found.capture.url
    assert sha256(payload) == found.capture.payload
    assert str(kept[1].report(REED, 2024).figures()[RECEIVED]) in payload.decode()


def test_repeated_payload_leads_to_the_record_that_holds_it(at_hand, kept):
    found = cited(at_hand, MOON, 2023)
    assert found.capture.kind == "revisit"
    assert found.capture.original.at < found.capture.at
    record, payload = record_at(kept[0], found.capture.original)
    assert record.rec_type == "response"
    assert sha256(payload) == found.capture.payload


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("table 7 row 5", "第7块表格第5行"),
        ("sheet 表 1 row 4 row 2", "工作表“表 1”第4行起第2行"),
        ("page 2 line 5 row 1", "第2页第5行起第1行"),
        ("page 1 table 2 row 9, page 2 table 1 row 1", "第1页第2块表格第9行、第2页第1块表格第1行"),
        ("scanned page 3 table 1 row 2", "扫描第3页第1块表格第2行"),
        ("line 12", "第12行"),
    ],
)
def test_a_citation_names_the_place_in_chinese(place, said):
    assert in_chinese(place) == said


def test_place_is_the_row_that_holds_the_text(at_hand, kept):
    found = cited(at_hand, REED, 2024, "requests.granted.total")
    table, row = map(int, re.fullmatch(r"table (\d+) row (\d+)", found.place).groups())
    documents, _ = read_all(read_body(at_hand.database, kept[0], found.capture.body))
    grid = next(g for g in documents[0].grids() if g.place == f"table {table}")
    assert "（一）予以公开" in grid.rows[row - 1]
    assert found.cell.text in grid.rows[row - 1]


def test_tables_in_a_file_are_cited_by_the_capture_of_the_file(tmp_path):
    folder, site = Folder(tmp_path / "archive").create(), yingchuan()
    name = next(unit.name for unit in site.units if site.attachments(unit.name, 2023))
    (file,) = site.attachments(name, 2023)
    report, bare = site.report(name, 2023), site.report(name, 2023)
    for path in sorted({path.rpartition(".")[0] for path in report.cells()}):
        bare = bare.without(path)
    site._set(name, 2023, bare)
    site.fail(file, lambda right: replace(right, body=as_docx(report)))
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    with opened(folder) as shown:
        found = cited(shown, name, 2023, RECEIVED)
        assert cited(shown, name, 2023).format == "docx"
    _, payload = record_at(folder, found.capture)
    assert found.cell.value == report.figures()[RECEIVED]
    assert (found.format, found.capture.url[-len(file) :]) == ("docx", file)
    assert found.capture.payload == sha256(payload)
    assert found.place.startswith("table")


def test_version_that_is_asked_for_is_cited(at_hand):
    path = "requests.received.business"
    now, then = (cited(at_hand, REED, 2024, path, choice=c) for c in ("latest", "deadline"))
    assert now.cell.value - then.cell.value == 7
    assert then.capture.at < now.capture.at
    assert then.capture.payload != now.capture.payload


def test_citation_after_the_standard(at_hand):
    found = cited(at_hand, MOON, 2023, "requests.granted.business")
    page = re.escape(found.capture.url)
    issuer = "月牙镇人民政府"
    title = f"{issuer}2023年政府信息公开工作年度报告"
    pattern = rf"{issuer}\. {title}\[EB/OL\]\. （\d{{4}}-\d\d-\d\d）\[2025-02-06\]\. {page}\."
    assert re.fullmatch(pattern, citation.gbt(found))
    assert citation.locator(found).startswith(
        "三、申请 · （一）予以公开 · 商业企业（requests.granted.business，第"
    )
    assert citation.locator(found).endswith("）：原文“/”")
    assert found.capture.original.record in citation.archived(found)
    assert citation.gbt_dataset(date(2025, 2, 6), 7).startswith(
        "政府信息公开工作年度报告数据集：截至2025-02-06[DS]. gongkai "
    )


def test_page_without_a_day_that_can_be_believed_is_cited_without_one(at_hand):
    found = cited(at_hand, MOON, 2023)
    silent = type(found)(
        **{name: getattr(found, name) for name in found.__slots__}
        | {"published": (None, "2025-02-06", "sight")}
    )
    assert "年度报告[EB/OL]. [2025-02-06]. http" in citation.gbt(silent)
    assert "date = {20" not in citation.bibtex(silent).replace("urldate", "")


def test_bibtex_is_one_entry_and_escapes_what_tex_would_take(at_hand):
    found = cited(at_hand, MOON, 2023, "requests.granted.business")
    entry = citation.bibtex(found)
    assert entry.startswith("@online{ogi990102100-2023,\n")
    assert entry.count("{") == entry.count("}")
    assert "requests.granted.business" in entry
    assert f"url = {{{found.capture.url}}}" in entry
    assert citation._tex("50% & #1_a {b}") == r"50\% \& \#1\_a \{b\}"
    assert citation._key("990101-财政局") != citation._key("990101-教育局")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((PINE, 2024), "its report is missing; `gongkai export wacz"),
        ((PINE, 2019), "its report is not_expected"),
        ((MOON, 2023, "annex.staff"), r"not_in_form \(统计表只用到2018年度"),
        ((MOON, 2023, "requests.*"), "names 175 cells|names 182 cells"),
        ((MOON, 2022, "requests.denied_deliberative.total"), "row_absent"),
    ],
)
def test_what_cannot_be_cited_is_one_sentence(at_hand, arguments, said):
    with pytest.raises(Fault, match=said):
        cited(at_hand, *arguments)
