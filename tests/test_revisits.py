"""An answer that repeats what the archive holds is a revisit, and everything still holds."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as Warcio

from crawler.run import RunOptions, RunSummary, run
from pipelines.archive import TABLES, open_archive
from pipelines.inspect import inspect_url
from pipelines.ledger import rebuild_ledger
from pipelines.ledger_rows import Ledger
from pipelines.rebuild import rebuild
from pipelines.verify import verify
from pipelines.warc.message import http_view
from pipelines.warc.reader import StoredRecord, read_records
from pipelines.warc.record import sha256_digest
from tests.mockcity import MockCity
from tests.rawserver import plain, serving
from tests.site import Answer, Site, serve
from tests.test_requisites_crawl import article, home, picture
from tests.test_run import news

PAGE = news("Đo lại cao độ đường Bến Gỗ", 1)
OTHER = news("Lắp trạm bơm ở ngõ Chùa Vẽ cũ", 2)
CITY = {"/": home("/mot.html", "/hai.html"), "/mot.html": PAGE, "/hai.html": OTHER}


def crawl(site: Site, output: Path, **changes: Any) -> RunSummary:
    result = run(RunOptions(word=site.url, output=output, allow_loopback=True, **changes))
    for side in result.sums.values():
        assert side["known"] == sum(n for name, n in side.items() if name != "known")
    report = verify(open_archive(Path(result.archive)))
    assert report.findings == () and report.exit_code == 0
    return result


def records(result: RunSummary | Path, kind: str | None = None) -> list[StoredRecord]:
    root = result if isinstance(result, Path) else Path(result.archive)
    found = [r for f in sorted(root.glob("warc/*/*.warc.gz")) for r in read_records(f)]
    return sorted((r for r in found if kind is None or r.type == kind), key=lambda r: r.date)


def types(result: RunSummary, ending: str) -> list[str]:
    """Types of an address's answers, in order."""
    return [r.type for r in records(result) if str(r.target_uri).endswith(ending) and r.type != "metadata"
            and r.type != "request"]  # fmt: skip


def versions(result: RunSummary, ending: str) -> list[dict[str, Any]]:
    rows = pq.read_table(Path(result.archive) / "versions").to_pylist()
    return sorted((r for r in rows if r["url"].endswith(ending)), key=lambda r: r["version"])


def test_a_page_that_repeats_itself_is_a_revisit_of_its_latest_capture(tmp_path: Path) -> None:
    with serve(CITY) as site:
        first, second, third = (crawl(site, tmp_path) for _ in range(3))
    assert second.sums["pages"]["confirmed"] == third.sums["pages"]["confirmed"]
    assert third.sums["pages"]["confirmed"] == first.sums["pages"]["captured"]
    by_id = {r.ref.warc_record_id: r for r in records(third)}
    revisits = [r for r in records(third, "revisit") if str(r.target_uri).endswith("html")]
    assert len(revisits) == 4, "two pages in two runs"
    for revisit in revisits:
        referent = by_id[(revisit.get("WARC-Refers-To") or "").strip("<>")]
        assert referent.type == "response", "never another revisit"
        assert revisit.get("WARC-Refers-To-Target-URI") == referent.target_uri == revisit.target_uri
        assert revisit.get("WARC-Refers-To-Date") == referent.get("WARC-Date")
        assert (
            revisit.get(
                "WARC-Profile",
            )
            == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
        )
        payload = http_view(referent.block).payload
        assert revisit.get("WARC-Payload-Digest") == sha256_digest(payload)
        assert revisit.get("WARC-Truncated") == "length"
        assert revisit.block.endswith(b"\r\n\r\n") and revisit.block.startswith(b"HTTP/1.1 200")
    (version,) = versions(third, "mot.html")
    captures = pq.read_table(Path(third.archive) / "captures").to_pylist()
    mine = sorted((c for c in captures if c["url"].endswith("mot.html")), key=lambda c: c["captured_at"])
    assert [c["record_type"] for c in mine] == ["response", "revisit", "revisit"]
    assert {c["reading"] for c in mine} == {"article"} and {c["truncated"] for c in mine} == {None}
    assert version["warc_record_id"] == mine[0]["warc_record_id"]
    assert version["last_captured_at"] == mine[2]["captured_at"]
    found = inspect_url(open_archive(Path(third.archive)), mine[0]["url"])
    assert found["reading"]["kind"] == "article"


def test_a_text_that_comes_back_is_stored_whole_and_a_version(tmp_path: Path) -> None:
    with serve(CITY) as site:
        for shown in (PAGE, article("Đo lại lần hai", 1), PAGE, PAGE):
            site.answers["/mot.html"] = shown
            result = crawl(site, tmp_path)
    assert types(result, "mot.html") == ["response", "response", "response", "revisit"]
    assert [v["version"] for v in versions(result, "mot.html")] == [1, 2, 3]


@pytest.mark.parametrize(
    "between",
    [
        Answer(status=404, body=PAGE.body),
        Answer(status=301, headers=(("Location", "/hai.html"),)),
        Answer(body=PAGE.body, content_type="text/html; charset=windows-1258"),
    ],
    ids=["gone", "moved and empty", "another type"],
)
def test_another_head_is_another_answer(between: Answer, tmp_path: Path) -> None:
    with serve(CITY) as site:
        for shown in (PAGE, between, PAGE):
            site.answers["/mot.html"] = shown
            result = crawl(site, tmp_path)
    assert types(result, "mot.html") == ["response"] * 3


def test_an_error_between_does_not_unmake_the_capture(tmp_path: Path) -> None:
    with serve(CITY) as site:
        for shown in (PAGE, Answer(status=500, body=b"x"), PAGE):
            site.answers["/mot.html"] = shown
            result = crawl(site, tmp_path)
    assert types(result, "mot.html") == ["response", *["response"] * 3, "revisit"]
    assert len(versions(result, "mot.html")) == 1


def test_pages_with_the_same_bytes_are_stored_each_and_requisites_once(tmp_path: Path) -> None:
    twins = {
        "/": home("/mot.html", "/ba.html"),
        "/ba.html": article("Ba", 3, body='<img src="/a.png"><img src="/b.png">'),
    }
    empty = Answer(content_type="image/png")
    same = {"/a.png": picture("x"), "/b.png": picture("x"), "/mot.html": PAGE, "/hai.html": PAGE}
    with serve({**twins, **same, "/c.png": empty, "/d.png": empty}) as site:
        site.answers["/"] = home(
            "/mot.html", "/hai.html", "/ba.html", body='<img src="/c.png"><img src="/d.png">'
        )
        result = crawl(site, tmp_path)
    (revisit,) = records(result, "revisit")
    assert revisit.target_uri == site.url + "b.png"
    assert revisit.get("WARC-Refers-To-Target-URI") == site.url + "a.png"
    assert types(result, "/c.png") == types(result, "/d.png") == ["response"], "nothing empty is a revisit"
    assert result.articles == 3


def test_both_sides_agree_on_the_transfer_coding(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE.body), PAGE.body)
    in_two = head + b"Transfer-Encoding: chunked\r\n\r\n5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (
        PAGE.body[:5], len(PAGE.body) - 5, PAGE.body[5:],
    )  # fmt: skip
    whole = head + b"Content-Length: %d\r\n\r\n%s" % (len(PAGE.body), PAGE.body)
    with serving() as server:
        home_page = server.url.rstrip("/") + "/"
        server.on("/robots.txt", [plain(b"")])
        for sent in (chunked, in_two, whole, whole):
            server.on("/", [sent])
            result = run(RunOptions(word=server.url, output=tmp_path, allow_loopback=True))
    archive = open_archive(Path(result.archive))
    answers = [r for r in records(result) if r.target_uri == home_page and r.type in ("response", "revisit")]
    assert [r.type for r in answers] == ["response", "revisit", "response", "revisit"]
    assert answers[0].get("WARC-Payload-Digest") is None
    digest = sha256_digest(PAGE.body)
    assert answers[1].get("WARC-Payload-Digest") == answers[3].get("WARC-Payload-Digest") == digest
    lines = (archive.indexes / f"{archive.portal.slug}.cdxj").read_bytes().splitlines()
    assert sum(b"warc/revisit" in line and digest.encode() in line for line in lines) == 2
    assert not verify(archive).findings


def test_requisites_of_another_transfer_coding_are_stored_whole(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
    shown = article("Ba", 3, body='<img src="/a.png"><img src="/b.png">').body
    with serving() as server:
        server.on("/robots.txt", [plain(b"")])
        server.on("/", [plain(shown, b"Content-Type: text/html; charset=utf-8")])
        server.on("/a.png", [head + b"Content-Length: 3\r\n\r\nPNG"])
        server.on("/b.png", [head + b"Transfer-Encoding: chunked\r\n\r\n3\r\nPNG\r\n0\r\n\r\n"])
        result = run(RunOptions(word=server.url, output=tmp_path, allow_loopback=True))
    assert types(result, "a.png") == types(result, "b.png") == ["response"]


def test_nothing_refers_to_a_record_that_cannot_be_read_back(tmp_path: Path) -> None:
    with serve(CITY) as site:
        archive = Path(crawl(site, tmp_path).archive)
        (file,) = archive.glob("warc/*/*.warc.gz")
        page = next(r for r in records(archive, "response") if str(r.target_uri).endswith("mot.html"))
        at = page.ref.warc_record_offset + page.ref.warc_record_length // 2
        data = bytearray(file.read_bytes())
        data[at] ^= 0xFF
        file.chmod(0o644)
        file.write_bytes(data)
        result = run(RunOptions(word=site.url, output=tmp_path, allow_loopback=True))
        (last,) = archive.glob(f"warc/*/*{result.run}*.warc.gz")
    again = {r.target_uri: r.type for r in read_records(last) if r.type in ("response", "revisit")}
    assert again[site.url + "mot.html"] == "response" and again[site.url + "hai.html"] == "revisit"


def test_verify_misses_the_record_that_a_revisit_refers_to(tmp_path: Path) -> None:
    with serve(CITY) as site:
        first = crawl(site, tmp_path)
        archive = open_archive(Path(crawl(site, tmp_path).archive))
    next(archive.root.glob(f"warc/*/*{first.run}*")).unlink()
    codes = [f.code for f in verify(archive).findings]
    assert codes.count("warc.referent") == len(records(archive.root, "revisit")) > 3


def test_ledger_and_tables_come_back_and_other_readers_read_all(tmp_path: Path) -> None:
    with MockCity() as city:
        for _ in range(2):
            result = run(RunOptions(word=city.url, output=tmp_path / "a", allow_loopback=True))
    root = Path(result.archive)
    archive = open_archive(root)
    assert result.sums["pages"]["captured"] == 0 and records(result, "revisit")
    assert not verify(archive).findings
    again = archive.root / "again.sqlite3"
    rebuild_ledger(archive, again)
    assert payloads(again) == payloads(archive.ledger) and len(payloads(again)) > 20
    copy = tmp_path / "b" / root.name
    copy.mkdir(parents=True)
    shutil.copy(root / "archive.json", copy)
    for truth in ("warc", "manifests"):
        shutil.copytree(root / truth, copy / truth)
    rebuild(open_archive(copy), now=datetime.now(UTC))
    for table in TABLES:
        assert pq.read_table(copy / table).equals(pq.read_table(root / table), check_metadata=True), table
    for path in sorted(root.glob("warc/*/*.warc.gz")):
        check = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
        done = subprocess.run(check, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        ours = [r.ref.warc_record_id for r in read_records(path)]
        with open(path, "rb") as stream:
            found = ArchiveIterator(stream, parse_http=False, verify_digests=True)
            assert [(record.record_id or "").strip("<>") for record in found] == ours
        with open(path, "rb") as stream:
            revisits = [r for r in Warcio(stream) if r.rec_type == "revisit"]
            assert all(r.http_headers and r.http_headers.get_statuscode() for r in revisits)


def payloads(path: Path) -> list[tuple[Any, ...]]:
    ledger = Ledger(path)
    rows = ledger._db.execute("SELECT * FROM payloads ORDER BY url").fetchall()
    ledger.close()
    return rows
