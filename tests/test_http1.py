"""The response reader: where a message ends, however its bytes are cut.

Oracles are h11 and httptools: whatever answer these accept, we must read alike, for
every way of cutting it. What they refuse we may read, but never differently from one
cut to another.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import h11
import httptools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.capture.http1 import MAX_HEAD, MAX_LINE, ResponseReader
from pipelines.warc.message import http_view
from tests.awkward import CASES
from tests.rawserver import CLOSE, chunked, plain

OK = b"HTTP/1.1 200 OK\r\n"


@dataclass(frozen=True)
class Reading:
    """What a reader makes of an answer."""

    status: int | None
    body: bytes
    complete: bool
    surplus: bytes


def ours(pieces: list[bytes], *, closed: bool, method: str = "GET") -> Reading:
    reader = ResponseReader(method)
    body = b"".join([reader.feed(piece) for piece in pieces])
    if closed:
        reader.end()
    status = reader.head.status if reader.head else None
    assert b"".join([*reader.interim, reader.response, reader.surplus]) == b"".join(pieces)
    return Reading(status, body, reader.complete, reader.surplus)


def by_h11(pieces: list[bytes], *, closed: bool, method: str = "GET") -> Reading | None:
    """How h11 reads it; ``None`` where it refuses."""
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
    connection.send(h11.Request(method=method, target="/", headers=[("Host", "a")]))
    connection.send(h11.EndOfMessage())
    status, body, complete = None, b"", False
    try:
        for piece in [*pieces, *([b""] if closed else [])]:
            connection.receive_data(piece)
            while not complete:
                event = connection.next_event()
                if event in (h11.NEED_DATA, h11.PAUSED):
                    break
                if isinstance(event, h11.Response):
                    status = event.status_code
                elif isinstance(event, h11.Data):
                    body += bytes(event.data)
                elif isinstance(event, h11.EndOfMessage):
                    complete = True
    except h11.RemoteProtocolError as error:
        if "peer closed connection" not in str(error):
            return None
    return Reading(status, body, complete, connection.trailing_data[0] if complete else b"")


class _Events:
    def __init__(self) -> None:
        self.status, self.body, self.complete = None, b"", False

    def on_message_begin(self) -> None:
        if self.complete and self.status is not None and self.status >= 200:
            raise _Next
        self.complete = False

    def on_headers_complete(self) -> None:
        self.status = self.parser.get_status_code()

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        self.complete = True


class _Next(Exception):
    """A second final answer begins: surplus."""


def by_httptools(pieces: list[bytes]) -> Reading | None:
    """How httptools reads it; ``None`` where it refuses. It is never told of a closed connection."""
    events = _Events()
    parser = events.parser = httptools.HttpResponseParser(events)
    for piece in pieces:
        if events.complete and events.status and events.status >= 200:
            break
        try:
            parser.feed_data(piece)
        except httptools.HttpParserUpgrade:
            return None
        except httptools.HttpParserError:
            if not (events.complete and events.status and events.status >= 200):
                return None
    return Reading(events.status, events.body, events.complete, b"")


def cut(data: bytes, places: list[int]) -> list[bytes]:
    bounds = [0, *sorted({place % (len(data) + 1) for place in places}), len(data)]
    return [data[a:b] for a, b in itertools.pairwise(bounds) if a < b]


def answer(name: str) -> bytes:
    return b"".join(step for step in CASES[name].steps if isinstance(step, bytes))


PLACES = st.lists(st.integers(min_value=0, max_value=10**6), max_size=12)
SMALL = [name for name in CASES if 0 < len(answer(name)) < 10_000]


@pytest.mark.parametrize("name", SMALL)
@settings(max_examples=60, derandomize=True)
@given(places=PLACES)
def test_random_cuts_are_read_as_the_oracles_read_them(name: str, places: list[int]) -> None:
    data, closed = answer(name), CLOSE in CASES[name].steps
    pieces = cut(data, places)
    mine = ours(pieces, closed=closed)
    assert mine == ours([data], closed=closed), "two cuts, two readings"
    agree(mine, pieces, closed)


def agree(mine: Reading, pieces: list[bytes], closed: bool) -> None:
    """Where an oracle accepts the bytes as a whole answer, it reads what we read."""
    h11_reads = by_h11(pieces, closed=closed)
    if h11_reads is not None and h11_reads.complete:
        assert h11_reads == mine
    theirs = by_httptools(pieces)
    if theirs is not None and theirs.status is not None and theirs.status >= 200:
        assert (theirs.status, theirs.body) == (mine.status, mine.body)
        assert mine.complete or not theirs.complete


HEADERS = st.lists(
    st.sampled_from(
        [b"Server: x", b"Set-Cookie: a=b; c", b"X-Empty:", b"Date: \xc3\xa9", b"Connection: close",
         b"Connection: keep-alive", b"ETag: W/\"1\"", b"Content-Type: text/html; charset=utf-8"]
    ), max_size=5,
)  # fmt: skip
BODY = st.binary(max_size=300)


@st.composite
def answers(draw: st.DrawFn) -> tuple[bytes, bool]:
    """A whole answer of any framing, perhaps after interim ones, and whether closing ends it."""
    interim = draw(
        st.lists(
            st.sampled_from(
                [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"]
            ),
            max_size=2,
        )
    )
    status = draw(
        st.sampled_from([b"200 OK", b"404 Not Found", b"301 Moved", b"503 ", b"204 No", b"304 Not"])
    )
    lines = draw(HEADERS)
    body = b"" if status[:3] in (b"204", b"304") else draw(BODY)
    framing = (
        "length" if status[:3] in (b"204", b"304") else draw(st.sampled_from(["length", "chunked", "close"]))
    )
    if framing == "chunked":
        half = draw(st.integers(0, len(body)))
        pieces = [piece for piece in (body[:half], body[half:]) if piece]
        lines, body = [*lines, b"Transfer-Encoding: chunked"], chunked(*pieces, trailers=draw(TRAILERS))
    elif framing == "length" and body:
        lines = [b"Content-Length: %d" % len(body), *lines]
    elif framing == "length" and status[:1] in b"245" and status[:3] != b"204":
        lines = [b"Content-Length: 0", *lines]
    head = b"\r\n".join([b"HTTP/1.1 " + status, *lines, b"", b""])
    closes = not any(n in head.lower() for n in (b"content-length", b"chunked", b" 204 ", b" 304 "))
    return b"".join(interim) + head + body, closes


TRAILERS = st.sampled_from([b"", b"X: y\r\n", b"X: y\r\nZ:\r\n"])


@settings(max_examples=400, derandomize=True)
@given(made=answers(), places=PLACES)
def test_made_up_answers_are_read_as_the_oracles_read_them(
    made: tuple[bytes, bool], places: list[int]
) -> None:
    data, closes = made
    pieces = cut(data, places)
    mine = ours(pieces, closed=closes)
    assert mine.complete and not mine.surplus
    agree(mine, pieces, closes)
    reader = ResponseReader()
    reader.feed(data)
    assert http_view(reader.response).payload == mine.body


@settings(max_examples=200, derandomize=True)
@given(
    data=st.binary(max_size=200),
    prefix=st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", OK + b"\r\n"]),
    places=PLACES,
)
def test_any_bytes_are_kept_and_read_alike_however_cut(data: bytes, prefix: bytes, places: list[int]) -> None:
    whole = prefix + data
    assert ours(cut(whole, places), closed=True) == ours([whole], closed=True)


@pytest.mark.parametrize("name", SMALL)
def test_every_single_cut(name: str) -> None:
    data, closed = answer(name), CLOSE in CASES[name].steps
    whole = ours([data], closed=closed)
    for at in range(len(data)):
        assert ours([data[:at], data[at:]], closed=closed) == whole, at


@pytest.mark.parametrize("name", [name for name in SMALL if CASES[name].body is not None])
def test_the_stored_block_reads_the_same(name: str) -> None:
    """A rebuild reads the block with http_view: the same status and entity, and complete."""
    reader = ResponseReader()
    body = reader.feed(answer(name))
    reader.end()
    view = http_view(reader.response)
    assert (view.status, view.payload, view.complete) == (CASES[name].status, body, True)


def test_the_oracles_do_accept_most_of_it() -> None:
    """Else the agreement above would say nothing."""
    whole = [[answer(name)] for name in SMALL]
    by = [by_h11(pieces, closed=True) for pieces in whole]
    assert sum(reading is not None and reading.complete for reading in by) >= 18
    assert sum(reading is not None and reading.complete for reading in map(by_httptools, whole)) >= 14


def test_an_answer_to_head_has_no_body() -> None:
    data = OK + b"Content-Length: 50\r\n\r\n"
    assert ours([data], closed=False, method="HEAD") == Reading(200, b"", True, b"")
    assert by_h11([data], closed=False, method="HEAD") == Reading(200, b"", True, b"")


def test_a_tunnel_begins_after_the_head() -> None:
    data = b"HTTP/1.1 200 Connection established\r\nContent-Length: 50\r\n\r\n"
    assert ours([data], closed=False, method="CONNECT") == Reading(200, b"", True, b"")


@pytest.mark.parametrize(
    ("head", "alive"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Upgrade, CLOSE\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nx", False),
        (b"HTTP/1.1 200 OK\r\n\r\n", False),
    ],
)
def test_which_connections_can_go_on(head: bytes, alive: bool) -> None:
    reader = ResponseReader()
    reader.feed(head)
    reader.end()
    assert reader.keep_alive is alive


def test_a_reset_leaves_an_open_ended_body_cut() -> None:
    reader = ResponseReader()
    reader.feed(b"HTTP/1.0 200 OK\r\n\r\nhalf")
    reader.end(clean=False)
    assert reader.truncated and not reader.complete


@pytest.mark.parametrize(
    "flood",
    [
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * (MAX_HEAD // 6),
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * (MAX_LINE + 1) + b"\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"x" * (MAX_LINE + 1),
        OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"A: b\r\n" * (MAX_HEAD // 6 + 2),
    ],
    ids=["head", "line", "extension", "trailers"],
)
def test_limits(flood: bytes) -> None:
    reader = ResponseReader()
    for at in range(0, len(flood), 4096):
        reader.feed(flood[at : at + 4096])
    assert reader.finished and reader.problem and not reader.complete
    assert reader.response == flood


def test_plain_is_complete_at_its_last_byte_and_not_before() -> None:
    data = plain(b"abc")
    reader = ResponseReader()
    for byte in data[:-1]:
        reader.feed(bytes([byte]))
        assert not reader.finished
    reader.feed(data[-1:])
    assert reader.complete
