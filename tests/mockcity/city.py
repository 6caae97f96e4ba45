"""The server: HTTP/1.1 with keep-alive on loopback, and a hand on its misbehaviour."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.mockcity.answer import Answer, Request
from tests.mockcity.newsroom import Newsroom
from tests.mockcity.site import Site
from tests.mockcity.theme import theme as theme_of
from tests.mockcity.truth import SMALL, load_articles
from tests.mockcity.view import SOURCES, View

Handler = Callable[[Request, socket.socket], bool | None]
"""Answers with raw bytes on the socket. True keeps the connection open; else it is closed."""

IDLE_SECONDS = 60.0


class Received(NamedTuple):
    """One request as it reached the city."""

    at: float
    """Seconds on the monotonic clock when the request had been read."""
    connection: int
    """Number of the connection that it came over, from 1."""
    request: Request


class MockCity(Newsroom):
    """The sample city as a context manager, in threads of its own.

    ``port`` 0 takes any free port; a busy port raises :class:`OSError` on entering.
    ``theme`` is ``block``, ``classic``, ``table`` or ``portal``; ``articles`` 14, 24 (all written by
    hand) or any number above. ``sources`` are those switched on, of sitemap, feed, rest and
    listings (a static page stands at / without these). ``gzip_sitemap``: robots.txt names
    the ``.gz`` index. ``conditional``: answers carry validators, and 304 is given.
    ``on_answer(n, path)`` is called when the n-th answer (from 1) has been handed to
    the kernel whole, by the connection's thread; it may publish and withdraw, which shifts all
    lists. ``unpublished`` is how many of the newest articles the city still keeps back; what it does
    with its articles while it runs is :class:`~tests.mockcity.newsroom.Newsroom`. What an
    ``on_answer`` or a handler raises is raised again when the city is left (socket errors are not).
    """

    def __init__(
        self,
        port: int = 0,
        *,
        theme: str = "block",
        articles: int = SMALL,
        sources: Iterable[str] = SOURCES,
        gzip_sitemap: bool = False,
        conditional: bool = False,
        on_answer: Callable[[int, str], None] | None = None,
        unpublished: int = 0,
    ) -> None:
        self.port = port
        self.look = theme_of(theme)
        super().__init__(load_articles(articles), unpublished)
        self.sources = frozenset(sources)
        if unknown := self.sources - SOURCES:
            raise ValueError(f"the sample city has no such source: {', '.join(sorted(unknown))}")
        self.gzip_sitemap = gzip_sitemap
        self.conditional = conditional
        self.on_answer = on_answer
        self.robots: Answer | bytes | Handler | None = None
        """What stands at /robots.txt: None is the city's own, bytes are sent as text/plain."""
        self.log: list[Received] = []
        self.answered = 0
        self.connections = 0
        self.failures: list[Exception] = []
        self._overrides: dict[str, Answer | Handler] = {}
        self._site: Site | None = None
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        """The home page's address, with its slash."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def requests(self) -> list[tuple[str, str]]:
        """(method, target) of every request, in the order of arrival."""
        return [(r.request.method, r.request.target) for r in list(self.log)]

    def override(self, path: str, handler: Answer | Handler | None) -> None:
        """Answer ``path`` otherwise: with an :class:`Answer`, or a handler that has the
        raw socket. ``path`` may carry a query, which then must match. None ends it."""
        with self._lock:
            if handler is None:
                self._overrides.pop(path, None)
            else:
                self._overrides[path] = handler

    def __enter__(self) -> MockCity:
        self._server = _Server(("127.0.0.1", self.port), _Connection)
        self._server.city = self
        self.port = self._server.server_address[1]
        self.show()
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def show(self) -> None:
        """Answer from now on with the articles and the moves as they are."""
        if self._server is None:
            return
        view = View(
            base=self.url.rstrip("/"),
            articles=tuple(self.truth),
            sources=self.sources,
            numbers=dict(self.numbers),
            moves=dict(self.moves),
            gone=dict(self.gone),
        )
        self._site = Site(view, self.look, gzip_sitemap=self.gzip_sitemap)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()
        with self._lock:
            for sock in self._open:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        if kind is None and self.failures:
            raise self.failures[0]

    def find(self, request: Request) -> Answer | Handler:
        """What answers a request: an override, the robots in force, or the site."""
        parts = urlsplit(request.target)
        whole = parts.path + (f"?{parts.query}" if parts.query else "")
        with self._lock:
            found = self._overrides.get(whole) or self._overrides.get(parts.path)
        if found is not None:
            return found
        if parts.path == "/robots.txt" and self.robots is not None:
            robots = self.robots
            return Answer(body=robots, content_type="text/plain") if isinstance(robots, bytes) else robots
        if request.method not in ("GET", "HEAD"):
            return Answer(status=405, content_type=None, headers=(("Allow", "GET, HEAD"),))
        assert self._site is not None
        answer = self._site.answer(parts.path, parts.query)
        return answer.validated(request) if self.conditional and answer.status == 200 else answer

    @contextlib.contextmanager
    def connection(self, sock: socket.socket) -> Iterator[int]:
        """Counts an open connection while it is served; yields its number."""
        with self._lock:
            self.connections += 1
            number = self.connections
            self._open.add(sock)
        try:
            yield number
        finally:
            with self._lock:
                self._open.discard(sock)

    def note(self, request: Request, connection: int) -> None:
        """Log a request that has been read."""
        with self._lock:
            self.log.append(Received(time.monotonic(), connection, request))

    def sent(self, target: str) -> None:
        """Count an answer that has been sent whole, and tell ``on_answer``."""
        with self._lock:
            self.answered += 1
            number = self.answered
        try:
            if self.on_answer is not None:
                self.on_answer(number, target)
        except Exception as failure:
            self.failures.append(failure)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    city: MockCity

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no failure of the city; :class:`_Connection` keeps the rest."""


class _Connection(socketserver.StreamRequestHandler):
    """One connection: requests are read and answered in turn until one side closes."""

    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        city = self.server.city
        with city.connection(self.connection) as number, contextlib.suppress(OSError):
            try:
                while (request := self._read()) is not None:
                    city.note(request, number)
                    if not self._answer(city, request):
                        break
            except OSError:
                raise
            except Exception as failure:
                city.failures.append(failure)

    def _read(self) -> Request | None:
        lines = [self.rfile.readline(65536)]
        words = lines[0].decode("latin-1").split()
        if len(words) != 3:
            return None
        while (line := self.rfile.readline(65536)) not in (b"\r\n", b"\n", b""):
            lines.append(line)
        pairs = (line.decode("latin-1").partition(":") for line in lines[1:])
        headers = tuple((name.strip(), value.strip()) for name, _, value in pairs)
        raw = b"".join(lines) + line
        request = Request(method=words[0], target=words[1], version=words[2], headers=headers, raw=raw)
        self.rfile.read(int(request.header("Content-Length") or 0))
        return request

    def _answer(self, city: MockCity, request: Request) -> bool:
        found = city.find(request)
        if isinstance(found, Answer):
            self.connection.sendall(found.wire(request))
            keep = request.keeps_alive
        else:
            keep = bool(found(request, self.connection))
        city.sent(request.target)
        return keep
