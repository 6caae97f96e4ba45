"""robots.txt over real connections: what it forbids or withholds is never asked."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.run import RunOptions, RunSummary, run
from pipelines.archive import open_archive
from pipelines.ledger import Ledger
from pipelines.warc.reader import read_records
from tests.rawserver import CLOSE, RESET, RawServer, Script, chunked, plain, serving

FORBID = b"User-agent: *\nDisallow: /\n"
ZIPPED = gzip.compress(FORBID)
GZIP, CHUNKED = b"Content-Encoding: gzip", b"Transfer-Encoding: chunked"
NEWS = (
    "<html lang=vi><head><title>Cầu mới</title></head><body><article><h1>Cầu mới</h1><p>Thứ Tư, 13/10/2021"
    " 17:46</p>" + "<p>Sáng nay phường Bến Gỗ đã thông cầu mới qua rạch, xe máy đi được ngay.</p>" * 4
    + "</article></body></html>"
).encode()  # fmt: skip
HTML = b"Content-Type: text/html; charset=utf-8"


def head(*lines: bytes, status: bytes = b"200 OK") -> bytes:
    return b"\r\n".join([b"HTTP/1.1 " + status, *lines, b"", b""])


def site(server: RawServer, *robots: Script) -> None:
    server.on("/robots.txt", *robots)
    server.on("/", [plain(b'<html><body><a href="/a.html">a</a></body></html>', HTML)])
    server.on("/a.html", [plain(NEWS, HTML)])


def crawl(server: RawServer, output: Path) -> RunSummary:
    return run(RunOptions(word=server.url, output=output, allow_loopback=True, full=True))


def asked(server: RawServer) -> list[str]:
    return [sent.target for sent in server.log]


@pytest.mark.parametrize(
    "answer",
    [
        plain(FORBID),
        plain(b"\xef\xbb\xbf" + FORBID),
        plain(ZIPPED, GZIP),
        head(CHUNKED) + chunked(FORBID[:7], FORBID[7:]),
        head(CHUNKED, GZIP) + chunked(ZIPPED[:5], ZIPPED[5:]),
        head(CHUNKED, GZIP) + chunked(gzip.compress(b"\xef\xbb\xbf" + FORBID)),
    ],
    ids=["plain", "BOM", "gzip", "chunked", "gzip and chunked", "all of it"],
)
def test_disallow_all_in_every_coding_lets_no_page_be_asked(answer: bytes, tmp_path: Path) -> None:
    with serving() as server:
        site(server, [answer])
        summary = crawl(server, tmp_path)
        assert asked(server) == ["/robots.txt"]
    assert summary.exit_code == 5 and "robots.txt" in str(summary.reason) and "forbids" in str(summary.reason)
    assert summary.sums["pages"]["excluded.robots"] == 1
    (file,) = Path(summary.archive).glob("warc/*/*.warc.gz")
    robots = [r for r in read_records(file) if r.type == "response"]
    assert [r.target_uri for r in robots] == [f"{server.url}/robots.txt"]
    ledger = Ledger(open_archive(Path(summary.archive)).ledger)
    address = ledger.get(server.url + "/")
    assert address is not None and address.robots_record == robots[0].ref.warc_record_id
    ledger.release()


@pytest.mark.parametrize(
    "script",
    [
        [plain(b"", status=b"503 Service Unavailable")],
        [plain(b"", status=b"500 Oops")],
        [plain(b"", status=b"429 Too Many Requests")],
        [RESET],
        [CLOSE],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *\n", CLOSE],
        [plain(b"\x1f\x8b\x08 no gzip", GZIP)],
        [plain(ZIPPED[:-12], GZIP)],
    ],
    ids=["503", "500", "429", "reset", "closed", "cut", "no gzip", "cut gzip"],
)
def test_a_robots_txt_that_cannot_be_had_lets_no_page_be_asked(script: Script, tmp_path: Path) -> None:
    with serving() as server:
        site(server, script)
        summary = crawl(server, tmp_path)
        assert set(asked(server)) == {"/robots.txt"}
    assert summary.exit_code == 5 and "cannot be had" in str(summary.reason)
    assert summary.sums["pages"]["pending"] == 1


@pytest.mark.parametrize("status", [b"404 Not Found", b"403 Forbidden", b"401 Unauthorized"])
def test_a_4xx_allows(status: bytes, tmp_path: Path) -> None:
    with serving() as server:
        site(server, [plain(FORBID, status=status)])
        summary = crawl(server, tmp_path)
    assert summary.exit_code == 0 and summary.articles == 1


def test_a_passing_503_is_asked_again_and_then_obeyed(tmp_path: Path) -> None:
    with serving() as server:
        site(server, [plain(b"", status=b"503 Busy")], [plain(b"User-agent: *\nDisallow: /x/\n")])
        summary = crawl(server, tmp_path)
        assert asked(server)[:3] == ["/robots.txt", "/robots.txt", "/"]
    assert summary.exit_code == 0


def test_a_deferred_portal_is_crawled_whole_by_the_next_run(tmp_path: Path) -> None:
    with serving() as server:
        site(server, [plain(b"", status=b"503 Busy")])
        assert crawl(server, tmp_path).exit_code == 5
        site(server, [plain(b"")])
        summary = crawl(server, tmp_path)
        assert summary.exit_code == 0 and summary.articles == 1
        site(server, [plain(b"", status=b"503 Busy")])
        before = len(server.log)
        again = crawl(server, tmp_path)
        assert set(asked(server)[before:]) == {"/robots.txt"}
        site(server, [plain(b"")])
        before = len(server.log)
        assert crawl(server, tmp_path).exit_code == 0
        assert {"/", "/a.html"} < set(asked(server)[before:]), "the seed alone is no unfinished work"
    assert again.exit_code == 5 and again.articles == 1, "the last good tables stay"


def test_redirects_are_followed_to_the_rules(tmp_path: Path) -> None:
    with serving() as server:
        site(server, [head(b"Location: /1", b"Content-Length: 0", status=b"301 Moved")])
        for hop in range(1, 5):
            moved = head(b"Location: /%d" % (hop + 1), b"Content-Length: 0", status=b"302 Found")
            server.on(f"/{hop}", [moved])
        server.on("/5", [plain(FORBID)])
        summary = crawl(server, tmp_path)
        assert asked(server) == ["/robots.txt", "/1", "/2", "/3", "/4", "/5"]
    assert summary.exit_code == 5 and "forbids" in str(summary.reason)
    assert summary.sums["requisites"]["captured"] == 6


def test_redirects_without_end_defer(tmp_path: Path) -> None:
    with serving() as server:
        site(server, [head(b"Location: /robots.txt", b"Content-Length: 0", status=b"302 Found")])
        summary = crawl(server, tmp_path)
        assert asked(server) == ["/robots.txt"] * 6
    assert summary.exit_code == 5


def test_one_origin_is_asked_once_however_it_is_spelled(tmp_path: Path) -> None:
    with serving() as server:
        site(server, [plain(b"User-agent: *\nDisallow: /x\n")])
        links = f'<a href="/a.html">a</a><a href="http://u:p@127.0.0.1:{server.port}/b.html">b</a>'
        other = f'<a href="HTTP://127.0.0.1:{server.port}/c.html">c</a>'
        server.on("/", [plain(f"<html>{links}{other}</html>".encode(), HTML)])
        crawl(server, tmp_path)
        assert {"/b.html", "/c.html"} < set(asked(server)) and asked(server).count("/robots.txt") == 1


def test_a_page_that_links_to_robots_txt_leaves_its_row(tmp_path: Path) -> None:
    with serving() as server:
        site(server, [plain(b"User-agent: *\nAllow: /\n")])
        server.on("/", [plain(b'<html><a href="/a.html">a</a><a href="/robots.txt">robots</a></html>', HTML)])
        summary = crawl(server, tmp_path)
        assert asked(server).count("/robots.txt") == 1
    assert summary.sums["requisites"]["captured"] == summary.sums["requisites"]["known"] == 1


def test_what_is_forbidden_is_not_asked_and_the_rest_is(tmp_path: Path) -> None:
    with serving() as server:
        site(server, [plain(b"User-agent: citynews\nDisallow: /secret\n")])
        links = b'<a href="/a.html">a</a><a href="/secret/b.html">b</a>'
        server.on("/", [plain(b"<html><body>" + links + b"</body></html>", HTML)])
        summary = crawl(server, tmp_path)
        assert "/secret/b.html" not in asked(server)
    assert summary.exit_code == 0 and summary.sums["pages"]["excluded.robots"] == 1
