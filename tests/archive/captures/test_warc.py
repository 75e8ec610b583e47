import gzip
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from archive.captures import payloads, warc
from archive.captures.recorder import Recorder
from archive.captures.records import Exchange, Failure, Given, Walk
from archive.folder import Folder, writing
from parsers.errors import Fault, Status

AT = datetime(2025, 2, 1, 3, 4, 5, 678901, tzinfo=UTC)


def exchange(url="http://portal.example/a", payload=b"<html></html>", **rest):
    headers = rest.pop("headers", [(b"Content-Type", b"text/html"), (b"Transfer-Encoding", b"chunked")])
    return Exchange(url, "GET", [(b"User-Agent", b"gongkai")], b"", 200, headers, payload, AT, **rest)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive")


def record_all(folder, *exchanges):
    with Recorder(folder, worker=False) as recorder:
        return [recorder.exchange(e) for e in exchanges]


def headers_of(folder):
    (path,) = folder.warcs()
    with path.open("rb") as file:
        return [dict(record.headers.items()) for record in ArchiveIterator(file)]


def test_every_record_is_a_gzip_member_of_its_own(folder):
    record_all(folder, exchange(), exchange(payload=b"other"))
    (path,) = folder.warcs()
    data = path.read_bytes()
    assert data.count(b"\x1f\x8b\x08") == 5  # warcinfo, and a response with its request twice
    assert gzip.decompress(data).count(b"WARC/1.1\r\n") == 5


def test_stored_response_is_dechunked_and_says_so_in_its_headers(folder):
    record_all(folder, exchange(payload=b"12345"))
    (path,) = folder.warcs()
    text = gzip.decompress(path.read_bytes())
    assert b"Transfer-Encoding" not in text
    assert b"Content-Length: 5\r\n\r\n12345" in text


def test_identical_payload_becomes_a_revisit_that_names_the_first_record(folder):
    first, second = record_all(folder, exchange(), exchange(url="http://portal.example/b"))
    found = {h["WARC-Record-ID"]: h for h in headers_of(folder)}
    assert found[first]["WARC-Type"] == "response"
    assert found[second]["WARC-Type"] == "revisit"
    assert found[second]["WARC-Refers-To"] == first
    assert found[second]["WARC-Payload-Digest"] == found[first]["WARC-Payload-Digest"]


def test_cut_answer_is_kept_marked_and_never_referred_to(folder):
    cut, whole = record_all(folder, exchange(truncated="time"), exchange())
    found = {h["WARC-Record-ID"]: h for h in headers_of(folder)}
    assert found[cut]["WARC-Truncated"] == "time"
    assert found[whole]["WARC-Type"] == "response"


def test_same_bytes_under_another_content_encoding_are_stored_again(folder):
    gzipped = exchange(headers=[(b"Content-Encoding", b"gzip")])
    record_all(folder, exchange(), gzipped)
    assert [h["WARC-Type"] for h in headers_of(folder)].count("response") == 2


def test_warcio_and_fastwarc_find_nothing_wrong(folder):
    with Recorder(folder, worker=False) as recorder:
        record = recorder.exchange(exchange())
        recorder.exchange(exchange())
        recorder.failure(Failure("http://portal.example/x", "GET", AT, "dns", "no such host"))
        recorder.walk(Walk("p", "c", "http://portal.example/", {"id": "p"}, AT, AT, "end", [record]))
        recorder.given(Given("saved.html", b"<p>saved</p>", None, AT, "somebody"))
    (path,) = folder.warcs()
    bin_folder = Path(sys.executable).parent
    for command in (["warcio", "check"], ["fastwarc", "check", "-q"]):
        done = subprocess.run([bin_folder / command[0], *command[1:], path], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("cut", [1, 7, 40, 200])
def test_what_a_dead_process_left_half_written_is_cut_and_the_rest_kept(folder, cut):
    record_all(folder, exchange(), exchange(payload=b"second"))
    (path,) = folder.warcs()
    whole = path.read_bytes()
    members = [i for i in range(len(whole)) if whole[i : i + 3] == b"\x1f\x8b\x08"]
    opened = path.rename(path.with_name(path.name + warc.OPEN))
    opened.write_bytes(whole[: members[-1] + cut])
    with writing(folder) as mended:
        assert mended == [opened]
    assert path.read_bytes() == whole[: members[-1]]
    assert "mended" in folder.journal.read_text()


def test_file_without_a_whole_member_goes(folder):
    folder.create()
    (folder.warc / "x.warc.gz.open").write_bytes(b"\x1f\x8b\x08\x00")
    with writing(folder):
        pass
    assert folder.warcs() == []


def test_second_writer_is_told_that_the_archive_is_busy(folder):
    with writing(folder), pytest.raises(Fault) as caught, writing(folder):
        pass
    assert caught.value.status == Status.BUSY


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_unwritable_folder_is_one_sentence(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(Fault, match="cannot be written"):
        Folder(tmp_path / "archive").create()


def test_folder_below_a_file_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="cannot be written"):
        Folder(tmp_path / "file" / "archive").create()


@pytest.mark.parametrize("longest", [payloads.LONGEST, 100])
def test_records_are_read_the_same_however_they_are_held(folder, monkeypatch, longest):
    monkeypatch.setattr(payloads, "LONGEST", longest)
    record_all(folder, exchange(), exchange("http://portal.example/b", payload=b"second"))
    (path,) = folder.warcs()
    ours = [
        (offset, record.headers["WARC-Type"], record.reader.read())
        for offset, record in payloads.records(path, 0, path.stat().st_size)
    ]
    with path.open("rb") as file:
        theirs = [(r.stream_pos, r.headers["WARC-Type"], r.reader.read()) for r in ArchiveIterator(file)]
    assert ours == [one for one in theirs if one[1] != "request"]
