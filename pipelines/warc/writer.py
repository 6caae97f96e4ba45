"""Writing evidence so that what was acknowledged survives a crash.

A file in work lies in ``spool/`` with the ending ``.open``, made with
``O_EXCL|O_APPEND`` and held by ``flock`` for as long as its writer lives. File
and folder are synced before the first group is appended. A group of records is
appended whole; :meth:`WarcWriter.sync` makes it durable. Where writing fails,
the file is cut back to the last boundary on the same descriptor (reopening it
for writing would empty it, or fill it with zeros).

Sealing: sync, strict scan of what really lies on the disk, mode 0444, rename
into ``warc/<year>/``, both folders synced. A file is followed by its successor
before it is sealed, so that a run killed in between still has an open file.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipelines.archive import Archive, make_folder, sync_folder
from pipelines.errors import CitynewsError, DiskFull, WriteFailed
from pipelines.model import RecordRef
from pipelines.warc.framing import OPEN, WarcName, gzip_member, parse_name, warcinfo_record
from pipelines.warc.record import Record
from pipelines.warc.spool import open_spool_file, seal_file, write_all, write_error

SOFTWARE = "citynews/0.1.0"
LOW_WATER = 64 << 20
"""Bytes that stay free on the disk: room to end a run in order."""


class WarcWriter:
    """Appends groups of records to the WARC files of one run.

    :meth:`append` and :meth:`seal` are for one thread; :meth:`sync` may run in
    another at the same time.

    Args:
        archive: whose ``spool/`` and ``warc/`` are written.
        run_id: as :func:`pipelines.archive.new_run_id` makes it.
        max_bytes: a file is sealed before it would grow beyond; a single larger group gets its own.
        software: name and version for the warcinfo record.
        low_water: bytes that must stay free on the disk after an append.
        number: of the run's first file.

    Raises:
        DiskFull, WriteFailed: the first file could not be made durable.
    """

    def __init__(
        self,
        archive: Archive,
        run_id: str,
        *,
        max_bytes: int = 1 << 30,
        software: str = SOFTWARE,
        low_water: int = LOW_WATER,
        number: int = 0,
    ) -> None:
        self._archive, self._run_id = archive, run_id
        self._max_bytes, self._software, self._low_water = max_bytes, software, low_water
        self._failure: CitynewsError | None = None
        self._lost: CitynewsError | None = None
        self._lock = threading.Lock()
        self._sealed: list[Path] = []
        self._descriptor = -1
        self._start(number)

    @property
    def warc_filename(self) -> str:
        """Where the current file will lie once it is sealed, relative to the archive."""
        return self._name.filename

    @property
    def size(self) -> int:
        """Bytes of the current file."""
        return self._size

    def append(self, records: Iterable[Record]) -> tuple[RecordRef, ...]:
        """Append a group, whole or not at all. It is durable after :meth:`sync`.

        Raises:
            DiskFull: too little room; nothing was written. Below the low-water mark
                the writer can still be sealed.
            WriteFailed: the write failed; the file was cut back.
        """
        group = tuple(records)
        members = [gzip_member(record, self._warcinfo_id) for record in group]
        total = sum(map(len, members))
        self._check_room(total)
        if self._size + total > self._max_bytes and self._groups:
            self._rotate()
            members = [gzip_member(record, self._warcinfo_id) for record in group]
        return self._append(group, members)

    def sync(self) -> None:
        """Make everything appended so far durable. May run in another thread. It still
        can where an append failed, because the file was cut back to what was whole.

        Raises:
            WriteFailed: the sync failed. This is final: what the kernel could not
                write it may have dropped, so a second sync proves nothing.
        """
        with self._lock:
            self._sync()

    def seal(self, last: Sequence[Record] = ()) -> tuple[Path, ...]:
        """End the run's files: append ``last`` (the dispositions), and seal.

        Returns the paths of all files that this writer sealed.

        Raises:
            WriteFailed, DiskFull: as :meth:`append`; the file stays for recovery.
            IntegrityError: the disk does not hold what was written.
        """
        self._check()
        if last:
            self._append(last, [gzip_member(record, self._warcinfo_id) for record in last])
        self._seal()
        return tuple(self._sealed)

    def close(self) -> None:
        """Let go of an unsealed file; the next start recovers it. Safe to call twice."""
        with self._lock:
            if self._descriptor >= 0:
                os.close(self._descriptor)
                self._descriptor = -1

    def _start(self, number: int) -> None:
        name = parse_name(WarcName(self._archive.portal.slug, self._run_id, number).name)
        if name is None:
            raise ValueError(f"no run id as new_run_id makes them: {self._run_id!r}")
        self._name = name
        self._size, self._groups, self._warcinfo_id = 0, -1, ""
        self._path = self._archive.spool / (name.name + OPEN)
        info = warcinfo_record(
            name, datetime.now(UTC), software=self._software, portal=self._archive.portal.slug
        )
        try:
            make_folder(self._archive.spool)
            self._descriptor = open_spool_file(self._path)
        except OSError as error:
            raise self._fail(error) from error
        self._append((info,), [gzip_member(info, None)])
        self._warcinfo_id = info.id
        try:
            os.fsync(self._descriptor)
            sync_folder(self._archive.spool)
        except OSError as error:
            raise self._fail(error) from error

    def _append(self, records: Sequence[Record], members: list[bytes]) -> tuple[RecordRef, ...]:
        self._check()
        try:
            write_all(self._descriptor, b"".join(members))
        except OSError as error:
            self._cut_back()
            raise self._fail(error) from error
        refs = []
        for record, member in zip(records, members, strict=True):
            ref = RecordRef(
                warc_filename=self._name.filename, warc_record_offset=self._size,
                warc_record_length=len(member), warc_record_id=record.id,
            )  # fmt: skip
            refs.append(ref)
            self._size += len(member)
        self._groups += 1
        return tuple(refs)

    def _cut_back(self) -> None:
        """Back to the last boundary. If even that fails, recovery cuts the tail."""
        try:
            os.ftruncate(self._descriptor, self._size)
        except OSError as error:
            self._fail(error)

    def _rotate(self) -> None:
        with self._lock:
            self._sync()
            old, path, name = self._descriptor, self._path, self._name
            try:
                self._start(name.number + 1)
            except CitynewsError:
                os.close(old)
                if self._descriptor == old:  # there is no next file; the number may soon be another's
                    self._descriptor = -1
                raise
        self._finish(path, name, old)

    def _seal(self) -> None:
        with self._lock:
            self._sync()
            descriptor, self._descriptor = self._descriptor, -1
        self._finish(self._path, self._name, descriptor)

    def _finish(self, path: Path, name: WarcName, descriptor: int) -> None:
        try:
            self._sealed.append(seal_file(self._archive, path, name, descriptor))
        except CitynewsError as error:
            self._failure = self._failure or error
            raise

    def _sync(self) -> None:
        if self._lost is not None:
            raise self._lost
        if self._descriptor < 0:
            self._check()
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            self._lost = self._fail(error)
            raise self._lost from error

    def _check_room(self, wanted: int) -> None:
        self._check()
        try:
            disk = os.fstatvfs(self._descriptor)
        except OSError as error:
            raise self._fail(error) from error
        free = disk.f_bavail * disk.f_frsize
        if free < wanted + self._low_water:
            raise DiskFull(
                f"only {free >> 20} MiB are free on the disk; free some and start again, the run goes on",
                place=str(self._archive.root),
            )

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure
        if self._descriptor < 0:
            raise WriteFailed("the writer is closed", place=str(self._path))

    def _fail(self, error: OSError) -> CitynewsError:
        """Note the first failure; the writer writes nothing after it."""
        if self._failure is None:
            self._failure = write_error(error, self._path)
        return self._failure
