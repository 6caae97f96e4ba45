"""Whole runs over real sites on loopback: how they end, and what they leave."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.cli.run_lines import run_lines
from crawler.progress import Counts
from crawler.rules import MAX_DEPTH
from crawler.run import RunOptions, RunSummary, run
from crawler.traps import ENOUGH
from pipelines.archive import Portal, locked, open_archive
from pipelines.errors import PAGE_LIMIT, ConfigurationError, Locked, WriteFailed
from pipelines.manifest import read_chain
from pipelines.urls import host
from pipelines.warc.reader import read_records
from pipelines.warc.writer import WarcWriter
from tests.mockcity import MockCity
from tests.rawserver import CLOSE, plain, serving
from tests.running import ROOT, citynews, environment, settle, until
from tests.site import Answer, serve

SENTENCE = "Tổ công tác số {n} của phường đã đo lại cao độ mặt đường và ghi {n} điểm ngập trong ngày. "


def news(title: str, seed: int) -> Answer:
    """An article that resembles no other."""
    text = "".join(f"<p>{SENTENCE.format(n=seed * 10 + i) * 2}</p>" for i in range(4))
    head = f"<html lang=vi><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    return Answer(body=f"{head}<p>Thứ Tư, 13/10/2021 17:46</p>{text}</article></body></html>".encode())


def page(*links: str) -> Answer:
    items = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
    return Answer(body=f"<html lang=vi><title>Trang</title><body><ul>{items}</ul></body></html>".encode())


SITE = {
    "/": page("/mot.html", "/hai.html"),
    "/mot.html": news("Đo lại cao độ đường Bến Gỗ", 1),
    "/hai.html": news("Lắp trạm bơm ở ngõ Chùa Vẽ cũ", 2),
}


class Heard:
    """A Progress that remembers."""

    def __init__(self) -> None:
        self.events: dict[str, dict[str, Any]] = {}
        self.ticks: list[Counts] = []

    def event(self, name: str, **facts: str | int | None) -> None:
        self.events[name] = facts

    def tick(self, counts: Counts) -> None:
        self.ticks.append(counts)


def crawl(url: str, output: Path, **changes: Any) -> RunSummary:
    return run(RunOptions(word=url, output=output, allow_loopback=True, **changes))


def holds(summary: RunSummary) -> bool:
    """Whether the equation of RULES does."""
    return all(
        side["known"] == sum(n for name, n in side.items() if name != "known")
        for side in summary.sums.values()
    )


def recorded(archive: Path) -> list[str]:
    """Addresses of response records in sealed files, in order."""
    files = sorted(archive.glob("warc/*/*.warc.gz"))
    return [str(r.target_uri) for f in files for r in read_records(f) if r.type == "response"]


def test_a_small_site_end_to_end_and_a_second_run_confirms_it(tmp_path: Path) -> None:
    heard = Heard()
    with serve(SITE) as site:
        first = run(RunOptions(word=site.url, output=tmp_path, allow_loopback=True), heard)
        asked = list(site.asked)
        second = crawl(site.url, tmp_path, full=True)
    assert first.exit_code == 0 and first.articles == 2 and first.status == "complete" and holds(first)
    assert len(asked) == len(set(asked)), "nothing is asked twice"
    assert (
        second.exit_code == 0 and second.articles == 2 and second.versions == first.versions and holds(second)
    )
    assert second.sums["pages"]["captured"] == 0
    assert second.sums["pages"]["confirmed"] == first.sums["pages"]["captured"]
    archive = open_archive(Path(first.archive))
    assert archive.portal.detected_at and archive.portal.language == "vi" and archive.portal.zone is None
    report = json.loads((archive.runs / first.run / "run.json").read_bytes())
    assert report["articles"] == 2 and report["options"]["allow_loopback"] is True
    assert (archive.runs / first.run / "crawl.log").is_file()
    assert heard.events["detected"]["language"] == "vi" and heard.events["sealed"]["files"] == 1
    assert heard.ticks[-1].articles == 2 and heard.ticks[-1].pending == 0


def test_the_sample_city_is_crawled_whole(tmp_path: Path) -> None:
    with MockCity() as city:
        summary = crawl(city.url, tmp_path)
        asked = [path for _, path in city.requests]
        assert {fact["path"] for fact in city.truth} <= set(asked)
    assert summary.exit_code == 0 and summary.articles == len(city.truth) and holds(summary)
    assert len(asked) == len(set(asked))
    assert len(city.log) and city.connections <= 2, "one connection at a time"
    sources = open_archive(Path(summary.archive)).portal.sources
    assert [s.kind for s in sources] == ["sitemap", "rest", "feed"]


@pytest.mark.parametrize(
    ("home", "words"),
    [
        (Answer(status=500), "answers 500"),
        (Answer(status=404), "answers 404"),
        (Answer(content_type="image/png", body=b"\x89PNG\r\n\x1a\n"), "image/png"),
        (Answer(body=b"not gzip", headers=(("Content-Encoding", "gzip"),)), "cannot be read"),
        (Answer(status=302, headers=(("Location", "/"),)), "redirects"),
        (page("/a.pdf", "https://other.example/"), "no news"),
        (Answer(body=b""), "no news"),
    ],
)
def test_a_seed_that_leads_to_no_news(home: Answer, words: str, tmp_path: Path) -> None:
    with serve({**SITE, "/": home}) as site:
        summary = crawl(site.url, tmp_path)
        assert not {"/mot.html", "/hai.html"} & set(site.asked)
    assert summary.exit_code == 5 and words in str(summary.reason)
    assert site.url in recorded(Path(summary.archive)), "what was captured stays"
    assert holds(summary) and summary.manifest


def test_a_portal_that_had_news_and_gives_none_is_unhealthy(tmp_path: Path) -> None:
    with serve(SITE) as site:
        assert crawl(site.url, tmp_path).exit_code == 0
        site.answers["/mot.html"] = site.answers["/hai.html"] = page()
        summary = crawl(site.url, tmp_path, full=True)
    assert summary.exit_code == 9 and summary.health and summary.articles == 2
    sealed = read_chain(open_archive(Path(summary.archive)))[-1].manifest
    assert summary.status == sealed.status == "unhealthy"


def test_a_seed_that_fails_later_leaves_the_tables(tmp_path: Path) -> None:
    with serve(SITE) as site:
        crawl(site.url, tmp_path)
        site.answers["/"] = Answer(status=500)
        summary = crawl(site.url, tmp_path)
        assert summary.exit_code == 5 and summary.articles == 2
        assert summary.status == "complete" and summary.sources == {}, "no work is left, no source was asked"
        assert run_lines(summary)[0].endswith(" failed") and run_lines(summary)[1].endswith("was to be asked")
        page = tmp_path / Path(summary.archive).name / "runs" / summary.run / "report.html"
        assert "failed, exit code 5" in page.read_text("utf-8")
        told = citynews("status", Path(summary.archive).name, "--output", tmp_path).stdout
        assert told.count("UTC, complete") == told.count("UTC, failed") == 1
        site.answers["/"] = SITE["/"]
        assert crawl(site.url, tmp_path).exit_code == 0


@pytest.mark.parametrize(
    ("home", "limit", "words"),
    [
        (Answer(status=500), None, "; besides, the home page "),
        (SITE["/"], 1, "; besides, the limit of 1 page "),
    ],
)
def test_a_run_that_is_unhealthy_and_ended_early_says_both(
    home: Answer, limit: int | None, words: str, tmp_path: Path
) -> None:
    with serve(SITE) as site:
        archive = Path(crawl(site.url, tmp_path).archive)
        next(archive.glob("warc/*/*.gz")).unlink()
        site.answers["/"] = home
        summary = crawl(site.url, tmp_path, full=True, limit=limit)
    assert summary.reason is not None and summary.exit_code == 9
    assert "evidence cannot be read" in summary.reason and words in summary.reason
    assert summary.reason.startswith("the run is unhealthy: ") and summary.status == "unhealthy"


def test_pages_with_every_status_are_rows_and_cost_nothing_else(tmp_path: Path) -> None:
    odd = {
        "/404": Answer(status=404), "/410": Answer(status=410), "/403": Answer(status=403),
        "/500": Answer(status=500), "/204": Answer(status=204), "/999": Answer(status=999),
        "/loop": Answer(status=301, headers=(("Location", "/loop2"),)),
        "/loop2": Answer(status=301, headers=(("Location", "/loop"),)),
        "/away": Answer(status=301, headers=(("Location", "https://other.example/"),)),
        "/file": Answer(status=301, headers=(("Location", "file:///etc/passwd"),)),
        "/gone": Answer(status=301), "/slash": Answer(status=301, headers=(("Location", "/slash/"),)),
        "/slash/": page(), "/pic": Answer(content_type="image/png", body=b"\x89PNG"),
    }  # fmt: skip
    with serve({**SITE, **odd, "/": page("/mot.html", *odd)}) as site:
        summary = crawl(site.url, tmp_path)
        assert site.asked.count("/500") == 3 and site.asked.count("/404") == 1
    assert summary.exit_code == 0 and summary.articles == 1 and holds(summary)
    pages = summary.sums["pages"]
    assert pages["failed.http_403"] == pages["failed.http_500"] == pages["failed.http_999"] == 1
    assert pages["excluded.out_of_scope"] == 1 and pages["pending"] == 0


def test_a_redirect_chain_without_end_is_left(tmp_path: Path) -> None:
    hops = {f"/{i}": Answer(status=302, headers=(("Location", f"/{i + 1}"),)) for i in range(30)}
    with serve({**SITE, **hops, "/": page("/mot.html", "/0")}) as site:
        summary = crawl(site.url, tmp_path)
        assert "/10" in site.asked and "/11" not in site.asked
    assert summary.exit_code == 0 and summary.sums["pages"]["excluded.redirects"] == 1


def test_the_host_that_the_seed_redirects_to_is_the_scope(tmp_path: Path) -> None:
    heard = Heard()
    with serve(SITE) as target:
        moved = Answer(status=301, headers=(("Location", target.url),))
        with serve({"/": moved, "/mot.html": page()}) as site:
            summary = run(RunOptions(word=site.url, output=tmp_path, allow_loopback=True), heard)
            assert summary.exit_code == 0 and summary.articles == 2
            assert Path(summary.archive).name == site.slug
            scope = open_archive(Path(summary.archive)).portal.scope
            assert scope == (target.url.removeprefix("http://").rstrip("/"),)
            assert heard.events["scope"]["found"] == scope[0]
            assert crawl(site.url, tmp_path).sums["pages"]["captured"] == 0


def test_a_seed_that_moves_within_its_host_first_is_followed_in_every_run(tmp_path: Path) -> None:
    """As from http to https, and from there to another host."""
    with serve(SITE) as target, serve(SITE) as elsewhere:
        secured = Answer(status=301, headers=(("Location", "/secured"),))
        moved = Answer(status=301, headers=(("Location", target.url),))
        with serve({"/": secured, "/secured": moved}) as site:
            assert crawl(site.url, tmp_path).exit_code == 0
            again = crawl(site.url, tmp_path, full=True)
            assert again.exit_code == 0, again.reason
            assert again.sums["pages"]["confirmed"] == again.sums["pages"]["known"]
            site.answers["/secured"] = Answer(status=301, headers=(("Location", elsewhere.url),))
            gone = crawl(site.url, tmp_path)
            assert gone.exit_code == 5 and elsewhere.url in str(gone.reason)
            assert elsewhere.asked == []


def test_an_endless_listing_of_nothing_ends_and_one_of_news_does_not(tmp_path: Path) -> None:
    empty = {f"/trong/page/{i}/": page("/", f"/trong/page/{i + 1}/") for i in range(200)}
    full = {f"/tin/page/{i}/": page(f"/{i}.html", f"/tin/page/{i + 1}/") for i in range(MAX_DEPTH + 20)}
    with serve({**SITE, **empty, **full, "/": page("/mot.html", "/trong/page/0/", "/tin/page/0/")}) as site:
        summary = crawl(site.url, tmp_path)
        assert f"/{MAX_DEPTH + 19}.html" in site.asked
        assert ENOUGH < len([path for path in site.asked if "trong" in path]) < MAX_DEPTH + 5
        before = len(site.asked)
        again = crawl(site.url, tmp_path, full=True)
        assert again.sums["pages"]["known"] == summary.sums["pages"]["known"]
        assert len(site.asked) == 2 * before
    assert summary.sums["pages"]["excluded.trap_suspected"] == 1


@pytest.mark.parametrize("status", [b"429 Too Many Requests", b"503 Busy"])
def test_a_portal_that_wants_to_be_left_alone_is(status: bytes, tmp_path: Path) -> None:
    with serving() as server:
        links = [f"/{i}.html" for i in range(40)]
        server.on("/", [plain(page("/mot.html", *links).body, b"Content-Type: text/html")])
        server.on("/mot.html", [plain(SITE["/mot.html"].body, b"Content-Type: text/html")])
        for link in links:
            server.on(link, [plain(b"", status=status)])
        summary = crawl(server.url, tmp_path)
        assert len([s for s in server.log if s.target[1:2].isdigit()]) == 15, (
            "five addresses, three times each"
        )
        assert summary.exit_code == 18 and summary.status == "interrupted" and "later" in str(summary.reason)
        assert summary.sums["pages"]["pending"] == 35 and holds(summary) and summary.articles == 1
        for link in links:
            server.on(link, [plain(SITE["/hai.html"].body, b"Content-Type: text/html")])
        again = crawl(server.url, tmp_path)
    assert again.exit_code == 0 and again.sums["pages"]["captured"] == 35 and holds(again)


def test_a_portal_that_no_longer_answers_is_left(tmp_path: Path) -> None:
    with serving() as server:
        body = page("/mot.html", *(f"/{i}.html" for i in range(40))).body

        def last(request: bytes) -> list[bytes | str]:
            server.listener.close()
            return [plain(SITE["/mot.html"].body, b"Content-Type: text/html", b"Connection: close"), CLOSE]

        server.on("/", [plain(body, b"Content-Type: text/html")])
        server.on("/mot.html", last)
        summary = crawl(server.url, tmp_path)
    assert summary.exit_code == 18 and "no answer (refused)" in str(summary.reason)
    assert summary.sums["pages"]["failed.refused"] == 5 and summary.sums["pages"]["pending"] == 35


def test_values_given_with_the_portal_are_kept(tmp_path: Path) -> None:
    with serve(SITE) as site:
        host = site.url.removeprefix("http://").rstrip("/")
        portal = Portal(slug="mine", seed=site.url, scope=(host,), zone="Asia/Ho_Chi_Minh", delay_ms=0)
        summary = crawl(site.url, tmp_path, portal=portal)
    assert summary.exit_code == 0 and summary.portal == "mine"
    known = open_archive(tmp_path / "mine").portal
    assert known.zone == "Asia/Ho_Chi_Minh" and known.language == "vi" and known.detected_at


def test_a_limit_ends_resumable_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with serve({**SITE, "/": page("/mot.html", "/hai.html", "/ba.html"), "/ba.html": page()}) as site:
        first = crawl(site.url, tmp_path, limit=2)
        assert (
            first.exit_code == PAGE_LIMIT == 14
            and first.status == "interrupted"
            and "limit" in str(first.reason)
        )
        assert first.sums["pages"]["pending"] == 2 and holds(first)
        before = list(site.asked)
        second = crawl(site.url, tmp_path)
        assert set(site.asked[len(before) :]) == {"/robots.txt", "/hai.html", "/ba.html"}
    assert second.exit_code == 0 and second.articles == 2 and holds(second)


def test_requests_keep_the_crawl_delay_and_retry_after(tmp_path: Path) -> None:
    at: dict[str, list[float]] = {}

    def noted(body: bytes, *lines: bytes, status: bytes = b"200 OK") -> Callable[[bytes], list[bytes]]:
        def answer(request: bytes) -> list[bytes]:
            at.setdefault(request.split()[1].decode(), []).append(time.monotonic())
            return [plain(body, *lines, status=status)]

        return answer

    html = b"Content-Type: text/html"
    with serving() as server:
        server.on("/robots.txt", noted(b"User-agent: *\nCrawl-delay: 0.3\n"))
        server.on("/", noted(SITE["/"].body, html))
        server.on("/hai.html", noted(SITE["/hai.html"].body, html))
        busy = noted(b"", b"Retry-After: 1", status=b"503 Busy")
        server.on("/mot.html", busy, noted(SITE["/mot.html"].body, html))
        assert crawl(server.url, tmp_path).articles == 2
    moments = sorted(t for times in at.values() for t in times)
    pages = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert min(pages) > 0.28
    first, second = at["/mot.html"]
    assert second - first > 0.98


def test_the_contact_is_in_the_user_agent(tmp_path: Path) -> None:
    with serving() as server:
        server.on("/", [plain(SITE["/"].body, b"Content-Type: text/html")])
        crawl(server.url, tmp_path, contact="archive@example.org")
        agents = {
            line for sent in server.log for line in sent.request.split(b"\r\n") if b"User-Agent" in line
        }
    assert agents == {b"User-Agent: citynews/0.1.0 (+archive@example.org)"}


def test_a_second_run_at_once_is_refused(tmp_path: Path) -> None:
    with serve(SITE) as site:
        crawl(site.url, tmp_path)
        with locked(open_archive(tmp_path / site.slug)), pytest.raises(Locked):
            crawl(site.url, tmp_path)


def test_a_clock_behind_the_archive_is_refused(tmp_path: Path) -> None:
    with serve(SITE) as site:
        summary = crawl(site.url, tmp_path)
        before = len(site.asked)
        code = (
            "import datetime, sys\n"
            "class Clock(datetime.datetime):\n"
            "    @classmethod\n"
            "    def now(cls, tz=None): return super().now(tz) - datetime.timedelta(days=2)\n"
            "datetime.datetime = Clock\n"
            "from crawler.cli.main import main\n"
            "sys.exit(main(sys.argv[1:]))"
        )
        words = [sys.executable, "-c", code, "crawl", site.url, "--allow-loopback", "--output", str(tmp_path)]
        done = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60)
        assert done.returncode == ConfigurationError.exit_code and "clock" in done.stderr, done.stderr
        assert len(site.asked) == before
    assert summary.exit_code == 0


def test_evidence_that_cannot_be_written_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    appended = WarcWriter.append
    left = iter(range(3))

    def append(self: WarcWriter, records: Any) -> Any:
        if next(left, None) is None:
            raise WriteFailed("the disk is broken; mend it")
        return appended(self, records)

    with serve(SITE) as site:
        with monkeypatch.context() as patched:
            patched.setattr(WarcWriter, "append", append)
            with pytest.raises(WriteFailed):
                crawl(site.url, tmp_path)
        asked = len(site.asked)
        assert asked == 4, "nothing is asked after the failure"
        summary = crawl(site.url, tmp_path)
    assert summary.exit_code == 0 and summary.articles == 2 and holds(summary)


def start(url: str, output: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"portal={url}"]
    environ = environment(CITYNEWS_OUTPUT=str(output), CITYNEWS_ALLOW_LOOPBACK="1")
    return subprocess.Popen(
        words, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_scrapy_knows_the_spider_and_ends_with_our_status(tmp_path: Path) -> None:
    def scrapy(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", *words]
        environ = environment(CITYNEWS_OUTPUT=str(tmp_path))
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)

    listed = scrapy("list")
    assert (listed.returncode, listed.stdout) == (0, "news\n")
    refused = scrapy("crawl", "news", "-a", "portal=https://city.example/")
    assert refused.returncode == 2 and "--contact" in refused.stderr and "Traceback" not in refused.stderr
    with serve(SITE) as site:
        words = ("crawl", "news", "-a", f"portal={site.url}", "-s", "CITYNEWS_ALLOW_LOOPBACK=1")
        assert scrapy(*words).returncode == 0
        assert len(recorded(tmp_path / site.slug)) == len(site.asked)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_a_run_in_order_and_the_next_goes_on(number: signal.Signals, tmp_path: Path) -> None:
    with MockCity() as city:
        reached = threading.Event()

        def interrupt(n: int, path: str) -> None:
            if n == 9:
                process.send_signal(number)
                reached.set()
                settle(process.pid)

        city.on_answer = interrupt
        before = signal.signal(number, signal.SIG_DFL)  # one that is ignored here (nohup) would stay so
        process = start(city.url, tmp_path)
        signal.signal(number, before)
        _, stderr = process.communicate(timeout=60)
        assert reached.is_set() and process.returncode == 11, stderr
        assert signal.Signals(number).name in stderr and "Traceback" not in stderr
        asked = city.requests
        assert len(asked) <= 10, "no new requests after the signal"
        archive = open_archive(tmp_path / f"127.0.0.1-{city.port}")
        assert not list(archive.spool.glob("*.open"))
        (manifest,) = archive.manifests.glob("*.json")
        assert json.loads(manifest.read_bytes())["status"] == "interrupted"
        city.on_answer = None
        summary = crawl(city.url, tmp_path)
        again = [path for _, path in city.requests[len(asked) :] if path != "/robots.txt"]
        assert not set(again) & {path for _, path in asked[:9]}, "what was walked is not asked again"
    assert summary.exit_code == 0 and summary.articles == len(city.truth) and holds(summary)


def test_a_source_whose_turn_a_stopped_run_did_not_wait_for_is_not_missing(tmp_path: Path) -> None:
    class Maps(dict[str, Answer]):
        def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]
            if path == "/1.xml":  # the next one waits for its turn
                threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()
            return super().get(path, default)

    with serve({}) as site:
        maps = "".join(f"<sitemap><loc>{site.url}{n}.xml</loc></sitemap>" for n in (1, 2, 3))
        name = "http://www.sitemaps.org/schemas/sitemap/0.9"
        index = Answer(
            content_type="text/xml", body=f'<sitemapindex xmlns="{name}">{maps}</sitemapindex>'.encode()
        )
        one = Answer(content_type="text/xml", body=f'<urlset xmlns="{name}"></urlset>'.encode())
        site.answers = Maps({"/": page("/mot.html"), "/sitemap.xml": index, "/1.xml": one})
        portal = Portal(slug="slow", seed=site.url, scope=(host(site.url),), delay_ms=600)
        summary = crawl(site.url, tmp_path, portal=portal, requisites=False)
    assert summary.exit_code == 11 and "/2.xml" not in site.asked and holds(summary)
    told = {(m["kind"], m["why"]) for m in summary.sources["missing"]}
    assert told == {("feed", "none is stated"), ("rest", "none is stated")}


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    with serving() as hanging:
        hanging.on("/", ["hang"])
        hanging.on("/robots.txt", [plain(b"")])
        process = start(hanging.url, tmp_path)
        until(lambda: len(hanging.log) == 2)
        process.send_signal(signal.SIGTERM)
        settle(process.pid)
        assert process.poll() is None, "the answer under way is waited for"
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate(timeout=20)
        assert process.returncode == 13 and "Traceback" not in stderr
        hanging.on("/", [plain(SITE["/mot.html"].body, b"Content-Type: text/html")])
        assert crawl(hanging.url, tmp_path).exit_code == 0
