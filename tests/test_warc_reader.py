"""Reading records and answers: damage, resynchronising, and our view of a response block."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.archive import Archive
from pipelines.errors import IntegrityError
from pipelines.model import RecordRef
from pipelines.warc.cdxj import cdxj_path, write_cdxj
from pipelines.warc.message import dechunk
from pipelines.warc.reader import Damage, read_captures, read_one, read_records, strict_scan
from pipelines.warc.record import http_view, new_record_id, sha256_digest
from tests.test_warc_writer import AWKWARD, NOW, PAGE, RUN, exchange, make_archive, write


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path)


@pytest.fixture
def image(archive: Archive, tmp_path: Path) -> Path:
    """A writable copy of a sealed file of three exchanges."""
    path = write(archive, *(exchange(i) for i in range(3)))
    copy = tmp_path / "image.warc.gz"
    copy.write_bytes(path.read_bytes())
    return copy


# ---- damage ----------------------------------------------------------------------------


def test_reading_goes_on_after_damage_and_names_its_place(image: Path) -> None:
    whole = list(read_records(image))
    data = bytearray(image.read_bytes())
    hurt = whole[4].ref
    data[hurt.warc_record_offset + 60 : hurt.warc_record_offset + 70] = bytes(10)
    image.write_bytes(data)
    damage: list[Damage] = []
    assert list(read_records(image, damage=damage)) == whole[:4] + whole[5:]
    assert [d.offset for d in damage] == [hurt.warc_record_offset]
    with pytest.raises(IntegrityError) as error:
        list(read_records(image))
    assert error.value.exit_code == 20
    assert str(hurt.warc_record_offset) in str(error.value) and str(image) in str(error.value)


def test_bytes_put_between_two_records_are_damage_and_cost_no_record(image: Path) -> None:
    whole = list(read_records(image))
    data, at = image.read_bytes(), whole[3].ref.warc_record_offset
    image.write_bytes(data[:at] + b"\x1f\x8b\x08 nothing" + data[at:])
    damage: list[Damage] = []
    assert [r.block for r in read_records(image, damage=damage)] == [r.block for r in whole]
    assert [d.offset for d in damage] == [at]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Date: 2026-11-05T07:30:01Z\r\nContent-Length: 3\r\n\r\nabcd\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Date: yesterday\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: -3\r\n\r\n\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: \xc2\xb2\r\n\r\nab\r\n\r\n",
    ],
)
def test_a_member_that_is_no_sound_record_is_damage(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress(content))
    scan = strict_scan(path)
    assert (scan.records, scan.valid_bytes) == (0, 0)
    assert scan.damage is not None and scan.damage.offset == 0


def test_a_record_of_ours_that_is_not_what_its_digest_says_is_damage(image: Path) -> None:
    data, last = image.read_bytes(), list(read_records(image))[-1].ref
    member = gzip.decompress(data[last.warc_record_offset :])
    forged = re.sub(rb"WARC-Block-Digest: sha256:..", b"WARC-Block-Digest: sha256:zz", member)
    image.write_bytes(data[: last.warc_record_offset] + gzip.compress(forged))
    scan = strict_scan(image)
    assert scan.damage is not None and scan.damage.offset == last.warc_record_offset


def test_an_empty_file_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"")
    assert strict_scan(path).damage is None


def test_a_reference_leads_to_its_record_or_says_why_not(archive: Archive) -> None:
    path = write(archive, exchange(), exchange(1))
    stored = [r.ref for r in read_records(path, warc_filename=str(path.relative_to(archive.root)))]
    assert read_one(archive.root, stored[2]).block == PAGE

    def altered(**changes: object) -> RecordRef:
        from dataclasses import replace

        return replace(stored[2], **changes)  # type: ignore[arg-type]

    for wrong in (
        altered(warc_filename="warc/2026/none.warc.gz"),
        altered(warc_record_offset=stored[2].warc_record_offset + 1),
        altered(warc_record_offset=1 << 30),
        altered(warc_record_offset=stored[3].warc_record_offset),
        altered(warc_record_id="urn:uuid:other"),
    ):
        with pytest.raises(IntegrityError):
            read_one(archive.root, wrong)


# ---- an answer ---------------------------------------------------------------------------


@given(st.binary(max_size=300))
def test_no_bytes_break_the_view(block: bytes) -> None:
    for data in (block, b"HTTP/1.1 200 OK\r\n" + block, AWKWARD["chunked"][:47] + block):
        view = http_view(data)
        assert view.status is not None or view.payload == data


chunks = st.lists(st.binary(min_size=1, max_size=40), max_size=5)


@given(chunks, st.booleans(), st.booleans())
def test_h11_finds_the_same_answer(parts: list[bytes], chunked: bool, trailer: bool) -> None:
    body = b"".join(parts)
    if chunked:
        framed = b"".join(b"%x;a=1\r\n%b\r\n" % (len(p), p) for p in parts)
        framed += b"0\r\nX-End: 1\r\n\r\n" if trailer else b"0\r\n\r\n"
        block = b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\nA: b\r\n c\r\n\r\n" + framed
    else:
        block = b"HTTP/1.1 200 Fine\r\nA: b\r\n c\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    client = h11.Connection(h11.CLIENT)
    client.send(h11.Request(method="GET", target="/", headers=[("Host", "a")]))
    client.send(h11.EndOfMessage())
    client.receive_data(block)
    head = client.next_event()
    assert isinstance(head, h11.Response)
    data = b""
    while isinstance(event := client.next_event(), h11.Data):
        data += bytes(event.data)
    view = http_view(block)
    assert (view.status, view.reason, view.payload) == (head.status_code, "Fine", data)
    assert [(k.lower(), v) for k, v in view.headers] == [(k.decode(), v.decode()) for k, v in head.headers]
    assert view.complete and view.transfer_coded == chunked
    assert not http_view(block[:-1]).complete or (not chunked and not body)


def test_a_cut_or_broken_chunked_body_gives_what_came_and_is_not_complete() -> None:
    whole = b"5\r\nabcde\r\n3\r\nfgh\r\n0\r\n\r\n"
    assert dechunk(whole) == (b"abcdefgh", True)
    for length in range(len(whole)):
        payload, complete = dechunk(whole[:length])
        assert b"abcdefgh".startswith(payload) and not complete
    assert dechunk(b"5\r\nabcde\r\nzz\r\n") == (b"abcde", False)
    assert dechunk(b"-5\r\nabcde\r\n0\r\n\r\n") == (b"", False)
    assert dechunk(b"3\nabc\n0\n\n") == (b"abc", True)


@pytest.mark.parametrize(
    ("block", "complete"),
    [
        (PAGE, True),
        (PAGE[:-1], False),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", True),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nab", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2", False),
        (b"<html>", False),
    ],
)
def test_what_is_complete(block: bytes, complete: bool) -> None:
    assert http_view(block).complete is complete


@pytest.mark.parametrize(
    ("line", "status", "reason"),
    [
        (b"HTTP/1.1 200 OK", 200, "OK"),
        (b"HTTP/1.0 404 Kh\xf4ng", 404, "Không"),
        (b"HTTP/1.1 999", 999, ""),
        (b"http/1.1  503  Sorry", 503, "Sorry"),
        (b"HTTP/1.1 20 OK", None, None),
        (b"HTTP/1.1 2000 OK", None, None),
        (b"ICY 200 OK", None, None),
        (b"", None, None),
    ],
)
def test_status_lines(line: bytes, status: int | None, reason: str | None) -> None:
    view = http_view(line + b"\r\n\r\n")
    assert (view.status, view.reason) == (status, reason)


# ---- names and index -----------------------------------------------------------------------


def test_record_ids_are_unique_and_in_order_of_time() -> None:
    ids = [new_record_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert {(i[9:][14], i[9:][19] in "89ab") for i in ids} == {("7", True)}
    assert [i[9:22] for i in ids] == sorted(i[9:22] for i in ids)


def test_the_index_has_a_line_with_a_digest_for_every_answer(archive: Archive) -> None:
    path = write(archive, *(exchange(i, block) for i, block in enumerate(AWKWARD.values())))
    write_cdxj(archive)
    lines = cdxj_path(archive).read_bytes().splitlines()
    assert lines == sorted(lines) and len(lines) == len(AWKWARD)
    import json

    told = {}
    for line in lines:
        key, stamp, value = line.decode().split(" ", 2)
        entry = json.loads(value)
        assert key.startswith("1,0,0,127)/bai-") and stamp == f"{NOW:%Y%m%d%H%M%S}"
        told[entry["url"]] = entry
    for capture in read_captures(path, warc_filename=f"warc/2026/mockcity-{RUN}-00000.warc.gz"):
        assert capture.record is not None
        entry = told[capture.url]
        assert entry["digest"] == capture.payload_digest == sha256_digest(capture.payload)
        assert entry["filename"] == capture.record.warc_filename
        assert int(entry["offset"]) == capture.record.warc_record_offset
        assert int(entry["length"]) == capture.record.warc_record_length
