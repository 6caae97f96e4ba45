"""WARC files as other programs write them, by their documented form, of answers that a test has in hand.

browsertrix: github.com/webrecorder/browsertrix-crawler, docs/user-guide/outputs.md, and warcio.js. Heritrix:
github.com/internetarchive/heritrix3, WARCWriterProcessor. Common Crawl: commoncrawl.org/get-started.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from pipelines.decode import decode_content
from pipelines.warc.message import http_view

Fields = Mapping[str, str]
REVISIT = "http://netpreserve.org/warc/{}/revisit/identical-payload-digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer as it came over the wire."""

    url: str
    at: datetime
    response: bytes

    @property
    def head(self) -> tuple[str, list[tuple[str, str]]]:
        """Status line and fields."""
        view = http_view(self.response)
        return f"{view.status} {view.reason}", list(view.headers)

    @property
    def body(self) -> bytes:
        """The body as a browser has it: without any coding."""
        view = http_view(self.response)
        return decode_content(view.payload, view.get("content-encoding")).body


def sha1(data: bytes) -> str:
    """A digest as most programs write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def sha256(data: bytes) -> str:
    """A digest as browsertrix writes it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def record(version: str, kind: str, at: datetime, block: bytes, fields: Fields, *, seed: str = "") -> bytes:
    """One record, with an id that is made of what it is."""
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<{uuid5(NAMESPACE_URL, f'{kind} {at} {fields} {seed}').urn}>",
        "WARC-Date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        **fields,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"WARC/{version}\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def packed(records: Iterable[bytes], *, between: bytes = b"") -> bytes:
    """Records as gzip members."""
    return between.join(gzip.compress(r, mtime=0) for r in records)


def info(version: str, at: datetime, software: str) -> bytes:
    """The first record of a file."""
    block = f"software: {software}\r\nformat: WARC File Format {version}\r\n".encode()
    return record(version, "warcinfo", at, block, {"Content-Type": "application/warc-fields"})


def http(status: str, headers: Iterable[tuple[str, str]], body: bytes, *, version: str = "1.1") -> bytes:
    """An answer."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/{version} {status}\r\n{lines}\r\n".encode() + body


def browsertrix(path: Path, answers: Iterable[Given]) -> Path:
    """Digests in sha256, and things of its own beside the answers."""
    records: list[bytes] = []
    for number, given in enumerate(answers):
        if not records:
            records.append(info("1.1", given.at, "Browsertrix-Crawler 1.5.0 (with warcio.js 2.4.2)"))
        block = _as_browser(given, number)
        page = {"WARC-Target-URI": given.url, "WARC-Page-ID": f"page-{number}", "WARC-Protocol": "h2"}
        answer = {
            "Content-Type": "application/http; msgtype=response", "WARC-Block-Digest": sha256(block),
            "WARC-Payload-Digest": sha256(given.body),
        }  # fmt: skip
        records.append(record("1.1", "response", given.at, block, {**page, **answer}))
        request = b"GET / HTTP/1.1\r\nHost: example\r\n\r\n"
        asked = {**page, "Content-Type": "application/http; msgtype=request"}
        records.append(record("1.1", "request", given.at, request, asked))
        about = json.dumps({"pageid": f"page-{number}", "urls": {}}).encode()
        uri = {"WARC-Target-URI": f"urn:pageinfo:{given.url}", "Content-Type": "application/json"}
        records.append(record("1.1", "resource", given.at, about, uri))
    return _written(path, packed(records))


def _as_browser(given: Given, number: int) -> bytes:
    """An answer whose body is decoded, with a status line of HTTP/2. The head has the codings under names
    of its own, or (as in older versions) under their usual ones."""
    status, headers = given.head
    hidden = ("content-encoding", "transfer-encoding")
    kept = bool(number % 2)
    named = [(n if kept or n.lower() not in hidden else f"x-orig-{n}", v) for n, v in headers]
    if kept:
        coding = "br" if number % 4 == 1 else "gzip"
        named += [("Transfer-Encoding", "chunked"), ("Content-Encoding", coding)]
    return http(status.partition(" ")[0] + " ", named, given.body, version="2")


def heritrix(path: Path, answers: Iterable[Given], *, again: Iterable[Given] = ()) -> Path:
    """WARC/1.0, sha1, names asked of name servers, metadata; revisits with a head and without
    WARC-Refers-To."""
    records = []
    for number, given in enumerate([*answers]):
        if not number:
            records.append(info("1.0", given.at, "Heritrix/3.4.0-20220727 http://crawler.archive.org"))
            asked = b"20260101000000\n127.0.0.1.\t300\tIN\tA\t127.0.0.1\n"
            dns = {
                "WARC-Target-URI": "dns:127.0.0.1",
                "Content-Type": "text/dns",
                "WARC-Block-Digest": sha1(asked),
            }
            records.append(record("1.0", "response", given.at, asked, dns))
        payload = http_view(given.response).payload
        fields = {
            "WARC-Target-URI": given.url, "WARC-Payload-Digest": sha1(payload),
            "WARC-IP-Address": "127.0.0.1", "Content-Type": "application/http; msgtype=response",
        }  # fmt: skip
        records.append(record("1.0", "response", given.at, given.response, fields))
        via = {"WARC-Target-URI": given.url, "Content-Type": "application/warc-fields"}
        records.append(
            record("1.0", "metadata", given.at, b"via: http://example/\r\nfetchTimeMs: 12\r\n", via)
        )
    for given in again:
        view = http_view(given.response)
        fields = {
            "WARC-Target-URI": given.url, "WARC-Payload-Digest": sha1(view.payload),
            "Content-Type": "application/http; msgtype=response", "WARC-Truncated": "length",
            "WARC-Profile": REVISIT.format("1.0"),
        }  # fmt: skip
        head = given.response[: view.head_length]
        records.append(record("1.0", "revisit", given.at, head, fields))
    return _written(path, packed(records))


def common_crawl(path: Path, answers: Iterable[Given]) -> Path:
    """Request, response and metadata; bodies are decoded, and the head keeps the codings under other names
    (or, years ago, under their own). What is longer than a mebibyte is cut."""
    records = []
    for number, given in enumerate(answers):
        if not number:
            records.append(info("1.0", given.at, "Apache Nutch 1.19 (modified)"))
        status, headers = given.head
        old = bool(number % 3)
        named = [(n if old else f"X-Crawl-{n}", v) for n, v in headers if n.lower().endswith("-encoding")]
        named += [(n, v) for n, v in headers if not n.lower().endswith("-encoding")]
        if old:
            named.append(("Transfer-Encoding", "chunked"))
        block = http(status, named, given.body)
        target = {"WARC-Target-URI": given.url}
        fields = {
            "Content-Type": "application/http; msgtype=response", "WARC-Payload-Digest": sha1(given.body),
            "WARC-Block-Digest": sha1(block), "WARC-Identified-Payload-Type": "text/html",
        }  # fmt: skip
        ask = b"GET / HTTP/1.1\r\n\r\n"
        records.append(
            record("1.0", "request", given.at, ask, {**target, "Content-Type": "application/http"})
        )
        records.append(record("1.0", "response", given.at, block, {**target, **fields}))
        records.append(record("1.0", "metadata", given.at, b"fetchTimeMs: 3\r\n", target))
    return _written(path, packed(records))


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
