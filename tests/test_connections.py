"""Connections: kept alive, capped, closed, verified, tunnelled; and every failure's own class."""

from __future__ import annotations

import contextlib
import hashlib
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.capture.failures import TlsFailed
from crawler.guard import AddressRefused
from tests.crawling import Crawl, crawl
from tests.rawserver import CLOSE, RESET, RawServer, Sent, Step, plain, serving
from tests.test_capture import facts, wire


def sent_to(server: RawServer, path: str) -> list[Sent]:
    return [sent for sent in server.log if sent.target == path]


def error_of(done: Crawl, url: str) -> str | None:
    (records,) = done.exchanges(url)
    return facts(records).get("error")


# -- keeping connections


def test_32_at_a_time_over_reused_connections_are_byte_exact(tmp_path: Path) -> None:
    with serving() as server:
        bodies = {f"/{n}": b"%d:" % n + b"x" * (n * 97 % 5000) for n in range(320)}
        urls = [server.on(path, [plain(body[:1000]), 0.001]) for path, body in bodies.items()]
        done = crawl(tmp_path, [urls])
    assert len(done.responses) == 320 and not done.failures
    assert server.connections <= 32
    for sent in server.log:
        (records,) = done.exchanges(server.url + sent.target)
        assert wire(records) == (sent.request, sent.answer)
    assert {r.url.removeprefix(server.url): r.body for r in done.responses} == {
        path: body[:1000] for path, body in bodies.items()
    }


@pytest.mark.parametrize("ending", [[CLOSE], [RESET]], ids=["closed", "reset"])
def test_a_kept_connection_that_was_closed_gives_a_record_and_a_second_try(
    tmp_path: Path, ending: list[Step]
) -> None:
    with serving() as server:
        first = server.on("/a", [plain(b"a")])
        second = server.on("/b", ending, [plain(b"b")])
        done = crawl(tmp_path, [[first], [second]], RETRY_ENABLED=False)
    assert [r.body for r in done.responses] == [b"a", b"b"]
    stale, fresh = done.exchanges(second)
    lost, answered = sent_to(server, "/b")
    assert wire(stale) == (lost.request, b"") and wire(fresh) == (answered.request, answered.answer)
    assert facts(stale)["error"] == "disconnect" and "error" not in facts(fresh)
    assert sent_to(server, "/a")[0].connection == lost.connection != answered.connection


def test_the_second_try_is_over_a_fresh_connection(tmp_path: Path) -> None:
    """Another kept connection to the same server may be as stale as the first."""
    with serving() as server:
        first = [server.on(path, [0.1, plain(b"a")]) for path in ("/1", "/2")]
        second = server.on("/b", [CLOSE], [plain(b"b")])
        done = crawl(tmp_path, [first, [second]], RETRY_ENABLED=False)
    assert done.responses[-1].body == b"b"
    assert sent_to(server, "/b")[1].connection == server.connections == 3


def test_the_second_try_is_the_last(tmp_path: Path) -> None:
    with serving() as server:
        first, second = server.on("/a", [plain(b"a")]), server.on("/b", [CLOSE])
        done = crawl(tmp_path, [[first], [second]], RETRY_ENABLED=False)
    assert len(done.exchanges(second)) == len(sent_to(server, "/b")) == 2
    assert isinstance(done.failure(second), ResponseDataLossError)


@pytest.mark.parametrize(
    ("first", "settings", "kept"),
    [
        ([plain(b"a")], {}, True),
        ([plain(b"a")], {"CITYNEWS_IDLE_TIMEOUT": 0.1}, False),
        ([plain(b"a"), 0.1, b"late surplus"], {}, False),
    ],
    ids=["kept", "expired", "late_surplus"],
)
def test_idle_connections(tmp_path: Path, first: list[Step], settings: dict[str, float], kept: bool) -> None:
    with serving() as server, serving() as slow:
        rounds = [
            [server.on("/a", first)],
            [slow.on("/wait", [0.4, plain(b"")])],
            [server.on("/b", [plain(b"b")])],
        ]
        done = crawl(tmp_path, rounds, **settings)
    assert [r.body for r in done.responses] == [b"a", b"", b"b"]
    assert (server.connections == 1) is kept
    assert len(done.exchanges(f"{server.url}/b")) == 1, "closed while idle: nothing was sent on it"


def test_open_connections_are_capped(tmp_path: Path) -> None:
    with serving(host="0.0.0.0") as server:
        for n in range(40):
            server.on(f"/{n}", [0.005, plain(b"a")])
        urls = [f"http://127.0.0.{1 + n % 8}:{server.port}/{n}" for n in range(40)]
        done = crawl(tmp_path, [urls, urls], CITYNEWS_MAX_CONNECTIONS=3)
    assert len(done.responses) == 80
    assert server.most_open == 3 < 8, "as many as are allowed, of eight hosts"


# -- failures to connect


def test_a_refused_connection(tmp_path: Path) -> None:
    with serving() as server:
        url = f"{server.url}/"
    done = crawl(tmp_path, [[url]], RETRY_ENABLED=False)
    assert isinstance(done.failure(url), DownloadConnectionRefusedError)
    (records,) = done.exchanges(url)
    assert [r.type for r in records] == ["metadata"], "nothing was sent"
    assert facts(records)["error"] == "refused" and records[0].get("WARC-IP-Address") == "127.0.0.1"


def test_a_name_that_does_not_resolve(tmp_path: Path) -> None:
    url = "http://no-such-city.invalid/"
    done = crawl(tmp_path, [[url]], RETRY_ENABLED=False)
    assert isinstance(done.failure(url), CannotResolveHostError)
    assert error_of(done, url) == "dns"


def test_an_address_that_cannot_be_asked_has_a_record_too(tmp_path: Path) -> None:
    url = f"http://{'ả' * 70}.example/"
    done = crawl(tmp_path, [[Request(url, meta={"verbatim_url": True})]], RETRY_ENABLED=False)
    assert isinstance(done.failure(url), DownloadFailedError)
    (records,) = [r for r in done.records if r.type == "metadata"]
    assert records.fields["error"] == "protocol" and "no valid host name" in records.fields["detail"]


def test_the_next_address_is_tried(tmp_path: Path) -> None:
    """``localhost`` is mostly ::1 and 127.0.0.1; the server listens on the second only."""
    with serving() as server:
        server.on("/", [plain(b"here")])
        url = f"http://localhost:{server.port}/"
        done = crawl(tmp_path, [[url]])
    assert [r.body for r in done.responses] == [b"here"]
    assert done.exchanges(url)[0][0].get("WARC-IP-Address") == "127.0.0.1"


def test_an_address_that_does_not_accept(tmp_path: Path) -> None:
    """The queue of a listener that never accepts is full: the kernel answers no more."""
    with socket.socket() as listener, contextlib.ExitStack() as stack:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        done = crawl(tmp_path, [[url]], RETRY_ENABLED=False, CITYNEWS_CONNECT_TIMEOUT=0.3)
    assert isinstance(done.failure(url), DownloadTimeoutError)
    (records,) = done.exchanges(url)
    assert [r.type for r in records] == ["metadata"] and facts(records)["error"] == "timeout"
    assert int(facts(records)["fetchTimeMs"]) < 3000


LOOPBACKS = [
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "localhost",
    "[::ffff:127.0.0.1]",
]


@pytest.mark.parametrize("host", LOOPBACKS)
def test_no_notation_of_loopback_is_connected_to(tmp_path: Path, host: str) -> None:
    with serving() as server:
        url = f"http://{host}:{server.port}/"
        done = crawl(tmp_path, [[url]], CITYNEWS_ALLOW_LOOPBACK=False)
    assert server.connections == 0
    assert isinstance(done.failure(url), AddressRefused)
    (records,) = done.exchanges(url)
    assert facts(records)["error"] == "guard"


def test_a_redirect_into_a_private_network_is_refused(tmp_path: Path) -> None:
    with serving() as server:
        url = server.on("/", [plain(b"", b"Location: http://10.1.2.3/", status=b"302 Found")])
        done = crawl(tmp_path, [[url]])
    assert isinstance(done.failure("http://10.1.2.3/"), AddressRefused)
    assert error_of(done, "http://10.1.2.3/") == "guard"


def test_the_vetted_address_is_the_one_connected_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers with a public address once and a private one the next time is
    asked once. The resolver is stood in for, since no test can own a name."""
    asked = []

    def rebinding(host: object, port: object, *_: object, **__: object) -> list[object]:
        asked.append(host)
        ip = "127.0.0.1" if len(asked) == 1 else "127.0.0.99"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    with serving() as server:
        server.on("/", [plain(b"here")])
        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        done = crawl(tmp_path, [[f"http://rebinding.test:{server.port}/"]])
    assert [r.body for r in done.responses] == [b"here"]
    assert asked == ["rebinding.test"]


# -- TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


def tls_server(authority: trustme.CA, *names: str, **options: datetime) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **options).configure_cert(context)
    return context


def test_tls_is_verified_and_recorded(tmp_path: Path, authority: trustme.CA, ca_file: str) -> None:
    with serving(tls_server(authority, "127.0.0.1")) as server:
        urls = [
            server.on("/a", [plain(b"a"), 0.05, b""]),
            server.on("/b", [b"HTTP/1.0 200 OK\r\n\r\nb", CLOSE]),
        ]
        done = crawl(tmp_path, [[urls[0]], [urls[1]]], CITYNEWS_CA_FILE=ca_file)
        served = ssl.get_server_certificate(("127.0.0.1", server.port))
    assert [r.body for r in done.responses] == [b"a", b"b"]
    for url, sent in zip(urls, server.log, strict=True):
        (records,) = done.exchanges(url)
        assert wire(records) == (sent.request, sent.answer)
        said = facts(records)
        assert (said["tlsVersion"], said["tlsVerified"]) == ("TLSv1.3", "true")
        assert said["tlsCertificateSha256"] == hashlib.sha256(ssl.PEM_cert_to_DER_cert(served)).hexdigest()
        assert records[0].get("WARC-Cipher-Suite") == said["tlsCipher"]
        assert "tls/1.3" in [v for k, v in records[0].headers if k == "WARC-Protocol"]
    assert len({sent.connection for sent in server.log}) == 1, "kept alive"


PAST = datetime.now(UTC) - timedelta(days=2)


@pytest.mark.parametrize("wrong", ["unknown_authority", "other_host", "expired", "plain_http"])
def test_a_tls_failure_is_final(tmp_path: Path, authority: trustme.CA, ca_file: str, wrong: str) -> None:
    context = {
        "unknown_authority": tls_server(trustme.CA(), "127.0.0.1"),
        "other_host": tls_server(authority, "other.example"),
        "expired": tls_server(authority, "127.0.0.1", not_before=PAST, not_after=PAST + timedelta(days=1)),
        "plain_http": None,
    }[wrong]
    with serving(context) as server:
        url = f"https://127.0.0.1:{server.port}/"
        done = crawl(tmp_path, [[url]], CITYNEWS_CA_FILE=ca_file, RETRY_TIMES=3)
    assert not server.log, "nothing was sent over a connection that was not verified"
    assert isinstance(done.failure(url), TlsFailed)
    (records,) = done.exchanges(url)
    assert [r.type for r in records] == ["metadata"] and facts(records)["error"] == "tls"


def test_hanging_up_during_the_handshake_is_no_tls_failure(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            connection, _ = listener.accept()
            connection.recv(10)
            connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        done = crawl(tmp_path, [[url]], RETRY_ENABLED=False)
        thread.join()
    assert error_of(done, url) == "disconnect"


# -- proxies


@contextlib.contextmanager
def tunnelling(
    answer: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n",
) -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that answers CONNECT and then passes bytes on; gives its port and what it was asked."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError), listener.accept()[0] as client:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += client.recv(1)
            asked.append(head)
            client.sendall(answer)
            if b" 200 " not in answer:
                return
            host, port = head.split()[1].decode().rsplit(":", 1)
            with socket.create_connection((host, int(port))) as server:
                ends = {client: server, server: client}
                while True:
                    for end in select.select(list(ends), [], [])[0]:
                        data = end.recv(65536)
                        if not data:
                            return
                        ends[end].sendall(data)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1], asked
    listener.close()
    thread.join(5)


PROXIES = {"HTTPPROXY_ENABLED": True}


def through(url: str, port: int, credentials: str = "") -> Request:
    return Request(url, meta={"proxy": f"http://{credentials}127.0.0.1:{port}"})


def stored_bytes(done: Crawl) -> bytes:
    return b"".join(str(r.headers).encode() + r.block for r in done.records)


def test_a_plain_request_through_a_proxy(tmp_path: Path) -> None:
    url = "http://city.example/news?p=1"
    with serving() as server:
        server.on(url, [plain(b"proxied")])
        done = crawl(tmp_path, [[through(url, server.port, "user:s3cret@")]], **PROXIES)
    assert [r.body for r in done.responses] == [b"proxied"]
    (sent,) = server.log
    assert (
        b"\r\nProxy-Authorization: Basic " in sent.request and b"\r\nHost: city.example\r\n" in sent.request
    )
    (records,) = done.exchanges(url)
    request, received = wire(records)
    line = sent.request[sent.request.index(b"\r\nProxy-Authorization") : -4]
    assert request == sent.request.replace(line, b"") and received == sent.answer
    assert b"Proxy-Authorization" not in stored_bytes(done)
    assert all(r.get("WARC-IP-Address") is None for r in records)


def test_tls_through_a_tunnel(tmp_path: Path, authority: trustme.CA, ca_file: str) -> None:
    with serving(tls_server(authority, "127.0.0.1")) as server, tunnelling() as (port, asked):
        urls = [server.on("/a", [plain(b"a")]), server.on("/b", [plain(b"b")])]
        rounds = [[through(url, port, "user:s3cret@")] for url in urls]
        done = crawl(tmp_path, rounds, CITYNEWS_CA_FILE=ca_file, **PROXIES)
    assert [r.body for r in done.responses] == [b"a", b"b"]
    assert len(asked) == 1 and b"Proxy-Authorization: Basic " in asked[0]
    for url, sent in zip(urls, server.log, strict=True):
        (records,) = done.exchanges(url)
        assert wire(records) == (sent.request, sent.answer)
        assert facts(records)["tlsVerified"] == "true"
        assert all(r.get("WARC-IP-Address") is None for r in records)
    assert b"Proxy-Authorization" not in stored_bytes(done)


def test_a_proxy_that_refuses_the_tunnel(tmp_path: Path) -> None:
    refusal = plain(b"no", status=b"407 Proxy Authentication Required")
    url = "https://city.example/"
    with tunnelling(refusal) as (port, _):
        done = crawl(tmp_path, [[through(url, port)]], RETRY_ENABLED=False, **PROXIES)
    assert isinstance(done.failure(url), DownloadFailedError)
    (records,) = done.exchanges(url)
    assert [r.type for r in records] == ["metadata"]
    assert facts(records)["error"] == "proxy" and "answered 407" in facts(records)["detail"]


def test_a_proxy_that_is_not_there(tmp_path: Path) -> None:
    with serving() as server:
        port = server.port
    url = "http://city.example/"
    done = crawl(tmp_path, [[through(url, port)]], RETRY_ENABLED=False, **PROXIES)
    assert isinstance(done.failure(url), DownloadFailedError)
    assert error_of(done, url) == "proxy"


@pytest.mark.parametrize("host", ["10.0.0.1", "0xa000001", "[fd00::1]", "169.254.169.254"])
def test_no_proxy_is_asked_for_a_private_address(tmp_path: Path, host: str) -> None:
    url = f"http://{host}/"
    with serving() as server:
        done = crawl(tmp_path, [[through(url, server.port)]], **PROXIES)
    assert server.connections == 0 and error_of(done, url) == "guard"
