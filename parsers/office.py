"""LibreOffice as a converter: what no reader of ours understands → DOCX or XLSX, many files in one start.

The one module of this package that runs a program. No reader calls it by itself: who reads a document hands a
converter to `parse`, or none. Documents are hostile: the program runs with a profile of its own in a temporary folder,
with macros off and no network, and is killed with all it started when its time is over or when we die.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")

START_SECONDS, FILE_SECONDS = 60, 20
"""How long a start with a fresh profile and each file in it may take; measured are 2 s and 0.1 s."""

FOLDER = "gongkai-office-"

_ALONE = (
    "setpriv",
    "--pdeathsig",
    "KILL",
    "unshare",
    "--map-root-user",
    "--net",
    "--pid",
    "--fork",
    "--kill-child",
)
"""Runs a program without network, in a process namespace that dies with its first process, and that with ours; of
util-linux, and only where the system lets users make namespaces."""

_SETTINGS = (
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
)
"""Of the profile. Port 9 of the own machine answers nobody: where namespaces are not to be had, pictures that a
document links are not fetched either."""


class LibreOffice:
    """The program at a path."""

    def __init__(self, program: str) -> None:
        self._program = program

    @property
    def engine(self) -> str:
        """Its name with its version, for which it must be asked: most readings never need it."""
        return _version(self._program)

    def convert(self, data: bytes, target: str) -> bytes:
        """One file as `target` (`docx` or `xlsx`); empty where the program makes nothing of it."""
        return self.convert_all([data], target)[0]

    def convert_all(self, files: Sequence[bytes], target: str) -> list[bytes]:
        """Files in one start. A file on which the program dies or hangs must not cost the others their
        conversion: what a start of several leaves undone is tried once more alone."""
        made = self._run(files, target)
        if len(files) > 1:
            made = [done or self._run([data], target)[0] for data, done in zip(files, made, strict=True)]
        return made

    def _run(self, files: Sequence[bytes], target: str) -> list[bytes]:
        _sweep()
        with tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-") as name:
            folder = Path(name)
            _write_profile(folder)
            for number, data in enumerate(files):
                (folder / f"{number}.bin").write_bytes(data)  # it tells formats from the bytes
            sources = [str(path) for path in sorted(folder.glob("[0-9]*"))]
            self._start(
                folder, [*_options(folder, target), *sources], START_SECONDS + FILE_SECONDS * len(files)
            )
            made = [folder / "out" / f"{number}.{target}" for number in range(len(files))]
            return [path.read_bytes() if path.is_file() else b"" for path in made]

    def _start(self, folder: Path, options: list[str], seconds: float) -> None:
        environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
        nothing = subprocess.DEVNULL
        process = subprocess.Popen(  # noqa: S603 - a program found on the path, and names that we gave
            [*_alone(), self._program, *options],
            stdin=nothing, stdout=nothing, stderr=nothing, cwd=folder, env=environment, start_new_session=True,
        )  # fmt: skip
        try:
            with suppress(subprocess.TimeoutExpired):  # what was not made until then counts as not made
                process.wait(seconds)
        finally:
            with suppress(ProcessLookupError):  # all of them have ended
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def found() -> LibreOffice | None:
    """The program of this machine; `None` where there is none on the path."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return LibreOffice(program) if program else None


@cache
def _version(program: str) -> str:
    said = subprocess.run(  # noqa: S603 - a program found on the path
        [program, "--version"], capture_output=True, text=True, timeout=START_SECONDS, check=False
    ).stdout
    match = re.search(r"\d+(?:\.\d+)+", said)
    return f"libreoffice {match.group() if match else 'of unknown version'}"


@cache
def _alone() -> tuple[str, ...]:
    if not all(map(shutil.which, ("setpriv", "unshare", "true"))):
        return ()
    tried = subprocess.run([*_ALONE, "true"], capture_output=True, timeout=10, check=False)  # noqa: S603 - constants
    return () if tried.returncode else _ALONE


def _options(folder: Path, target: str) -> list[str]:
    profile = (folder / "profile").as_uri()
    fixed = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
    return [
        f"-env:UserInstallation={profile}",
        *fixed,
        "--convert-to",
        target,
        "--outdir",
        str(folder / "out"),
    ]


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _sweep() -> None:
    """Remove the folders of processes that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}[0-9]*"):
        owner = int(folder.name.removeprefix(FOLDER).partition("-")[0])
        try:
            os.kill(owner, 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue  # another user's, alive
