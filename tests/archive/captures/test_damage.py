"""A record that is damaged, or not as WARC has it, is passed over; every other one of its file is kept."""

import gzip
from contextlib import closing
from unittest import mock

import pytest

from archive.captures import index, payloads, warc
from archive.captures.recorder import Recorder
from archive.database import open_database
from archive.folder import Folder
from parsers.errors import Fault
from tests.archive.captures.test_warc import AT, exchange


@pytest.fixture
def folder(tmp_path):
    folder = Folder(tmp_path / "archive")
    with Recorder(folder, worker=False) as recorder:
        for number in range(5):
            body = f"<html>第{number}页</html>".encode() * 50
            recorder.exchange(exchange(f"http://portal.example/{number}", payload=body))
    return folder


def indexed(folder):
    """The last characters of the addresses that were indexed, and what is said of the files."""
    with closing(open_database(folder)) as database:
        index.catch_up(database, folder)
        urls = [row[0][-1] for row in database.execute("SELECT url FROM captures ORDER BY offset")]
        return "".join(urls), [row[0] for row in database.execute("SELECT damage FROM warcs ORDER BY name")]


def offsets(folder):
    with closing(open_database(folder)) as database:
        index.catch_up(database, folder)
        return [row[0] for row in database.execute("SELECT offset FROM captures ORDER BY offset")]


@pytest.mark.parametrize("data", [b"\x00" * 30, b"\xff", b"\x1f\x8b\x08\xff"])
@pytest.mark.parametrize("beyond", [0, 25, 120])
def test_what_stands_behind_the_damage_is_read(folder, data, beyond):
    (path,) = folder.warcs()
    third = offsets(folder)[2]
    folder.database.unlink()
    with path.open("r+b") as file:
        file.seek(third + beyond)
        file.write(data)
    urls, (damage,) = indexed(folder)
    assert urls == "0134"
    assert damage


def test_page_that_is_cut_by_the_end_of_its_file_is_no_page(folder):
    (path,) = folder.warcs()
    last = offsets(folder)[4]
    folder.database.unlink()
    whole = path.read_bytes()
    for size in range(last + 1, len(whole), 40):
        path.write_bytes(whole[:size])
        urls, (damage,) = indexed(folder)
        assert urls in {"0123", "01234"}
        assert damage or warc.whole_members(path) == size
        with closing(open_database(folder)) as database:
            digests = {row[0] for row in database.execute("SELECT digest FROM bodies")}
        assert digests <= {warc.sha256(f"<html>第{n}页</html>".encode() * 50) for n in range(5)}
        folder.database.unlink()


def foreign(folder, *fields, block=b"HTTP/1.1 200 OK\r\n\r\n<html></html>"):
    head = [("WARC-Type", "response"), ("Content-Type", "application/http;msgtype=response"), *fields]
    lines = "".join(f"{name}: {value}\r\n" for name, value in (*head, ("Content-Length", len(block))))
    bad = f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"
    good = warc.response(warc.new_id(), exchange("http://portal.example/9"), warc.sha256(b"<html></html>"))
    (folder.warc / "foreign.warc.gz").write_bytes(gzip.compress(bad) + gzip.compress(good))


URL = ("WARC-Target-URI", "http://portal.example/8")
ID = ("WARC-Record-ID", "<urn:uuid:8>")
DATE = ("WARC-Date", "2025-01-01T00:00:00Z")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([URL, ID], "lacks WARC-Date"),
        ([URL, DATE], "lacks WARC-Record-ID"),
        ([ID, DATE], "lacks WARC-Target-URI"),
        ([URL, ID, ("WARC-Date", "yesterday")], "Invalid isoformat"),
        ([URL, ID, DATE, ("WARC-Payload-Digest", "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")], "its digest"),
    ],
)
def test_foreign_record_that_is_not_as_warc_has_it(folder, fields, said):
    foreign(folder, *fields)
    urls, (damage, of_ours) = indexed(folder)
    assert sorted(urls) == list("012349")
    assert said in damage
    assert of_ours is None


def test_foreign_record_with_digests_that_are_not_known_here_is_taken(folder):
    foreign(folder, URL, ID, DATE, ("WARC-Payload-Digest", "crc32:1234"))
    urls, said = indexed(folder)
    assert sorted(urls) == list("0123489")
    assert said == [None, None]


def test_file_read_on_from_the_middle_keeps_its_crawl(tmp_path):
    """The second file of a crawl, of which the worker saw the beginning before."""
    folder = Folder(tmp_path / "archive").create()
    facts = {"software": "gongkai/0", "crawl": "c1"}
    first, second = (folder.warc / f"gongkai-20250101000000-c1-0000{n}.warc.gz" for n in (1, 2))
    records = []
    for path in (first, second):
        info = gzip.compress(warc.warcinfo(warc.new_id(), AT, path.name, facts))
        page = exchange(f"http://portal.example/{path.name}", payload=path.name.encode())
        told = warc.response(warc.new_id(), page, warc.sha256(page.payload))
        records.append((info, gzip.compress(told)))
    first.write_bytes(b"".join(records[0]))
    second.write_bytes(records[1][0])
    indexed(folder)
    second.write_bytes(b"".join(records[1]))
    indexed(folder)
    with closing(open_database(folder)) as database:
        assert [row[0] for row in database.execute("SELECT crawl FROM records")] == ["c1", "c1"]


def test_file_that_is_closed_while_it_is_read(folder):
    """The crawl ends, and gives its file the final name, between two looks of the worker at it."""
    (path,) = folder.warcs()
    gone = path.with_name(path.name + warc.OPEN)
    third = offsets(folder)[2]
    payload, encoding = payloads.read_payload(gone, third)
    assert (payload.decode(), encoding) == ("<html>第2页</html>" * 50, "")
    folder.database.unlink()
    with closing(open_database(folder)) as database, mock.patch.object(Folder, "warcs", return_value=[gone]):
        assert index.catch_up(database, folder, {path.name: path.stat().st_size}) == 6


def test_file_that_was_packed_at_once_says_what_to_do(folder):
    """Its records cannot be read at their offsets, but the first."""
    (path,) = folder.warcs()
    text = gzip.decompress(path.read_bytes())
    path.unlink()
    begin = text.index(b"WARC/1.1", 10)
    (folder.warc / "packed.warc.gz").write_bytes(gzip.compress(text[begin:]))
    urls, (damage,) = indexed(folder)
    assert urls == "0"
    assert "warcio recompress" in damage


@pytest.mark.parametrize("name", ["noise.warc.gz", "noise.warc"])
@pytest.mark.parametrize("data", [b"<html>no WARC</html>" * 99, b"\x1f\x8b\x08" + bytes(range(256)) * 20])
def test_file_that_is_no_warc(folder, name, data):
    (folder.warc / name).write_bytes(data)
    urls, damage = indexed(folder)
    assert urls == "01234"
    assert [bool(text) for text in damage] == [False, True]


@pytest.mark.parametrize("beyond", [40, 150])
def test_record_that_was_damaged_since_is_not_read(folder, beyond):
    (path,) = folder.warcs()
    third = offsets(folder)[2]
    with path.open("r+b") as file:
        file.seek(third + beyond)
        file.write(b"\x55\xaa\x55")
    with pytest.raises(Fault, match=r"damaged at|no record at"):
        payloads.read_payload(path, third)


@pytest.mark.parametrize("together", [1, 2, 1_000])
def test_captures_are_indexed_however_many_are_stored_together(folder, monkeypatch, together):
    monkeypatch.setattr(index, "STORED_TOGETHER", together)
    assert indexed(folder) == ("01234", [None])
