"""An answer that repeats what the archive holds is a revisit, and everything still holds."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as Warcio

from crawler.capture.sink import Kept, Sink
from crawler.run import RunOptions, RunSummary, run
from pipelines.archive import TABLES, Archive, open_archive
from pipelines.commit import commit
from pipelines.dispositions import dispositions_record
from pipelines.inspect import inspect_url
from pipelines.ledger import Ledger, open_ledger, rebuild_ledger
from pipelines.ledger.table import seal_path
from pipelines.rebuild import rebuild
from pipelines.revisits import Revisits
from pipelines.verify import verify
from pipelines.warc.member import StoredRecord
from pipelines.warc.message import http_view
from pipelines.warc.reader import read_records
from pipelines.warc.record import Exchange, exchange_records, sha256_digest
from pipelines.warc.recovery import recover_spool
from pipelines.warc.revisit import IDENTICAL_PAYLOAD, revisit_records
from pipelines.warc.writer import WarcWriter
from tests.mockcity import MockCity
from tests.rawserver import plain, serving
from tests.site import Answer, Site, serve
from tests.small_archive import BODY, SITE, answer, page, redirect, referent_of, sitemap, small_archive
from tests.test_requisites_crawl import article, home, picture
from tests.test_run import news

PAGE = news("Đo lại cao độ đường Bến Gỗ", 1)
OTHER = news("Lắp trạm bơm ở ngõ Chùa Vẽ cũ", 2)
CITY = {"/": home("/mot.html", "/hai.html"), "/mot.html": PAGE, "/hai.html": OTHER}


def crawl(site: Site, output: Path, **changes: Any) -> RunSummary:
    result = run(RunOptions(word=site.url, output=output, allow_loopback=True, full=True, **changes))
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
        assert revisit.get("WARC-Profile") == IDENTICAL_PAYLOAD
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
    assert found["custody"]["record"]["id"] == mine[2]["warc_record_id"]
    assert found["payload_custody"]["record"]["id"] == mine[0]["warc_record_id"]


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


def test_a_sitemap_that_repeats_itself_still_says_what_is_listed(tmp_path: Path) -> None:
    """Most of what it lists fails, and the run is not healthy."""
    paths = ("/mot.html", "/hai.html", "/ba.html")
    pages = {path: news(f"Tin về cầu cảng số {n}", n) for n, path in enumerate(paths)}
    with serve({"/": home(*paths), **pages}) as site:
        listed = sitemap(*(site.url.rstrip("/") + path for path in paths))
        site.answers["/sitemap.xml"] = Answer(body=listed, content_type="application/xml")
        result = crawl(site, tmp_path)
        site.answers |= {path: Answer(status=500) for path in paths[1:]}
        again = run(RunOptions(word=site.url, output=tmp_path, allow_loopback=True, full=True))
    assert types(result, "sitemap.xml") == ["response", "revisit"]
    assert again.exit_code == 9
    (told,) = again.health
    assert told.startswith("of 3 addresses that sources list, 1 was captured and 2 failed; ")


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
            result = run(RunOptions(word=server.url, output=tmp_path, allow_loopback=True, full=True))
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
        result = run(RunOptions(word=server.url, output=tmp_path, allow_loopback=True, full=True))
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
        result = run(RunOptions(word=site.url, output=tmp_path, allow_loopback=True, full=True))
        (last,) = archive.glob(f"warc/*/*{result.run}*.warc.gz")
    again = {r.target_uri: r.type for r in read_records(last) if r.type in ("response", "revisit")}
    assert again[site.url + "mot.html"] == "response" and again[site.url + "hai.html"] == "revisit"


@pytest.mark.parametrize("wrong", ["record_id", "url", "date", "payload_digest", ""])
def test_verify_compares_a_revisit_with_what_it_refers_to(wrong: str, tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    sent = Exchange(url=f"{SITE}/tin.html", started_at=a.now, response=answer(page("Tin")))
    first = exchange_records(sent)
    earlier = a.now - timedelta(days=1)
    other = {"record_id": "urn:uuid:0", "url": f"{SITE}/", "date": earlier, "payload_digest": "sha256:0"}
    said = replace(referent_of(first), **({wrong: other[wrong]} if wrong else {}))  # type: ignore[arg-type]
    a.now += timedelta(hours=1)
    run_id = f"{a.now:%Y%m%dT%H%M%SZ}-00000a"
    writer = WarcWriter(a.archive, run_id, low_water=0)
    writer.append(first)
    writer.append(revisit_records(replace(sent, started_at=a.now), said))
    writer.seal()
    commit(a.archive, a.facts(run_id), now=a.now)
    codes = [f.code for f in verify(a.archive).findings]
    assert codes == (["warc.referent"] if wrong else [])


def test_verify_misses_the_record_that_a_revisit_refers_to(tmp_path: Path) -> None:
    with serve(CITY) as site:
        first = crawl(site, tmp_path)
        archive = open_archive(Path(crawl(site, tmp_path).archive))
    next(archive.root.glob(f"warc/*/*{first.run}*")).unlink()
    codes = [f.code for f in verify(archive).findings]
    assert codes.count("warc.referent") == len(records(archive.root, "revisit")) > 3


SAME = ("articles", "versions", "links", "images", "rejections")
"""Tables to which a second run that finds everything unchanged adds nothing."""


def unchanging(root: Path, table: str) -> list[dict[str, Any]]:
    rows = pq.read_table(root / table).to_pylist()
    return [{name: value for name, value in row.items() if name != "last_captured_at"} for row in rows]


def test_ledger_and_tables_come_back_and_other_readers_read_all(tmp_path: Path) -> None:
    with MockCity() as city:
        first = run(RunOptions(word=city.url, output=tmp_path / "a", allow_loopback=True, full=True))
        root = Path(first.archive)
        before = {table: unchanging(root, table) for table in SAME}
        result = run(RunOptions(word=city.url, output=tmp_path / "a", allow_loopback=True, full=True))
    assert {table: unchanging(root, table) for table in SAME} == before
    assert all(before.values())
    assert result.sums["pages"]["confirmed"] == first.sums["pages"]["captured"]
    assert result.warc_bytes < first.warc_bytes / 3
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


REQUEST = b"GET / HTTP/1.1\r\n\r\n"


class Kitchen:
    """A sink with a real writer and ledger, of one run of an archive, and a clock."""

    def __init__(self, archive: Archive, run_id: str) -> None:
        self.archive, self.now = archive, datetime.strptime(run_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        self.ledger = open_ledger(archive)
        self.ledger.begin(run_id, self.now)
        self.writer = WarcWriter(archive, run_id, low_water=0, max_bytes=1 << 20)
        self.revisits = Revisits(archive, self.ledger.payloads, self.ledger.is_requisite)

    def keep(self, *answers: bytes, minutes: int = 1, request: bytes = REQUEST, url: str = "") -> list[str]:
        """Store answers of one address, all at the same time; the types of their records."""

        async def store() -> list[Kept]:
            sink = Sink(self.writer, self.ledger, self.revisits)
            try:
                return await asyncio.gather(*map(sink.keep, exchanges))
            finally:
                await sink.close()

        exchanges = []
        for sent in answers:
            self.now += timedelta(minutes=minutes)
            exchanges.append(Exchange(url=url or URL, started_at=self.now, request=request, response=sent))
        return ["revisit" if kept.referent else "response" for kept in asyncio.run(store())]

    def end(self, *, killed: bool = False) -> None:
        if killed:
            self.writer.close()
            self.ledger.release()
            return
        moment = self.now + timedelta(minutes=1)
        self.ledger.end()
        run_id = self.ledger.run
        self.writer.seal((dispositions_record(run_id, self.now, moment, self.ledger.dispositions(), moment),))
        self.ledger.close()


URL = f"{SITE}/tin.html"
TAGGED = answer(page("Tin")).replace(b"\r\n\r\n", b'\r\nETag: "a1"\r\n\r\n', 1)
RUNS = ("20260401T080000Z-00000a", "20260402T080000Z-00000b", "20260403T080000Z-00000c")


def test_within_a_run_a_record_of_the_open_file_is_referred_to(tmp_path: Path) -> None:
    kitchen = Kitchen(small_archive(tmp_path).archive, RUNS[0])
    assert kitchen.keep(TAGGED) == ["response"]
    assert kitchen.keep(TAGGED) == kitchen.keep(TAGGED) == ["revisit"]
    assert kitchen.keep(answer(page("Khác"))) == kitchen.keep(TAGGED) == ["response"]
    kitchen.end()


def test_of_two_answers_at_the_same_time_the_second_has_no_latest_capture(tmp_path: Path) -> None:
    kitchen = Kitchen(small_archive(tmp_path).archive, RUNS[0])
    kitchen.keep(TAGGED)
    assert kitchen.keep(answer(page("Khác")), TAGGED) == ["response", "response"]
    kitchen.end()


def test_a_page_refers_to_no_other_address_and_a_requisite_to_any(tmp_path: Path) -> None:
    kitchen = Kitchen(small_archive(tmp_path).archive, RUNS[0])
    other, picture = f"{SITE}/hai.html", f"{SITE}/p.png"
    kitchen.keep(TAGGED, url=other)
    assert kitchen.keep(answer(page("Khác"))) == kitchen.keep(TAGGED) == ["response"]
    kitchen.ledger.require(picture, found_on=URL)
    assert kitchen.keep(answer(b"x"), url=picture) == ["response"]
    assert kitchen.keep(TAGGED, url=picture) == ["revisit"]
    assert kitchen.keep(answer(b"x"), url=picture) == ["response"], "its latest capture is another"
    kitchen.end()


def test_a_revisit_begins_no_version_where_an_article_has_two_addresses(tmp_path: Path) -> None:
    """Each address repeats its own latest capture, and between them the text goes to and fro."""
    a = small_archive(tmp_path)
    kitchen, moved = Kitchen(a.archive, RUNS[0]), f"{SITE}/moi.html"
    kitchen.keep(TAGGED)
    kitchen.keep(redirect(moved))
    kitchen.keep(answer(page("Tin", ("Bản đã sửa.", *BODY))), url=moved)
    kitchen.keep(TAGGED)
    assert kitchen.keep(answer(page("Tin", ("Bản đã sửa.", *BODY))), url=moved) == ["revisit"]
    kitchen.end()
    commit(a.archive, a.facts(RUNS[0]), now=kitchen.now)
    first, second, third = sorted(a.rows("versions"), key=lambda r: r["version"])
    assert first["content_sha256"] == third["content_sha256"] != second["content_sha256"]
    assert second["last_captured_at"] == kitchen.now > third["last_captured_at"]
    assert verify(a.archive).findings == ()


def test_nothing_refers_to_a_later_record(tmp_path: Path) -> None:
    """Where the clock stepped back, a revisit would be the first capture of a version."""
    kitchen = Kitchen(small_archive(tmp_path).archive, RUNS[0])
    kitchen.keep(TAGGED)
    assert kitchen.keep(TAGGED, minutes=-2) == ["response"]
    kitchen.end()


def test_not_modified_is_a_revisit_where_the_mark_of_the_last_capture_was_sent(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    asked, changed = b"GET / HTTP/1.1\r\nIf-None-Match: %s\r\n\r\n", b"HTTP/1.1 304 Not Modified\r\n\r\n"
    kitchen = Kitchen(a.archive, RUNS[0])
    kitchen.keep(TAGGED)
    assert kitchen.keep(changed, request=asked % b'"a1"') == ["revisit"]
    assert kitchen.keep(changed, request=asked % b'"b2"') == kitchen.keep(changed) == ["response"]
    assert kitchen.keep(changed, request=asked % b'"a1"') == ["revisit"]
    told = kitchen.ledger.get(URL)
    assert told is not None and (told.verdict, told.status) == ("confirmed", 200)
    kitchen.end()
    a.now = kitchen.now
    commit(a.archive, a.facts(RUNS[0]), now=a.now)
    (version,) = a.rows("versions")
    assert version["last_captured_at"] == kitchen.now > version["captured_at"]
    rows = sorted(a.rows("captures"), key=lambda r: r["captured_at"])
    assert [(r["record_type"], r["status"]) for r in rows] == [
        ("response", 200), ("revisit", 304), ("response", 304), ("response", 304), ("revisit", 304),
    ]  # fmt: skip
    assert {r["reading"] for r in rows} == {"article"} and a.rows("rejections") == []
    assert rows[1]["payload_digest"] == rows[0]["payload_digest"]
    assert verify(a.archive).findings == ()
    again = tmp_path / "again.sqlite3"
    rebuild_ledger(a.archive, again)
    assert payloads(again) == payloads(a.archive.ledger)
    found = open_ledger(a.archive, again)
    assert found.get(URL) == told
    found.close()


def test_a_killed_run_leaves_what_the_next_one_refers_to(tmp_path: Path) -> None:
    archive = small_archive(tmp_path).archive
    first = Kitchen(archive, RUNS[0])
    first.keep(TAGGED)
    first.end()
    second = Kitchen(archive, RUNS[1])
    assert second.keep(TAGGED) == ["revisit"]
    second.end(killed=True)
    archive.ledger.unlink()
    assert recover_spool(archive).runs == (RUNS[1],)
    third = Kitchen(archive, RUNS[2])
    told = third.ledger.get(URL)
    assert told is not None and told.verdict == "confirmed"
    assert third.keep(TAGGED) == ["revisit"]
    third.end()
    response, *revisits = [r for r in records(archive.root) if r.type in ("response", "revisit")]
    assert {r.get("WARC-Refers-To") for r in revisits} == {f"<{response.ref.warc_record_id}>"}


def test_after_a_lost_record_nothing_is_confirmed_so_nothing_is_a_revisit(tmp_path: Path) -> None:
    archive = small_archive(tmp_path).archive
    first = Kitchen(archive, RUNS[0])
    first.keep(TAGGED)
    first.end()
    second = Kitchen(archive, RUNS[1])
    second.keep(TAGGED)
    second.end(killed=True)
    (path,) = archive.spool.iterdir()
    os.truncate(path, path.stat().st_size // 2)
    recover_spool(archive)
    third = Kitchen(archive, RUNS[2])
    assert third.keep(TAGGED) == ["response"]
    told = third.ledger.get(URL)
    assert told is not None and told.verdict == "captured"
    third.end()


def test_the_table_only_proposes(tmp_path: Path) -> None:
    """Whatever stands in it, a page refers to a whole response of its own address, and to no revisit."""
    kitchen = Kitchen(small_archive(tmp_path).archive, RUNS[0])
    kitchen.keep(TAGGED)
    kitchen.keep(TAGGED)
    held = kitchen.ledger.payloads.at(URL)
    assert held is not None
    sent = Exchange(url=URL, started_at=kitchen.now + timedelta(minutes=1), response=TAGGED)
    assert kitchen.revisits.referent(sent, held)
    open_file = kitchen.archive.spool / (held.ref.warc_filename.rpartition("/")[2] + ".open")
    (revisit,) = (r for r in read_records(open_file) if r.type == "revisit")
    of_a_revisit = replace(held, ref=replace(revisit.ref, warc_filename=held.ref.warc_filename))
    elsewhere = replace(held, url=f"{SITE}/khac.html")
    moved = replace(held, ref=replace(held.ref, warc_record_offset=held.ref.warc_record_offset + 1))
    for wrong in (of_a_revisit, elsewhere, moved):
        assert kitchen.revisits.referent(sent, wrong) is None
    assert kitchen.revisits.referent(replace(sent, response=TAGGED[:-1] + b"!"), held) is None
    kitchen.end()


def test_a_ledger_of_before_learns_what_is_held(tmp_path: Path) -> None:
    """The ledger of schema 1 had no table of payloads."""
    archive = small_archive(tmp_path).archive
    kitchen = Kitchen(archive, RUNS[0])
    kitchen.keep(TAGGED)
    kitchen.end()
    held = payloads(archive.ledger)
    seal_path(archive.ledger).unlink(missing_ok=True)
    old = sqlite3.connect(archive.ledger)
    old.executescript("DROP TABLE payloads; PRAGMA user_version=1;")
    old.close()
    assert Kitchen(archive, RUNS[1]).keep(TAGGED) == ["revisit"]
    assert payloads(archive.ledger) == held != []


def payloads(path: Path) -> list[tuple[Any, ...]]:
    ledger = Ledger(path)
    rows = ledger._db.execute("SELECT * FROM payloads ORDER BY url").fetchall()
    ledger.close()
    return rows
