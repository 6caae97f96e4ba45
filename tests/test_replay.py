"""Replay: pywb behind our door, asked by HTTP and by a real browser; nothing archived reaches out."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import select
import signal
import socket
import struct
import subprocess
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipelines.commit import commit
from pipelines.warc.record import Exchange, exchange_records
from pipelines.warc.revisit import revisit_records
from pipelines.warc.wacz import write_wacz
from pipelines.warc.writer import WarcWriter
from tests.outside.browser import FRAME, Browser, browser
from tests.outside.canary import SILENCE, Canary
from tests.outside.replayweb import WORKER_READY, replayweb
from tests.rawserver import chunked
from tests.running import ROOT, argv, assert_one_sentence, citynews, environment
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, referent_of, small_archive

SLUG = "tin.example.vn"
SENTENCE = "Bến phà cũ nay thành công viên ven sông."
TITLE = 'Khánh thành <b>cầu</b> & "bến" mới'


def png(red: int, green: int, blue: int) -> bytes:
    """A picture of 60 × 40 equal dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes((red, green, blue)) * 60) * 40
    head = struct.pack(">IIBBBBB", 60, 40, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def packed(html: bytes) -> bytes:
    """An answer that is gzipped and chunked."""
    data = gzip.compress(html, mtime=0)
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        b"Content-Security-Policy: default-src *\r\nSet-Cookie: a=b\r\nRefresh: 9; url=http://127.0.0.1/\r\n"
        b"Link: <http://127.0.0.1/>; rel=preconnect\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    return head + chunked(data[:77], data[77:])


EVIL = """
<meta http-equiv="refresh" content="1;url=CANARY/refresh">
<link rel="preload" as="image" href="CANARY/preload"><link rel="stylesheet" href="CANARY/style">
<img src="CANARY/img"><iframe src="CANARY/frame"></iframe><base href="CANARY/base/">
<form id="f" action="CANARY/form" method="post" target="_top"><input name="a" value="b"></form>
<div id="trace">waiting</div>
<script>
const far = ['ht', 'tp:', '//127.0.0', '.1:PORT'].join('');
const tried = [];
function attempt(name, act) { try { act(); tried.push(name); } catch (e) { tried.push(name + '!'); } }
function all(w) {
  attempt('fetch', () => w.fetch(far + '/fetch', {mode: 'no-cors'}).catch(() => 0));
  attempt('xhr', () => { const x = new w.XMLHttpRequest(); x.open('GET', far + '/xhr'); x.send(); });
  attempt('beacon', () => w.navigator.sendBeacon(far + '/beacon', 'x'));
  attempt('websocket', () => new w.WebSocket(far.replace('http', 'ws') + '/ws'));
  attempt('events', () => new w.EventSource(far + '/events'));
  attempt('image', () => { new w.Image().src = far + '/image'; });
  attempt('worker', () => new w.Worker(far + '/worker'));
  attempt('import', () => w.eval('import("' + far + '/import").catch(() => 0)'));
  attempt('script', () => { const s = w.document.createElement('script'); s.src = far + '/script';
    document.documentElement.appendChild(s); });
  attempt('window', () => w.open(far + '/window'));
}
all(window);
attempt('clean', () => { const f = document.createElement('iframe'); document.documentElement.appendChild(f);
  all(f.contentWindow); });
attempt('form', () => { document.getElementById('f').submit(); });
attempt('form2', () => { const f = document.createElement('form'); f.action = far + '/form2';
  document.documentElement.appendChild(f); HTMLFormElement.prototype.submit.call(f); });
attempt('top', () => { top.location = far + '/top'; });
attempt('parent', () => { parent.location.href = far + '/parent'; });
document.getElementById('trace').textContent = 'tried ' + tried.join(' ');
setTimeout(() => { attempt('self', () => { location.href = far + '/self'; }); }, 700);
</script>
"""


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    bird = Canary()
    yield bird
    bird.end()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, canary: Canary) -> SmallArchive:
    """Articles, one of them with style sheet and picture, one full of bad intent, one captured twice."""
    a = small_archive(tmp_path_factory.mktemp("replay"))
    shown = page("Công viên ven sông", [SENTENCE, *BODY])
    shown = shown.replace(b"</head>", b'<link rel="stylesheet" href="/s.css"></head>')
    shown = shown.replace(b"<p>", b'<img id="pic" src="/p.png" alt="c"><p>', 1)
    evil = page("Trang lạ", [*BODY, "Đoạn này để cho hai bài khác nhau."]).replace(
        b"</article>",
        EVIL.replace("CANARY", f"http://127.0.0.1:{canary.port}").replace("PORT", str(canary.port)).encode()
        + b"</article>",
    )
    titled = page(TITLE.replace("&", "&amp;").replace("<", "&lt;"), [*BODY, "Đoạn thứ tư của bài này."])
    a.crawl(
        ("/tin.html", packed(shown)),
        ("/s.css", answer(b"body { background: rgb(1, 200, 3) }", kind="text/css")),
        ("/p.png", answer(png(250, 0, 120), kind="image/png")),
        ("/evil.html", answer(evil)),
        ("/title.html", answer(titled)),
        (
            "/t%E1%BB%A9c/%2541.html?a=1&b=%20x",
            answer(page("Địa chỉ lạ", [*BODY, "Địa chỉ có dấu phần trăm."])),
        ),
        ("/wp-sitemap-posts-post-1.xml", answer(SITEMAP, kind="application/xml")),
    )
    thrice(a)
    return a


SITEMAP = (
    f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{SITE}/again.html</loc></url></urlset>'
).encode()


AGAIN = page("Bài cũ", [*BODY, "Bài được thu thập ba lần, các lần sau không đổi."], date=None).replace(
    b"<p>", b'<img id="pic" src="/same.png" alt="c"><p>', 1
)
"""Its picture lies elsewhere: what is stored of ``/same.png`` is a revisit of ``/p.png``."""


def thrice(a: SmallArchive) -> None:
    """A page, an hour later a revisit of it, and after another hour a 304; and a picture that is one of
    another address."""
    run = f"{a.now:%Y%m%dT%H%M%SZ}-aaaaaa"
    writer = WarcWriter(a.archive, run, low_water=0)
    dots = answer(png(250, 0, 120), kind="image/png")
    picture = Exchange(url=f"{SITE}/p.png", started_at=a.now, response=dots)
    first = exchange_records(picture)
    writer.append(first)
    writer.append(revisit_records(replace(picture, url=f"{SITE}/same.png"), referent_of(first)))
    whole = Exchange(url=f"{SITE}/again.html", started_at=a.now, response=packed(AGAIN))
    first = exchange_records(whole)
    writer.append(first)
    for sent in (whole.response, b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"):
        a.now += timedelta(hours=1)
        again = replace(whole, started_at=a.now, response=sent)
        writer.append(revisit_records(again, referent_of(first)))
    writer.seal()
    commit(a.archive, a.facts(run), now=a.now)


@contextmanager
def replaying(a: SmallArchive, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The command, from its start until it says where it serves, and its end by Ctrl-C."""
    command = argv("replay", a.root.name, "--port", "0", "--output", a.root.parent, *words)
    process = subprocess.Popen(
        command, env=environment(PYTHONPATH=str(ROOT)), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        said = []
        for line in process.stderr:
            said.append(line)
            if line.startswith("{"):
                yield json.loads(line)["url"], process
                break
        else:
            raise AssertionError(said)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.fixture(scope="module")
def served(made: SmallArchive) -> Iterator[str]:
    with replaying(made) as (url, process):
        yield url
    assert process.returncode == 0


def ask(
    base: str, path: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request as it stands, no redirect followed."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=20)
    connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    got = connection.getresponse()
    body = got.read()
    connection.close()
    return got.status, got.headers, body


def path_of(made: SmallArchive, path: str, mode: str = "mp_") -> str:
    row = next(r for r in made.rows("captures") if r["url"] == SITE + path)
    return f"/archive/{row['captured_at']:%Y%m%d%H%M%S}{mode}/{SITE}{path}"


def test_it_opens_at_a_list_of_the_articles(served: str, made: SmallArchive) -> None:
    status, _, body = ask(served, "/")
    text = body.decode()
    assert status == 200
    rows = made.rows("articles")
    assert len(rows) == 5
    for row in rows:
        assert f"/{row['captured_at']:%Y%m%d%H%M%S}/{row['url']}".replace("&", "&amp;") in text
    assert "Khánh thành &lt;b&gt;cầu&lt;/b&gt; &amp; &quot;bến&quot; mới" in text
    assert "<b>cầu" not in text and "<script" not in text
    assert ask(served, "/articles/2021")[0] == 200


def test_every_link_of_the_list_shows_its_article(served: str) -> None:
    text = ask(served, "/")[2].decode()
    links = [part.partition('"')[0].replace("&amp;", "&") for part in text.split('href="/archive/')[1:]]
    assert len(links) == 5
    for link in links:
        when, _, url = link.partition("/")
        assert ask(served, f"/archive/{link}")[0] == 200
        status, _, body = ask(served, f"/archive/{when}mp_/{url}")
        assert status == 200 and BODY[0] in body.decode()


def test_a_chunked_gzipped_page_is_shown_with_its_text(served: str, made: SmallArchive) -> None:
    status, headers, body = ask(served, path_of(made, "/tin.html"))
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert SENTENCE in body.decode()
    assert ask(served, path_of(made, "/s.css", "cs_"))[2] == b"body { background: rgb(1, 200, 3) }"
    assert ask(served, path_of(made, "/p.png", "im_"))[2] == png(250, 0, 120)


@pytest.mark.parametrize("before", [0, 1], ids=["not modified", "identical payload"])
def test_a_revisit_is_shown_as_what_it_refers_to(before: int, served: str, made: SmallArchive) -> None:
    again = made.now - timedelta(hours=before)
    status, headers, body = ask(served, f"/archive/{again:%Y%m%d%H%M%S}mp_/{SITE}/again.html")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Bài được thu thập ba lần" in body.decode()
    assert headers["Memento-Datetime"] == f"{again:%a, %d %b %Y %H:%M:%S} GMT"


def test_a_revisit_of_another_address_is_shown(served: str, made: SmallArchive) -> None:
    status, headers, body = ask(served, path_of(made, "/same.png", "im_"))
    assert (status, headers["Content-Type"], body) == (200, "image/png", png(250, 0, 120))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/archive/20260330080000mp_/http://tin.example.vn/tin.html"])
def test_other_methods_are_refused(method: str, path: str, served: str) -> None:
    status, headers, _ = ask(served, path, method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_head_has_the_headers_and_nothing_else(served: str, made: SmallArchive) -> None:
    for path in ("/", path_of(made, "/tin.html", ""), path_of(made, "/tin.html")):
        status, headers, body = ask(served, path, "HEAD")
        assert (status, body) == (200, b"")
        assert headers["Content-Security-Policy"]


PATHS = (
    "/", "/articles/1800", "/replay.css", "/nowhere", "/static/wombat.js", "/collinfo.json", "/archive/",
    "/archive/cdx?url=x", "/archive/*/http://tin.example.vn/", "/archive/2026mp_/http://tin.example.vn/tin.html",
    "/archive/mp_/http://elsewhere.example/", "/archive/20260330080000id_/http://tin.example.vn/tin.html",
    "/archive/20260330080000/http://tin.example.vn/tin.html", "/%00", "/archive/timemap/link/http://tin.example.vn/",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("dest", ["", "document", "iframe", "image"])
def test_every_answer_has_a_policy_and_no_header_of_the_archived_one(
    path: str, dest: str, served: str
) -> None:
    status, headers, _ = ask(served, path, **({"Sec_Fetch_Dest": dest} if dest else {}))
    assert status < 500
    (policy,) = headers.get_all("Content-Security-Policy") or ["", ""]
    assert policy.startswith("default-src 'none'; ")
    assert "'unsafe-eval'" not in policy and "form-action 'none'" in policy
    foreign = {"set-cookie", "refresh", "link", "access-control-allow-origin", "x-archive-orig-link"}
    assert not foreign & {name.lower() for name in headers}


def test_another_name_that_leads_here_is_refused(served: str) -> None:
    status, headers, _ = ask(served, "/", Host="rebound.example")
    assert status == 421
    assert headers["Content-Security-Policy"]


def test_it_listens_on_loopback_only(served: str) -> None:
    port = urlsplit(served).port
    others = {a[4][0] for a in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in (*others, "127.0.0.2"):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((address, port), timeout=2).close()


def test_what_is_not_archived_is_not_fetched(served: str, canary: Canary) -> None:
    before = len(canary.calls)
    assert ask(served, f"/archive/20260330080000mp_/http://127.0.0.1:{canary.port}/x")[0] == 404
    assert len(canary.calls) == before


def test_nothing_is_written_into_the_archive(served: str, made: SmallArchive) -> None:
    before = {p: p.stat().st_mtime_ns for p in made.root.rglob("*")}
    ask(served, path_of(made, "/tin.html"))
    assert {p: p.stat().st_mtime_ns for p in made.root.rglob("*")} == before


def test_ctrl_c_ends_it_and_all_it_started(made: SmallArchive) -> None:
    with replaying(made, "--json") as (url, process):
        (child,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert json.loads(said)["url"] == url
    assert not Path(f"/proc/{child}").exists()


def test_it_ends_when_whoever_started_it_is_killed(made: SmallArchive) -> None:
    with replaying(made) as (_, process):
        (child,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        pipe = os.pidfd_open(int(child))
        process.kill()
        assert wait_for(pipe)
        os.close(pipe)


def wait_for(pidfd: int) -> bool:
    return bool(select.select([pidfd], [], [], 15)[0])


def test_a_port_that_is_taken_is_one_sentence(made: SmallArchive) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = citynews("replay", made.root.name, "--port", port, "--output", made.root.parent)
    assert done.returncode == 4
    assert f"port {port} cannot be had" in assert_one_sentence(done)


def test_without_an_index_it_says_how_to_make_one(tmp_path: Path) -> None:
    small_archive(tmp_path)
    done = citynews("replay", SLUG, "--output", tmp_path)
    assert done.returncode == 4
    assert f"citynews rebuild {SLUG}" in assert_one_sentence(done)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


SHOWN = """
const picture = document.getElementById('pic');
return [picture && picture.complete && picture.naturalWidth, getComputedStyle(document.body).backgroundColor,
        document.body.innerText];
"""


def test_a_browser_shows_the_page_with_its_picture_and_style(
    served: str, made: SmallArchive, window: Browser, canary: Canary
) -> None:
    window.open(served)
    (link,) = window.ask("POST", "/elements", using="partial link text", value="Công viên")
    window.ask("POST", f"/element/{link[FRAME]}/click")
    window.enter_frame()
    width, background, text = window.until(lambda: (s := window.run(SHOWN))[0] and s)
    assert (width, background) == (60, "rgb(1, 200, 3)")
    assert SENTENCE in text
    assert canary.calls == []


@pytest.mark.parametrize("entry", ["", "mp_"])
def test_an_evil_page_reaches_nothing(
    entry: str, served: str, made: SmallArchive, window: Browser, canary: Canary
) -> None:
    window.open(served.rstrip("/") + path_of(made, "/evil.html", entry))
    shown = window.url
    window.enter_frame()
    assert window.run("return document.getElementById('trace').textContent") == "waiting"
    settle(window)
    assert window.url == shown
    assert canary.calls == []


def settle(window: Browser) -> None:
    """Let everything that a page started come to its end; its last attempt is made after 1 s."""
    time.sleep(2.5)
    window.ask("POST", "/frame", id=None)


def test_an_evil_page_whose_scripts_run_reaches_nothing(
    made: SmallArchive, window: Browser, canary: Canary
) -> None:
    with replaying(made, "--scripts") as (url, _):
        window.open(url.rstrip("/") + path_of(made, "/evil.html", ""))
        shown = window.url
        window.enter_frame()
        tried = window.run("return document.getElementById('trace').textContent")
        settle(window)
        assert window.url == shown
        window.open(url.rstrip("/") + path_of(made, "/tin.html", ""))
        window.enter_frame()
        assert window.until(lambda: (s := window.run(SHOWN))[0] and s)[0] == 60
    assert {"fetch", "xhr", "websocket", "form"} <= {t.rstrip("!") for t in tried.split()}
    # Chromium opens a connection before it asks whether a page may be led there, and sends nothing.
    assert [call for call in canary.calls if call != SILENCE] == []


def test_the_canary_hears_a_page_that_nobody_shuts_in(window: Browser, canary: Canary) -> None:
    bird = Canary()
    window.open(
        "data:text/html,"
        + EVIL.replace("CANARY", f"http://127.0.0.1:{bird.port}")
        .replace("PORT", str(bird.port))
        .replace("\n", " ")
        .replace("#", "%23")
    )
    window.until(lambda: len(bird.calls) > 3)
    window.open("about:blank")
    bird.end()


IN_ALL_FRAMES = """
function* documents(root) {
  yield root;
  for (const part of root.querySelectorAll('*')) {
    if (part.shadowRoot) yield* documents(part.shadowRoot);
    if (part.contentDocument) yield* documents(part.contentDocument);
  }
}
for (const root of documents(document)) {
  const picture = root.getElementById && root.getElementById('pic');
  if (picture && picture.complete && picture.naturalWidth) {
    const body = picture.ownerDocument.body;
    const shown = picture.ownerDocument.defaultView.wbinfo;
    return [picture.naturalWidth, getComputedStyle(body).backgroundColor, body.innerText, shown.request_ts];
  }
}
"""


def test_replayweb_page_shows_the_page_with_its_picture_out_of_the_wacz(
    made: SmallArchive, window: Browser, canary: Canary, tmp_path: Path
) -> None:
    wacz = write_wacz(made.archive, tmp_path / "tin.wacz").path
    before = list(canary.calls)
    (tmp_path / "www").mkdir()
    with replayweb(tmp_path / "www", wacz, f"{SITE}/tin.html") as url:
        window.open(url + "worker.html")
        assert window.run(WORKER_READY)
        window.open(url + "index.html")
        width, background, text, _ = window.until(lambda: window.run(IN_ALL_FRAMES))
        window.open("about:blank")
    assert (width, background) == (60, "rgb(1, 200, 3)")
    assert SENTENCE in text
    assert canary.calls == before


def test_replayweb_page_shows_a_revisit(made: SmallArchive, window: Browser, tmp_path: Path) -> None:
    """The page as it was an hour later; and its picture, which is stored as a revisit only, of another
    address."""
    wacz = write_wacz(made.archive, tmp_path / "again.wacz").path
    (tmp_path / "www").mkdir()
    when = f"{made.now - timedelta(hours=1):%Y%m%d%H%M%S}"
    with replayweb(tmp_path / "www", wacz, f"{SITE}/again.html", when) as url:
        window.open(url + "worker.html")
        assert window.run(WORKER_READY)
        window.open(url + "index.html")
        width, _, text, asked = window.until(lambda: window.run(IN_ALL_FRAMES))
        window.open("about:blank")
    assert (width, asked) == (60, when)
    assert "Bài được thu thập ba lần" in text
