"""Ends that are no failure: a deadline, so many bytes, a portal that asks to be left alone."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from crawler.cli.amounts import Duration, Size
from crawler.cli.run_lines import run_lines
from pipelines.archive import Portal, open_archive
from pipelines.errors import Deferred
from pipelines.urls import host
from tests.rawserver import Step, plain, serving
from tests.site import Answer, serve
from tests.test_run import SITE, crawl, holds, news, page

HTML = b"Content-Type: text/html; charset=utf-8"
MANY = {"/": page(*(f"/{i}.html" for i in range(12)))} | {
    f"/{i}.html": news(f"Đo lại cao độ đường số {i}", i) for i in range(12)
}


def test_a_deadline_ends_a_run_in_order_and_the_next_goes_on(tmp_path: Path) -> None:
    with serve(MANY) as site:
        portal = Portal(slug="slow", seed=site.url, scope=(host(site.url),), delay_ms=1000)
        first = crawl(site.url, tmp_path, portal=portal, requisites=False, deadline_s=5)
        assert first.exit_code == 15 and first.status == "interrupted" and "deadline" in str(first.reason)
        assert len(site.asked) < 12 and first.sums["pages"]["pending"] and holds(first)
        assert run_lines(first)[1] == "  everything that is known was to be asked"
        report = tmp_path / "slow" / "runs" / first.run / "report.html"
        assert "everything known was to be asked" in report.read_text("utf-8")
        archive = open_archive(tmp_path / "slow")
        archive.with_portal(archive.portal.model_copy(update={"delay_ms": 0}))
        second = crawl(site.url, tmp_path, portal=portal, requisites=False)
    assert second.exit_code == 0 and second.articles == 12
    assert len([path for path in site.asked if path[1:2].isdigit()]) == 12, "nothing is asked twice"


def test_so_many_bytes_end_a_run_and_the_next_goes_on(tmp_path: Path) -> None:
    with serve(MANY) as site:
        first = crawl(site.url, tmp_path, max_bytes=9000)
        assert first.exit_code == 14 and first.status == "interrupted" and "9000 bytes" in str(first.reason)
        assert first.sums["pages"]["pending"] > 3 and holds(first)
        assert 9000 < first.warc_bytes < 13000
        assert crawl(site.url, tmp_path, max_bytes=10**9).exit_code == 0
    assert len([path for path in site.asked if path[1:2].isdigit()]) == 12


@pytest.mark.parametrize(
    ("where", "form"),
    [("/robots.txt", "seconds"), ("/", "date"), ("/mot.html", "seconds"), ("/sitemap.xml", "date")],
)
def test_a_portal_that_names_a_late_moment_is_not_asked_before(where: str, form: str, tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    until = now + timedelta(hours=2)
    value = b"7200" if form == "seconds" else f"{until:%a, %d %b %Y %H:%M:%S} GMT".encode()
    busy = plain(b"", b"Retry-After: " + value, status=b"503 Busy" if form == "date" else b"429 Slower")
    with serving() as server:
        server.on("/", [plain(page("/mot.html", "/hai.html").body, HTML)])
        for path in ("/mot.html", "/hai.html"):
            server.on(path, [plain(SITE[path].body, HTML)])
        usual = server.scripts.get(where, [[plain(b"", status=b"404 Not Found")]])
        server.on(where, [busy])
        first = crawl(server.url, tmp_path)
        assert first.exit_code == 18 and first.status == "interrupted" and holds(first)
        assert f"{until:%Y-%m-%d %H:%M}"[:15] in str(first.reason), first.reason
        assert f"(Retry-After of {server.url}{where})" in str(first.reason)
        asked = len(server.log)
        assert [s.target for s in server.log].count(where) == 1, "it is not tried again"
        with time_machine.travel(now + timedelta(hours=1)), pytest.raises(Deferred, match="left alone until"):
            crawl(server.url, tmp_path)
        assert len(server.log) == asked, "an hour later nothing is asked"
        server.on(where, *usual)
        with time_machine.travel(now + timedelta(hours=2, minutes=1)):
            last = crawl(server.url, tmp_path)
    assert last.exit_code == 0 and last.articles == 2 and holds(last)


def test_ten_years_are_a_month_and_garbage_is_nothing(tmp_path: Path) -> None:
    with serving() as server:
        server.on("/", [plain(page("/mot.html").body, HTML)])
        again = [plain(SITE["/mot.html"].body, HTML)]
        server.on("/mot.html", [plain(b"", b"Retry-After: whenever", status=b"503 Busy")], again)
        assert crawl(server.url, tmp_path).exit_code == 0
        now = datetime.now(UTC)
        server.on("/mot.html", [plain(b"", b"Retry-After: 315360000", status=b"503 Busy")], again)
        assert crawl(server.url, tmp_path, full=True).exit_code == 18
        with time_machine.travel(now + timedelta(days=29)), pytest.raises(Deferred):
            crawl(server.url, tmp_path)
        with time_machine.travel(now + timedelta(days=31)):
            assert crawl(server.url, tmp_path).exit_code == 0


def test_a_host_of_pictures_that_rests_keeps_nobody_else(tmp_path: Path) -> None:
    with serving() as pictures, serve({}) as site:
        shown = "".join(f'<img src="{pictures.url}/{i}.png">' for i in range(3)).encode()
        body = SITE["/mot.html"].body.replace(b"</article>", shown + b"</article>")
        site.answers |= {"/": page("/mot.html"), "/mot.html": Answer(body=body)}
        pictures.on("/0.png", [plain(b"", b"Retry-After: 90000", status=b"429 Slower")])
        summary = crawl(site.url, tmp_path)
        assert summary.exit_code == 0 and summary.articles == 1 and holds(summary)
        assert [s.target for s in pictures.log] == ["/robots.txt", "/0.png"]
        assert summary.sums["requisites"]["pending"] == 3
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
            assert crawl(site.url, tmp_path).exit_code == 0
        assert len(pictures.log) == 2, "nor in the next run"
        pictures.on("/0.png", [plain(b"png")])
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=26)):
            later = crawl(site.url, tmp_path)
    assert later.sums["requisites"].get("pending", 0) == 0 and holds(later)


def test_a_crawl_delay_beyond_reason_is_cut_and_told(tmp_path: Path) -> None:
    def wished(request: bytes) -> list[Step]:
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
        return [plain(b"User-agent: *\nCrawl-delay: 1e9\n")]

    with serving() as server:
        server.on("/robots.txt", wished)
        summary = crawl(server.url, tmp_path)
    assert summary.notes == (f"{host(server.url)} wishes a Crawl-delay of 1e+09 s; 60 s are kept",)
    assert summary.exit_code == 11 and [s.target for s in server.log] == ["/robots.txt"]


def test_spans_and_sizes_as_people_write_them() -> None:
    spans = {"90": 90, "1.5s": 1.5, "30m": 1800, "2h": 7200, "1d": 86400, "20 min": 1200}
    assert {text: Duration().convert(text, None, None) for text in spans} == spans
    sizes = {"800000": 800000, "500MB": 500_000_000, "2g": 2_000_000_000, "1.5 kB": 1500}
    assert {text: Size().convert(text, None, None) for text in sizes} == sizes
    for text in ("", "0", "-1", "soon", "5 weeks", "1e9", "٣", "9" * 400):
        for kind in (Duration(), Size()):
            with pytest.raises(Exception, match="write it as"):
                kind.convert(text, None, None)
