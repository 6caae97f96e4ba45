"""What one run left out, a later one finds: nothing rests for ever because of how it was met once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from crawler.frontier import Frontier
from crawler.plan import plan
from crawler.resumption import is_due
from crawler.rules import MAX_DEPTH
from crawler.run import RunOptions, RunSummary, run
from pipelines.ledger import Ledger
from pipelines.ledger.due import sweep_is_due
from tests.rawserver import plain, serving
from tests.site import Answer, serve
from tests.test_conditional import HTML, OLD, header
from tests.test_frontier import SCOPE, answer, asked, fate
from tests.test_run import SITE, holds, news, page

NOW = datetime(2026, 3, 2, 3, 17, tzinfo=UTC)
HOST = "https://city.example"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "ledger.sqlite3")
    yield opened
    opened.close()


def crawl(url: str, output: Path, day: float, **changes: object) -> RunSummary:
    options = {"word": url, "output": output, "allow_loopback": True, "requisites": False, **changes}
    with time_machine.travel(NOW + day * DAY, tick=True):
        summary = run(RunOptions(**options))  # type: ignore[arg-type]
    assert holds(summary)
    return summary


def sitemap(host: str, *paths: str) -> bytes:
    listed = "".join(f"<url><loc>{host}{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()


def feed(host: str, *paths: str) -> bytes:
    listed = "".join(f"<item><title>Tin</title><link>{host}{path}</link></item>" for path in paths)
    return f'<rss version="2.0"><channel><title>Tin</title>{listed}</channel></rss>'.encode()


def test_sources_that_pages_link_stay_sources_in_every_run(tmp_path: Path) -> None:
    """Their place is before the pages; the home page's links come first all the same."""
    head = b'<link rel="alternate" type="application/rss+xml" href="/feed/"><title>'
    home = page("/mot.html", "/sitemap.xml", "/feed/").body.replace(b"<title>", head)
    with serve({**SITE, "/": Answer(body=home)}) as site:
        host, listed = site.url.rstrip("/"), ["/mot.html"]

        def publish(path: str, n: int) -> None:
            listed.append(path)
            site.answers[path] = news(f"Tin số {n} của phường Bến Gỗ", n)
            place = ("/sitemap.xml", sitemap) if n % 2 else ("/feed/", feed)
            site.answers[place[0]] = Answer(body=place[1](host, *listed), content_type="application/xml")

        site.answers["/robots.txt"] = Answer(body=f"Sitemap: {host}/sitemap.xml".encode())
        publish("/tin-1.html", 1)
        publish("/tin-2.html", 2)
        for n in range(1, 5):
            crawl(site.url, tmp_path, n, full=n == 2)
            assert {"/sitemap.xml", "/feed/", *listed} <= set(site.asked), f"run {n}"
            publish(f"/tin-{2 * n + 1}.html", 2 * n + 1)
            publish(f"/tin-{2 * n + 2}.html", 2 * n + 2)


def test_what_a_budget_left_out_is_asked_by_a_run_that_has_room(ledger: Ledger) -> None:
    ledger.begin("run-1", NOW, kind="sweep")
    first = Frontier(ledger, SCOPE, max_pages=2)
    pages = [f"{HOST}/{n}.html" for n in range(4)]
    for url in pages:
        first.found(url, found_by="sitemap")
    assert asked(first) == pages[:2] and fate(ledger, pages[3]) == ("excluded", "budget")
    for url in pages[:2]:
        answer(ledger, url)
    ledger.begin("run-2", NOW + DAY, kind="ordinary")
    second = Frontier(ledger, SCOPE, max_pages=2)
    second.rest(whole=False)
    second.load()
    assert asked(second) == pages[2:]


def test_what_lies_too_deep_is_asked_where_it_is_found_less_deep(ledger: Ledger) -> None:
    ledger.begin("run-1", NOW, kind="sweep")
    deep = f"{HOST}/sau.html"
    first = Frontier(ledger, SCOPE)
    assert not first.found(deep, found_by="listing", depth=MAX_DEPTH)
    assert fate(ledger, deep) == ("excluded", "budget")
    assert first.found(deep, found_by="sitemap") and asked(first) == [deep]


def test_runs_that_are_always_stopped_look_for_news_each_day_and_sweep_in_time(ledger: Ledger) -> None:
    def limited(hours: float, kind: str, *, looks: bool) -> None:
        at = NOW + hours * HOUR
        ledger.begin(f"{at:%Y%m%dT%H%M%SZ}-000000", at, kind=kind)  # type: ignore[arg-type]
        if looks:
            with time_machine.travel(at, tick=False):
                answer(ledger, HOST)
        ledger.observe(f"{HOST}/{hours}.html")
        ledger.queued()
        ledger.end(complete=False)

    def next_plan(hours: float) -> tuple[bool, bool, bool]:
        ledger.run = ""
        made = plan(ledger, NOW + hours * HOUR, seed=HOST, full=False)
        return made.sweep, made.goes_on, made.resume

    limited(0, "sweep", looks=True)
    for hours in (6, 12, 18):
        assert next_plan(hours) == (True, True, True)
        limited(hours, "sweep", looks=False)
    assert next_plan(24) == (True, True, False), "the seed was asked a day ago, by another run"
    ledger.begin("20260310T000000Z-000000", NOW + 8 * DAY, kind="sweep")
    ledger.end(complete=True)
    limited(24 * 9, "ordinary", looks=True)
    assert next_plan(24 * 10) == (False, True, False)
    assert next_plan(24 * 39) == (True, False, False), "work that is always left puts off no sweep"


def test_a_clock_that_was_wrong_once_lets_nothing_rest_for_years(ledger: Ledger) -> None:
    ahead = NOW + 1500 * DAY
    ledger.begin(f"{ahead:%Y%m%dT%H%M%SZ}-000000", ahead, kind="sweep")
    with time_machine.travel(ahead, tick=False):
        answer(ledger, HOST)
    ledger.queued()
    row = ledger.get(HOST)
    assert row is not None and is_due(row, NOW)
    assert sweep_is_due(NOW, ahead) and not sweep_is_due(NOW, NOW)
    ledger.observe(f"{HOST}/a.html")
    ledger.run = ""
    assert not plan(ledger, NOW, seed=HOST, full=False).resume
    ledger.begin(f"{NOW:%Y%m%dT%H%M%SZ}-000000", NOW, kind="ordinary")
    ledger.run = ""
    last = ledger.last_crawl()
    assert last is not None and last.started == NOW


def test_validators_of_a_source_that_stay_while_it_changes_are_believed_no_more(tmp_path: Path) -> None:
    """A sweep asks sources whole, and so sees it; before, an ordinary run cannot."""
    lines, paths = (b"Content-Type: application/xml", b'ETag: "one"', b"Last-Modified: " + OLD), ["/mot.html"]
    with serving() as server:

        def listed(request: bytes) -> list[bytes | float | str]:
            if header(request, b"if-none-match") or header(request, b"if-modified-since"):
                return [b"HTTP/1.1 304 Not Modified\r\n" + b"\r\n".join(lines) + b"\r\n\r\n"]
            return [plain(sitemap(server.url, *paths), *lines)]

        server.on("/", [plain(page("/mot.html").body, HTML)])
        server.on("/robots.txt", [plain(f"Sitemap: {server.url}/tin.xml".encode())])
        server.on("/tin.xml", listed)
        for n, path in enumerate(("/mot.html", "/hai.html", "/ba.html")):
            server.on(path, [plain(news(f"Tin số {n} của phường", n + 1).body, HTML)])
        crawl(server.url, tmp_path, 0)
        paths.append("/hai.html")
        crawl(server.url, tmp_path, 1)
        assert "/hai.html" not in {sent.target for sent in server.log}
        crawl(server.url, tmp_path, 31)
        paths.append("/ba.html")
        crawl(server.url, tmp_path, 32)
        assert {"/hai.html", "/ba.html"} <= {sent.target for sent in server.log}


def test_a_page_without_validators_says_nothing_of_those_of_others(tmp_path: Path) -> None:
    with serving() as server:
        server.on("/robots.txt", [plain(b"")])
        server.on("/", [plain(page("/mot.html", "/hai.html").body, HTML)])
        server.on("/mot.html", [plain(SITE["/mot.html"].body, HTML)])
        server.on("/hai.html", [plain(SITE["/hai.html"].body, HTML, b'ETag: "one"')])
        crawl(server.url, tmp_path, 0)
        server.on("/mot.html", [plain(news("Tin sửa", 7).body, HTML)])
        for month in (1, 2, 3):
            crawl(server.url, tmp_path, 31 * month)
        named = [header(s.request, b"if-none-match") for s in server.log if s.target == "/hai.html"]
    assert named.count('"one"') == 2, "in two sweeps of three"


@pytest.mark.parametrize(
    "met",
    [
        Answer(status=302, headers=(("Location", "/"),)),
        Answer(body=b"<html><title>Please wait</title><body>Checking your browser</body></html>"),
        Answer(body="<title>404</title><body><h1>Không tìm thấy trang</h1></body>".encode()),
    ],
)
def test_news_that_were_first_met_behind_a_wall_are_asked_again_the_next_day(
    met: Answer, tmp_path: Path
) -> None:
    with serve(SITE) as site:
        crawl(site.url, tmp_path, 0)
        site.answers |= {"/": page("/mot.html", "/hai.html", "/ba.html"), "/ba.html": met}
        crawl(site.url, tmp_path, 1)
        site.answers["/ba.html"] = news("Tin thứ ba", 3)
        assert crawl(site.url, tmp_path, 2).articles == 3


def test_a_source_that_was_cut_once_is_asked_whole_the_next_time(tmp_path: Path) -> None:
    """A program that breaks off while it writes states the validators of the whole."""
    listed = ["/mot.html"]
    with serving() as server:

        def answer(request: bytes) -> list[bytes | float | str]:
            tag = b'"%d"' % len(set(listed))
            if header(request, b"if-none-match").encode() == tag:
                return [b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"]
            body = sitemap(server.url, *listed)
            cut = len(body) if len(listed) != 2 else body.index(b"/hai.html")
            return [plain(body[:cut], b"Content-Type: application/xml", b"ETag: " + tag)]

        server.on("/", [plain(page("/mot.html").body, HTML)])
        server.on("/robots.txt", [plain(f"Sitemap: {server.url}/tin.xml".encode())])
        server.on("/tin.xml", answer)
        for path in ("/mot.html", "/hai.html"):
            server.on(path, [plain(SITE[path].body, HTML)])
        crawl(server.url, tmp_path, 0)
        listed.append("/hai.html")
        assert crawl(server.url, tmp_path, 1).articles == 1
        listed.append("/hai.html")  # whole, and its tag says that nothing changed
        assert crawl(server.url, tmp_path, 2).articles == 2
