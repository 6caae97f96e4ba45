"""The download handler inside a real Scrapy crawl: what it sends, hands on, and leaves behind."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.exceptions import StopDownload
from scrapy.http import TextResponse
from scrapy.settings import Settings

from crawler.capture.connecting import Connector
from crawler.capture.connections import Pool
from crawler.capture.exchange import Attempt, attempt, build_ask
from crawler.capture.handler import tls_context
from tests.crawling import SETTINGS, AskSpider, Crawl, crawl
from tests.rawserver import CLOSE, HANG, RawServer, chunked, plain, serving
from tests.test_capture import facts, wire

ROOT = Path(__file__).resolve().parent.parent
PAGE = "<html><head><title>Cầu mới</title></head><body><p>Khánh thành.</p></body></html>".encode()


def test_the_request_is_written_exactly(tmp_path: Path) -> None:
    with serving() as server:
        server.on("/tin?a=1&b=%20", [plain(b"")])
        headers = {
            "If-None-Match": '"x"', "Accept-Language": "vi", "Accept-Encoding": "br, zstd",
            "Cookie": "s3cret=1", "Authorization": "Basic s3cret", "Referer": "http://127.0.0.1/",
            "X-Other": "1",
        }  # fmt: skip
        crawl(tmp_path, [[Request(f"{server.url}/tin?a=1&b=%20#top", headers=headers)]])
    assert server.log[0].request == (
        b"GET /tin?a=1&b=%20 HTTP/1.1\r\n"
        b"Host: 127.0.0.1:" + str(server.port).encode() + b"\r\n"
        b"User-Agent: citynews-tests\r\n"
        b"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
        b"Accept-Encoding: gzip\r\n"
        b"Accept-Language: vi\r\n"
        b'If-None-Match: "x"\r\n'
        b"Connection: keep-alive\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("url", "line", "host"),
    [
        ("http://city.example", b"GET / HTTP/1.1", b"city.example"),
        ("http://city.example?p=1", b"GET /?p=1 HTTP/1.1", b"city.example"),
        ("http://user:s3cret@city.example:80/a?", b"GET /a? HTTP/1.1", b"city.example"),
        ("https://city.example:8443/a b\r\nX: y", b"GET /a%20b%0D%0AX:%20y HTTP/1.1", b"city.example:8443"),
        ("http://[2001:db8::1]:81/", b"GET / HTTP/1.1", b"[2001:db8::1]:81"),
        (
            "http://thành-phố.example/tin/mới",
            b"GET /tin/m%E1%BB%9Bi HTTP/1.1",
            b"xn--",
        ),
    ],
)
def test_request_lines(url: str, line: bytes, host: bytes) -> None:
    lines = build_ask(url, [], timeout=1, max_size=0).sent.split(b"\r\n")
    assert lines[0] == line
    assert lines[1].startswith(b"Host: ") and lines[2:] == [b"Connection: keep-alive", b"", b""]
    assert lines[1].startswith(b"Host: " + host) if host == b"xn--" else lines[1] == b"Host: " + host


def test_no_header_can_break_the_line() -> None:
    with pytest.raises(ValueError, match="line break"):
        build_ask("http://a/", [(b"User-Agent", b"x\r\nEvil: 1")], timeout=1, max_size=0)


def test_redirects_are_followed_and_both_hops_stored(tmp_path: Path) -> None:
    with serving() as server:
        target = server.on("/new", [plain(PAGE, b"Content-Type: text/html")])
        url = server.on("/old", [plain(b"moved", b"Location: /new", status=b"301 Moved")])
        done = crawl(tmp_path, [[url]])
    (response,) = done.responses
    assert response.url == target and isinstance(response, TextResponse) and response.text == PAGE.decode()
    for sent, address in zip(server.log, (url, target), strict=True):
        (records,) = done.exchanges(address)
        assert wire(records) == (sent.request, sent.answer)


def test_a_retry_is_an_exchange_of_its_own(tmp_path: Path) -> None:
    with serving() as server:
        busy = plain(b"busy", b"Retry-After: 0", status=b"503 Busy")
        url = server.on(
            "/", [busy], [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", CLOSE], [plain(PAGE)]
        )
        done = crawl(tmp_path, [[url]], RETRY_TIMES=2)
    assert [r.body for r in done.responses] == [PAGE]
    exchanges = done.exchanges(url)
    assert [wire(records) for records in exchanges] == [(s.request, s.answer) for s in server.log]
    assert [facts(records).get("error") for records in exchanges] == [None, "disconnect", None]
    request = done.responses[0].request
    assert request is not None and "exchange_error" not in request.meta
    assert request.meta["capture"].record.warc_record_id == exchanges[2][1].ref.warc_record_id


ROBOTS = b"User-agent: *\nDisallow: /\n"
GZIPPED = gzip.compress(ROBOTS, mtime=0)


@pytest.mark.parametrize(
    "answer",
    [
        plain(ROBOTS),
        plain(GZIPPED, b"Content-Encoding: gzip"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(ROBOTS[:9], ROBOTS[9:]),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + chunked(GZIPPED[:9], GZIPPED[9:]),
    ],
    ids=["plain", "gzip", "chunked", "gzip_and_chunked"],
)
def test_robots_txt_arrives_decoded(tmp_path: Path, answer: bytes) -> None:
    """Even Scrapy's own middleware then reads it rightly, and is kept as it was sent."""
    with serving() as server:
        robots = server.on("/robots.txt", [answer])
        crawl_of = crawl(tmp_path, [[server.on("/page", [plain(PAGE)])]], ROBOTSTXT_OBEY=True)
    assert [sent.target for sent in server.log] == ["/robots.txt"]
    assert wire(crawl_of.exchanges(robots)[0])[1] == answer


def test_head_is_answered_without_a_body(tmp_path: Path) -> None:
    with serving() as server:
        url = server.on("/", [b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"])
        done = crawl(
            tmp_path, [[Request(url, method="HEAD")], [url]], DOWNLOAD_TIMEOUT=0.5, RETRY_ENABLED=False
        )
    assert [r.body for r in done.responses] == [b""]
    assert len(done.failures) == 1, "the same bytes are no answer to a GET"
    assert len({sent.connection for sent in server.log}) == 1


def test_nothing_is_posted(tmp_path: Path) -> None:
    with serving() as server:
        done = crawl(tmp_path, [[Request(f"{server.url}/", method="POST", body=b"x")]])
    assert not server.log and len(done.failures) == 1


def test_facts_of_a_request_go_into_its_metadata(tmp_path: Path) -> None:
    with serving() as server:
        url = server.on("/", [plain(b"")])
        done = crawl(tmp_path, [[Request(url, meta={"facts": [("found_on", "http://a/")]})]])
    assert facts(done.exchanges(url)[0])["found_on"] == "http://a/"


# -- signals


def watched_crawl(
    folder: Path, url: str, *, stop_at: str | None = None, fail: bool = True
) -> tuple[Crawl, list[Any]]:
    """A crawl with receivers of headers_received and bytes_received, which may stop it."""
    heard: list[Any] = []

    class Listening(AskSpider):
        @classmethod
        def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Any:
            spider = super().from_crawler(crawler, *args, **kwargs)
            crawler.signals.connect(spider.on_headers, signal=signals.headers_received)
            crawler.signals.connect(spider.on_bytes, signal=signals.bytes_received)
            return spider

        def on_headers(self, headers: Any, body_length: Any, request: Any, spider: Any) -> None:
            heard.append((headers.get(b"X-A"), body_length))
            if stop_at == "headers":
                raise StopDownload(fail=fail)

        def on_bytes(self, data: bytes, request: Any, spider: Any) -> None:
            heard.append(data)
            if stop_at == "bytes":
                raise StopDownload(fail=fail)

    return crawl(folder, [[url]], spider=Listening, RETRY_ENABLED=False), heard


def test_signals_are_sent_as_the_answer_comes(tmp_path: Path) -> None:
    with serving() as server:
        head = b"HTTP/1.1 200 OK\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
        url = server.on("/", [head, 0.05, chunked(b"abc"), 0.05])
        done, heard = watched_crawl(tmp_path, url)
        counted = server.on("/n", [plain(b"abcd", b"X-A: 2")])
        _, heard_too = watched_crawl(tmp_path / "n", counted)
    assert heard[0] == (b"1", None) and b"".join(heard[1:]) == b"abc"
    assert heard_too == [(b"2", 4), b"abcd"]
    assert [r.body for r in done.responses] == [b"abc"]


@pytest.mark.parametrize("stop_at", ["headers", "bytes"])
@pytest.mark.parametrize("fail", [True, False])
def test_a_download_can_be_stopped_and_is_kept_as_far_as_it_came(
    tmp_path: Path, stop_at: str, fail: bool
) -> None:
    with serving() as server:
        url = server.on("/", [b"HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 500\r\n\r\nabc", HANG])
        done, _ = watched_crawl(tmp_path, url, stop_at=stop_at, fail=fail)
    error = done.failure(url) if fail else None
    response = error.response if isinstance(error, StopDownload) else done.responses[0]
    assert response is not None and response.body == b"abc" and response.flags == ["download_stopped"]
    (records,) = done.exchanges(url)
    assert wire(records)[1] == server.log[0].answer
    assert records[1].get("WARC-Truncated") == "disconnect" and facts(records)["error"] == "cancelled"


# -- ending


def test_a_cancelled_attempt_gives_its_exchange() -> None:
    async def run(server: RawServer) -> Attempt:
        pool = Pool(Connector(context=ssl.create_default_context(), allow_loopback=True))
        ask = build_ask(server.on("/", [b"HTTP/1.1 200 OK\r\nContent-", HANG]), [], timeout=5, max_size=0)
        task = asyncio.create_task(attempt(pool, ask))
        await asyncio.sleep(0.1)
        task.cancel()
        done = await task
        await pool.close()
        assert len(asyncio.all_tasks()) == 1
        return done

    with serving() as server:
        done = asyncio.run(run(server))
    assert done.cancelled and done.exchange.error == "cancelled" and done.exchange.truncated == "disconnect"
    assert done.exchange.response == b"HTTP/1.1 200 OK\r\nContent-"


@pytest.mark.parametrize("loop", ["reactor", "asyncio"])
def test_both_event_loops_end_clean(tmp_path: Path, loop: str) -> None:
    """No warning of an unclosed socket, a lost task or an unawaited coroutine is printed."""
    with serving() as server:
        urls = [
            server.on("/a", [plain(PAGE)]),
            server.on("/b", [plain(gzip.compress(PAGE), b"Content-Encoding: gzip")]),
            server.on("/c", [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", CLOSE]),
            server.on("/d", [plain(PAGE)]),  # its connection is idle at the end
        ]
        done = subprocess.run(
            [sys.executable, "-X", "dev", "-W", "error::ResourceWarning:crawler", "-m", "tests.crawling",
             tmp_path, loop, *urls],
            cwd=ROOT, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == (PAGE.decode() + "\n") * 3
    for word in ("ResourceWarning", "never awaited", "destroyed", "Traceback", "never retrieved"):
        assert word not in done.stderr, done.stderr


def test_without_a_sink_nothing_is_asked() -> None:
    async def run() -> Crawl:
        result = Crawl()
        runner = AsyncCrawlerRunner(Settings(SETTINGS))
        await runner.crawl(AskSpider, rounds=[[Request(f"{server.url}/")]], crawl=result)
        return result

    with serving() as server:
        done = asyncio.run(run())
    assert not server.log
    assert "CITYNEWS_SINK" in str(done.failures[0][1])


def test_the_context_verifies() -> None:
    context = tls_context()
    assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname
