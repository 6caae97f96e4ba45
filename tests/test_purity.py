"""Reading is pure: no network, no writing, no clock, no system zones, no memory of other pages.

Each reading here happens in a fresh process whose audit hook sees everything that Python
does, and whose clock is set by the test.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.running import ROOT
from tests.test_extract_fields import MARKUPS, URL

READER = r"""
import sys, time, datetime as dt, json, os
allowed, offset, reverse, warm = json.loads(sys.argv[1])
allowed = tuple(allowed)
real = time.time
if offset:
    time.time = lambda: real() + offset
    time.time_ns = lambda: int((real() + offset) * 1e9)
    class Moved(dt.datetime):
        @classmethod
        def now(cls, tz=None): return cls.fromtimestamp(real() + offset, tz)
        @classmethod
        def utcnow(cls): return cls.fromtimestamp(real() + offset)
        @classmethod
        def today(cls): return cls.now()
    class MovedDay(dt.date):
        @classmethod
        def today(cls): return cls.fromtimestamp(real() + offset)
    dt.datetime, dt.date = Moved, MovedDay
import pipelines.extract, pipelines.model
from pipelines.extract import extract_html
from pipelines.model import ReadingContext
pages = json.load(sys.stdin)
watching, seen = False, []
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.remove",
             "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink", "os.truncate",
             "os.utime", "shutil.", "ctypes.",
             "sqlite3.", "urllib.", "tempfile.", "os.putenv", "os.listdir", "os.scandir")
def hook(event, args):
    if not watching: return
    if event == "open":
        path, mode, flags = (list(args) + [None, None])[:3]
        writes = isinstance(mode, str) and set(mode) & set("wax+")
        writes = writes or (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or not str(path).startswith(allowed): seen.append([event, str(path)])
    elif event.startswith(FORBIDDEN): seen.append([event, repr(args)[:200]])
sys.addaudithook(hook)
when = dt.datetime(2026, 3, 20, 4, tzinfo=dt.timezone.utc)
context = ReadingContext(zone="Asia/Ho_Chi_Minh")
names = sorted(pages, reverse=reverse)
if warm:
    for name in names: extract_html(pages[name].encode(), "https://warm.example/" + name, captured_at=when)
watching = True
read = {n: extract_html(pages[n].encode(), "%s", captured_at=when, context=context) for n in names}
watching = False
def plain(article):
    return repr(article).replace("MovedDay(", "datetime.date(").replace("Moved(", "datetime.datetime(")
text = {n: plain(read[n]) for n in read}
print(json.dumps({"seen": seen, "read": text}))
""".replace("%s", URL)


def run(pages: dict[str, str], *, offset: float = 0, reverse: bool = False, warm: bool = False,
        code: str = READER, zone: str = "UTC") -> dict[str, object]:  # fmt: skip
    paths = sysconfig.get_paths()
    allowed = [paths["purelib"], paths["platlib"], paths["stdlib"], str(ROOT / "pipelines")]
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps([allowed, offset, reverse, warm])],
        input=json.dumps(pages),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "TZ": zone, "PYTHONHASHSEED": "random", "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    found = {name: build() for name, build in MARKUPS.items()}
    found["relative"] = (
        "<h1>Tin vắn trong ngày của thành phố</h1><div><time datetime='2026-03-19'>hôm qua</time></div>"
        + ("<p>Chiều nay, phà Mẫu tăng thêm hai chuyến để đưa học sinh các xã đảo về nhà nghỉ lễ.</p>" * 2)
    )
    found["broken"] = "<div><p>\x00" + "<b>" * 400 + "\ufffd"
    return found


@pytest.fixture(scope="module")
def first(pages: dict[str, str]) -> dict[str, object]:
    return run(pages)


def test_nothing_is_opened_asked_or_written(first: dict[str, object]) -> None:
    assert first["seen"] == []


def test_the_watcher_sees() -> None:
    spied = READER.replace(
        "watching = False\ndef plain",
        "open('/etc/hostname').close(); import socket; socket.socket().close()\nwatching = False\ndef plain",
    )
    seen = run({}, code=spied)["seen"]
    assert isinstance(seen, list) and {e for e, _ in seen} >= {"open", "socket.__new__"}


@pytest.mark.parametrize("years", [-10, 10])
def test_another_clock_gives_the_same_articles(
    pages: dict[str, str], first: dict[str, object], years: int
) -> None:
    assert run(pages, offset=years * 365.25 * 86400) == first


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_systems_zone_plays_no_part(pages: dict[str, str], first: dict[str, object], zone: str) -> None:
    assert run(pages, zone=zone) == first


def test_the_order_of_pages_plays_no_part(pages: dict[str, str], first: dict[str, object]) -> None:
    assert run(pages, reverse=True) == first
    assert run(pages, warm=True) == first


def test_the_real_pages_are_read_the_same_too() -> None:
    folders = [ROOT.parent / "shared" / name for name in ("real_pages", "world_pages")]
    if not all(f.is_dir() for f in folders):
        pytest.skip("the folders of real pages are not on this machine")
    real = {p.stem: Path(p).read_text("utf-8", "replace") for f in folders for p in sorted(f.glob("*.html"))}
    assert len(real) == 19
    first = run(real)
    assert first["seen"] == []
    assert run(real, offset=10 * 365.25 * 86400, reverse=True, zone="Asia/Tokyo") == first


def test_reading_imports_nothing_else_of_ours() -> None:
    code = "import sys, pipelines.extract; print(*(m for m in sys.modules if m.startswith('pipelines')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    ours = {m for m in done.stdout.split() if not m.startswith("pipelines.extract")}
    assert ours == {"pipelines", "pipelines.decode", "pipelines.model", "pipelines.text", "pipelines.urls"}
