from contextlib import closing

import pytest

from archive.captures.ingest import ingest
from archive.database import read_database
from archive.folder import Folder
from archive.readings.kept import Kept
from archive.upkeep.rebuild import rebuild
from archive.upkeep.update import update
from crawler.demo.office import as_docx
from crawler.demo.reports import make_report
from tests.parsers.readers.foreign_files import as_odt


def never():
    pytest.fail("it was made again")


def test_what_is_kept_is_not_made_again(tmp_path):
    kept = Kept(tmp_path)
    assert kept(b"body", "engine 1", lambda: b"one") == b"one"
    assert kept(b"body", "engine 1", never) == b"one"
    assert Kept(tmp_path)(b"body", "engine 1", never) == b"one"


def test_another_engine_or_body_has_an_output_of_its_own(tmp_path):
    kept = Kept(tmp_path)
    kept(b"body", "engine 1", lambda: b"one")
    assert kept(b"body", "engine 2", lambda: b"two") == b"two"
    assert kept(b"other", "engine 1", lambda: b"three") == b"three"
    assert kept(b"body", "engine 1", never) == b"one"


def test_what_is_damaged_is_made_again(tmp_path):
    kept = Kept(tmp_path)
    kept(b"body", "engine 1", lambda: b"one")
    (path,) = (each for each in tmp_path.rglob("*") if each.is_file())
    path.write_bytes(path.read_bytes()[:5])
    assert kept(b"body", "engine 1", lambda: b"new") == b"new"
    assert kept(b"body", "engine 1", never) == b"new"


SCRIPT = """#!/bin/sh
[ $1 = --version ] && echo "LibreOffice 1.2.3" && exit
echo started >> {root}/starts
for x; do case $x in
*/out) mkdir $x; out=$x;;
*/[0-9].bin) cp {root}/made.docx $out/$(basename $x .bin).docx;;
esac; done
"""


def test_a_rebuild_reads_what_was_converted_and_converts_nothing(tmp_path, monkeypatch):
    report = make_report("白鹭镇人民政府", 2022, seed=11)
    (tmp_path / "made.docx").write_bytes(as_docx(report))
    (tmp_path / "a.odt").write_bytes(as_odt(report))
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(SCRIPT.format(root=tmp_path))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    folder = Folder(tmp_path / "archive")
    ingest(folder, [tmp_path / "a.odt"])
    update(folder)
    for _ in range(2):
        with closing(read_database(folder)) as database:
            (engines, outcome) = database.execute("SELECT engines, outcome FROM readings").fetchone()
        assert (engines, outcome) == ('["libreoffice 1.2.3"]', "report")
        assert (tmp_path / "starts").read_text() == "started\n"
        rebuild(folder)
