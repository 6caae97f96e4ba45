"""Conditional requests, to servers that get them right and to servers that do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from crawler.run import RunOptions, RunSummary, run
from pipelines.archive import Archive, open_archive
from pipelines.ledger import open_ledger
from pipelines.ledger.addresses import Address
from pipelines.tables import read_table
from pipelines.verify import verify
from tests.rawserver import RawServer, plain, serving
from tests.test_run import SITE, holds, page

HTML = b"Content-Type: text/html; charset=utf-8"
NOW = datetime(2026, 3, 2, 3, 17, tzinfo=UTC)
OLD, AHEAD = b"Wed, 13 Oct 2021 10:46:00 GMT", b"Sat, 13 Oct 2035 10:46:00 GMT"
PATHS = ("/mot.html", "/hai.html")
Says = Callable[[str, str], bool]


def header(request: bytes, name: bytes) -> str:
    lines = [line for line in request.split(b"\r\n") if line.lower().startswith(name + b":")]
    return lines[0].partition(b":")[2].strip().decode() if lines else ""


def portal(server: RawServer, unmodified: Says, *, tag: bytes = b'"one"', date: bytes = OLD) -> None:
    """Two articles with validators; ``unmodified`` says by what a request names whether it gets a 304."""
    server.on("/", [plain(page(*PATHS).body, HTML)])
    server.on("/robots.txt", [plain(b"")])
    for path in PATHS:
        lines = (b"ETag: " + tag, b"Last-Modified: " + date)

        unchanged = b"HTTP/1.1 304 Not Modified\r\n" + b"\r\n".join(lines) + b"\r\n\r\n"
        whole = plain(SITE[path].body, HTML, *lines)

        def answer(request: bytes, unchanged: bytes = unchanged, whole: bytes = whole) -> list[bytes]:
            known = unmodified(header(request, b"if-none-match"), header(request, b"if-modified-since"))
            return [unchanged if known else whole]

        server.on(path, answer)


Named = list[tuple[str, str]]
"""Tags and dates in the requests for the articles."""


def crawl(server: RawServer, output: Path, day: int, *, wanted: bool = True) -> tuple[RunSummary, Named]:
    """A run that asks for both articles (``wanted``), and what it named."""
    file = output / "list.txt"
    file.write_text("".join(f"{server.url}{path}\n" for path in PATHS))
    before = len(server.log)
    with time_machine.travel(NOW + timedelta(days=day), tick=True):
        result = run(
            RunOptions(
                word=server.url, output=output, allow_loopback=True, urls=file if wanted and day else None
            )
        )
    assert holds(result) and result.exit_code == 0, result.reason
    asked = [sent.request for sent in server.log[before:] if sent.target in PATHS]
    return result, [(header(r, b"if-none-match"), header(r, b"if-modified-since")) for r in asked]


def test_an_unchanged_page_is_confirmed_by_a_304(tmp_path: Path) -> None:
    with serving() as server:
        portal(server, lambda tag, since: bool(tag))
        first, named = crawl(server, tmp_path, 0)
        assert named == [("", "")] * 2
        again, named = crawl(server, tmp_path, 1)
        assert named == [('"one"', OLD.decode())] * 2
    assert again.sums["pages"]["confirmed"] >= 2 and again.articles == 2 == again.versions
    archive = open_archive(Path(first.archive))
    rows = [row for _, row in read_table(archive.root, "captures") if row["status"] == 304]
    assert {row["record_type"] for row in rows} == {"revisit"} and len(rows) == 2
    report = verify(archive)
    assert report.findings == () and report.exit_code == 0


@pytest.mark.parametrize("tag", [b'W/"one"', b'"one-gzip"'])
def test_a_tag_that_the_server_does_not_know_again_goes_no_more(tag: bytes, tmp_path: Path) -> None:
    with serving() as server:
        portal(server, lambda tag, since: not tag and since == OLD.decode(), tag=tag)
        crawl(server, tmp_path, 0)
        told, named = crawl(server, tmp_path, 1)
        assert named == [(tag.decode(), OLD.decode())] * 2 and told.sums["pages"]["captured"] == 0
        told, named = crawl(server, tmp_path, 2)
        assert named == [("", OLD.decode())] * 2
        assert told.versions == 2 and told.sums["pages"]["captured"] == 0


@pytest.mark.parametrize("date", [AHEAD, b"yesterday"])
def test_a_date_that_cannot_be_is_not_named(date: bytes, tmp_path: Path) -> None:
    with serving() as server:
        portal(server, lambda tag, since: False, date=date)
        crawl(server, tmp_path, 0)
        assert crawl(server, tmp_path, 1)[1] == [('"one"', "")] * 2


def test_validators_that_stay_while_a_page_changes_are_believed_no_more(tmp_path: Path) -> None:
    with serving() as server:
        portal(server, lambda tag, since: bool(tag or since))
        crawl(server, tmp_path, 0)
        edited = SITE["/mot.html"].body.replace("Tổ công tác".encode(), "Đoàn khảo sát".encode())
        body = [plain(edited, HTML, b'ETag: "one"', b"Last-Modified: " + OLD)]
        stuck = server.scripts["/mot.html"][0]

        def answer(request: bytes) -> list[bytes | float | str]:
            conditional = header(request, b"if-none-match") or header(request, b"if-modified-since")
            assert callable(stuck)
            return list(stuck(request)) if conditional else list(body)

        server.on("/mot.html", answer)
        last = [crawl(server, tmp_path, 30 * month, wanted=False)[0] for month in (1, 2, 3)][-1]
        assert last.versions == 3, "a sweep in three asks without conditions"
        assert crawl(server, tmp_path, 91)[1] == [("", "")] * 2


def test_without_the_answer_in_the_archive_nothing_is_conditional(tmp_path: Path) -> None:
    with serving() as server:
        portal(server, lambda tag, since: bool(tag))
        first, _ = crawl(server, tmp_path, 0)
        (file,) = Path(first.archive).glob("warc/*/*.warc.gz")
        held = open_archive(Path(first.archive)).root
        (row,) = (r for _, r in read_table(held, "articles") if r["url"].endswith("/mot.html"))
        data = bytearray(file.read_bytes())
        data[row["warc_record_offset"] + row["warc_record_length"] // 2] ^= 0xFF
        file.chmod(0o644)
        file.write_bytes(data)
        with time_machine.travel(NOW + timedelta(days=1), tick=True):
            wanted = tmp_path / "list.txt"
            run(RunOptions(word=server.url, output=tmp_path, allow_loopback=True, urls=wanted))
        named = {s.target: header(s.request, b"if-none-match") for s in server.log if s.target in PATHS}
    assert named == {"/mot.html": "", "/hai.html": '"one"'}


def test_a_304_that_nobody_asked_for_confirms_nothing(tmp_path: Path) -> None:
    """It has no page, and no stored answer of which it could be said to speak."""
    with serving() as server:
        portal(server, lambda tag, since: False)
        for path in PATHS:
            server.on(path, [plain(SITE[path].body, HTML)])  # without validators, so that none is sent later
        first, _ = crawl(server, tmp_path, 0)
        for path in PATHS:
            server.on(path, [b"HTTP/1.1 304 Not Modified\r\n\r\n"])
        told, named = crawl(server, tmp_path, 1)
        assert named == [("", "")] * 2
        assert told.sums["pages"]["confirmed"] < 2 and told.sums["pages"]["failed.protocol"] == 2
        assert told.articles == 2 and holds(told)
        archive = open_archive(Path(first.archive))
    before = {a.url: (a.verdict, a.reason) for a in _known(archive, tmp_path / "one")}
    archive.ledger.unlink()
    assert {a.url: (a.verdict, a.reason) for a in _known(archive, tmp_path / "two")} == before
    assert verify(archive).findings == ()


def _known(archive: Archive, copy: Path) -> list[Address]:
    """What the ledger knows, or one that is made again where it is gone."""
    ledger = open_ledger(archive, archive.ledger if archive.ledger.exists() else copy)
    try:
        return list(ledger.addresses())
    finally:
        ledger.close()
