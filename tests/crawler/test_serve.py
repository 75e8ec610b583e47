"""`gongkai serve` where it cannot serve, or is asked to serve everybody."""

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request

import pytest

from archive import clock
from archive.folder import Folder
from crawler.demo.county import yingchuan
from tests.archive.simulated import SimulatedCrawl

NOW = "2025-01-21T02:00:00Z"
WITHOUT_POWERS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""Makes root obey the modes of files."""
WITHOUT = "import sys; sys.modules['datasette'] = None; from crawler.cli import main; main()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("serve") / "archive").create()
    SimulatedCrawl(folder, yingchuan(), "2025-01-20T01:00:00Z")
    return folder


def run(*arguments, code=None):
    command = [sys.executable, *(("-c", code) if code else ("-m", "crawler"))]
    return subprocess.run(
        [*command, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, clock.MOVED: NOW},
        check=False,
    )


def test_without_the_extra_it_is_named(folder):
    done = run("--archive", str(folder.root), "serve", code=WITHOUT)
    assert done.returncode == 2
    assert done.stderr == "gongkai: the web pages need the extra: pip install 'gongkai[web]'\n"
    assert not (folder.root / "web.db").exists()


def test_where_no_archive_is(tmp_path):
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    done = run("--archive", str(tmp_path / "none"), "serve", "--port", "0")
    assert done.returncode == 2
    assert re.fullmatch(r"gongkai: \S+ holds no archive: .*\n", done.stderr)
    assert not (tmp_path / "none").exists()


def test_a_port_that_is_taken(folder):
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("--archive", str(folder.root), "serve", "--port", port)
    assert done.returncode == 2
    assert done.stderr.startswith(f"gongkai: 127.0.0.1:{port} cannot be listened at: Address already in use")


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("0.0.0.0", True)])  # noqa: S104 - is the case
def test_who_is_let_in_from_elsewhere_is_warned(folder, host, warned):
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    command = [
        sys.executable,
        "-m",
        "crawler",
        "--archive",
        str(folder.root),
        "serve",
        "--port",
        "0",
        "--host",
        host,
    ]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, clock.MOVED: NOW, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout.readline().startswith(f"http://{host}:")
    process.terminate()
    said = process.communicate(timeout=20)[1]
    assert ("other machines can reach 0.0.0.0" in said) == warned
    assert process.returncode in {0, -15, 143}


@pytest.fixture
def read_only(folder, tmp_path):
    """An archive that may not be written, and what to put before a command that obeys that."""
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may write everything, and setpriv is not installed")
    root = shutil.copytree(folder.root, tmp_path / "archive")
    for name in ("archive.db-wal", "archive.db-shm", "web.db", "web.db-wal", "web.db-shm", "archive.lock"):
        (root / name).unlink(missing_ok=True)
    whole = (root, *root.rglob("*"))
    for path in whole:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield root, WITHOUT_POWERS if os.getuid() == 0 else []
    for path in whole:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_an_archive_that_cannot_be_written_is_served_from_a_temporary_folder(read_only, tmp_path):
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    root, before = read_only
    names, elsewhere = {path.name for path in root.iterdir()}, tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [*before, sys.executable, "-m", "crawler", "--archive", str(root), "serve", "--port", "0"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, clock.MOVED: NOW, "PYTHONUNBUFFERED": "1", "TMPDIR": str(elsewhere)},
    )
    address = process.stdout.readline().split()[0]
    with urllib.request.urlopen(f"{address}gongkai/units.json", timeout=20) as answer:  # noqa: S310 - loopback
        assert b"990102" in answer.read()
    assert len(list(elsewhere.iterdir())) == 1
    process.terminate()
    said = process.communicate(timeout=20)[1]
    assert "web.db is made in a temporary folder" in said
    assert {path.name for path in root.iterdir()} == names
    assert list(elsewhere.iterdir()) == []
