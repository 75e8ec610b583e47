"""An extra that comes after the documents that need it."""

import hashlib
import json
from contextlib import closing

import pytest
from click.testing import CliRunner

from archive.captures.ingest import ingest
from archive.database import read_database
from archive.folder import Folder
from archive.readings import extras, tables
from archive.upkeep.rebuild import rebuild
from archive.upkeep.update import update
from crawler.cli import gongkai
from crawler.demo.office import as_docx
from crawler.demo.reports import make_report
from parsers import ocr
from parsers.parse import Reading
from tests.archive.simulated import SimulatedCrawl
from tests.parsers.readers.foreign_files import as_odt

ISSUERS = ("白鹭镇人民政府", "望星镇人民政府", "柳河乡人民政府")
SCRIPT = """#!/bin/sh
[ $1 = --version ] && echo "LibreOffice 1.2.3" && exit
echo started >> {root}/starts
for x; do case $x in
*/out) mkdir $x; out=$x;;
*/[0-9]*.bin) cp {root}/$(sha256sum $x | cut -c 1-64).docx $out/$(basename $x .bin).docx;;
esac; done
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An archive with three documents that only a converter can read, and no converter."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    folder = Folder(tmp_path / "archive")
    for number, issuer in enumerate(ISSUERS):
        (tmp_path / f"{number}.odt").write_bytes(as_odt(make_report(issuer, 2022, seed=number)))
    ingest(folder, sorted(tmp_path.glob("*.odt")))
    update(folder)
    return folder


def install(root, monkeypatch):
    """A converter that has each file's conversion by its digest, and notes that it was started."""
    for number, issuer in enumerate(ISSUERS):
        digest = hashlib.sha256((root / f"{number}.odt").read_bytes()).hexdigest()
        (root / f"{digest}.docx").write_bytes(as_docx(make_report(issuer, 2022, seed=number)))
    program = root / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(SCRIPT.format(root=root))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def asked(folder, query):
    with closing(read_database(folder)) as database:
        return [tuple(row) for row in database.execute(query)]


def test_what_waits_for_an_extra_is_counted_and_the_command_named(folder):
    counts = json.loads(
        CliRunner().invoke(gongkai, ["--archive", str(folder.root), "status", "--json"]).stdout
    )
    assert counts[f"documents that wait for office ({extras.INSTALL['office']})"] == 3


def test_documents_are_read_when_their_extra_has_come_in_one_start(folder, tmp_path, monkeypatch):
    before = asked(folder, "SELECT body, part, id, generation FROM readings")
    install(tmp_path, monkeypatch)
    assert update(folder).again == 3
    assert asked(folder, "SELECT body, part, id, generation FROM readings") == before
    assert asked(folder, "SELECT DISTINCT outcome, lacks, engines FROM readings") == [
        ("report", "[]", '["libreoffice 1.2.3"]')
    ]
    assert (tmp_path / "starts").read_text() == "started\n"
    assert asked(folder, "SELECT count(*) FROM reports") == [(3,)]
    assert update(folder).again == 0
    assert rebuild(folder).differences == {}
    assert (tmp_path / "starts").read_text() == "started\n"


def test_only_what_lacks_the_extra_is_read_again_and_its_portal_derived_anew(tmp_path, monkeypatch):
    """Of a county with one page that is read in part for lack of text recognition."""
    from crawler.demo.county import qinghe

    def without(data, engines):
        reading = parse(data, engines)
        is_scan = "白鹭镇".encode() in data and "2023年".encode() in data
        return Reading("html", "unreadable", message="a scan", lacks=("ocr",)) if is_scan else reading

    def noted(data, engines):
        read.append(data)
        return parse(data, engines)

    read, parse = [], tables.parse
    folder = Folder(tmp_path / "archive").create()
    monkeypatch.setattr(tables, "parse", without)
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    unread = asked(folder, "SELECT count(*) FROM ledger WHERE reading = 'unread'")[0][0]
    lacking = asked(folder, "SELECT count(DISTINCT body) FROM readings WHERE lacks = '[\"ocr\"]'")[0][0]
    assert unread
    assert lacking
    monkeypatch.setattr(tables, "parse", noted)
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    assert (update(folder).again, len(read)) == (0, 0)
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    summary = update(folder)
    assert (summary.again, len(read), summary.derived) == (lacking, lacking, 1)
    assert asked(folder, "SELECT count(*) FROM ledger WHERE reading = 'unread'") == [(0,)]
    assert rebuild(folder).differences == {}
