"""What a crash leaves, and what recovery makes of it. The kills are real signals."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive import Archive, open_archive
from pipelines.dispositions import dispositions_record, read_dispositions, read_head
from pipelines.errors import WriteFailed
from pipelines.ledger import open_ledger
from pipelines.text import sha256_hex
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import read_records, strict_scan
from pipelines.warc.record import exchange_records
from pipelines.warc.recovery import recover_spool
from pipelines.warc.writer import WarcWriter
from tests.test_ledger import store
from tests.test_warc_writer import NOW, RUN, exchange, independent_readers_agree, make_archive

FORK = multiprocessing.get_context("fork")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path)


def abandon(archive: Archive, exchanges: int = 3, *, max_bytes: int = 1 << 20) -> Path:
    """What a killed run leaves: an unsealed file and an unended run."""
    ledger = open_ledger(archive)
    writer = WarcWriter(archive, RUN, max_bytes=max_bytes)
    ledger.begin(RUN, NOW)
    ledger.observe("http://127.0.0.1/never-asked.html", found_by="listing")
    for number in range(exchanges):
        store(writer, ledger, exchange(number))
    writer.close()
    ledger.release()
    (path,) = archive.spool.iterdir()
    return path


def sealed(archive: Archive) -> list[Path]:
    return sorted(archive.warc.rglob("*.warc.gz"))


def records(archive: Archive) -> list[StoredRecord]:
    return [record for path in sealed(archive) for record in read_records(path)]


def dispositions(archive: Archive) -> list[StoredRecord]:
    return [record for record in records(archive) if record.type == "resource"]


def check_ended_well(archive: Archive, *, urls: int) -> None:
    """No open file; the last record of the run's last file closes it; ledger = WARC."""
    assert list(archive.spool.iterdir()) == []
    (closing,) = dispositions(archive)
    assert closing == records(archive)[-1]
    for path in sealed(archive):
        assert strict_scan(path).damage is None
        assert path.stat().st_mode & 0o777 == 0o444
    stored = {r.ref.warc_record_id: r for r in records(archive)}
    assert len(stored) == len(records(archive)), "every record once"
    ledger = open_ledger(archive)
    assert ledger.unended() == ()
    asked = {a.url: a for a in ledger.addresses() if a.record}
    ledger.close()
    assert {a.url for a in asked.values()} == {r.target_uri for r in stored.values() if r.type == "response"}
    assert all(stored[a.record].target_uri == a.url for a in asked.values() if a.record)
    told = {line.url: line for line in read_dispositions(closing.block)}
    assert {url: a.verdict for url, a in asked.items()} == {u: d.verdict for u, d in told.items() if d.record}
    assert len(asked) == urls


def test_a_killed_run_is_ended_and_a_second_recovery_does_nothing(archive: Archive) -> None:
    path = abandon(archive)
    before = path.read_bytes()
    done = recover_spool(archive)
    assert (done.runs, done.quarantined, done.live) == ((RUN,), (), ())
    assert list(done.files) == sealed(archive)
    assert done.files[0].read_bytes().startswith(before)
    check_ended_well(archive, urls=3)
    (closing,) = dispositions(archive)
    verdicts = Counter(line.verdict for line in read_dispositions(closing.block))
    assert verdicts == {"captured": 3, "pending": 1}
    assert "rebuilt" not in read_head(closing.block)
    assert closing.get("WARC-Warcinfo-ID") == f"<{records(archive)[0].ref.warc_record_id}>"
    independent_readers_agree(done.files[0])
    after = done.files[0].read_bytes()
    again = recover_spool(archive)
    assert (again.runs, again.files) == ((), ())
    assert done.files[0].read_bytes() == after


def test_without_a_ledger_the_dispositions_come_from_the_records(archive: Archive) -> None:
    abandon(archive)
    for path in archive.root.glob("ledger.sqlite3*"):
        path.unlink()
    recover_spool(archive)
    check_ended_well(archive, urls=3)
    (closing,) = dispositions(archive)
    assert read_head(closing.block)["rebuilt"] is True
    lines = read_dispositions(closing.block)
    assert [line.first_seen for line in lines] == [line.asked_at for line in lines], "not the recovery's day"


def test_rows_that_the_ledger_lost_are_entered_again(archive: Archive) -> None:
    """Killed between the sync of the evidence and the ledger's row."""
    ledger = open_ledger(archive)
    writer = WarcWriter(archive, RUN)
    ledger.begin(RUN, NOW)
    store(writer, ledger, exchange(0))
    writer.append(exchange_records(exchange(1)))
    writer.sync()
    writer.close()
    ledger.release()
    recover_spool(archive)
    check_ended_well(archive, urls=2)


# ---- crash images ----------------------------------------------------------------------


def boundaries(path: Path) -> list[int]:
    ends = [r.ref.warc_record_offset + r.ref.warc_record_length for r in read_records(path)]
    return [0, *ends]


def test_a_cut_at_any_length_leaves_the_longest_valid_prefix(archive: Archive) -> None:
    path = abandon(archive)
    whole, ends = path.read_bytes(), boundaries(path)
    image = archive.root / "image"
    for length in range(len(whole) + 1):
        image.write_bytes(whole[:length])
        scan = strict_scan(image)
        assert scan.valid_bytes == max(end for end in ends if end <= length)
        assert (scan.damage is None) == (length in ends)


def test_a_flip_of_any_byte_is_found_or_harmless(archive: Archive) -> None:
    path = abandon(archive)
    whole, ends = path.read_bytes(), boundaries(path)
    stored = list(read_records(path, warc_filename="x"))
    image, harmless = archive.root / "image", 0
    for at in range(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << at % 8
        image.write_bytes(flipped)
        scan = strict_scan(image)
        if scan.damage is None:
            # gzip's time and flags, filling bits, or a copy from another place of equal bytes.
            assert list(read_records(image, warc_filename="x")) == stored
            harmless += 1
        else:
            assert scan.damage.offset == scan.valid_bytes == max(n for n in ends if n <= at)
    assert harmless < len(whole) / 20


def tails(whole: bytes, ends: list[int]) -> dict[str, bytes]:
    rng = random.Random(3)
    middle = ends[len(ends) // 2] + 7
    return {
        "zero": whole + bytes(4096),
        "garbage": whole + rng.randbytes(700),
        "magic": whole + b"\x1f\x8b\x08" + rng.randbytes(70),
        "another gzip": whole + whole[ends[0] : ends[1]][:-3],
        "lost block": whole[:middle] + bytes(512) + whole[middle + 512 :],
        "one byte": whole[:1],
        "torn warcinfo": whole[: ends[1] - 1],
        "zeros alone": bytes(600),
        "torn group": whole[: ends[-2]],
        "nothing": b"",
    }


def test_tails_go_to_quarantine_under_their_digest(tmp_path: Path) -> None:
    template = make_archive(tmp_path)
    path = abandon(template)
    whole, ends = path.read_bytes(), boundaries(path)
    images = tails(whole, ends) | {f"cut at {n}": whole[:n] for n in range(0, len(whole), 97)}
    for number, (name, image) in enumerate(images.items()):
        root = tmp_path / str(number)
        shutil.copytree(template.root, root)
        (root / "spool" / path.name).write_bytes(image)
        archive = open_archive(root)
        valid = strict_scan(root / "spool" / path.name).valid_bytes
        done = recover_spool(archive)
        assert len(done.files) == 1, name
        kept = b"".join(p.read_bytes() for p in done.quarantined)
        assert kept == image[valid:], name
        assert all(sha256_hex(kept) in p.name for p in done.quarantined)
        assert done.files[0].read_bytes().startswith(image[:valid]), name
        answers = sum(r.type == "response" for r in records(archive))
        check_ended_well(archive, urls=answers)


def test_an_address_whose_record_is_lost_is_pending_again(archive: Archive) -> None:
    path = abandon(archive)
    whole, ends = path.read_bytes(), boundaries(path)
    path.write_bytes(whole[: ends[4] + 5])
    recover_spool(archive)
    check_ended_well(archive, urls=1)
    ledger = open_ledger(archive)
    ledger.begin("20261106T000000Z-000000", NOW)
    waiting = {a.url[-6:]: (a.verdict, a.reason, a.answer_digest) for a in ledger.unfinished()}
    ledger.release()
    assert waiting["1.html"] == waiting["2.html"] == ("pending", "record_lost", None)


# ---- runs that were killed at other places -----------------------------------------------


def test_an_interrupted_rename_is_finished(archive: Archive) -> None:
    path = abandon(archive)
    recover_spool(archive)
    (target,) = sealed(archive)
    data = target.read_bytes()
    target.rename(path)
    assert path.stat().st_mode & 0o777 == 0o444
    recover_spool(archive)
    assert [p.read_bytes() for p in sealed(archive)] == [data]
    check_ended_well(archive, urls=3)


def test_a_run_killed_between_seal_and_end_is_only_ended(archive: Archive) -> None:
    ledger = open_ledger(archive)
    writer = WarcWriter(archive, RUN)
    ledger.begin(RUN, NOW)
    store(writer, ledger, exchange(0))
    writer.seal([dispositions_record(RUN, NOW, NOW, ledger.dispositions(), NOW)])
    ledger.release()
    assert recover_spool(archive).files == ()
    check_ended_well(archive, urls=1)


@pytest.mark.parametrize("ledger_lost", [False, True])
def test_dispositions_go_into_the_last_file_of_several(archive: Archive, ledger_lost: bool) -> None:
    abandon(archive, 9, max_bytes=3000)
    assert len(sealed(archive)) >= 2
    if ledger_lost:
        for path in archive.root.glob("ledger.sqlite3*"):
            path.unlink()
    recover_spool(archive)
    check_ended_well(archive, urls=9)


@pytest.mark.parametrize("ledger_lost", [False, True])
def test_a_run_whose_last_open_file_is_gone_gets_one_for_its_dispositions(
    archive: Archive, ledger_lost: bool
) -> None:
    path = abandon(archive, 9, max_bytes=3000)
    answers = {r.target_uri for p in sealed(archive) for r in read_records(p) if r.type == "response"}
    path.unlink()
    if ledger_lost:
        for file in archive.root.glob("ledger.sqlite3*"):
            file.unlink()
    recover_spool(archive)
    check_ended_well(archive, urls=len(answers))


def test_a_run_that_did_nothing_leaves_nothing(archive: Archive) -> None:
    ledger = open_ledger(archive)
    ledger.begin(RUN, NOW)
    ledger.release()
    done = recover_spool(archive)
    assert (done.runs, done.files) == ((RUN,), ())
    assert sealed(archive) == []


def test_a_file_that_is_not_ours_is_left_alone(archive: Archive) -> None:
    abandon(archive)
    other = archive.spool / "notes.txt"
    other.write_text("mine")
    recover_spool(archive)
    assert other.read_text() == "mine"


# ---- real kills --------------------------------------------------------------------------

APPEND = """
import sys
from pathlib import Path
from pipelines.archive import open_archive
from pipelines.ledger import open_ledger
from pipelines.warc.writer import WarcWriter
from tests.test_ledger import store
from tests.test_warc_writer import NOW, RUN, exchange
archive = open_archive(Path(sys.argv[1]))
ledger = open_ledger(archive)
writer = WarcWriter(archive, RUN, max_bytes=20_000)
ledger.begin(RUN, NOW)
for number in range(100_000):
    one = exchange(number)
    ledger.observe(one.url, found_by="seed")
    store(writer, ledger, one)
    print(one.url, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [0, 1, 2, 5, 17, 60])
def test_every_acknowledged_record_survives_a_kill(archive: Archive, acknowledged: int) -> None:
    command = [sys.executable, "-c", APPEND, str(archive.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        seen = [child.stdout.readline() for _ in range(acknowledged)]
        while not list(archive.spool.glob("*")):
            assert child.poll() is None
        child.kill()
        seen += child.stdout.readlines()
    assert child.returncode == -signal.SIGKILL
    recover_spool(archive)
    told = [line.strip() for line in seen if line.endswith("\n")]
    answers = Counter(r.target_uri for r in records(archive) if r.type == "response")
    assert set(told) <= answers.keys()
    assert set(answers.values()) <= {1}
    check_ended_well(archive, urls=len(answers))
    for path in sealed(archive):
        independent_readers_agree(path)


HOLD = """
import sys
from pathlib import Path
from pipelines.archive import open_archive
from pipelines.warc.writer import WarcWriter
from pipelines.warc.record import exchange_records
from tests.test_warc_writer import RUN, exchange
writer = WarcWriter(open_archive(Path(sys.argv[1])), RUN)
writer.append(exchange_records(exchange()))
print("held", flush=True)
sys.stdin.read()
writer.append(exchange_records(exchange(1)))
writer.seal()
"""


def test_a_file_that_a_live_process_holds_is_untouched(archive: Archive) -> None:
    command = [sys.executable, "-c", HOLD, str(archive.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None and child.stdout is not None
        assert child.stdout.readline() == "held\n"
        (path,) = archive.spool.iterdir()
        before = path.read_bytes(), path.stat()
        done = recover_spool(archive)
        assert (done.live, done.files, done.runs) == ((path,), (), ())
        assert (path.read_bytes(), path.stat()) == before
        child.stdin.close()
    assert child.returncode == 0
    assert [r.type for r in records(archive)].count("response") == 2


CALLS = ("open", "write", "fsync", "fdatasync", "ftruncate", "rename", "replace", "unlink", "mkdir", "fchmod")


def killed_at(number: int, work: Callable[[], object]) -> None:
    """Do ``work``; the process kills itself in place of its Nth call that could change a file."""
    count = 0

    def wrapped(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, wrapped(name))
    work()


def test_recovery_killed_at_any_call_is_done_again(tmp_path: Path) -> None:
    """Two files of one run, the last with a torn tail."""
    template = make_archive(tmp_path)
    path = abandon(template, 9, max_bytes=3000)
    path.write_bytes(path.read_bytes()[:-9])
    answers = len({r.target_uri for p in sealed(template) for r in read_records(p) if r.type == "response"})
    answers += sum(r.type == "response" for r in read_records(path, damage=[]))
    kills = 0
    for number in range(1, 200):
        root = tmp_path / str(number)
        shutil.copytree(template.root, root)
        archive = open_archive(root)
        child = FORK.Process(target=killed_at, args=(number, lambda a=archive: recover_spool(a)))
        child.start()
        child.join()
        kills += child.exitcode == -signal.SIGKILL
        recover_spool(archive)
        check_ended_well(archive, urls=answers)
        tail = [p for p in archive.quarantine.iterdir() if p.suffix == ".tail"]
        assert len(tail) == 1 and sha256_hex(tail[0].read_bytes()) in tail[0].name
        if child.exitcode == 0:
            break
    assert child.exitcode == 0
    assert kills == number - 1 >= 15


def run_to_the_end(archive: Archive) -> None:
    ledger = open_ledger(archive)
    writer = WarcWriter(archive, RUN, max_bytes=1500)
    ledger.begin(RUN, NOW)
    done = archive.root / "acknowledged"
    for number in range(3):
        one = exchange(number)
        ledger.observe(one.url)
        store(writer, ledger, one)
        with open(done, "a") as file:
            file.write(json.dumps(one.url) + "\n")
    writer.seal([dispositions_record(RUN, *ledger.span()[:2], ledger.dispositions(), NOW)])
    ledger.end()
    ledger.close()


def test_a_run_killed_at_any_call_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    """Also in the midst of rotation and sealing."""
    for number in range(1, 300):
        archive = make_archive(tmp_path / str(number))
        child = FORK.Process(target=killed_at, args=(number, lambda a=archive: run_to_the_end(a)))
        child.start()
        child.join()
        recover_spool(archive)
        done = archive.root / "acknowledged"
        told = [json.loads(line) for line in done.read_text().splitlines()] if done.exists() else []
        answers = [r.target_uri for r in records(archive) if r.type == "response"]
        assert set(told) <= set(answers)
        if records(archive):
            check_ended_well(archive, urls=len(answers))
        if child.exitcode == 0:
            break
    assert child.exitcode == 0
    assert number > 40


def test_recovery_that_cannot_write_loses_nothing(archive: Archive) -> None:
    path = abandon(archive)
    path.write_bytes(path.read_bytes() + bytes(3000))
    whole = path.read_bytes()

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        try:
            recover_spool(archive)
        except WriteFailed:
            os._exit(17)

    child = FORK.Process(target=limited)
    child.start()
    child.join()
    assert child.exitcode == 17
    assert path.read_bytes() == whole
    done = recover_spool(archive)
    assert [p.read_bytes() for p in done.quarantined] == [bytes(3000)]
    check_ended_well(archive, urls=3)
