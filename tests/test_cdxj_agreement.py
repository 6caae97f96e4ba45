"""Our index against cdxj-indexer's, line by line, over the demo's archive and over awkward records.

Three things are left out. cdxj-indexer takes the digest of an answer whose record names none
over the bytes as they were sent, chunk sizes and all, and with SHA-1; ours is that of the
entity, and the lines of those records are compared without it. What stands in a line that is no status
line is no status for us. And it would index interim
answers and dispositions as well, and what name servers said to others, which nobody should be shown instead
of the page.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.importing import bring
from pipelines.archive import Archive, open_archive
from pipelines.warc.cdxj import cdxj_path, write_cdxj
from pipelines.warc.reader import read_records
from pipelines.warc.record import Exchange, exchange_records, sha256_digest
from pipelines.warc.revisit import revisit_records
from pipelines.warc.surt import surt
from pipelines.warc.writer import WarcWriter
from tests import demo_run
from tests.awkward import CASES
from tests.foreign_warcs import Given, browsertrix, common_crawl, heritrix
from tests.outside import outside
from tests.rawserver import chunked
from tests.small_archive import SITE, answer, page, redirect, referent_of, small_archive

START = datetime(2026, 4, 2, 23, 59, 58, 900_000, tzinfo=UTC)
TYPES = (
    "text/html;charset=UTF-8", "Text/HTML; charset=utf-8", " text/html", "text/html charset=utf-8",
    "application/rss+xml", "", ";charset=utf-8", "image/svg+xml;x=y;z",
)  # fmt: skip
ADDRESSES = (
    "http://tin.example.vn", "http://www.tin.example.vn:80/", "https://WWW2.Tin.example.vn:443/A/?B=1&a=2&&",
    "https://tin.example.vn:80/x", "http://tin.example.vn/t%E1%BB%A9c/%2541%20b/", "http://tin.example.vn/a//b/./c/../d",
    "http://127.0.0.1:8080/?p=7", "http://[::1]:8080/x?", "http://tin.example.vn/tin-tức?q=bão số 3",
    "http://tin.example.vn/x?PHPSESSID=0123456789abcdef0123456789abcdef&p=1", "http://tin.example.vn/a|b[c]?d=e=f&d",
    "http://tin.example.vn/(S(abcdefghijklmnopqrstuvwx))/Tin.aspx?id=4",
)  # fmt: skip

PACKED = gzip.compress(page("Tin nén"), mtime=0)
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    + chunked(PACKED[:99], PACKED[99:])
)  # fmt: skip


def answers() -> Iterator[tuple[str, bytes]]:
    """Addresses and answers that an index could get wrong."""
    for name, case in CASES.items():
        sent = b"".join(step for step in case.steps if isinstance(step, bytes))
        yield f"{SITE}/awkward/{name}", sent
    for number, kind in enumerate(TYPES):
        yield f"{SITE}/type/{number}", answer(b"x", kind=kind)
    for address in ADDRESSES:
        yield address, answer(page("Một tin"))
    yield f"{SITE}/chunked", CHUNKED
    yield f"{SITE}/moved", redirect("/elsewhere")
    yield f"{SITE}/none", b"HTTP/1.1 204 No Content\r\n\r\n"


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Everything awkward, in two files."""
    archive = small_archive(tmp_path_factory.mktemp("awkward")).archive
    when = START
    for run, part in ((f"{START:%Y%m%dT%H%M%SZ}-00000{n}", n) for n in (0, 1)):
        writer = WarcWriter(archive, run, low_water=0)
        for number, (url, sent) in enumerate(answers()):
            if number % 2 != part:
                continue
            when += timedelta(milliseconds=333)
            records = exchange_records(
                Exchange(url=url, started_at=when, request=b"GET / HTTP/1.1\r\n\r\n", response=sent)
            )
            writer.append(records)
        for sent in (answer(page("Lại")), CHUNKED):
            again = Exchange(url=f"{SITE}/again", started_at=when, response=sent)
            first = exchange_records(again)
            writer.append(first)
            for later in (again, replace(again, response=b"HTTP/1.1 304 Not Modified\r\n\r\n")):
                when += timedelta(hours=1)
                writer.append(revisit_records(replace(later, started_at=when), referent_of(first)))
        writer.seal()
    write_cdxj(archive)
    return archive


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return open_archive(demo_run.demo(tmp_path_factory, "block").archive)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """What other programs captured."""
    folder = tmp_path_factory.mktemp("imported")
    given = [Given(url=f"{SITE}/{n}.html", at=START, response=answer(page(f"Tin {n}"))) for n in range(8)]
    again = [replace(g, at=START + timedelta(days=9)) for g in given]
    for number in ("1", "2", "3"):
        (folder / number).mkdir()
    files = (
        heritrix(folder / "1/x.warc.gz", given, again=again),
        browsertrix(folder / "2/x.warc.gz", given),
        common_crawl(folder / "3/x.warc.gz", given),
    )
    archive = small_archive(folder).archive
    bring(archive, files, output=folder)
    return archive


Line = tuple[str, str, dict[str, Any]]


def parsed(lines: str) -> list[Line]:
    found = []
    for line in lines.splitlines():
        key, when, value = line.split(" ", 2)
        found.append((key, when, json.loads(value)))
    return found


def theirs(archive: Archive) -> list[Line]:
    files = sorted(archive.warc.glob("*/*.warc.gz"))
    done = outside(
        "cdxj-indexer", "--sort", "--records", "response,revisit", "--dir-root", archive.root, *files
    )
    assert done.returncode == 0, done.stderr
    lines = [line for line in parsed(done.stdout) if line[2]["url"].startswith("http")]
    for _, _, value in lines:
        if not re.fullmatch(r"\d{3}", value.get("status", "")):  # "fine", out of HTTP/1.1 fine
            value.pop("status", None)
        if not value.get("mime"):  # an empty header says as little as none
            value.pop("mime", None)
    return lines


def ours(archive: Archive) -> list[Line]:
    return parsed(cdxj_path(archive).read_text("utf-8"))


def place(line: Line) -> tuple[str, int]:
    return line[2]["filename"], int(line[2]["offset"])


def without_digests_of_their_own(archive: Archive, lines: list[Line]) -> list[Line]:
    """The lines, less the digest where the record names none."""
    named = {
        (f"warc/{path.parent.name}/{path.name}", r.ref.warc_record_offset)
        for path in archive.warc.glob("*/*.warc.gz")
        for r in read_records(path)
        if r.get("WARC-Payload-Digest")
    }
    assert named
    return [
        (key, when, {k: v for k, v in value.items() if k != "digest" or place((key, when, value)) in named})
        for key, when, value in lines
    ]


@pytest.mark.parametrize("which", ["demo", "awkward", "imported"])
def test_every_line_is_theirs(which: str, request: pytest.FixtureRequest) -> None:
    archive: Archive = request.getfixturevalue(which)
    mine, other = (without_digests_of_their_own(archive, f(archive)) for f in (ours, theirs))
    assert len(mine) > 30
    assert sorted(mine, key=place) == sorted(other, key=place)
    assert [line[:2] for line in mine] == [line[:2] for line in other]


def test_every_line_of_ours_has_the_digest_of_the_entity(awkward: Archive) -> None:
    (line,) = [line for line in ours(awkward) if line[2]["url"] == f"{SITE}/chunked"]
    assert line[2]["digest"] == sha256_digest(PACKED)
    assert all(value["digest"].startswith("sha256:") for _, _, value in ours(awkward))


def test_a_revisit_is_named_one(awkward: Archive) -> None:
    lines = [line for line in ours(awkward) if line[2]["url"] == f"{SITE}/again"]
    revisits = [line[2] for line in lines if line[2].get("mime") == "warc/revisit"]
    assert len(lines) == 12 and len(revisits) == 8
    assert [value.get("status") for value in revisits].count("200") == 4, "a 304 is shown as what it repeats"
    assert {value["digest"] for value in revisits} == {sha256_digest(page("Lại")), sha256_digest(PACKED)}


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.Example.vn/Tin?b=2&A=1", "vn,example)/tin?a=1&b=2"),
        ("http://127.0.0.1:8080/%c3%a1//x/../y/", "1,0,0,127:8080)/%c3%a1/y"),
        ("http://u@h%E1%BA%A3i.vn/?", "vn,xn--hi-l5s)/"),
        ("http://", ")/"),
    ],
)
def test_a_key(address: str, key: str) -> None:
    assert surt(address) == key


@given(st.text(max_size=40))
def test_every_text_has_a_key(text: str) -> None:
    assert surt(text).splitlines() or not text.strip()
    assert surt("http://" + text).isascii()


def test_the_key_of_an_address_that_is_no_web_address_is_itself() -> None:
    assert surt("urn:citynews:run:1:dispositions") == "urn:citynews:run:1:dispositions"
