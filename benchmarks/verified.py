"""What ``citynews verify`` takes on a large archive, beside ``sha256sum`` and ``gzip -t`` over its files.

``nice .venv/bin/python -m benchmarks.verified [--gigabytes G] [--rows N] [--rounds N]`` makes an archive of G
gigabytes of WARC (records of the real writer) and N rows in ``captures`` (5 and 1,000,000 by default), and
verifies it in the default depth; the medians of the rounds are printed, and the memory of the largest.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.measuring import measure
from pipelines.archive import TABLES, Archive, Portal, create, file_digest
from pipelines.commit_point import RunFacts, run_facts
from pipelines.manifest import Manifest, ReadWith, WarcFile, read_chain
from pipelines.manifest.checksums import write_checksums
from pipelines.reader import reader_id
from pipelines.row_sum import digest_of_sum
from pipelines.rows import CaptureRow
from pipelines.staging import discard, new_stage, place, seal_manifest, stage_name, sync_tree
from pipelines.tables import ROWS_PER_GROUP, TableFacts, batch, rows_per_file, write_batches, write_table
from pipelines.warc.record import Exchange, exchange_records
from pipelines.warc.writer import WarcWriter
from tests.small_archive import BODY, SITE

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
RUN = f"{START:%Y%m%dT%H%M%SZ}-000000"
WORDS = " ".join(BODY).split()
MOST_MB, MOST_TIMES = 300, 1.5


def main() -> int:
    """Make the archive, measure, print, and return 0 where memory and time are within the bounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verified", description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="citynews-verified-") as folder:
        archive = _archive(Path(folder), options.gigabytes * 1e9, options.rows)
        words = [sys.executable, "-m", "crawler.cli", "verify", archive.portal.slug, "--output", folder]
        files = [str(p) for p in sorted(archive.warc.rglob("*.gz"))]
        tables = [str(p) for t in TABLES for p in sorted((archive.root / t).rglob("*.parquet"))]
        shares, peaks = [], []
        for number in range(1, options.rounds + 1):
            ours = measure(words)
            if ours.exit_code:
                raise SystemExit(ours.error)
            theirs = [measure(["sha256sum", *files, *tables]), measure(["gzip", "-t", *files])]
            cpu = sum(t.cpu_s for t in theirs)
            shares.append(ours.cpu_s / cpu)
            peaks.append(ours.peak_mb)
            print(f"{number}: verify {ours.cpu_s:.1f} s CPU, {ours.wall_s:.1f} s, {ours.peak_mb:.0f} MB;")
            print(f"  the others {cpu:.1f} s CPU, {sum(t.wall_s for t in theirs):.1f} s", flush=True)
    print(f"median {median(shares):.2f} times their CPU time, peak {max(peaks):.0f} MB")
    return 0 if median(shares) <= MOST_TIMES and max(peaks) < MOST_MB else 1


def _archive(output: Path, size: float, rows: int) -> Archive:
    portal = Portal(slug="tin.example.vn", seed=f"{SITE}/", scope=("tin.example.vn",))
    archive = create(output, portal, now=START)
    files = tuple(_warcs(archive, size))
    stage = new_stage(archive, stage_name(1))
    tables = {name: write_table(stage, name, (), "2026-03") for name in TABLES if name != "captures"}
    tables["captures"] = _captures(stage, rows)
    sync_tree(stage)
    run = RunFacts(run_id=RUN, started=START, ended=START, status="complete")
    manifest = Manifest(
        **run_facts(archive, (), run, START), kind="crawl", status="complete",
        read_with=ReadWith.now(reader_id(), portal), files=files, tables=tables, tables_sequence=1,
    )  # fmt: skip
    seal_manifest(archive, stage, manifest)
    place(archive, stage, tuple(manifest.table_files()))
    write_checksums(archive, read_chain(archive))
    discard(stage)
    held = sum(f.bytes for f in files) / 1e9
    print(f"{len(files)} files, {held:.1f} GB, {sum(f.records for f in files):,} records, {rows:,} rows")
    return archive


def _warcs(archive: Archive, size: float) -> Iterator[WarcFile]:
    """Files of up to 1 GiB of pages of some 20 kB that differ from each other."""
    chance = random.Random(1)
    bodies = [" ".join(chance.choices(WORDS, k=3000)).encode() for _ in range(200)]
    writer = WarcWriter(archive, RUN, low_water=0)
    written, number, records = 0, 0, {writer.warc_filename: 1}
    while written < size:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
        body = b"<p>%d " % number + bodies[number % len(bodies)]
        url = f"{SITE}/{number}.html"
        exchange = Exchange(url=url, started_at=START, request=b"GET", response=head % len(body) + body)
        refs = writer.append(exchange_records(exchange))
        records[refs[0].warc_filename] = records.get(refs[0].warc_filename, 1) + len(refs)
        written += sum(ref.warc_record_length for ref in refs)
        number += 1
    for path in writer.seal():
        name = path.relative_to(archive.root).as_posix()
        yield WarcFile(path=name, bytes=path.stat().st_size, sha256=file_digest(path), records=records[name])


def _captures(stage: Path, rows: int) -> TableFacts:
    """The table, a file at a time; its logical digest, which this depth does not look at, is not made."""
    size = rows_per_file("captures")
    files = []
    for number, start in enumerate(range(0, rows, size), 1):
        end = min(start + size, rows)
        groups = (range(g, min(g + ROWS_PER_GROUP, end)) for g in range(start, end, ROWS_PER_GROUP))
        batches = (batch("captures", [_row(n) for n in group]) for group in groups)
        path = f"captures/archived_month=2026-03/captures-{number:05}.parquet"
        files.append(write_batches(stage, path, "captures", batches))
    return TableFacts(rows=rows, logical_sha256=digest_of_sum(0), files=tuple(files))


def _row(number: int) -> CaptureRow:
    return CaptureRow(
        portal="tin.example.vn", url=f"{SITE}/{number}.html", captured_at=START, record_type="response",
        status=200, content_type="text/html", content_encoding=None, location=None, truncated=None,
        payload_digest=f"sha256:{number:064x}", reading="article", article_id=f"{number:032x}", crawl_id=RUN,
        warc_filename=f"warc/2026/tin.example.vn-{RUN}-00000.warc.gz", warc_record_offset=number,
        warc_record_length=1, warc_record_id=f"urn:uuid:{number:032x}",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
