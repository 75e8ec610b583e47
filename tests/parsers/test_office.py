"""The converter itself, with the program where it is installed."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from crawler.demo.office import docx_of, docx_paragraph
from crawler.demo.reports import make_report
from parsers import office
from parsers.engines import Engines
from parsers.parse import parse
from tests.parsers.readers.foreign_files import as_odt, odt_of


@pytest.fixture(scope="module")
def program():
    found = office.found()
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_without_the_program_there_is_no_converter(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office.found() is None


def test_reports_are_read_through_one_start(program, folder):
    reports = [make_report("白鹭镇人民政府", 2022, form, seed=7, busy=40) for form in ("2021", "2019")]
    files = [*map(as_odt, reports), b"PK\x03\x04 no document"]
    made = dict(zip(files, program.convert_all(files, "docx"), strict=True))
    assert made.pop(files[2]) == b""
    engines = Engines(lambda body, engine, make: made[body], program)
    for report, data in zip(reports, made, strict=True):
        reading = parse(data, engines)
        assert reading.format == "odt"
        assert reading.engines[0].startswith("libreoffice ")
        assert reading.reports[0].cells() == report.figures()
    assert list(folder.iterdir()) == []


class Ear:
    """A server that remembers whether anybody called."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.called = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        try:
            self.socket.accept()[0].close()
        except OSError:
            return
        self.called.set()


@pytest.mark.parametrize("alone", [True, False])
def test_a_picture_that_a_document_links_is_not_fetched(program, monkeypatch, alone):
    if not alone:
        monkeypatch.setattr(office, "_alone", lambda: ())
    ear = Ear()
    link = f"http://127.0.0.1:{ear.socket.getsockname()[1]}/a.png"
    frame = (
        '<text:p><draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'text:anchor-type="paragraph">'
        f'<draw:image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{link}"/></draw:frame>甲</text:p>'
    )
    assert program.convert(odt_of(frame), "docx")
    ear.socket.close()
    assert not ear.called.is_set()


def fake(folder, script):
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n[ $1 = --version ] && echo 'Fake 9.8.7' && exit\n{script}\n")
    path.chmod(0o755)
    return office.LibreOffice(str(path))


def test_a_program_that_hangs_is_killed_with_what_it_started(folder, monkeypatch):
    monkeypatch.setattr(office, "START_SECONDS", 0.3)
    monkeypatch.setattr(office, "FILE_SECONDS", 0)
    monkeypatch.setattr(office, "_alone", lambda: ())
    hanging = fake(folder, f"sleep 60 & echo $! > {folder}/child; wait")
    assert hanging.engine == "libreoffice 9.8.7"
    assert hanging.convert(b"a", "docx") == b""
    child = int((folder / "child").read_text())
    for _ in range(50):
        if not Path(f"/proc/{child}").exists() or " Z " in Path(f"/proc/{child}/stat").read_text():
            break
        time.sleep(0.02)
    else:
        pytest.fail("what the program started lives on")
    assert [path.name for path in folder.iterdir() if path.is_dir()] == []


def test_a_file_on_which_the_program_dies_costs_the_others_nothing(folder):
    script = (
        "for x; do case $x in */out) mkdir $x; out=$x;; */[0-9].bin) grep -q bad $x && exit 1;"
        " cp $x $out/$(basename $x .bin).docx;; esac; done"
    )
    dying = fake(folder, script)
    assert dying.convert_all([b"one", b"bad", b"two"], "docx") == [b"one", b"", b"two"]


def test_the_folder_of_a_killed_process_is_removed_by_the_next(program, folder):
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    left, mine = folder / f"{office.FOLDER}{dead.pid}-abc", folder / f"{office.FOLDER}{os.getpid()}-abc"
    left.mkdir()
    mine.mkdir()
    program.convert(docx_of(docx_paragraph("甲")), "docx")
    assert list(folder.iterdir()) == [mine]


def _command(process):
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def test_killing_us_kills_the_program(folder):
    if not office._alone():
        pytest.skip("namespaces cannot be made here")
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\ntouch {folder}/begun; sleep 61.5\n")
    path.chmod(0o755)
    code = (
        "from parsers import office; office._version = lambda p: ''; "
        f"office.LibreOffice({str(path)!r}).convert(b'a', 'docx')"
    )
    us = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(folder)})
    for _ in range(200):
        if (folder / "begun").exists():
            break
        time.sleep(0.02)
    us.send_signal(signal.SIGKILL)
    us.wait()
    for _ in range(100):
        if not any(b"61.5" in _command(each) for each in Path("/proc").glob("[0-9]*")):
            return
        time.sleep(0.02)
    pytest.fail("the program lives on")
