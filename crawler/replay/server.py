"""Starting and ending the process in which pywb runs."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from crawler.replay.environment import environment_python
from crawler.replay.pages import article_pages
from pipelines.archive import Archive
from pipelines.errors import CitynewsError, ConfigurationError
from pipelines.warc.cdxj import cdxj_path

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
PORT_TAKEN = 4
"""Exit code of ``front`` where it cannot have its port."""
ERRORS = "errors.log"
"""What the process prints besides, in its temporary folder."""
PATIENCE_S = 5
"""Seconds in which it must end when it is told to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A replay that is being served."""

    url: str
    process: subprocess.Popen[str]


@contextmanager
def serving(archive: Archive, *, port: int, scripts: bool) -> Iterator[Replay]:
    """Serve an archive for as long as the block runs. Writes nothing into it.

    Args:
        archive: what is shown.
        port: on 127.0.0.1; 0 for any that is free.
        scripts: whether archived scripts are run.

    Raises:
        ConfigurationError: no index, no environment for pywb, or the port is taken.
        CitynewsError: pywb does not start; the sentence has its last words.
    """
    index = cdxj_path(archive)
    if not index.is_file():
        raise ConfigurationError(
            f"the index is missing; citynews rebuild {archive.portal.slug} makes it", place=str(index)
        )
    python = environment_python("pywb", REQUIREMENTS)
    told = {
        "root": str(archive.root), "index": str(index), "port": port,
        "scripts": scripts, "pages": article_pages(archive),
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="citynews-replay-") as name:
        folder = Path(name)
        process = _start(python, folder)
        try:
            yield Replay(url=f"http://127.0.0.1:{_tell(process, told, folder)}/", process=process)
        finally:
            _end(process)


def _start(python: Path, folder: Path) -> subprocess.Popen[str]:
    with open(folder / ERRORS, "wb") as errors:
        return subprocess.Popen(
            [python, "-I", HERE / "front.py"],
            cwd=folder,  # pywb looks for settings and templates where it is started
            env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,  # Ctrl-C is for us; we end it
        )


def _tell(process: subprocess.Popen[str], told: dict[str, object], folder: Path) -> int:
    """Say what is to be served, and hear on which port it is."""
    assert process.stdin is not None and process.stdout is not None
    with suppress(BrokenPipeError):  # then its last words say why
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
    line = process.stdout.readline().strip()
    if line:
        return int(line)
    process.wait()
    said = (folder / ERRORS).read_text("utf-8", "replace").strip().splitlines() or ["it said nothing"]
    if process.returncode == PORT_TAKEN:
        raise ConfigurationError(
            f"port {told['port']} cannot be had ({said[-1]}); choose another with --port, or 0 for any"
        )
    raise CitynewsError(f"pywb does not start: {said[-1]}")


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.communicate(timeout=PATIENCE_S)  # ends its standard input
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
