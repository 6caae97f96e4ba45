"""A visitor of the city: asks over a raw socket, undoes what HTTP did, and looks at a page as people do.

It shares no code with the crawler or the reader, so that tests of the city judge it from outside.
"""

from __future__ import annotations

import gzip
import socket
import unicodedata
from html.parser import HTMLParser

from tests.mockcity.city import MockCity


def talk(city: MockCity, *requests: str) -> bytes:
    """Send requests over one raw connection; returns all bytes until the city closes it."""
    with socket.create_connection(("127.0.0.1", city.port), timeout=10) as sock:
        sock.sendall("".join(requests).encode("latin-1"))
        return b"".join(iter(lambda: sock.recv(65536), b""))


def get(path: str, *fields: str, close: bool = True, method: str = "GET", version: str = "1.1") -> str:
    """A request's text. ``fields`` are header lines; ``close`` asks for the connection's end after it."""
    last = ["Connection: close"] if close and version == "1.1" else []
    return "\r\n".join([f"{method} {path} HTTP/{version}", "Host: 127.0.0.1", *fields, *last, "", ""])


def parted(wire: bytes) -> tuple[str, dict[str, str], bytes]:
    """Status line, header fields (names in lower case) and the body as it was sent."""
    head, _, body = wire.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    return status, {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}, body


def entity(headers: dict[str, str], body: bytes) -> bytes:
    """The body with both codings removed, each length checked on the way."""
    if headers.get("transfer-encoding") == "chunked":
        parts, rest = [], body
        while True:
            size, _, rest = rest.partition(b"\r\n")
            part, rest = rest[: int(size, 16)], rest[int(size, 16) :]
            assert rest[:2] == b"\r\n"
            rest = rest[2:]
            if not part:
                break
            parts.append(part)
        assert rest == b"" and "content-length" not in headers
        body = b"".join(parts)
    else:
        assert int(headers["content-length"]) == len(body)
    return gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body


def text_of(city: MockCity, path: str) -> str:
    """The text of an address that must answer 200."""
    status, headers, body = parted(talk(city, get(path, "Accept-Encoding: gzip")))
    assert status == "HTTP/1.1 200 OK", f"{path}: {status}"
    return entity(headers, body).decode()


class Visible(HTMLParser):
    """The lines that a visitor sees (one for each block), and the addresses that the page names."""

    TEXTS = ("p", "li", "ul", "h1", "h2", "h3", "div", "figure", "figcaption", "title")
    TABLES = ("table", "tr", "td", "center", "br", "hr")
    BLOCKS = frozenset([*TEXTS, *TABLES, "main", "aside", "header", "footer", "nav"])

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []
        self.sources: list[str] = []
        self._open, self._tag = "", ""
        self.feed(page)
        self._flush("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in self.BLOCKS or tag == "script":
            self._flush(tag)
        if tag == "a":
            self.links.append((given.get("href") or "", ""))
        self.sources += [
            given[name] or "" for name in ("src", "data-src", "href") if name in given and tag != "a"
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS or tag == "script":
            self._flush("")

    def handle_data(self, data: str) -> None:
        self._open += data
        if self.links and data.strip():
            self.links[-1] = (self.links[-1][0], self.links[-1][1] or data.strip())

    def _flush(self, tag: str) -> None:
        line = unicodedata.normalize("NFC", " ".join(self._open.split()))
        if line and self._tag != "script":
            self.lines.append((self._tag, line))
        self._open, self._tag = "", tag


def main_of(page: str) -> Visible:
    """What is visible in the page's ``main`` element."""
    return Visible(page[page.index("<main") : page.index("</main>")])
