"""Writing WARC files: what is on the disk, in which order, and what a failure leaves."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from pipelines import archive as archives
from pipelines.archive import Archive, Portal
from pipelines.errors import DiskFull, WriteFailed
from pipelines.warc.reader import read_captures, read_one, read_records, strict_scan
from pipelines.warc.record import Exchange, exchange_records, sha256_digest
from pipelines.warc.writer import WarcWriter

NOW = datetime(2026, 11, 5, 7, 30, 1, 234567, tzinfo=UTC)
RUN = "20261105T073001Z-abc123"
PAGE = b"HTTP/1.1 200 OK\r\ncontent-TYPE: text/html\r\nContent-Length: 4\r\n\r\nmoi\n"


def make_archive(folder: Path) -> Archive:
    portal = Portal(slug="mockcity", seed="http://127.0.0.1/", scope=("127.0.0.1",))
    return archives.create(folder, portal, now=NOW)


def exchange(number: int = 0, response: bytes = PAGE, **changes: object) -> Exchange:
    url = f"http://127.0.0.1/bai-{number}.html"
    request = b"GET /bai-%d.html HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % number
    return Exchange(url=url, started_at=NOW, request=request, response=response, **changes)  # type: ignore[arg-type]


AWKWARD = {
    "plain": PAGE,
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nmoi\n\r\n0\r\nX: y\r\n\r\n",
    "Chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n4\r\nmoi\n\r\n0\r\n\r\n",
    "gzip label on plain": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    "line feeds": b"HTTP/1.1 200 OK\nA: b\n\nmoi",
    "blank line in head": b"HTTP/1.1 200 OK\r\nA: b\r\n \t\r\nC: d\r\n\r\nmoi",
    "no-break space line": b"HTTP/1.1 200 OK\r\nA: b\r\n\xa0\r\nC: d\r\n\r\nmoi",
    "latin reason": b"HTTP/1.1 404 Kh\xf4ng th\xe2y\r\nA\r\nB: \xe1\r\n folded\r\nB: 2\r\n\r\n",
    "no body": b"HTTP/1.1 204 No Content\r\n\r\n",
    "cut head": b"HTTP/1.1 200 OK\r\nA: b\r\nC",
    "cut status": b"HTTP/1.",
    "no status": b"<html>\r\n\r\n<p>c\xc5\xa9",
    "blank first": b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\nmoi",
    "nul": b"\x00\x01\x02",
    "warc inside": b"HTTP/1.1 200 OK\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n\r\n\r\n\r\n",
}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path)


def write(archive: Archive, *exchanges: Exchange) -> Path:
    writer = WarcWriter(archive, RUN)
    for one in exchanges:
        writer.append(exchange_records(one))
    writer.sync()
    return writer.seal()[0]


def independent_readers_agree(path: Path) -> int:
    """warcio check and FastWARC's block digests pass; returns FastWARC's count of records."""
    check = [sys.executable, "-m", "warcio.cli", "check", str(path)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    count = 0
    with open(path, "rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            assert record.verify_block_digest(), record.headers
            count += 1
    with open(path, "rb") as file:
        assert sum(1 for _ in ArchiveIterator(file, parse_http=True)) == count
    return count


def test_awkward_blocks_come_back_byte_for_byte(archive: Archive) -> None:
    sent = [exchange(i, block) for i, block in enumerate(AWKWARD.values())]
    path = write(archive, *sent)
    stored = list(read_records(path))
    assert [r.block for r in stored if r.type == "response"] == list(AWKWARD.values())
    assert [r.block for r in stored if r.type == "request"] == [e.request for e in sent]
    assert independent_readers_agree(path) == len(stored) == 1 + 3 * len(sent)


def test_fastwarc_agrees_on_every_payload_digest(archive: Archive, tmp_path: Path) -> None:
    path = write(archive, *(exchange(i, block) for i, block in enumerate(AWKWARD.values())))
    tool = [Path(sys.executable).with_name("fastwarc"), "check", "-p", path, "-o", tmp_path / "o"]
    done = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr + (tmp_path / "o").read_text()


def test_payload_digest_of_a_chunked_answer_is_the_entitys(archive: Archive) -> None:
    path = write(archive, exchange(0, AWKWARD["chunked"]), exchange(1, PAGE))
    chunked, plain = read_captures(path, warc_filename="warc/x")
    assert chunked.payload == plain.payload == b"moi\n"
    assert chunked.payload_digest == plain.payload_digest == sha256_digest(b"moi\n")
    stored = [r for r in read_records(path) if r.type == "response"]
    assert [r.get("WARC-Payload-Digest") for r in stored] == [None, sha256_digest(b"moi\n")]


def test_references_lead_to_their_records(archive: Archive) -> None:
    writer = WarcWriter(archive, RUN)
    refs = [ref for i in range(3) for ref in writer.append(exchange_records(exchange(i)))]
    assert refs[0].warc_filename == writer.warc_filename == f"warc/2026/mockcity-{RUN}-00000.warc.gz"
    (path,) = writer.seal()
    assert path == archive.root / refs[0].warc_filename
    assert path.stat().st_mode & 0o777 == 0o444
    assert not list(archive.spool.iterdir())
    stored = [read_one(archive.root, ref) for ref in refs]
    assert [s.ref for s in stored] == refs
    assert [s.type for s in stored[:3]] == ["request", "response", "metadata"]


def test_a_file_is_followed_and_sealed_before_it_grows_too_long(archive: Archive) -> None:
    writer = WarcWriter(archive, RUN, max_bytes=4000)
    refs = [writer.append(exchange_records(exchange(i)))[1] for i in range(12)]
    paths = writer.seal()
    assert len(paths) > 1
    assert [p.name[-13:-8] for p in paths] == [f"{n:05d}" for n in range(len(paths))]
    assert all(p.stat().st_size <= 4000 and strict_scan(p).damage is None for p in paths)
    assert [read_one(archive.root, r).target_uri for r in refs] == [exchange(i).url for i in range(12)]
    captures = [c for p in paths for c in read_captures(p, warc_filename=p.name)]
    assert {c.crawl_id for c in captures} == {RUN}
    assert [independent_readers_agree(p) > 0 for p in paths] == [True] * len(paths)


def test_file_and_folder_are_synced_before_the_first_append(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = record_calls(monkeypatch)
    writer = WarcWriter(archive, RUN)
    assert calls[calls.index("write .open") :] == ["write .open", "fsync .open", "fsync spool"]
    calls.clear()
    writer.append(exchange_records(exchange()))
    writer.sync()
    assert calls == ["write .open", "fdatasync .open"]
    calls.clear()
    writer.seal()
    assert calls[0] == "fdatasync .open"
    renamed = calls.index("rename")
    assert "fsync .open" in calls[:renamed]
    assert calls[renamed:] == ["rename", "fsync 2026", "fsync spool"]


def record_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The real calls happen; what they were and on what is noted in order."""
    calls: list[str] = []

    def note(name: str) -> None:
        real = getattr(os, name)

        def wrapper(descriptor: int, *rest: object) -> object:
            target = str(Path(f"/proc/self/fd/{descriptor}").readlink())
            calls.append(f"{name} {'.open' if target.endswith('.open') else Path(target).name}")
            return real(descriptor, *rest)

        monkeypatch.setattr(os, name, wrapper)

    for name in ("write", "fsync", "fdatasync", "ftruncate"):
        note(name)
    real_rename = os.rename

    def rename(*args: object, **kwargs: object) -> None:
        calls.append("rename")
        real_rename(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "rename", rename)
    return calls


def test_an_open_file_is_locked_and_never_overwritten(archive: Archive) -> None:
    writer = WarcWriter(archive, RUN)
    (path,) = archive.spool.iterdir()
    with open(path, "rb") as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    before = path.read_bytes()
    with pytest.raises(WriteFailed):
        WarcWriter(archive, RUN)
    assert path.read_bytes() == before
    writer.close()
    writer.close()
    with pytest.raises(WriteFailed):
        writer.append(exchange_records(exchange()))


CHILD = """
import resource, sys
from pathlib import Path
from pipelines.archive import open_archive
from pipelines.errors import CitynewsError
from pipelines.warc.writer import WarcWriter
from pipelines.warc.record import exchange_records
from tests.test_warc_writer import RUN, exchange
limit = int(sys.argv[2])
writer = WarcWriter(open_archive(Path(sys.argv[1])), RUN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
number = 0
try:
    while True:
        writer.append(exchange_records(exchange(number)))
        writer.sync()
        number += 1
        print("stored", number, writer.size, flush=True)
except CitynewsError as error:
    print("failed", error.exit_code, error, flush=True)
try:
    writer.append(exchange_records(exchange(99)))
except CitynewsError as error:
    print("again", error.exit_code, flush=True)
"""


def test_a_failed_write_is_cut_back_to_the_last_boundary(archive: Archive) -> None:
    """A limit on the size of files makes the kernel take half a group and then refuse."""
    limit = 5000
    command = [sys.executable, "-c", CHILD, str(archive.root), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[-2].startswith("failed 17 "), done
    assert lines[-1] == "again 17"
    _, number, size = lines[-3].split()
    (path,) = archive.spool.iterdir()
    assert path.stat().st_size == int(size) < limit
    scan = strict_scan(path)
    assert (scan.records, scan.damage) == (1 + 3 * int(number), None)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_errors_of_write_and_sync_have_their_exit_codes(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    writer = WarcWriter(archive, RUN)
    writer.append(exchange_records(exchange()))
    size = writer.size
    real = os.write

    def half_then_fail(descriptor: int, data: memoryview) -> int:
        monkeypatch.setattr(os, "write", fail)
        return real(descriptor, data[: len(data) // 2])

    def fail(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "write", half_then_fail)
    expected = WriteFailed if code == errno.EIO else DiskFull
    with pytest.raises(expected):
        writer.append(exchange_records(exchange(1)))
    monkeypatch.undo()
    (path,) = archive.spool.iterdir()
    assert path.stat().st_size == size
    for again in (lambda: writer.append(exchange_records(exchange(2))), writer.seal):
        with pytest.raises(expected):
            again()
    writer.sync()
    assert path.stat().st_size == size


def test_a_failed_sync_is_final(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = WarcWriter(archive, RUN)
    writer.append(exchange_records(exchange()))

    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fdatasync", fail)
    with pytest.raises(WriteFailed):
        writer.sync()
    monkeypatch.undo()
    for again in (writer.sync, writer.seal):
        with pytest.raises(WriteFailed):
            again()
    assert not list(archive.warc.rglob("*.gz"))


def test_below_the_low_water_mark_nothing_is_written_but_the_run_can_end(archive: Archive) -> None:
    writer = WarcWriter(archive, RUN, low_water=1 << 60)
    size = writer.size
    with pytest.raises(DiskFull):
        writer.append(exchange_records(exchange()))
    assert writer.size == size
    last = exchange_records(exchange())[-1]
    (path,) = writer.seal([last])
    assert [r.ref.warc_record_id for r in read_records(path)][-1] == last.id


@pytest.mark.parametrize("nasty", ["\r\nWARC-Type: x", "a\x00b", "a b", "\u2028", "é", "\ud800", "\x7f"])
def test_nobodys_bytes_begin_a_header_line(archive: Archive, nasty: str) -> None:
    failed = Exchange(url=f"http://127.0.0.1/{nasty}", started_at=NOW, detail=nasty, error="dns")
    path = write(archive, failed)
    (stored,) = [r for r in read_records(path) if r.type == "metadata"]
    assert stored.target_uri is not None
    assert stored.target_uri.isascii() and stored.target_uri.isprintable() and " " not in stored.target_uri
    assert stored.fields["error"] == "dns"
    assert [k for k, _ in stored.headers].count("WARC-Type") == 1
    assert set(stored.fields) == {"error", "detail", "fetchTimeMs"}
    independent_readers_agree(path)


def test_a_control_character_in_any_other_header_is_refused() -> None:
    with pytest.raises(ValueError, match="WARC-IP-Address"):
        exchange_records(exchange(ip="127.0.0.1\r\nX: y"))


def test_a_group_is_the_wire_in_order(archive: Archive) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    one = exchange(0, interim=(hints, hints), surplus=b"HTTP/1.1 200", ip="127.0.0.1", truncated="time")
    path = write(archive, one)
    group = list(read_records(path))[1:]
    assert b"".join(r.block for r in group[:-1]) == one.request + hints + hints + PAGE + b"HTTP/1.1 200"
    assert [r.type for r in group] == ["request", *["metadata"] * 2, "response", *["metadata"] * 2]
    assert {r.date for r in group} == {NOW}
    assert [r.concurrent_to for r in group] == [None, *[group[0].ref.warc_record_id] * 5]
    assert {r.get("WARC-IP-Address") for r in group} == {"127.0.0.1"}
    assert group[3].get("WARC-Truncated") == "time"
    assert {r.get("WARC-Warcinfo-ID") for r in group} != {None}
    assert all(r.ref.warc_record_id[9:][14] == "7" for r in group), "UUID version 7"
    independent_readers_agree(path)


def test_a_next_file_that_cannot_be_made_ends_the_writer_in_order(archive: Archive) -> None:
    """Its descriptor is let go of once: the number may be another file's by then."""
    writer = WarcWriter(archive, RUN, max_bytes=2000)
    (archive.spool / f"mockcity-{RUN}-00001.warc.gz.open").touch()
    with pytest.raises(WriteFailed):
        for number in range(20):
            writer.append(exchange_records(exchange(number)))
    with pytest.raises(WriteFailed):
        writer.sync()
    with open(os.devnull, "rb") as other:
        writer.close()
        assert other.read() == b""
