"""One portal that misbehaves in every way at once: what each case leaves, and what its log shows.

The numbers are those of the list of what the archive must survive, part C; where else each is tried:

==  ==========================================================================================
15  here, ``test_capture`` (``slow_body``, ``accept_and_hang``, ``drip_for_ever``)
16  here, ``test_capture`` (``length_too_long``, ``reset_in_body``, ``surplus_bytes`` …)
17  here, ``test_capture`` (all its cases), ``test_http1`` (made-up answers against two other readers)
18  here, ``test_decode`` (bombs, cuts), ``test_capture`` (``gzip_*``, ``endless_body``)
19  here, ``test_soft_errors``, ``test_health``
20  here, ``test_limits`` (late moments, ten years, garbage), ``test_politeness``, ``test_run``
21  here, ``test_robots``, ``test_politeness``, ``test_limits`` (a delay beyond reason)
22  here, ``test_traps`` (numbers of visits, walls of cookies), ``test_warc_revisit``
23  ``test_connections``, ``test_tls_exceptions``
24  here, ``test_guard``, ``test_connections`` (notations, the vetted address), ``test_run``
==  ==========================================================================================
"""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from crawler.run import RunOptions, RunSummary, run
from pipelines.archive import Portal, open_archive
from pipelines.errors import RATE_LIMIT
from pipelines.ledger import open_ledger
from pipelines.urls import host
from pipelines.verify import verify
from pipelines.warc.reader import read_records
from tests.awkward import CASES, MAX_SIZE, OK
from tests.rawserver import CLOSE, HANG, RESET, RawServer, Script, Step, chunked, plain, serving
from tests.test_run import holds, news, page

HTML = b"Content-Type: text/html; charset=utf-8"
DELAY_S = 0.03
"""The Crawl-delay of the portal, of which robots.txt alone speaks."""
REST_S = 1.0
"""Its Retry-After."""
NAMES = itertools.count(100)


def article() -> bytes:
    number = next(NAMES)
    return news(f"Đo lại cao độ đường số {number}", number).body


def cut(*steps: Step, coding: bytes = b"") -> list[Step]:
    """A whole article in an answer that does not end as it should."""
    return [OK + HTML + b"\r\n" + coding, *steps]


PACKED = gzip.compress(article(), mtime=0)
NO_ARTICLE: dict[str, list[Step]] = {
    "bodycut": cut(b"Content-Length: 99999\r\n\r\n", article(), CLOSE),
    "bodyreset": cut(b"Content-Length: 99999\r\n\r\n", article(), 0.1, RESET),
    "nolastchunk": cut(b"Transfer-Encoding: chunked\r\n\r\n", chunked(article())[:-5], CLOSE),
    "bodyhangs": cut(b"Content-Length: 99999\r\n\r\n", article(), HANG),
    "packedcut": [plain(PACKED[:-12], HTML, b"Content-Encoding: gzip")],
    "tooshort": cut(b"Content-Length: 60\r\n\r\n", article()),
    "toolong": cut(b"Content-Length: 999999999\r\n\r\n", article()),
    "maintenance": [
        plain(b"<title>Down</title><h1>Site under maintenance</h1><p>Please try again later.</p>", HTML)
    ],
    "login": [plain(b"<title>Log in</title><form><input type=password></form>", HTML)],
    "challenge": [
        plain(b"<title>Just a moment...</title><p>Checking your browser before accessing</p>", HTML)
    ],
    "sorry": [plain("<title>Lỗi 500</title><h1>Đã xảy ra lỗi</h1>".encode(), HTML)],
}
"""Answers that look like articles, or like pages, and are none."""
MOVED = {
    "tofile": b"file:///etc/passwd", "toftp": b"ftp://city.example/a", "todata": b"data:text/html,<h1>a</h1>",
    "toprivate": b"http://10.0.0.1/a", "tomapped": b"http://[::ffff:127.0.0.1]/a", "todecimal": b"http://2130706433/a",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a run over the portal left."""

    summary: RunSummary
    city: RawServer
    pictures: RawServer
    elsewhere: RawServer
    rows: dict[str, tuple[str, str | None]]
    """Verdict and reason of each path of the city, and of each whole address of other hosts."""


def fill(city: RawServer, pictures: RawServer, elsewhere: RawServer) -> None:
    """Let the servers answer."""
    moved = [b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: %b\r\n\r\n"]
    robots = b"User-agent: *\nDisallow: /cam/\nCrawl-delay: %.2f\nSitemap: %b/map.xml\n"
    body = gzip.compress(robots % (DELAY_S, city.url.encode()), mtime=0)
    packed = (
        OK + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(body[:9], body[9:])
    )
    city.on("/robots.txt", [packed])
    names = []
    for number, name in enumerate((*CASES, *NO_ARTICLE)):  # a sound page after each, so that none is a surge
        steps: Script = CASES[name].steps if name in CASES else NO_ARTICLE[name]
        names += [city.on(f"/{name}", steps), city.on(f"/tin-{number}.html", [plain(article(), HTML)])]
    for name, target in MOVED.items():
        names.append(city.on(f"/{name}", [moved[0] % target]))
    for hop in range(14):
        city.on(f"/buoc-{hop}", [moved[0] % b"/buoc-%d" % (hop + 1)])
    city.on("/vong", [moved[0] % b"/vong-2"])
    city.on("/vong-2", [moved[0] % b"/vong"])
    busy = [plain(b"", b"Retry-After: %d" % REST_S, status=b"429 Too Many Requests")]
    city.on("/ban.html", busy, [plain(article(), HTML)])
    city.on("/hong.html", [plain(b"", status=b"500 Oops")])
    names += [city.url + path for path in ("/buoc-0", "/vong", "/ban.html", "/hong.html", "/cam/a.html")]
    listed = "".join(f"<url><loc>{name}</loc></url>" for name in [*names, elsewhere.url + "/a.html"])
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
    city.on("/map.xml", [plain(sitemap.encode(), b"Content-Type: application/xml")])
    needs = [f"{pictures.url}/{i}.png" for i in range(3)] + [
        "http://0xa000001/x.png",
        "http://[fd00::1]/x.png",
    ]
    shown = "".join(f'<img src="{need}">' for need in needs).encode()
    city.on("/", [plain(page("/tin-0.html", elsewhere.url + "/b.html", "/cam/b.html").body, HTML)])
    city.on("/tin-0.html", [plain(article().replace(b"</article>", shown + b"</article>"), HTML)])
    pictures.on("/robots.txt", [plain(b"User-agent: citynews\nCrawl-delay: %.2f\n" % (3 * DELAY_S))])
    for path in ("/0.png", "/1.png", "/2.png"):
        pictures.on(path, [plain(b"png" + path.encode())])


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    output = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch, serving() as city, serving() as pictures, serving() as other:
        patch.setattr("crawler.settings.DOWNLOAD_TIMEOUT", 1)
        patch.setattr("crawler.settings.DOWNLOAD_MAXSIZE", MAX_SIZE)
        patch.setattr("crawler.settings.RETRY_TIMES", 1, raising=False)
        fill(city, pictures, other)
        portal = Portal(slug="hostile", seed=city.url + "/", scope=(host(city.url),), delay_ms=0)
        summary = run(RunOptions(word="hostile", output=output, allow_loopback=True, portal=portal))
        ledger = open_ledger(open_archive(output / "hostile"))
        rows = {a.url.removeprefix(city.url): (a.verdict, a.reason) for a in ledger.addresses()}
        ledger.close()
    yield Seen(summary=summary, city=city, pictures=pictures, elsewhere=other, rows=rows)


def test_the_run_ends_well_and_its_sums_hold(seen: Seen) -> None:
    assert seen.summary.exit_code == 0 and holds(seen.summary), seen.summary.reason
    assert not verify(open_archive(Path(seen.summary.archive))).findings


@pytest.mark.parametrize("name", CASES)
def test_every_awkward_answer_leaves_its_row(name: str, seen: Seen) -> None:
    case = CASES[name]
    expected: tuple[str, str | None] = ("captured", None)
    if case.error:
        expected = ("failed", case.error)
    elif not (200 <= case.status < 400):
        expected = ("failed", f"http_{case.status}")
    elif case.status == 304:
        expected = ("failed", "protocol")  # it speaks of no stored answer
    elif "surplus" in name:
        expected = ("confirmed", None)  # asked twice, with the same answer
    assert seen.rows[f"/{name}"] == expected
    asked = [sent for sent in seen.city.log if sent.target == f"/{name}"]
    again = (case.error and case.error != "length") or "surplus" in name
    assert len(asked) >= (2 if again else 1), "what failed is tried again"


@pytest.mark.parametrize("name", NO_ARTICLE)
def test_what_is_cut_or_only_says_sorry_is_never_an_article(name: str, seen: Seen) -> None:
    articles = pq.read_table(Path(seen.summary.archive) / "articles").to_pylist()
    assert not [a for a in articles if a["url"].endswith(f"/{name}")]
    expected = {"bodyhangs": "timeout", "toolong": "length"}
    if name in ("bodycut", "bodyreset", "nolastchunk", *expected):
        assert seen.rows[f"/{name}"] == ("failed", expected.get(name, "disconnect"))
    else:
        rejected = pq.read_table(Path(seen.summary.archive) / "rejections").to_pylist()
        (row,) = [r for r in rejected if r["url"].endswith(f"/{name}")]
        assert row["reason"]


def test_every_sound_page_beside_them_is_an_article(seen: Seen) -> None:
    assert seen.summary.articles == len(CASES) + len(NO_ARTICLE) + 1, "and the one that was busy at first"


def test_a_length_that_is_too_short_is_asked_again_and_all_bytes_are_kept(seen: Seen) -> None:
    (path,) = Path(seen.summary.archive).glob("warc/*/*.warc.gz")
    url = seen.city.url + "/tooshort"
    records = [r for r in read_records(path) if r.target_uri == url]
    answers = [r for r in records if r.type in ("response", "revisit")]
    surplus = [r.block for r in records if r.get("Content-Type") == "application/octet-stream"]
    assert len(answers) == len(surplus) == 2 and all(block.endswith(b"</html>") for block in surplus)
    assert seen.rows["/tooshort"][0] in ("captured", "confirmed")


def test_redirects_that_lead_nowhere_leave_their_rows(seen: Seen) -> None:
    for name in MOVED:
        assert seen.rows[f"/{name}"] == ("captured", None), name
    for address in ("http://10.0.0.1/a", "http://[::ffff:127.0.0.1]/a", "http://2130706433/a"):
        assert seen.rows[address] == ("excluded", "out_of_scope")
    assert seen.rows["/buoc-10"] == ("captured", None), "each hop is kept"
    assert seen.rows["/buoc-11"] == ("excluded", "redirects") and "/buoc-12" not in seen.rows
    assert seen.rows["/vong"] == seen.rows["/vong-2"] == ("captured", None)
    assert not [url for url in seen.rows if url.startswith(("file:", "ftp:", "data:"))]


def test_failures_and_refusals_leave_their_rows(seen: Seen) -> None:
    assert seen.rows["/hong.html"] == ("failed", "http_500")
    assert seen.rows["/ban.html"] == ("captured", None)
    assert seen.rows["/cam/a.html"] == seen.rows["/cam/b.html"] == ("excluded", "robots")
    for path in ("/a.html", "/b.html"):
        assert seen.rows[seen.elsewhere.url + path] == ("excluded", "out_of_scope")
    for address in ("http://0xa000001/x.png", "http://[fd00::1]/x.png"):
        assert seen.rows[address] == ("pending", "robots_unavailable"), "its robots.txt is not connected to"


def test_the_log_shows_the_allowed_rate_and_nothing_that_was_forbidden(seen: Seen) -> None:
    for server, delay in ((seen.city, DELAY_S), (seen.pictures, 3 * DELAY_S)):
        moments = [sent.at for sent in server.log]
        assert server.log[0].target == "/robots.txt" and len(moments) > 3
        gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
        assert min(gaps) >= delay, [s.target for s, gap in zip(server.log, gaps, strict=False) if gap < delay]
        assert server.most_open == 1, "one connection at a time"
    targets = [sent.target for sent in seen.city.log]
    assert not [target for target in targets if target.startswith("/cam/")]
    assert targets.count("/robots.txt") == 1
    busy = targets.index("/ban.html")
    assert seen.city.log[busy + 1].at - seen.city.log[busy].at >= REST_S
    assert not seen.elsewhere.log, "nothing outside the scope was asked"
    known = {"/robots.txt", *(url for url in seen.rows if url.startswith("/"))}
    assert set(targets) <= known, "nothing was asked that has no row"
    assert seen.summary.exit_code != RATE_LIMIT
    assert json.loads((Path(seen.summary.archive) / "archive.json").read_bytes())["portal"]["delay_ms"] == 0
