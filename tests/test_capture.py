"""Capture: what went over the wire is what lies in the records, whatever went wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from scrapy import Request

from pipelines.model import Capture
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import read_captures
from tests.awkward import CASES, MAX_SIZE, NEXT
from tests.crawling import Crawl, crawl
from tests.rawserver import RawServer, Sent, plain, serving

OCTETS = "application/octet-stream"
FIELDS = "application/warc-fields"


def wire(records: list[StoredRecord]) -> tuple[bytes, bytes]:
    """What an exchange's records say was sent and received."""
    received = [r for r in records if r.type != "request" and r.get("Content-Type") != FIELDS]
    return b"".join(r.block for r in records if r.type == "request"), b"".join(r.block for r in received)


def facts(records: list[StoredRecord]) -> dict[str, str]:
    """The exchange's metadata."""
    return records[-1].fields


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RawServer, Crawl]]:
    """All awkward exchanges of one crawl, each followed by an ordinary one."""
    rounds = []
    with serving() as server:
        for name, case in CASES.items():
            meta = {"dont_retry": True, "download_slot": name, **case.meta}
            request = Request(server.on(f"/{name}", case.steps), meta=meta)
            rounds += [[request], [Request(server.on(f"/{name}/next", NEXT))]]
        done = crawl(tmp_path_factory.mktemp("awkward"), rounds, DOWNLOAD_MAXSIZE=MAX_SIZE)
    yield server, done


def sent_for(server: RawServer, path: str) -> list[Sent]:
    return [sent for sent in server.log if sent.target == path]


@pytest.mark.parametrize("name", CASES)
def test_the_blocks_are_the_wire(awkward: tuple[RawServer, Crawl], name: str) -> None:
    server, done = awkward
    (records,), (sent,) = done.exchanges(f"{server.url}/{name}"), sent_for(server, f"/{name}")
    request, received = wire(records)
    assert request == sent.request
    if CASES[name].stops:
        # What the server wrote after capture had stopped listening was never received.
        assert received and sent.answer.startswith(received)
    else:
        assert received == sent.answer


@pytest.mark.parametrize("name", CASES)
def test_the_spider_gets_what_was_answered(awkward: tuple[RawServer, Crawl], name: str) -> None:
    server, done = awkward
    case, url = CASES[name], f"{server.url}/{name}"
    response = next((r for r in done.responses if r.url == url), None)
    if case.body is None:
        assert response is None
        assert done.failure(url)
        return
    assert response is not None
    assert (response.status, response.body, response.flags) == (case.status, case.body, case.flags)
    assert b"Content-Encoding" not in response.headers
    assert str(response.ip_address) == "127.0.0.1"


@pytest.mark.parametrize("name", CASES)
def test_failures_have_their_class_and_cuts_are_marked(awkward: tuple[RawServer, Crawl], name: str) -> None:
    server, done = awkward
    case, url = CASES[name], f"{server.url}/{name}"
    (records,) = done.exchanges(url)
    assert facts(records).get("error") == case.error
    responses = [r for r in records if r.type == "response"]
    assert [r.get("WARC-Truncated") for r in responses] == ([case.truncated] if responses else [])
    requests = [r.request for r in done.responses] + [request for request, _ in done.failures]
    meta = next(r.meta for r in requests if r is not None and r.url == url)
    assert meta.get("exchange_error") == case.error


@pytest.mark.parametrize("name", CASES)
def test_only_sound_connections_are_used_again(awkward: tuple[RawServer, Crawl], name: str) -> None:
    server, done = awkward
    (first,), (second,) = sent_for(server, f"/{name}"), sent_for(server, f"/{name}/next")
    assert (first.connection == second.connection) is CASES[name].kept
    assert next(r for r in done.responses if r.url.endswith(f"/{name}/next")).body == b"next"


def test_a_status_line_begins_the_response_record(awkward: tuple[RawServer, Crawl]) -> None:
    server, done = awkward
    for name in ("interim_answers", "blank_lines_before"):
        (records,) = done.exchanges(f"{server.url}/{name}")
        (response,) = [r for r in records if r.type == "response"]
        assert response.block == plain(b"abc")
    (records,) = done.exchanges(f"{server.url}/surplus_bytes")
    assert [r.get("Content-Type") for r in records[2:]] == [OCTETS, FIELDS]


def test_the_capture_is_what_a_rebuild_reads(awkward: tuple[RawServer, Crawl]) -> None:
    _, done = awkward
    path = done.paths[0]
    stored = list(read_captures(path, warc_filename=f"warc/{path.parent.name}/{path.name}"))
    requests = [r.request for r in done.responses] + [request for request, _ in done.failures]
    live: list[Capture] = [r.meta["capture"] for r in requests if r is not None and r.meta["capture"]]
    assert len(stored) > len(CASES)

    def key(capture: Capture) -> int:
        return capture.record.warc_record_offset if capture.record else -1

    assert sorted(live, key=key) == sorted(stored, key=key)


def test_other_readers_read_the_same_blocks(awkward: tuple[RawServer, Crawl]) -> None:
    _, done = awkward
    path = done.paths[0]
    seen = []
    with open(path, "rb") as file:
        for record in ArchiveIterator(file, parse_http=False, verify_digests=True):
            seen.append((record.record_id.strip("<>"), record.reader.read()))
    assert seen == [(r.ref.warc_record_id, r.block) for r in done.records]
    checked = subprocess.run(
        [Path(sys.executable).with_name("warcio"), "check", path], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout
