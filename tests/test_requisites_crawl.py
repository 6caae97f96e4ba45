"""Crawls that take with a page what it needs to be shown, from this host and others."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from crawler.run import RunOptions, RunSummary, run
from pipelines.archive import Portal, open_archive
from pipelines.ledger import Ledger, rebuild_ledger
from pipelines.verify import verify
from tests.running import citynews, summary
from tests.site import Answer, Site, serve
from tests.test_run import news

ALLOWED = Answer(content_type="text/plain", body=b"User-agent: *\nAllow: /\n")


def picture(name: str) -> Answer:
    return Answer(content_type="image/png", body=b"\x89PNG\r\n\x1a\n" + name.encode())


def sheet(css: str) -> Answer:
    return Answer(content_type="text/css", body=css.encode())


def article(title: str, seed: int, *, head: str = "", body: str = "") -> Answer:
    page = news(title, seed).body.replace(b"</head>", head.encode() + b"</head>")
    return Answer(body=page.replace(b"</article>", body.encode() + b"</article>"))


def home(*links: str, body: str = "") -> Answer:
    items = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
    text = f"<html lang=vi><title>Trang</title><body class=home><ul>{items}</ul>{body}</body></html>"
    return Answer(body=text.encode())


def crawl(site: Site, output: Path, **changes: Any) -> RunSummary:
    result = run(RunOptions(word=site.url, output=output, allow_loopback=True, **changes))
    for side in result.sums.values():
        assert side["known"] == sum(n for name, n in side.items() if name != "known")
    return result


def coverage(result: RunSummary) -> dict[str, tuple[str, str, str | None]]:
    """Kind, verdict and reason of each address, by what follows its host and port."""
    rows = pq.read_table(Path(result.archive) / "coverage").to_pylist()
    return {re.sub(r"^http://[^/]*", "", r["url"]): (r["kind"], r["verdict"], r["reason"]) for r in rows}


CITY = {
    "/": home("/mot.html", "/hai.html", "/anh/lon.jpg"),
    "/mot.html": article(
        "Đo lại cao độ đường Bến Gỗ",
        1,
        head='<link rel="stylesheet" href="/css/a.css"><link rel="icon" href="/icon.png">',
        body='<img src="/anh/lon.jpg"><img width="1" height="1" src="/dem.gif?p=1">'
        '<iframe src="/khung"></iframe>',
    ),
    "/hai.html": article("Lắp trạm bơm ở ngõ Chùa Vẽ cũ", 2, body='<img src="/anh/lon.jpg">'),
    "/css/a.css": sheet("@import 'b.css'; body { background: url(../anh/nen.png) }"),
    "/css/b.css": sheet("@import 'c.css'; p { background: url(/anh/sau.png) }"),
    "/css/c.css": sheet("p { background: url(/anh/qua-sau.png) }"),
    "/icon.png": picture("icon"),
    "/anh/lon.jpg": picture("lon"),
    "/anh/nen.png": picture("nen"),
    "/anh/sau.png": picture("sau"),
}
CAPTURED = ("requisite", "captured", None)


def test_a_page_its_style_sheets_and_its_pictures_are_captured_once(tmp_path: Path) -> None:
    with serve(CITY) as site:
        first = crawl(site, tmp_path)
        asked = list(site.asked)
        second = crawl(site, tmp_path)
        again = site.asked[len(asked) :]
    assert first.exit_code == second.exit_code == 0 and first.articles == 2
    rows = coverage(first)
    for path in CITY:
        if path.startswith(("/css", "/anh", "/icon")):
            assert rows[path] == CAPTURED, path
            assert asked.count(path) == 1 and path not in again
    assert "/anh/qua-sau.png" not in rows, "two deep"
    assert rows["/dem.gif?p=1"] == ("requisite", "excluded", "beacon")
    assert "/khung" not in rows and "/khung" not in asked
    pages = [asked.index(path) for path in ("/mot.html", "/hai.html")]
    assert max(pages) < asked.index("/anh/lon.jpg"), "pages come first"
    assert second.sums["requisites"]["not_due"] == 8
    assert coverage(second)["/anh/lon.jpg"] == CAPTURED, "a link to it does not unmake it"
    archive = open_archive(Path(second.archive))
    assert not verify(archive).findings
    report = json.loads((archive.runs / first.run / "run.json").read_bytes())
    assert report["options"]["requisites"] is True


def test_what_a_page_names_later_is_asked_then(tmp_path: Path) -> None:
    with serve(CITY) as site:
        crawl(site, tmp_path)
        site.answers["/hai.html"] = article("Lắp trạm bơm", 2, body='<img src="/anh/moi.png">')
        site.answers["/anh/moi.png"] = picture("moi")
        site.asked.clear()
        result = crawl(site, tmp_path, full=True)
        assert [path for path in site.asked if "anh" in path] == ["/anh/moi.png"]
    assert result.sums["requisites"]["captured"] == 1


def test_without_requisites_none_is_asked(tmp_path: Path) -> None:
    with serve(CITY) as site:
        done = citynews(
            "crawl", site.url, "--allow-loopback", "--no-requisites", "--output", tmp_path, "--json"
        )
        assert done.returncode == 0, done.stderr
        assert not [path for path in site.asked if path.startswith(("/css", "/anh", "/icon"))]
        result = summary(done)
        report = json.loads((Path(result["archive"]) / "runs" / result["run"] / "run.json").read_bytes())
        assert report["options"]["requisites"] is False
        assert result["sums"]["requisites"]["known"] == 1, "robots.txt"
        again = crawl(site, tmp_path, full=True)
        assert again.sums["requisites"]["captured"] == 7, "the next sweep asks for them"


def test_other_hosts_have_their_own_robots_and_failures_are_rows(tmp_path: Path) -> None:
    closed = "http://127.0.0.1:9"
    forbidden = Answer(content_type="text/plain", body=b"User-agent: *\nDisallow: /rieng/\n")
    files = {"/robots.txt": forbidden, "/a.png": picture("a"), "/500.png": Answer(status=500)}
    files["/tron.png"] = Answer(status=302, headers=(("Location", "/a.png?2"),))
    files["/a.png?2"] = picture("a")
    with serve(files) as other, serve({"/robots.txt": Answer(status=500)}) as silent:
        sources = [
            *(other.url + name for name in ("a.png", "rieng/b.png", "500.png", "404.png", "tron.png")),
            silent.url + "c.png", f"{closed}/d.png", "http://10.0.0.1/e.png", "http://169.254.169.254/f",
        ]  # fmt: skip
        body = "".join(f'<img src="{src}">' for src in sources)
        with serve({"/": home("/mot.html"), "/mot.html": article("Đo lại", 1, body=body)}) as site:
            result = crawl(site, tmp_path)
            assert crawl(site, tmp_path).exit_code == 0
        assert result.exit_code == 0 and result.status == "complete" and result.articles == 1
        assert not [path for path in other.asked if path.startswith("/rieng")]
        assert other.asked[0] == "/robots.txt" and silent.asked == ["/robots.txt"] * len(silent.asked)
        assert other.asked.count("/500.png") == 2
    rows = coverage(result)
    assert rows["/a.png"] == rows["/404.png"] == rows["/tron.png"] == rows["/a.png?2"] == CAPTURED
    assert rows["/rieng/b.png"] == ("requisite", "excluded", "robots")
    assert rows["/500.png"] == ("requisite", "failed", "http_500")
    for path in ("/c.png", "/d.png", "/e.png", "/f"):
        assert rows[path] == ("requisite", "pending", "robots_unavailable"), path
    captures = pq.read_table(Path(result.archive) / "captures").to_pylist()
    assert other.url + "a.png" in {c["url"] for c in captures}


def test_only_articles_and_listings_of_the_portal_name_requisites(tmp_path: Path) -> None:
    image = '<img src="/anh/{}.png">'
    sorry = Answer(status=404, body=b"<p>404</p>" + image.format("404").encode())
    empty = Answer(body=f"<html><title>x</title><body>{image.format('trong')}</body></html>".encode())
    pages = {"/": home("/mot.html", "/404", "/trong", body=image.format("chu"))}
    with serve({**pages, "/mot.html": article("Đo lại", 1), "/404": sorry, "/trong": empty}) as site:
        crawl(site, tmp_path)
        asked = [path for path in site.asked if path.startswith("/anh")]
    assert asked == ["/anh/chu.png"]


def test_a_slow_host_stalls_neither_the_portal_nor_other_hosts(tmp_path: Path) -> None:
    slow = Answer(content_type="text/plain", body=b"User-agent: *\nCrawl-delay: 2\n")
    pages = {f"/{n}.html": article(f"Bản tin số {n}", n) for n in range(1, 17)}
    with serve({"/robots.txt": slow, "/1.png": picture("1"), "/2.png": picture("2")}) as other:
        body = f'<img src="{other.url}1.png"><img src="{other.url}2.png">'
        began: list[float] = []
        with serve({**pages, "/": home(*pages, body=body)}) as site:
            host = site.url.removeprefix("http://").rstrip("/")
            portal = Portal(slug=site.slug, seed=site.url, scope=(host,), delay_ms=150)
            began.append(time.monotonic())
            result = crawl(site, tmp_path, portal=portal)
            assert time.monotonic() - began[0] > 2, "the delay of the other host is kept"
        rows = pq.read_table(Path(result.archive) / "captures").to_pylist()
    pictures = [r["captured_at"] for r in rows if r["url"].endswith(".png")]
    assert len(pictures) == 2 and abs((pictures[1] - pictures[0]).total_seconds()) >= 1.9
    last_page = max(r["captured_at"] for r in rows if r["url"].endswith(".html"))
    assert min(pictures) < last_page, "the other host is asked while the portal is"
    assert last_page < max(pictures), "and the portal while the other host waits"


def test_an_address_that_is_linked_and_shown_is_a_page_and_asked_once(tmp_path: Path) -> None:
    linked = article("Đo lại", 1, body='<img src="/hai.html"><img src="/"><img src="/robots.txt">')
    with serve(
        {"/": home("/mot.html", "/hai.html"), "/mot.html": linked, "/hai.html": news("Hai", 2)}
    ) as site:
        result = crawl(site, tmp_path)
        assert site.asked.count("/hai.html") == site.asked.count("/robots.txt") == 1
    assert result.articles == 2 and coverage(result)["/hai.html"][0] == "page"


def test_a_picture_that_answers_an_article_is_none(tmp_path: Path) -> None:
    pages = {
        "/": home("/mot.html", body='<img src="/xem">'),
        "/mot.html": news("Một", 1),
        "/xem": news("Hai", 2),
    }
    with serve(pages) as site:
        result = crawl(site, tmp_path)
    assert result.articles == 1 and result.rejections == 1, "the home page alone"


def test_the_limit_holds_pages_back_and_not_what_captured_ones_need(tmp_path: Path) -> None:
    with serve(CITY) as site:
        result = crawl(site, tmp_path, limit=2)
        assert result.exit_code == 14 and "/anh/lon.jpg" in site.asked


def test_the_ledger_comes_back_from_the_evidence(tmp_path: Path) -> None:
    with serve(CITY) as site:
        result = crawl(site, tmp_path)
    archive = open_archive(Path(result.archive))

    def known(path: Path) -> dict[str, tuple[Any, ...]]:
        ledger = Ledger(path)
        rows = {
            a.url: (a.kind, a.verdict, a.found_by, a.found_on, a.walked)
            for a in ledger.addresses()
            if a.kind != "robots"
        }
        ledger.close()
        return rows

    before = known(archive.ledger)
    rebuild_ledger(archive, archive.root / "again.sqlite3")
    assert known(archive.root / "again.sqlite3") == before


@pytest.mark.parametrize("verdict", ["pending", "captured"])
def test_what_a_killed_run_left_is_asked_by_the_next(verdict: str, tmp_path: Path) -> None:
    """A style sheet that was not asked, or whose names were not taken, as after a kill."""
    with serve(
        {**CITY, "/css/b.css": Answer(status=404), "/css/x.css": sheet("p{background:url(/x.png)}")}
    ) as site:
        result = crawl(site, tmp_path)
        archive = open_archive(Path(result.archive))
        ledger = Ledger(archive.ledger)
        url = site.url + "css/x.css"
        ledger.begin("20200101T000000Z-000000", datetime(2020, 1, 1, tzinfo=UTC))
        ledger.require(url, found_on=site.url)
        if verdict == "captured":
            ledger._set(url, verdict="captured", status=200, walked=False)
        ledger.end()
        ledger.close()
        site.answers["/x.png"] = picture("x")
        crawl(site, tmp_path)
        assert site.asked.count("/css/x.css") == site.asked.count("/x.png") == 1
