"""A union of archives: in any order, in any grouping, any number of times."""

import csv
import gzip
import shutil
from contextlib import closing, suppress

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from archive.captures.warc import OPEN
from archive.database import read_database
from archive.folder import Folder, writing
from archive.inputs import new_judgement, read_judgements, write_judgement
from archive.upkeep.merge import merge
from archive.upkeep.natural import differences
from archive.upkeep.rebuild import rebuild
from archive.upkeep.update import update
from archive.upkeep.verify import verify
from crawler.demo.county import yingchuan
from parsers.errors import Fault, Status
from tests.archive.simulated import SimulatedCrawl, at

JUDGED = [
    ("exempt", "990201100/2022", "", "2025-03-01"),
    ("deadline", "990201100/2023", "2024-04-30", "2025-03-02"),
    ("deadline", "990201100/2023", "2024-05-31", "2025-03-03"),  # thought better of
]


def judgement(number):
    kind, target, value, day = JUDGED[number]
    return new_judgement(kind=kind, target=target, value=value, reason="函", by="张三", date=day)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """WARC files that archives are made of: three crawls, of two of them a copy that says something else under the
    same name, of one a copy under another name."""
    root = tmp_path_factory.mktemp("warcs")
    folder = Folder(root / "grown").create()
    site = yingchuan()
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    site.edit_cell(
        "平原镇" if "平原镇" in str(site) else _unit(folder), 2023, "requests.granted.business", 41
    )
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    SimulatedCrawl(folder, site, "2025-02-09T01:00:00Z", unfinished={"townships"})
    made = folder.warcs()
    (root / "cut").mkdir()
    for path in made[:2]:
        data = path.read_bytes()
        (root / "cut" / path.name).write_bytes(data[: len(data) // 2])
    shutil.copy(made[1], root / "copied.warc.gz")
    return [*made, *sorted((root / "cut").iterdir()), root / "copied.warc.gz"]


def _unit(folder):
    with closing(read_database(folder)) as database:
        query = "SELECT name FROM units JOIN reports ON reports.unit = units.id WHERE year = 2023 LIMIT 1"
        return database.execute(query).fetchone()[0]


def made_of(root, files, judgements=()):
    folder = Folder(root).create()
    for path in files:
        shutil.copy(path, folder.warc)
    for number in sorted(judgements):
        write_judgement(folder.inputs, judgement(number))
    return folder


def merged(root, *others):
    folder = Folder(root)
    with at("2025-03-10T00:00:00Z"):
        merge(folder, list(others))
    return folder


def same(one, two):
    assert [p.name for p in one.warcs()] == [p.name for p in two.warcs()]
    judged = ({(line.kind, line.target): line for line in read_judgements(f.inputs)} for f in (one, two))
    assert next(judged) == next(judged)
    with closing(read_database(one)) as mine, closing(read_database(two)) as theirs:
        assert differences(mine, theirs) == {}


ARCHIVE = st.tuples(
    st.sets(st.integers(0, 2), max_size=2),  # files of different names
    st.sampled_from([None, 3, 4, 5]),  # one that is like another
    st.sampled_from([set(), {0}, {1}, {0, 1}, {1, 2}]),
)


@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a merge takes a second: too long to look for less
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(parts=((set(), 5, {1}), (set(), 3, set()), ({1, 2}, 3, set())))  # a list comes after its walk
@given(parts=st.tuples(ARCHIVE, ARCHIVE, ARCHIVE))
def test_merging_is_associative_commutative_and_idempotent(files, tmp_path_factory, parts):
    root = tmp_path_factory.mktemp("merge")
    a, b, c = (
        made_of(root / name, _chosen(files, numbers, like), judgements)
        for name, (numbers, like, judgements) in zip("abc", parts, strict=True)
    )
    left = merged(merged(merged(root / "left", a).root, b).root, c)
    right = merged(merged(root / "right", merged(root / "cb", c, b)).root, a)
    same(left, right)
    before = _journal(left)
    same(merged(left.root, a, left_copy(root, left)), right)
    assert _journal(left) == before
    assert rebuild(left).differences == {}
    shutil.rmtree(root)


def _journal(folder):
    return folder.journal.read_bytes() if folder.journal.exists() else b""


def left_copy(root, folder):
    shutil.copytree(folder.root, root / "copy")
    return Folder(root / "copy")


def _chosen(files, numbers, like):
    chosen = {files[number].name: files[number] for number in numbers}
    if like is not None:
        chosen[files[like].name] = files[like]
    return chosen.values()


def test_file_of_the_same_name_is_never_overwritten(files, tmp_path):
    whole, cut = files[0], files[3]
    assert whole.name == cut.name
    one, two = made_of(tmp_path / "one", [whole]), made_of(tmp_path / "two", [cut])
    update(one)
    for folder in (merged(tmp_path / "new", one, two), merged(one.root, two)):
        contents = {path.read_bytes() for path in folder.warcs()}
        assert contents == {whole.read_bytes(), cut.read_bytes()}
        assert {d.code for d in verify(folder).damages} == {"damaged"}
    assert [p.read_bytes() for p in two.warcs()] == [cut.read_bytes()]


def test_conflicting_inputs_are_named_and_nothing_is_copied(files, tmp_path):
    one, two = made_of(tmp_path / "one", files[:1], {1}), made_of(tmp_path / "two", files[1:2])
    other = judgement(1).model_copy(update={"value": "2024-06-30"})
    write_judgement(two.inputs, other)
    for folder, record in ((one, "id: a\n"), (two, "id: b\n")):
        (folder.inputs / "portals" / "qinghe.yaml").write_text(record)
    for into, others in ((one, [two]), (two, [one]), (Folder(tmp_path / "new"), [one, two])):
        with pytest.raises(Fault) as told:
            merge(into, others)
        assert told.value.status is Status.ARGUMENTS
        lines = told.value.sentence.splitlines()
        assert len(lines) == 3
        assert "deadline, 990201100/2023" in lines[1]
        assert "qinghe.yaml" in lines[2]
    assert (len(one.warcs()), len(two.warcs())) == (1, 1)


def test_later_judgement_stands_whichever_archive_has_it(files, tmp_path):
    one, two = made_of(tmp_path / "one", files[:1], {1}), made_of(tmp_path / "two", files[:1], {1, 2})
    for folder in (merged(tmp_path / "new", one, two), merged(tmp_path / "turned", two, one)):
        assert [line.value for line in read_judgements(folder.inputs)] == ["2024-05-31"]
        with (folder.inputs / "judgements.csv").open(encoding="utf-8") as file:
            assert [row["value"] for row in csv.DictReader(file)] == ["2024-04-30", "2024-05-31"]


def test_archive_that_is_being_written_is_not_merged(files, tmp_path):
    one, two = made_of(tmp_path / "one", files[:1]), made_of(tmp_path / "two", files[1:2])
    for busy in (one, two):
        with writing(busy), pytest.raises(Fault, match="another command") as told:
            merge(one, [two])
        assert told.value.status is Status.BUSY
    assert len(one.warcs()) == 1
    with pytest.raises(Fault, match="itself"):
        merge(one, [Folder(one.root / ".." / "one")])


def test_what_a_dead_process_left_is_merged_up_to_its_last_whole_record(files, tmp_path):
    one, two = made_of(tmp_path / "one", []), made_of(tmp_path / "two", [])
    data = files[0].read_bytes()
    left = two.warc / (files[0].name + OPEN)
    left.write_bytes(data[:-30])
    with at("2025-03-10T00:00:00Z"):
        assert merge(one, [two]).summary.damaged == []
    (path,) = one.warcs()
    assert data.startswith(path.read_bytes())
    gzip.decompress(path.read_bytes())
    assert left.read_bytes() == data[:-30]
    with writing(two):  # mends it
        pass
    with at("2025-03-10T00:00:00Z"):
        assert merge(one, [two]).warcs == []


def test_copy_that_fails_leaves_no_half_file(files, tmp_path, monkeypatch):
    from archive.upkeep import copying

    one, two = made_of(tmp_path / "one", []), made_of(tmp_path / "two", files[:1])
    kept = copying._write

    def cut(source, beside, size):
        kept(source, beside, size // 2)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "_write", cut)
    with pytest.raises(Fault, match="No space left") as told:
        merge(one, [two])
    assert told.value.status is Status.ATTENTION
    assert list(one.warc.iterdir()) == []
    with suppress(Fault):
        monkeypatch.setattr(copying, "_write", lambda source, beside, size: kept(source, beside, size // 2))
        merge(one, [two])
    assert list(one.warc.iterdir()) == []
