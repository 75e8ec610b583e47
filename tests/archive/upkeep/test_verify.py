"""What is damaged is named, with what hangs on it; what is sound is not."""

import gzip
import json
import shutil
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.captures.scan import pieces
from archive.captures.warc import OPEN
from archive.database import open_database
from archive.folder import Folder, writing
from archive.upkeep.rebuild import rebuild
from archive.upkeep.update import update
from archive.upkeep.verify import verify
from crawler.demo.county import yingchuan
from tests.archive.simulated import SimulatedCrawl, at


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two crawls, the second of which finds every report unchanged but one that is gone from its list."""
    folder = Folder(tmp_path_factory.mktemp("verify") / "archive").create()
    site = yingchuan()
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    SimulatedCrawl(folder, site, "2025-02-12T01:00:00Z")
    return folder


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made.root, tmp_path / "archive")
    return Folder(tmp_path / "archive")


def row(folder, query, *values):
    with closing(open_database(folder)) as database:
        return tuple(database.execute(query, values).fetchone())


REPORT = """SELECT captures.record, warcs.name, offset, url FROM captures JOIN warcs ON warcs.id = warc
    JOIN readings ON readings.body = (SELECT id FROM bodies WHERE digest = captures.body)
    WHERE kind = 'response' AND outcome = 'report' ORDER BY offset LIMIT 1"""


def spoil(folder, name, offset, data=b"\x00\x00\x00\x00", beyond=40):
    with (folder.warc / name).open("r+b") as file:
        file.seek(offset + beyond)
        file.write(data)


def test_sound_archive_has_no_faults(folder):
    found = verify(folder)
    assert found.damages == []
    assert (found.files, found.kept, found.open) == (2, 0, [])
    assert found.records > 40


def test_damaged_record_is_named_with_what_hangs_on_it(folder):
    record, name, offset, url = row(folder, REPORT)
    spoil(folder, name, offset)
    (damage,) = verify(folder).damages
    assert (damage.code, damage.file, damage.offset, damage.record, damage.url) == (
        *("damaged", name, offset, record),
        url,
    )
    assert "decompressed" in damage.message
    assert damage.hanging.lost == "payload"
    assert len(damage.hanging.revisits) == 1
    (report,) = damage.hanging.reports
    code, _, year = report.split()
    assert row(folder, "SELECT count(*) FROM units WHERE code = ?", code) == (1,)
    assert year in {"2022", "2023"}


def test_records_after_the_damage_are_read(folder):
    before = verify(folder).records
    _, name, offset, _ = row(folder, REPORT)
    spoil(folder, name, offset)
    assert verify(folder).records == before - 1


def test_damaged_list_page_names_its_column_and_the_absences_that_rest_on_it(made, folder):
    record, name, offset = row(
        folder,
        """SELECT walk_lists.capture, warcs.name, captures.offset FROM grounds
           JOIN json_each(grounds.captures) AS shown JOIN walk_lists ON walk_lists.capture = shown.value
           JOIN captures ON captures.record = walk_lists.capture JOIN warcs ON warcs.id = captures.warc LIMIT 1""",
    )
    spoil(folder, name, offset)
    (damage,) = verify(folder).damages
    assert damage.record == record
    assert damage.hanging.lost == "sight"
    assert damage.hanging.columns[0].startswith("yingchuan/")
    assert damage.hanging.absences


def test_payload_that_stands_elsewhere_too_is_not_lost(folder):
    record, name, offset, _ = row(folder, REPORT)
    with (folder.warc / name).open("rb") as file:
        file.seek(offset)
        data = gzip.decompress(next(_members(file)))
    other = data.replace(record.encode(), b"<urn:uuid:00000000-0000-0000-0000-000000000001>")
    (folder.warc / "zz.warc.gz").write_bytes(gzip.compress(other))
    update(folder)
    spoil(folder, name, offset)
    (damage,) = verify(folder).damages
    assert damage.hanging.lost == "sight"
    assert damage.hanging.copy == "<urn:uuid:00000000-0000-0000-0000-000000000001>"


def _members(file):
    from isal import isal_zlib

    member = isal_zlib.decompressobj(wbits=31)
    data = file.read()
    member.decompress(data)
    yield data[: len(data) - len(member.unused_data)]


def test_record_that_is_whole_but_another_has_not_its_digest(folder):
    """As if somebody had changed a number and packed the record again."""
    record, name, offset, _ = row(folder, REPORT)
    path = folder.warc / name
    data = path.read_bytes()
    member = next(_members_at(path, offset))
    text = gzip.decompress(member)
    block = text.index(b"\r\n\r\n", text.index(b"HTTP/")) + 60
    changed = text[:block] + bytes([text[block] ^ 1]) + text[block + 1 :]
    path.write_bytes(data[:offset] + gzip.compress(changed) + data[offset + len(member) :])
    found = [d for d in verify(folder).damages if d.code == "damaged"]
    assert [(d.record, d.message) for d in found] == [(record, "its block does not have its digest")]


def _members_at(path, offset):
    with path.open("rb") as file:
        file.seek(offset)
        yield from _members(file)


def test_file_that_is_gone_takes_its_records_with_it(folder):
    path = folder.warcs()[0]
    path.unlink()
    found = verify(folder).damages
    assert {d.code for d in found} == {"gone"}
    assert {d.type for d in found} == {"response", "walk"}
    named = {text for d in found for text in d.hanging.reports}
    assert (len(named),) == row(folder, "SELECT count(*) FROM reports")


def test_file_that_the_index_does_not_have(folder):
    shutil.copy(folder.warcs()[0], folder.warc / "copy.warc.gz")
    (damage,) = verify(folder).damages
    assert (damage.code, damage.file) == ("unknown", "copy.warc.gz")
    update(folder)
    assert verify(folder).damages == []


def test_file_still_being_written_is_left_alone(folder):
    with writing(folder):
        path = folder.warcs()[0]
        path.rename(path.with_name(path.name + OPEN))
        found = verify(folder)
        assert (found.damages, found.open) == ([], [path.name + OPEN])


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM records WHERE id = (SELECT max(id) FROM records)", "record_without_row"),
        ("DELETE FROM walks WHERE id = 1", "record_without_row"),
        ("UPDATE records SET record = '<urn:uuid:0>' WHERE id = 3", "row_without_record"),
        ("UPDATE records SET offset = offset + 1 WHERE id = 3", "row_differs"),
        ("UPDATE records SET payload = payload + 1 WHERE id = 3", "row_differs"),
        ("UPDATE warcs SET indexed = indexed - 1 WHERE id = 1", "behind"),
    ],
)
def test_database_is_compared_with_the_records(folder, statement, code):
    with closing(open_database(folder)) as database, database:
        database.execute(statement)
    assert code in {d.code for d in verify(folder).damages}
    rebuild(folder)
    assert verify(folder).damages == []


def test_archive_without_a_database_is_checked_all_the_same(folder):
    _, name, offset, _ = row(folder, REPORT)
    spoil(folder, name, offset)
    for path in folder.root.glob("archive.db*"):
        path.unlink()
    found = verify(folder)
    assert [d.code for d in found.damages] == ["database", "damaged"]
    assert found.records > 40


def test_interrupted_round_goes_on_where_it_was(folder):
    first = folder.warcs()[0].name

    def stop(name, _size):
        if name != first:
            raise KeyboardInterrupt

    _, name, offset, _ = row(folder, REPORT)
    spoil(folder, name, offset)
    with pytest.raises(KeyboardInterrupt):
        verify(folder, progress=stop)
    read = set()
    found = verify(folder, progress=lambda name, _: read.add(name))
    assert read == {folder.warcs()[1].name}
    assert (found.files, found.kept, len(found.damages)) == (2, 1, 1)
    assert verify(folder).kept == 0


def test_what_was_found_sound_since_a_day_is_not_read_again(folder):
    first, second = folder.warcs()
    with at("2025-03-01T00:00:00Z"):
        verify(folder)
    spoil(folder, second.name, 20)
    lines = [json.loads(line) for line in (folder.root / "verified.jsonl").read_text().splitlines()]
    assert [next(iter(line)) for line in lines] == ["begun", "file", "file", "ended"]
    with at("2025-03-02T00:00:00Z"):
        from archive import clock

        found = verify(folder, since=clock.instant("2025-03-01T00:00:00Z"))
        assert (found.kept, {d.file for d in found.damages}) == (1, {second.name})
        again = verify(folder, since=clock.instant("2025-03-01T00:00:00Z"))
        assert (again.kept, len(again.damages)) == (1, len(found.damages))  # damage is looked at again
        assert verify(folder, since=clock.instant("2025-03-03T00:00:00Z")).kept == 0
        assert first.exists()


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_damaged_byte_range_is_found_and_nothing_else_is(made, data):
    path = made.warcs()[0]
    whole = path.read_bytes()
    begin = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(12, 300))  # six bytes of a gzip head say nothing
    spoiled = whole[:begin] + bytes(b ^ 0xFF for b in whole[begin : begin + length]) + whole[begin + length :]
    copy = made.root.parent / "spoiled.warc.gz"
    copy.write_bytes(spoiled)
    sound = {(p.offset, p.end) for p in pieces(path, len(whole))}
    read = list(pieces(copy, len(spoiled)))
    bad = [(p.offset, p.end) for p in read if p.fault]
    hit = {(b, e) for b, e in sound if b < begin + length and e > begin}
    assert {(p.offset, p.end) for p in read if not p.fault} >= sound - hit
    assert bad
    assert all(any(b < e2 and b2 < e for b2, e2 in hit) for b, e in bad)


@pytest.mark.parametrize("cut", [1, 9, 200])
def test_plain_warc_is_read_and_its_damage_found(made, tmp_path, cut):
    whole = gzip.decompress(made.warcs()[0].read_bytes())
    path = tmp_path / "plain.warc"
    path.write_bytes(whole)
    sound = list(pieces(path, len(whole)))
    assert [p.fault for p in sound] == [""] * len(sound)
    assert sound[-1].end == len(whole)
    third = sound[3]
    path.write_bytes(whole[: third.end - cut] + whole[third.end :])
    read = list(pieces(path, len(whole) - cut))
    assert sum(bool(p.fault) for p in read) == 1
    assert len([p for p in read if not p.fault]) >= len(sound) - 2
