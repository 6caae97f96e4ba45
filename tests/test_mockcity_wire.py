"""The sample city's server: codings, connections, redirects, overrides and its own process."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator

import pytest

from tests.mockcity import Answer, MockCity, Request, load_articles, load_site
from tests.mockcity.media import jpeg, pdf, png
from tests.mockcity.visit import entity, get, parted, talk
from tests.running import ROOT

PATHS = [a["path"] for a in load_articles()]
SITE = load_site()
GZIP = "Accept-Encoding: gzip"


@pytest.fixture
def city() -> Iterator[MockCity]:
    with MockCity() as city:
        yield city


def without_date(wire: bytes) -> bytes:
    return re.sub(rb"\r\nDate: [^\r]*", b"", wire, count=1)


def test_articles_come_in_every_coding_and_read_alike_without_gzip(city: MockCity) -> None:
    codings = set()
    for path in PATHS:
        _, headers, body = parted(talk(city, get(path, GZIP)))
        _, plain, plain_body = parted(talk(city, get(path)))
        assert "content-encoding" not in plain
        assert entity(headers, body) == entity(plain, plain_body)
        member = body.partition(b"\r\n")[2] if "transfer-encoding" in headers else body
        assert "content-encoding" not in headers or member[4:8] == bytes(4), (
            "a clock stands in the gzip member"
        )
        codings.add((headers.get("content-encoding"), headers.get("transfer-encoding")))
    assert codings == {(None, None), ("gzip", None), (None, "chunked"), ("gzip", "chunked")}


def test_the_same_request_gives_the_same_bytes_in_any_city_on_the_port(city: MockCity) -> None:
    paths = [*PATHS, "/", "/wp-sitemap-posts-post-1.xml", "/gioi-thieu.html", SITE["missing"][0]]
    first = [without_date(talk(city, get(path, GZIP))) for path in paths]
    assert first == [without_date(talk(city, get(path, GZIP))) for path in paths]
    port = city.port
    city.__exit__(None)
    with MockCity(port) as again:
        assert first == [without_date(talk(again, get(path, GZIP))) for path in paths]
    city.__enter__()


def test_a_connection_carries_many_requests_and_their_order(city: MockCity) -> None:
    wire = talk(city, get("/robots.txt", close=False), get("/nothing.html", close=False), get("/robots.txt"))
    assert re.findall(rb"HTTP/1\.1 (\d+)", wire) == [b"200", b"404", b"200"]
    assert city.connections == 1 and city.answered == 3
    assert city.requests == [("GET", "/robots.txt"), ("GET", "/nothing.html"), ("GET", "/robots.txt")]
    assert {entry.connection for entry in city.log} == {1}
    assert sorted(entry.at for entry in city.log) == [entry.at for entry in city.log]


def test_http_1_0_gets_no_chunks_and_an_end(city: MockCity) -> None:
    for path in PATHS:
        _, headers, body = parted(talk(city, get(path, GZIP, version="1.0")))
        assert "transfer-encoding" not in headers and headers["connection"] == "close"
        assert entity(headers, body).endswith(b"</html>\n")


def test_head_has_the_fields_and_no_body_and_post_is_refused(city: MockCity) -> None:
    status, headers, body = parted(talk(city, get(PATHS[0], method="HEAD")))
    assert status == "HTTP/1.1 200 OK" and int(headers["content-length"]) > 1000 and body == b""
    status, headers, _ = parted(talk(city, get(PATHS[0], method="POST")))
    assert status.startswith("HTTP/1.1 405 ") and headers["allow"] == "GET, HEAD"


def test_the_old_slug_moves_and_the_missing_page_is_missing(city: MockCity) -> None:
    for old, new in [("/thong-xe-cau-rach-sung.html", "/thong-xe-cau-rach-sung-moi.html")]:
        status, headers, body = parted(talk(city, get(old)))
        assert status == "HTTP/1.1 301 Moved Permanently" and body == b""
        assert headers["location"] == city.url.rstrip("/") + new
    for path in SITE["missing"]:
        status, headers, body = parted(talk(city, get(path)))
        assert status == "HTTP/1.1 404 Not Found"
        assert "Không tìm thấy trang" in entity(headers, body).decode()


def test_robots_can_be_led_by_a_bom_gzipped_and_chunked(city: MockCity) -> None:
    wanted = b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"
    city.robots = Answer(body=wanted, content_type="text/plain", gzip="always", chunked=True)
    _, headers, body = parted(talk(city, get("/robots.txt")))
    assert headers["content-encoding"] == "gzip" and headers["transfer-encoding"] == "chunked"
    assert entity(headers, body) == wanted
    city.robots = Answer(status=503, body=b"later")
    assert talk(city, get("/robots.txt")).startswith(b"HTTP/1.1 503 ")
    city.robots = wanted
    assert talk(city, get("/robots.txt")).endswith(b"\r\n\r\n" + wanted)


def test_an_override_has_the_raw_socket_until_it_is_taken_back(city: MockCity) -> None:
    def odd(request: Request, sock: socket.socket) -> bool:
        sock.sendall(b"HTTP/1.1 200 \xfcblich\nCONTENT-length:2\n\n" + request.method.encode()[:2])
        return False

    city.override(PATHS[0], odd)
    assert talk(city, get(PATHS[0], close=False)) == b"HTTP/1.1 200 \xfcblich\nCONTENT-length:2\n\nGE"
    city.override("/?p=7", Answer(body=b"seven"))
    assert talk(city, get("/?p=7")).endswith(b"\r\n\r\nseven")
    assert not talk(city, get("/?p=8")).endswith(b"seven")
    city.override(PATHS[0], None)
    assert talk(city, get(PATHS[0])).startswith(b"HTTP/1.1 200 OK\r\n")


def test_the_hook_hears_of_each_answer_after_it_was_sent(city: MockCity) -> None:
    heard: list[tuple[int, str, bytes]] = []
    told = threading.Event()
    with socket.create_connection(("127.0.0.1", city.port), timeout=10) as sock:

        def hear(number: int, path: str) -> None:
            sock.settimeout(2)  # the city waits for this hook: what it has not sent yet never comes
            heard.append((number, path, sock.recv(1 << 20)))
            told.set()

        city.on_answer = hear
        sock.sendall(get("/robots.txt", close=False).encode())
        assert told.wait(10)
    ((number, path, wire),) = heard
    assert (number, path) == (1, "/robots.txt") and wire.endswith(b"wp-sitemap.xml\n")


def test_what_a_hook_raises_is_not_lost() -> None:
    def fail(number: int, path: str) -> None:
        raise ProcessLookupError(f"{number} {path}")

    with pytest.raises(ProcessLookupError, match=r"1 /robots\.txt"), MockCity(on_answer=fail) as city:
        assert talk(city, get("/robots.txt")).startswith(b"HTTP/1.1 200 ")


def test_its_own_process_needs_no_package_announces_and_ends_when_told() -> None:
    argv = [sys.executable, "-S", "-m", "tests.mockcity", "--announce"]
    pipe = subprocess.PIPE
    running = subprocess.Popen(argv, cwd=ROOT, text=True, stdout=pipe, stderr=pipe)
    try:
        assert running.stdout is not None
        port = int(re.findall(r"^listening on http://127\.0\.0\.1:(\d+)/$", running.stdout.readline())[0])
        with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
            sock.sendall(get(PATHS[0]).encode())
            assert sock.recv(15) == b"HTTP/1.1 200 OK"
        assert running.stdout.readline() == f"answered 1 {PATHS[0]}\n"
        busy = subprocess.run([*argv, "--port", str(port)], cwd=ROOT, capture_output=True, text=True)
        assert busy.returncode == 4 and busy.stdout == ""
        assert busy.stderr.count("\n") == 1 and str(port) in busy.stderr and "Traceback" not in busy.stderr
        running.send_signal(signal.SIGTERM)
        assert running.communicate(timeout=10) == ("", "") and running.returncode == 0
    finally:
        running.kill()
        running.wait()


def test_pictures_and_files_are_what_their_names_say(city: MockCity) -> None:
    kinds = {".jpg": (b"\xff\xd8\xff\xe0", "image/jpeg"), ".png": (b"\x89PNG\r\n", "image/png")}
    for article in load_articles():
        for image in article["images"]:
            status, headers, body = parted(talk(city, get(image["src"])))
            magic, kind = kinds[image["src"][-4:]]
            assert " 200 " in status and headers["content-type"] == kind and body.startswith(magic)
        for file in article["attachments"]:
            assert parted(talk(city, get(file["path"])))[2].startswith(b"%PDF-1.4")
    data = png("a")
    start = data.index(b"IDAT") + 4
    assert len(zlib.decompress(data[start : data.index(b"IEND") - 8])) == 8 * (1 + 12 * 3)
    assert jpeg("a") != jpeg("b") and jpeg("a").endswith(b"\xff\xd9")
    document = pdf("Lịch")
    assert document[int(document.split()[-2]) :].startswith(b"xref")
