"""A WACZ: the records as they stand in the archive, with an index that leads to each."""

import gzip
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from importlib.util import find_spec

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.exports.proof import LIST_PAGE, proofs
from archive.exports.wacz import searchable, write_wacz
from archive.folder import Folder
from crawler.demo.county import qinghe, yingchuan
from crawler.demo.faults import redirect
from crawler.demo.trs import answer
from parsers.errors import Fault
from tests.archive.exports.archives import MOON, PINE, REED, opened
from tests.archive.simulated import BASE, SimulatedCrawl


def packed(shown, target, name=None, year=2024):
    chosen = [unit for unit in shown.units() if name in {None, unit.name}]
    found = list(proofs(shown.of, chosen, [year]))
    write_wacz(shown.database, shown.folder, found, target, f"{name} {year}")
    return found


def contents(target):
    with zipfile.ZipFile(target) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def records(warc):
    return [
        (record.rec_type, record.rec_headers, record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(warc), check_digests="raise")
    ]


def index(files):
    """The lines of the index, by the blocks that its own index names."""
    first, *blocks = files["indexes/index.idx"].decode().splitlines()
    assert first.startswith("!meta 0 ")
    told = [json.loads(line.split(" ", 2)[2]) for line in blocks]
    parts = [files["indexes/index.cdx.gz"][one["offset"] :][: one["length"]] for one in told]
    return b"".join(map(gzip.decompress, parts)).decode().splitlines()


def pages(files):
    return [json.loads(line) for line in files["pages/pages.jsonl"].splitlines()]


@pytest.fixture
def wacz(at_hand, tmp_path):
    packed(at_hand, tmp_path / "a.wacz", REED)
    return tmp_path / "a.wacz"


def test_layout_is_that_of_the_specification(wacz):
    files = contents(wacz)
    assert set(files) == {
        *("archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl"),
        *("datapackage.json", "datapackage-digest.json"),
    }
    described = json.loads(files["datapackage.json"])
    assert (described["profile"], described["wacz_version"]) == ("data-package", "1.1.1")
    for resource in described["resources"]:
        data = files[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (
            len(data),
            f"sha256:{hashlib.sha256(data).hexdigest()}",
        )
    digest = json.loads(files["datapackage-digest.json"])
    assert digest["hash"] == f"sha256:{hashlib.sha256(files['datapackage.json']).hexdigest()}"
    with zipfile.ZipFile(wacz) as archive:
        info = archive.getinfo("archive/data.warc.gz")
    assert info.compress_type == zipfile.ZIP_STORED
    header = wacz.read_bytes()[info.header_offset :][:30]
    assert header[28:30] == b"\0\0", "fields of ZIP64 in a small member lead ReplayWeb.page astray"


def test_py_wacz_finds_it_valid(wacz):
    if find_spec("wacz") is None:
        pytest.skip("wacz is not installed")
    command = [sys.executable, "-W", "ignore", "-m", "wacz", "validate", "-f", str(wacz)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "the passed WACZ is valid" in done.stdout, done.stdout + done.stderr


def test_records_are_copied_byte_for_byte_and_two_readers_open_them(wacz, kept):
    warc = contents(wacz)["archive/data.warc.gz"]
    whole = b"".join(path.read_bytes() for path in kept[0].warcs())
    found = records(warc)
    kinds = [kind for kind, _, _ in found]
    assert set(kinds) == {"warcinfo", "response", "request"}
    fast = list(FastIterator(io.BytesIO(warc), parse_http=False, verify_digests=True))
    assert len(fast) == len(found)
    for member in _members(warc):
        assert member in whole


def _members(warc):
    """The gzip members of a WARC."""
    from isal import isal_zlib

    while warc:
        inflater = isal_zlib.decompressobj(wbits=31)
        inflater.decompress(warc)
        rest = inflater.unused_data
        yield warc[: len(warc) - len(rest)]
        warc = rest


def test_index_leads_to_each_capture(wacz):
    files = contents(wacz)
    lines = index(files)
    assert lines == sorted(lines)
    warc = files["archive/data.warc.gz"]
    for line in lines:
        key, stamp, facts = line.split(" ", 2)
        facts = json.loads(facts)
        part = warc[facts["offset"] : facts["offset"] + facts["length"]]
        ((kind, head, _),) = records(part)
        assert head["WARC-Target-URI"] == facts["url"]
        assert head["WARC-Payload-Digest"] == facts["digest"]
        assert "".join(filter(str.isdigit, head["WARC-Date"])).startswith(stamp)
        assert (facts["mime"] == "warc/revisit") == (kind == "revisit")
        assert key == searchable(facts["url"])
        assert gzip.decompress(part).startswith(b"WARC/1.1")


def test_request_stands_with_its_answer_and_the_repeated_payload_is_there(at_hand, tmp_path):
    packed(at_hand, tmp_path / "a.wacz", MOON, 2023)
    found = records(contents(tmp_path / "a.wacz")["archive/data.warc.gz"])
    by = {kind: [head for k, head, _ in found if k == kind] for kind in ("response", "revisit", "request")}
    answers = {head["WARC-Record-ID"] for head in (*by["response"], *by["revisit"])}
    assert {head["WARC-Concurrent-To"] for head in by["request"]} == answers
    assert by["revisit"]
    assert {head["WARC-Refers-To"] for head in by["revisit"]} <= {h["WARC-Record-ID"] for h in by["response"]}


def test_every_page_is_in_the_index_at_its_instant(wacz):
    files = contents(wacz)
    listed = pages(files)
    assert listed[0]["format"] == "json-pages-1.0"
    stamps = {(json.loads(line.split(" ", 2)[2])["url"], line.split(" ", 2)[1]) for line in index(files)}
    for page in listed[1:]:
        assert (page["url"], "".join(filter(str.isdigit, page["ts"]))[:14]) in stamps
    assert {REED in page["title"] for page in listed[1:]} == {True}


def test_missing_report_is_proven_by_the_lists_on_which_it_was_not(at_hand, tmp_path):
    found = packed(at_hand, tmp_path / "a.wacz", PINE)
    assert {one.page for one in found} == {LIST_PAGE}
    shown = [
        body
        for kind, _, body in records(contents(tmp_path / "a.wacz")["archive/data.warc.gz"])
        if kind == "response"
    ]
    assert shown
    assert all(f"{PINE}2024年" not in body.decode() for body in shown)


def test_page_that_an_address_redirects_to_is_there(tmp_path):
    folder, site = Folder(tmp_path / "archive").create(), yingchuan()
    path, elsewhere = site.address(MOON, 2023), "/moved/1.html"
    original = answer(site, path)
    site.fail(path, redirect(elsewhere))
    site.fail(elsewhere, lambda _: original)
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    with opened(folder) as shown:
        packed(shown, tmp_path / "a.wacz", MOON, 2023)
    lines = index(contents(tmp_path / "a.wacz"))
    facts = [json.loads(line.split(" ", 2)[2]) for line in lines]
    assert {(one["url"], one["status"]) for one in facts} == {(BASE + path, 302), (BASE + elsewhere, 200)}


def test_every_hop_of_a_chain_of_redirects_is_there(tmp_path):
    folder, site = Folder(tmp_path / "archive").create(), yingchuan()
    path, hops = site.address(MOON, 2023), ["/moved/1.html", "/moved/2.html"]
    original = answer(site, path)
    for place, to in zip([path, *hops], hops, strict=False):
        site.fail(place, redirect(to))
    site.fail(hops[-1], lambda _: original)
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    with opened(folder) as shown:
        packed(shown, tmp_path / "a.wacz", MOON, 2023)
    facts = [json.loads(line.split(" ", 2)[2]) for line in index(contents(tmp_path / "a.wacz"))]
    statuses = {BASE + path: 302, BASE + hops[0]: 302, BASE + hops[1]: 200}
    assert {one["url"]: one["status"] for one in facts} == statuses


def test_same_records_same_bytes_and_nothing_beside(at_hand, tmp_path):
    packed(at_hand, tmp_path / "a.wacz")
    packed(at_hand, tmp_path / "b.wacz")
    assert (tmp_path / "a.wacz").read_bytes() == (tmp_path / "b.wacz").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"a.wacz", "b.wacz"}


def test_warcio_check_passes(wacz, tmp_path):
    path = tmp_path / "data.warc.gz"
    path.write_bytes(contents(wacz)["archive/data.warc.gz"])
    Checker(type("Command", (), {"inputs": [str(path)], "verbose": False})()).process_all()


def test_damaged_record_leaves_no_file(tmp_path):
    folder, site = Folder(tmp_path / "archive").create(), qinghe()
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    with opened(folder) as shown:
        (path,) = folder.warcs()
        path.write_bytes(path.read_bytes()[:5000])
        with pytest.raises(Fault, match=r"cannot be read at|has no record at"):
            packed(shown, tmp_path / "a.wacz", "听泉乡", 2023)
    assert not list(tmp_path.glob("*a.wacz*"))


@pytest.mark.parametrize(
    ("name", "said"), [("a.zip", "must be called"), ("b.wacz", "nothing that was asked for")]
)
def test_what_cannot_be_packed_is_one_sentence(at_hand, tmp_path, name, said):
    with pytest.raises(Fault, match=said):
        write_wacz(at_hand.database, at_hand.folder, [] if name == "b.wacz" else [1], tmp_path / name, "")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/index.html", "org,example)/index.html"),
        ("http://a.gov.cn:8080/b/?c=D", "cn,gov,a:8080)/b/?c=d"),
        ("http://a.gov.cn", "cn,gov,a)/"),
        ("urn:gongkai:given:AB", "urn:gongkai:given:ab"),
    ],
)
def test_searchable_urls(url, key):
    assert searchable(url) == key
