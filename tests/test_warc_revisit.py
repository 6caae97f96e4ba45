"""What a revisit record looks like, field by field, and which answers may become one."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.warc.message import http_view
from pipelines.warc.record import Exchange, Record, exchange_records, sha256_digest
from pipelines.warc.revisit import is_unchanged, repeats, revisit_records
from tests.rawserver import chunked
from tests.small_archive import SITE, page, referent_of

WHEN = datetime(2026, 4, 2, 8, 0, 0, 123456, tzinfo=UTC)
BODY = gzip.compress(page("Một tin"), mtime=0)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
WHOLE = HEAD + b'ETag: "a1"\r\nLast-Modified: Wed, 01 Apr 2026 08:00:00 GMT\r\n\r\n' + BODY
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(BODY[:9], BODY[9:])
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: W/"a1"\r\n\r\n'
REQUEST = b"GET /tin.html HTTP/1.1\r\nHost: tin.example.vn\r\n"


def exchange(response: bytes, hours: int = 0, request: bytes = REQUEST + b"\r\n") -> Exchange:
    return Exchange(
        url=f"{SITE}/tin.html", started_at=WHEN + timedelta(hours=hours), request=request,
        interim=(b"HTTP/1.1 103 Early Hints\r\n\r\n",), response=response, surplus=b"x", ip="192.0.2.7",
    )  # fmt: skip


def repeated(first: bytes, then: bytes) -> tuple[Record, tuple[Record, ...]]:
    """The response record of one answer, and the group of another that repeats it."""
    records = exchange_records(exchange(first))
    referent = referent_of(records)
    return next(r for r in records if r.type == "response"), revisit_records(exchange(then, 24), referent)


@pytest.mark.parametrize("sent", [WHOLE, CHUNKED], ids=["plain", "chunked"])
def test_every_field_of_a_revisit_of_an_identical_payload(sent: bytes) -> None:
    response, group = repeated(sent, sent)
    assert [r.type for r in group] == ["request", "metadata", "revisit", "metadata", "metadata"]
    revisit, head = group[2], sent[: http_view(sent).head_length]
    assert revisit.headers == (
        ("WARC-Type", "revisit"),
        ("WARC-Record-ID", f"<{revisit.id}>"),
        ("WARC-Date", "2026-04-03T08:00:00.123456Z"),
        ("WARC-Concurrent-To", f"<{group[0].id}>"),
        ("WARC-Target-URI", f"{SITE}/tin.html"),
        ("WARC-IP-Address", "192.0.2.7"),
        ("WARC-Protocol", "http/1.1"),
        ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
        ("WARC-Refers-To", f"<{response.id}>"),
        ("WARC-Refers-To-Target-URI", f"{SITE}/tin.html"),
        ("WARC-Refers-To-Date", "2026-04-02T08:00:00.123456Z"),
        ("WARC-Payload-Digest", sha256_digest(BODY)),
        ("WARC-Truncated", "length"),
        ("WARC-Block-Digest", sha256_digest(head)),
        ("Content-Type", "application/http;msgtype=response"),
    )
    assert revisit.block == head
    assert len({dict(r.headers)["WARC-Date"] for r in group}) == 1


def test_every_field_of_a_revisit_that_was_not_modified() -> None:
    response, group = repeated(WHOLE, NOT_MODIFIED)
    assert [r.type for r in group] == ["request", "metadata", "revisit", "metadata", "metadata", "metadata"]
    revisit, answer = group[2], group[3]
    fields = dict(revisit.headers)
    assert fields["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert fields["WARC-Refers-To"] == f"<{response.id}>"
    assert fields["WARC-Refers-To-Target-URI"] == f"{SITE}/tin.html"
    assert fields["WARC-Refers-To-Date"] == "2026-04-02T08:00:00.123456Z"
    assert fields["WARC-Payload-Digest"] == sha256_digest(BODY)
    assert "WARC-Truncated" not in fields
    assert (revisit.block, fields["WARC-Block-Digest"]) == (b"", sha256_digest(b""))
    assert answer.block == NOT_MODIFIED
    assert dict(answer.headers)["Content-Type"] == "application/http;msgtype=response"
    assert dict(answer.headers)["WARC-Concurrent-To"] == f"<{group[0].id}>"
    assert b"".join(r.block for r in group[1:5]) == b"HTTP/1.1 103 Early Hints\r\n\r\n" + NOT_MODIFIED + b"x"


def test_the_blocks_are_the_wire_less_the_body() -> None:
    _, group = repeated(WHOLE, WHOLE)
    wire = b"".join(r.block for r in group[:4])
    sent = exchange(WHOLE)
    assert wire == sent.request + sent.interim[0] + WHOLE.removesuffix(BODY) + b"x"


def test_an_answer_repeats_itself_however_it_is_cut_into_chunks() -> None:
    assert repeats(WHOLE, WHOLE)
    assert repeats(CHUNKED, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(BODY))
    assert repeats(WHOLE, WHOLE.replace(b"a1", b"b2")), "an ETag is kept in the head, and read by nobody"


OTHERS = {
    "payload": WHOLE[:-1] + b"!",
    "status": WHOLE.replace(b"200 OK", b"404 Gone"),
    "type": WHOLE.replace(b"text/html", b"text/html; charset=utf-8"),
    "coding": WHOLE.replace(b"Content-Encoding: gzip\r\n", b""),
    "target": WHOLE.replace(b"\r\n\r\n", b"\r\nLocation: /x\r\n\r\n", 1),
    "a second type": WHOLE.replace(b"\r\n\r\n", b"\r\nContent-Type: text/plain\r\n\r\n", 1),
    "chunked": CHUNKED,
    "cut": WHOLE.replace(b"\r\n\r\n", b"\r\nContent-Length: 9999\r\n\r\n", 1),
    "bare line feeds": WHOLE.replace(b"\r\n\r\n", b"\n\n", 1),
    "a line of blanks": WHOLE.replace(b"ETag", b" \r\nETag", 1),
    "no status": b"Hello",
    "not modified": NOT_MODIFIED,
}


@pytest.mark.parametrize("other", OTHERS)
def test_what_would_lose_something_is_stored_whole(other: str) -> None:
    assert not repeats(OTHERS[other], WHOLE)
    assert not repeats(WHOLE, OTHERS[other])


@pytest.mark.parametrize("other", ["cut", "bare line feeds", "a line of blanks", "no status"])
def test_what_readers_disagree_about_repeats_not_even_itself(other: str) -> None:
    assert not repeats(OTHERS[other], OTHERS[other])


def test_a_trailer_an_empty_payload_and_another_spelling_of_the_coding_are_stored_whole() -> None:
    trailer = CHUNKED.removesuffix(b"\r\n") + b"X-Sum: 1\r\n\r\n"
    assert http_view(trailer).payload == BODY
    assert not repeats(trailer, CHUNKED) and repeats(CHUNKED, trailer)
    assert not repeats(HEAD + b"\r\n", HEAD + b"\r\n")
    assert not repeats(CHUNKED.replace(b": chunked", b": Chunked"), CHUNKED)


CONDITIONS = {
    b'If-None-Match: "a1"': True,
    b'If-None-Match: "b2", W/"a1"': True,
    b'if-none-match: "b2"': False,
    b'If-None-Match: "b2"\r\nIf-Modified-Since: Wed, 01 Apr 2026 08:00:00 GMT': False,
    b"If-Modified-Since: Wed, 01 Apr 2026 08:00:00 GMT": True,
    b"If-Modified-Since: Wed, 01 Apr 2026 08:00:01 GMT": False,
    b"Accept: */*": False,
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_304_speaks_of_the_answer_whose_mark_was_sent(condition: bytes) -> None:
    asked = REQUEST + condition + b"\r\n\r\n"
    assert is_unchanged(asked, NOT_MODIFIED, WHOLE) == CONDITIONS[condition]


def test_a_304_with_another_mark_or_for_no_page_says_nothing() -> None:
    asked = REQUEST + b'If-None-Match: "a1", "b2"\r\n\r\n'
    assert is_unchanged(asked, NOT_MODIFIED, WHOLE)
    assert is_unchanged(asked, b"HTTP/1.1 304 Not Modified\r\n\r\n", WHOLE)
    assert not is_unchanged(asked, NOT_MODIFIED.replace(b"a1", b"b2"), WHOLE)
    assert not is_unchanged(asked, NOT_MODIFIED, WHOLE.replace(b"200 OK", b"404 Gone"))
    assert not is_unchanged(asked, WHOLE, WHOLE)


def test_a_revisit_of_an_answer_at_an_awkward_address_names_it_as_its_record_does() -> None:
    first = exchange_records(replace(exchange(WHOLE), url=f"{SITE}/tin-tức"))
    group = revisit_records(replace(exchange(WHOLE, 1), url=f"{SITE}/tin-tức"), referent_of(first))
    fields = dict(group[2].headers)
    assert fields["WARC-Refers-To-Target-URI"] == fields["WARC-Target-URI"] == f"{SITE}/tin-t%E1%BB%A9c"
