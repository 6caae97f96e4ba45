"""Files that others wrote, one oddity at a time: what is taken, what it becomes, what is refused by name."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crawler.importing import ImportSummary, bring
from pipelines.archive import Archive, Portal, create, locked, open_archive
from pipelines.errors import UsageError
from pipelines.importing.origins import declared
from pipelines.inspect import inspect_url
from pipelines.ledger import Ledger, open_ledger
from pipelines.manifest import read_chain
from pipelines.rebuild import rebuild
from pipelines.starting import take_up
from pipelines.tables import read_table
from pipelines.verify import verify
from pipelines.warc.record import Exchange, exchange_records
from pipelines.warc.revisit import revisit_records
from pipelines.warc.wacz import write_wacz
from pipelines.warc.writer import WarcWriter
from tests.foreign_warcs import Given, heritrix, info, packed, record, sha1
from tests.small_archive import SITE, answer, page, redirect, referent_of, small_archive

THEN = datetime(2022, 5, 4, 3, 2, 1, tzinfo=UTC)
PORTAL = Portal(slug="tin.example.vn", seed=f"{SITE}/", scope=("tin.example.vn",), zone="Asia/Ho_Chi_Minh")
RESPONSE = {"Content-Type": "application/http; msgtype=response"}


def response(path: str, body: bytes, *, at: datetime = THEN, version: str = "1.0", **fields: str) -> bytes:
    """A response record, as a program of years ago would write it."""
    url = path if ":" in path else SITE + path
    named = {"WARC-Target-URI": url, **RESPONSE, **{k.replace("_", "-"): v for k, v in fields.items()}}
    return record(version, "response", at, body, named)


def old(path: str = "/a.html", title: str = "Cầu cũ được sửa", *, at: datetime = THEN) -> bytes:
    return response(path, answer(page(title)), at=at)


def written(path: Path, *records: bytes, first: bytes | None = None) -> Path:
    """A file of records after a warcinfo."""
    path.write_bytes(packed([first or info("1.0", THEN, "Heritrix/1.14.3"), *records]))
    return path


def into(folder: Path, *files: Path) -> tuple[Archive, ImportSummary]:
    """Import files into the archive in a folder, which is made where there is none."""
    root = folder / PORTAL.slug
    found = open_archive(root) if (root / "archive.json").is_file() else PORTAL
    summary = bring(found, files, output=folder)
    return open_archive(root), summary


def rows(archive: Archive, table: str) -> list[dict[str, Any]]:
    return [row for _, row in read_table(archive.root, table)]


def assert_sound(archive: Archive) -> None:
    report = verify(archive)
    assert report.findings == (), report.findings


def sealed(archive: Archive, path: str | None) -> bytes:
    assert path is not None
    return (archive.root / path).read_bytes()


# ---- refused by name ------------------------------------------------------------

WHOLE = info("1.0", THEN, "x") + old()
ARC_INFO = b"1 0 test\nURL IP-address Archive-date Content-type Archive-length\n"
ARC = b"filedesc://x.arc 0.0.0.0 20220101000000 text/plain %d\n%b\n" % (len(ARC_INFO), ARC_INFO)
ARC_BODY = answer(page("Cầu cũ được sửa"))
ARC_FILE = (
    ARC + f"{SITE}/a.html 127.0.0.1 20220601000000 text/html {len(ARC_BODY)}\n".encode() + ARC_BODY + b"\n"
)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.warc", WHOLE, "it is not compressed"),
        ("a.warc.gz", WHOLE, "it is not compressed"),
        ("a.arc", ARC_FILE, "ARC file"),
        ("a.arc.gz", gzip.compress(ARC_FILE), "ARC file"),
        ("a.warc.gz", gzip.compress(WHOLE), "several records are compressed as one"),
        ("b.warc.gz", packed([info("1.0", THEN, "x")]) + gzip.compress(old() + old("/b")), "several records"),
        ("a.warc.zst", b"\x28\xb5\x2f\xfd\0\0", "zstd"),
        ("a.wacz", b"PK\x03\x04\0\0", "archive/"),
        ("a.warc.gz", b"", "it is empty"),
        ("a.warc.gz", b"<html>", "no WARC file"),
        ("a.warc.gz", packed([old()])[:-40], "its first record is damaged"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_by_name_and_nothing_is_written(
    tmp_path: Path, name: str, data: bytes, what: str
) -> None:
    good, bad = written(tmp_path / "good.warc.gz", old()), tmp_path / name
    bad.write_bytes(data)
    with pytest.raises(UsageError) as refused:
        into(tmp_path / "out", good, bad)
    assert what in str(refused.value) and str(bad) in str(refused.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.warc", WHOLE), ("a b.warc.gz", gzip.compress(WHOLE)), ("a.arc.gz", gzip.compress(ARC_FILE))],
)
def test_the_line_of_a_refusal_makes_a_file_that_is_taken(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError) as refused:
        into(tmp_path / "out", tmp_path / name)
    (line,) = re.findall(r"`(.+)`", str(refused.value))
    subprocess.run(shlex.split(line), cwd=tmp_path, check=True, capture_output=True)
    archive, _ = into(tmp_path / "out", tmp_path / shlex.split(line)[-1])
    assert [row["title"] for row in rows(archive, "articles")] == ["Cầu cũ được sửa"]
    assert_sound(archive)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none.warc.gz", tmp_path, tmp_path / "pipe"):
        with pytest.raises(UsageError, match="cannot read the file"):
            into(tmp_path / "out", path)


def test_files_of_another_portal_alone_are_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "x.warc.gz", response("http://other.example/a", answer(page("Tin khác"))))
    with pytest.raises(UsageError, match=r"other\.example \(1\)"):
        into(tmp_path / "out", file)
    assert not (tmp_path / "out").exists()


# ---- damage ------------------------------------------------------------


@pytest.mark.parametrize("harm", ["cut", "flipped"])
def test_a_damaged_file_is_taken_up_to_the_damage_and_the_rest_is_kept(tmp_path: Path, harm: str) -> None:
    file = written(
        tmp_path / "x.warc.gz", old("/a.html"), old("/b.html", "Trường mới"), old("/c.html", "Chợ")
    )
    data, middle = (
        bytearray(file.read_bytes()),
        len(packed([info("1.0", THEN, "Heritrix/1.14.3"), old("/a.html")])),
    )
    if harm == "cut":
        del data[middle + 100 :]
    else:
        data[middle + 100] ^= 1
    file.write_bytes(data)
    archive, summary = into(tmp_path / "out", file)
    (told,) = summary.files
    assert (told["bytes_taken"], told["damage"]["offset"]) == (middle, middle)
    taken, (tail,) = sealed(archive, told["path"]), archive.quarantine.iterdir()
    assert (
        taken + tail.read_bytes() == bytes(data)
        and hashlib.sha256(tail.read_bytes()).hexdigest() in tail.name
    )
    assert [row["url"] for row in rows(archive, "articles")] == [f"{SITE}/a.html"]
    origin = read_chain(archive)[-1].manifest.files[0].origin
    assert origin is not None and origin.bytes == len(data)
    assert_sound(archive)
    _, again = into(tmp_path / "out", file)
    assert again.manifest is None and "here already" in again.files[0]["passed_over"]


# ---- what is here already ------------------------------------------------------------


def test_the_same_file_and_the_same_records_are_taken_once(tmp_path: Path) -> None:
    file = written(tmp_path / "x.warc.gz", old("/a.html"), old("/b.html", "Trường mới"))
    copy, anew = tmp_path / "copy.warc.gz", tmp_path / "anew.warc.gz"
    copy.write_bytes(file.read_bytes())
    archive, summary = into(tmp_path / "out", file, copy)
    assert summary.files[0]["passed_over"] is None and "here already" in summary.files[1]["passed_over"]
    anew.write_bytes(b"".join(gzip.compress(gzip.decompress(m), 1) for m in _members(file)))
    more = written(tmp_path / "more.warc.gz", old("/a.html"), old("/c.html", "Chợ mới"))
    archive, summary = into(tmp_path / "out", anew, more)
    assert "record by record" in summary.files[0]["passed_over"]
    assert summary.files[1]["known_answers"] == 1
    assert len(rows(archive, "captures")) == 4 and len(rows(archive, "articles")) == 3
    assert all(row["version"] == 1 for row in rows(archive, "articles"))
    assert_sound(archive)


def _members(path: Path) -> list[bytes]:
    data = path.read_bytes()
    starts = [*(m.start() for m in re.finditer(rb"\x1f\x8b\x08\0\0\0\0\0", data)), len(data)]
    return [data[a:b] for a, b in pairwise(starts)]


# ---- older and younger captures ------------------------------------------------------------


def test_older_captures_of_a_known_article_are_its_earlier_versions(tmp_path: Path) -> None:
    small = small_archive(tmp_path / "out")
    small.crawl(("/a.html", answer(page("Cầu mới được sửa"))))
    before = {row["url"]: row for row in rows(small.archive, "articles")}
    file = written(tmp_path / "x.warc.gz", old("/a.html", "Cầu cũ được sửa"))
    archive, summary = into(tmp_path / "out", file)
    (article,) = rows(archive, "articles")
    versions = sorted(rows(archive, "versions"), key=lambda row: row["version"])
    assert [row["title"] for row in versions] == ["Cầu cũ được sửa", "Cầu mới được sửa"]
    assert article["article_id"] == before[article["url"]]["article_id"]
    assert (article["title"], article["version"]) == ("Cầu mới được sửa", 2)
    assert article["first_captured_at"] == THEN
    months = {month for month, _ in read_table(archive.root, "articles")}
    assert months == {"2026-03"}
    (coverage,) = (row for row in rows(archive, "coverage") if row["url"] == article["url"])
    assert coverage["asked_at"] > THEN, "what the city said last is still its last answer"
    assert summary.sums["pages"] == {"known": 1, "captured": 0, "confirmed": 0, "not_due": 1, "pending": 0}
    assert_sound(archive)


def test_a_younger_capture_is_the_last_answer_of_its_address(tmp_path: Path) -> None:
    small = small_archive(tmp_path / "out")
    small.crawl(("/a.html", answer(page("Cầu mới được sửa"))))
    late = small.now + timedelta(days=3)
    file = written(tmp_path / "x.warc.gz", old("/a.html", "Cầu mới đã xong", at=late))
    archive, summary = into(tmp_path / "out", file)
    assert [row["title"] for row in rows(archive, "articles")] == ["Cầu mới đã xong"]
    (coverage,) = rows(archive, "coverage")
    assert (coverage["verdict"], coverage["asked_at"], coverage["found_by"]) == (
        "captured",
        late,
        ["sitemap"],
    )
    assert summary.sums["pages"]["captured"] == 1


def test_revisits_are_joined_by_the_digest_that_their_program_states_in_any_order(tmp_path: Path) -> None:
    given = Given(url=f"{SITE}/a.html", at=THEN, response=answer(page("Cầu cũ được sửa")))
    again = replace(given, at=THEN + timedelta(days=30))
    lone = heritrix(tmp_path / "2.warc.gz", [replace(given, url=f"{SITE}/b.html")], again=[again])
    first = heritrix(tmp_path / "1.warc.gz", [given])
    archive, _ = into(tmp_path / "out", lone, first)
    article = next(row for row in rows(archive, "articles") if row["url"] == given.url)
    assert (article["captured_at"], article["last_captured_at"]) == (given.at, again.at)
    assert article["version"] == 1
    kinds = {
        (row["record_type"], row["reading"]) for row in rows(archive, "captures") if row["url"] == given.url
    }
    assert kinds == {("response", "article"), ("revisit", "article")}
    seen = inspect_url(archive, given.url)
    assert seen["reading"]["title"] == "Cầu cũ được sửa"
    assert seen["payload_custody"]["file"]["origin"]["name"] == "1.warc.gz"
    assert_sound(archive)


def test_not_modified_repeats_the_last_answer_before_it(tmp_path: Path) -> None:
    small = small_archive(tmp_path / "out")
    small.crawl(("/a.html", answer(page("Cầu mới được sửa"))))
    unchanged = {
        "WARC-Target-URI": f"{SITE}/a.html",
        "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/server-not-modified",
    }
    later = THEN + timedelta(days=9)
    file = written(tmp_path / "x.warc.gz", old("/a.html"), record("1.0", "revisit", later, b"", unchanged))
    archive, _ = into(tmp_path / "out", file)
    first = min(rows(archive, "versions"), key=lambda row: row["version"])
    assert (first["title"], first["last_captured_at"]) == ("Cầu cũ được sửa", later)
    assert_sound(archive)


# ---- what is no page of the portal ------------------------------------------------------------


def _mixed(path: Path) -> Path:
    """A file of all that others keep beside pages."""
    uri = {"WARC-Target-URI": f"{SITE}/b.html", "Content-Type": "text/html"}
    log = {"WARC-Target-URI": "metadata://gnu.org/software/wget/warc/MANIFEST.txt"}
    return written(
        path,
        old(),
        response("http://other.example/x.html", answer(page("Tin của người khác"))),
        response("dns:tin.example.vn", b"20220504\ntin.example.vn. IN A 127.0.0.1\n"),
        response("ftp://tin.example.vn/x", b"220 ready"),
        response("/a.jpg", answer(b"\xff\xd8\xff", kind="image/jpeg")),
        response("/robots.txt", answer(b"User-agent: *\n", kind="text/plain")),
        record("1.1", "resource", THEN, page("Trang không có đầu"), uri),
        record("1.0", "resource", THEN, b"log", log),
        record("1.0", "conversion", THEN, page("Bản chuyển"), {**uri, "WARC-Target-URI": f"{SITE}/c.html"}),
        response("/d.html", answer(page("Phần đầu")), WARC_Segment_Number="1"),
        record("1.0", "continuation", THEN, b"...", {"WARC-Target-URI": f"{SITE}/d.html"}),
        response("/old", redirect(f"{SITE}/a.html")),
    )


def test_only_answers_of_the_web_are_read_and_only_pages_of_the_portal(tmp_path: Path) -> None:
    archive, summary = into(tmp_path / "out", _mixed(tmp_path / "x.warc.gz"))
    assert {row["title"] for row in rows(archive, "articles")} == {"Cầu cũ được sửa", "Trang không có đầu"}
    resource = next(row for row in rows(archive, "captures") if row["url"] == f"{SITE}/b.html")
    assert (resource["status"], resource["record_type"]) == (200, "resource")
    assert [(r["url"], r["reason"]) for r in rows(archive, "rejections")] == [(f"{SITE}/d.html", "truncated")]
    kinds = {row["url"].removeprefix(SITE): row["kind"] for row in rows(archive, "coverage")}
    assert kinds == {
        "/a.html": "page", "/b.html": "page", "/d.html": "page", "/old": "page", "/robots.txt": "robots",
        "/a.jpg": "requisite", "http://other.example/x.html": "page",
    }  # fmt: skip
    assert {row["url"].removeprefix(SITE) for row in rows(archive, "captures")} == kinds.keys()
    assert (summary.sums["pages"]["known"], summary.sums["requisites"]["known"]) == (5, 2)
    assert_sound(archive)
    index = (archive.indexes / f"{PORTAL.slug}.cdxj").read_bytes().splitlines()
    assert len(index) == len(kinds) == write_wacz(archive, tmp_path / "x.wacz").captures


def test_pages_of_a_host_that_comes_into_scope_later_are_articles_then(tmp_path: Path) -> None:
    archive, before = into(tmp_path / "out", _mixed(tmp_path / "x.warc.gz"))
    wider = archive.portal.model_copy(update={"scope": (*archive.portal.scope, "other.example")})
    archive.with_portal(wider)
    archive, summary = into(tmp_path / "out", tmp_path / "x.warc.gz")
    assert summary.files[0]["passed_over"] and summary.articles == before.articles + 1
    assert "Tin của người khác" in {row["title"] for row in rows(archive, "articles")}
    assert_sound(archive)


# ---- oddities of writing ------------------------------------------------------------


def _lines(data: bytes) -> bytes:
    """With Unix line ends in its head and after it, as scripts write them."""
    head, _, rest = data.removesuffix(b"\r\n\r\n").partition(b"\r\n\r\n")
    return head.replace(b"\r\n", b"\n") + b"\n\n" + rest + b"\n\n"


ODD: dict[str, Callable[[bytes], bytes]] = {
    "brackets": lambda r: r.replace(f"URI: {SITE}/a.html".encode(), f"URI: <{SITE}/a.html>".encode()),
    "no type": lambda r: r.replace(b"Content-Type: application/http; msgtype=response\r\n", b"", 1),
    "unix lines": _lines,
    "no zone": lambda r: r.replace(b"2022-05-04T03:02:01Z", b"2022-05-04T03:02:01"),
    "fractions": lambda r: r.replace(b"2022-05-04T03:02:01Z", b"2022-05-04T03:02:01.000000000Z"),
    "older": lambda r: r.replace(b"WARC/1.0", b"WARC/0.18"),
    "small letters": lambda r: r.replace(b"WARC-Type", b"warc-type").replace(b"WARC-Date", b"Warc-Date"),
    "HTTP/2": lambda r: _resized(r.replace(b"HTTP/1.1 200 OK", b"HTTP/2 200 ")),
    "dechunked": lambda r: _resized(
        r.replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\nTransfer-encoding: Chunked")
    ),
    "gunzipped": lambda r: _resized(
        r.replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip")
    ),
    "inflated": lambda r: _resized(
        r.replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate")
    ),
    "brotli": lambda r: _resized(r.replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\nContent-Encoding: br")),
}


def _resized(data: bytes) -> bytes:
    """With the length that the block has now."""
    head, _, block = data.removesuffix(b"\r\n\r\n").partition(b"\r\n\r\n")
    head = re.sub(rb"(?m)^Content-Length: \d+", b"Content-Length: %d" % len(block), head)
    return head + b"\r\n\r\n" + block + b"\r\n\r\n"


@pytest.mark.parametrize("odd", ODD)
def test_what_programs_write_otherwise_is_understood(tmp_path: Path, odd: str) -> None:
    changed = ODD[odd](old())
    assert changed != old()
    archive, _ = into(tmp_path / "out", written(tmp_path / "x.warc.gz", changed))
    (article,) = rows(archive, "articles")
    assert (article["url"], article["title"]) == (f"{SITE}/a.html", "Cầu cũ được sửa")
    assert article["captured_at"] == THEN and article["parse_status"] == "ok"
    assert_sound(archive)


@pytest.mark.parametrize("day", ["2022-05-04", "2022-05", "2022"])
def test_a_date_may_be_as_coarse_as_the_standard_allows(tmp_path: Path, day: str) -> None:
    changed = old().replace(b"2022-05-04T03:02:01Z", day.encode())
    archive, _ = into(tmp_path / "out", written(tmp_path / "x.warc.gz", changed))
    (capture,) = rows(archive, "captures")
    assert capture["captured_at"] == datetime.fromisoformat((day + "-01-01")[:10]).replace(tzinfo=UTC)


def test_zeros_between_members_and_a_file_without_warcinfo_are_taken_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "x.warc.gz"
    file.write_bytes(packed([old(), old("/b.html", "Trường mới")], between=bytes(512)) + bytes(70000))
    archive, summary = into(tmp_path / "out", file)
    assert sealed(archive, summary.files[0]["path"]) == file.read_bytes()
    assert len(rows(archive, "articles")) == 2
    assert_sound(archive)


def test_digests_and_ids_that_are_wrong_are_told_and_harm_nothing(tmp_path: Path) -> None:
    body = answer(page("Cầu cũ được sửa"))
    right = response(
        "/a.html", body, WARC_Payload_Digest=sha1(page("Cầu cũ được sửa")), WARC_Block_Digest=sha1(body)
    )
    wrong = response(
        "/b.html", body, WARC_Payload_Digest=sha1(b"another"), WARC_Block_Digest="sha256:" + "0" * 64
    )
    unknown = response("/c.html", body, WARC_Payload_Digest="xxh3:abc", WARC_Block_Digest="nonsense")
    file = written(tmp_path / "x.warc.gz", right, wrong, unknown, right)
    archive, summary = into(tmp_path / "out", file)
    (told,) = summary.files
    assert (told["wrong_digests"], told["doubled_ids"]) == (2, 1)
    assert told["first_wrong_digest"]["what"] == "WARC-Block-Digest"
    assert {row["url"].removeprefix(SITE) for row in rows(archive, "articles")} == {
        "/a.html",
        "/b.html",
        "/c.html",
    }
    assert_sound(archive)


# ---- the archive afterwards ------------------------------------------------------------


def test_everything_is_made_again_from_the_evidence(tmp_path: Path) -> None:
    small = small_archive(tmp_path / "out")
    small.crawl(("/a.html", answer(page("Cầu mới được sửa"))), ("/x", redirect("/a.html")))
    given = Given(url=f"{SITE}/b.html", at=THEN, response=answer(page("Trường mới")))
    again = replace(given, at=THEN + timedelta(days=30))
    files = written(tmp_path / "x.warc.gz", old()), heritrix(tmp_path / "y.warc.gz", [given], again=[again])
    archive, _ = into(tmp_path / "out", *files)
    ledger = known(archive)
    assert {url.removeprefix(SITE) for url in ledger} == {"/a.html", "/x", "/b.html"}
    assert_made_again(archive)
    assert known(archive) == ledger
    small.now = datetime.now(UTC) + timedelta(hours=1)
    done = small.crawl(("/a.html", answer(page("Cầu mới đã xong"))), ("/b.html", answer(page("Trường mới"))))
    assert done.everything is None, "a crawl after it reads only what is new"
    (school,) = (row for row in rows(archive, "articles") if row["url"] == given.url)
    assert (school["version"], school["captured_at"]) == (1, THEN)
    assert_made_again(archive)


def assert_made_again(archive: Archive) -> None:
    """Without ledger and index, the tables are the same and nothing is wrong."""
    for path in (*archive.root.glob("ledger.*"), *archive.indexes.glob("*")):
        path.unlink()
    with locked(archive):
        assert rebuild(archive, now=datetime.now(UTC)).kind == "same"
    assert_sound(archive)


def known(archive: Archive) -> dict[str, Any]:
    ledger: Ledger = open_ledger(archive)
    try:
        return {address.url: address for address in ledger.addresses()}
    finally:
        ledger.close()


def test_a_file_of_another_archive_of_ours_comes_without_its_dispositions(tmp_path: Path) -> None:
    theirs = small_archive(tmp_path / "theirs")
    theirs.crawl(("/a.html", answer(page("Cầu mới được sửa"))), ("/b.html", answer(page("Trường mới"))))
    (file,) = theirs.root.glob("warc/*/*.gz")
    archive, summary = into(tmp_path / "out", file)
    assert len(rows(archive, "articles")) == 2
    assert {row["crawl_id"] for row in rows(archive, "coverage")} == {summary.run}
    assert {row["crawl_id"] for row in rows(archive, "captures")} == {summary.run}
    assert_sound(archive)


def test_a_revisit_of_what_was_not_handed_over_is_a_capture_and_no_fault(tmp_path: Path) -> None:
    theirs = small_archive(tmp_path / "theirs").archive
    writer = WarcWriter(theirs, "20220601T080000Z-000001", low_water=0)
    asked = Exchange(url=f"{SITE}/a.html", started_at=THEN, request=b"GET", response=answer(page("Cầu cũ")))
    missing = referent_of(exchange_records(asked))
    writer.append(revisit_records(replace(asked, started_at=THEN + timedelta(days=1)), missing))
    (file,) = writer.seal()
    archive, _ = into(tmp_path / "out", written(tmp_path / "x.warc.gz", old("/b.html")), file)
    kinds = {(row["record_type"], row["reading"]) for row in rows(archive, "captures")}
    assert kinds == {("response", "article"), ("revisit", None)}
    assert_sound(archive)


def test_a_stray_file_is_no_evidence(tmp_path: Path) -> None:
    archive, summary = into(tmp_path / "out", written(tmp_path / "x.warc.gz", old()))
    name = str(summary.files[0]["path"]).replace("-00000.", "-00007.")
    (archive.root / name).write_bytes(written(tmp_path / "y.warc.gz", old("/b.html")).read_bytes())
    assert [(f.code, f.path) for f in verify(archive).errors] == [("file.unknown", name)]


# ---- killed ------------------------------------------------------------

EVENTS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "sqlite3.connect")
EVERY = 10
"""Of the places where an import may be killed, one of so many is tried, in each of the tests another."""


def _killed_at(point: int, folder: Path, action: Callable[[], object]) -> bool:
    """Run something in a process of its own that kills itself before its n-th access to a file below a
    folder. Returns whether it came so far."""
    child = os.fork()
    if child == 0:
        left = [point]

        def hook(event: str, named: Any) -> None:
            if event in EVENTS and any(str(folder) in str(name) for name in named):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        with suppress(BaseException):
            action()
            os._exit(0)
        os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("start", range(2))
def test_an_import_that_is_killed_anywhere_can_be_typed_again(tmp_path: Path, start: int) -> None:
    files = [
        written(tmp_path / "x.warc.gz", old("/a.html")),
        written(tmp_path / "y.warc.gz", old("/b.html", "Trường mới")),
    ]
    files[1].write_bytes(files[1].read_bytes() + b"\x1f\x8b\x08 cut")
    create(tmp_path / "never", PORTAL, now=THEN)
    point = 1 + EVERY // 2 * start
    while True:
        out = tmp_path / f"out{point}"
        create(out, PORTAL, now=THEN)
        killed = _killed_at(point, out, lambda: into(out, *files))  # noqa: B023
        assert_taken_up(open_archive(out / PORTAL.slug))
        archive, _ = into(out, *files)
        assert_taken_once(archive, files)
        if not killed:
            break
        point += EVERY
    assert point > 20 * EVERY


def assert_taken_up(archive: Archive) -> None:
    """The next start, whatever it is for, leaves nothing half done."""
    with locked(archive):
        take_up(archive, datetime.now(UTC))
    assert not any(archive.spool.glob("*")) if archive.spool.is_dir() else True
    runs = {path.name.rpartition("-")[0].removeprefix(f"{PORTAL.slug}-") for path in archive.warc.glob("*/*")}
    for run_id in runs:
        taken = declared(archive, run_id)
        assert len(taken) in (0, 2), "none, where it was killed before its own file named them"
        assert all((archive.root / path).is_file() for path in taken)


def assert_taken_once(archive: Archive, files: Sequence[Path]) -> None:
    assert_sound(archive)
    named = [f for s in read_chain(archive) for f in s.manifest.files if f.origin]
    assert sorted(f.origin.name for f in named if f.origin) == [file.name for file in files]
    assert len(rows(archive, "articles")) == 2 and len(rows(archive, "captures")) == 2
    assert list(archive.spool.iterdir()) == [] and len(list(archive.quarantine.iterdir())) >= 1
    assert all(part.stat().st_mode & 0o777 == 0o444 for part in archive.warc.glob("*/*"))
