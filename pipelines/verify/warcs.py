"""Verification of the evidence: each WARC file is named and whole, its records sound, its references kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.archive import Archive, file_digest
from pipelines.counted import counted
from pipelines.manifest import Stored, WarcFile, files_of, losses_of
from pipelines.sealed import pending_files
from pipelines.staging import stage_name
from pipelines.verify.findings import Finding
from pipelines.verify.unfinished import unfinished
from pipelines.warc.cdxj import cdxj_line, cdxj_path
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import Damage, capture_of_record, read_records
from pipelines.warc.record import sha256_digest

Tell = Callable[[int, int], None]
"""Takes the bytes that are done, and those of the whole."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record, as far as rows speak of it."""

    id: str
    length: int
    payload_digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a revisit says of the response that it refers to. What it leaves out is ``None``."""

    digest: str | None
    url: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A revisit, and what it refers to."""

    path: str
    offset: int
    record: str
    answer: Answer


@dataclass(slots=True)
class Evidence:
    """What the WARC files hold: records by file and offset."""

    keep: bool = True
    """Whether records are noted for later checks; else they are only counted, and memory stays flat."""
    files: int = 0
    count: int = 0
    """Sound records."""
    records: dict[tuple[str, int], Record] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """Record id to the file it lies in."""
    responses: dict[str, Answer] = field(default_factory=dict)
    """By record id."""
    tombstones: set[tuple[str, int, str]] = field(default_factory=set)
    """File, offset and record id."""
    revisits: list[Reference] = field(default_factory=list)
    index: list[bytes] = field(default_factory=list)
    """Lines of the index that the files give."""
    pending: list[bytes] = field(default_factory=list)
    """Lines of files that the next commit will take."""


def check_warcs(
    archive: Archive, chain: tuple[Stored, ...], evidence: Evidence, tell: Tell = lambda done, total: None
) -> Iterator[Finding]:
    """Every WARC file: named, whole, and each record sound. Fills ``evidence``; ``tell`` is told how many
    bytes of how many are done."""
    named = {f.path: f for f in files_of(chain)}
    done, total = 0, sum(f.bytes for f in named.values())
    for file in named.values():
        tell(done, total)
        done += file.bytes
        if (archive.root / file.path).is_file():
            yield from _check_warc(archive, chain, file, evidence)
        else:
            yield Finding(code="file.missing", path=file.path, expected=file.sha256)
    pending = frozenset(pending_files(archive, chain))
    for path in _other_files(archive, named):
        fresh = Evidence(keep=evidence.keep)
        yield from _records(archive.root, path, fresh)[1]
        if path in pending:
            evidence.pending += fresh.index
        yield Finding(code="file.uncommitted" if path in pending else "file.unknown", path=path)


def check_index(archive: Archive, chain: tuple[Stored, ...], evidence: Evidence) -> Iterator[Finding]:
    """The index against the records. It may know those that the next commit will take."""
    path = cdxj_path(archive)
    if unfinished(archive, chain) or not chain:
        return
    place = path.relative_to(archive.root).as_posix()
    if not path.is_file():
        yield Finding(code="file.missing", path=place)
        return
    found = path.read_bytes()
    known = (evidence.index, evidence.index + evidence.pending)
    if found not in [b"".join(sorted(lines)) for lines in known]:
        yield Finding(
            code="index.differs", path=place, expected=counted(len(evidence.index), "line"),
            found=counted(len(found.splitlines()), "line"),
        )  # fmt: skip


def _root_of(archive: Archive, chain: tuple[Stored, ...], path: str) -> Path:
    """The folder below which a WARC file lies: the archive, or staging after a retraction cut off."""
    stage = archive.staging / stage_name(len(chain))
    return stage if (stage / path).is_file() else archive.root


def _check_warc(
    archive: Archive, chain: tuple[Stored, ...], file: WarcFile, evidence: Evidence
) -> Iterator[Finding]:
    root = _root_of(archive, chain, file.path)
    digest = file_digest(root / file.path)
    if digest != file.sha256:
        yield Finding(code="warc.digest", path=file.path, expected=file.sha256, found=digest)
    count, findings = _records(root, file.path, evidence, imported=file.origin is not None)
    known = any(loss.path == file.path and loss.after == digest for _, loss in losses_of(chain))
    yield from (f for f in findings if not (known and f.code == "warc.damaged"))
    if count != file.records:
        yield Finding(code="warc.records", path=file.path, expected=str(file.records), found=str(count))


def _records(
    root: Path, path: str, evidence: Evidence, *, imported: bool = False
) -> tuple[int, list[Finding]]:
    """The number of a file's sound records, and what is wrong."""
    damage: list[Damage] = []
    findings: list[Finding] = []
    count = 0
    for stored in read_records(root / path, warc_filename=path, damage=damage):
        count += 1
        if stored.tombstone:
            evidence.tombstones.add((path, stored.ref.warc_record_offset, stored.ref.warc_record_id))
        if evidence.keep:
            findings += _note_record(stored, path, evidence, imported=imported)
    evidence.files, evidence.count = evidence.files + 1, evidence.count + count
    found = [Finding(code="warc.damaged", path=path, offset=d.offset, found=d.what) for d in damage]
    return count, found + findings


def _note_record(
    stored: StoredRecord, path: str, evidence: Evidence, *, imported: bool
) -> Iterator[Finding]:
    """Enter a record, and check it beside the others. What others wrote wrong in an imported file (a digest,
    an id that is used twice, a reference to what they did not hand over) is no fault of the archive's: the
    file is what its manifest says."""
    ref = stored.ref
    told = stored.is_answer or stored.tombstone is not None
    capture = capture_of_record(stored, crawl_id="") if told else None
    digest = capture.payload_digest if capture else sha256_digest(stored.block)
    if capture:
        if stored.is_answer:
            evidence.index.append(cdxj_line(capture))
        _note_answer(stored, digest, evidence, imported=imported)
    stated = stored.get("WARC-Payload-Digest")
    ours = not stored.foreign and stored.type != "revisit"
    if ours and stated and stated.startswith("sha256:") and stated != digest:
        yield Finding(
            code="warc.payload", path=path, offset=ref.warc_record_offset, expected=stated, found=digest
        )
    if ref.warc_record_id in evidence.ids and not imported:
        also = f"{ref.warc_record_id}, also in {evidence.ids[ref.warc_record_id]}"
        yield Finding(code="warc.doubled", path=path, offset=ref.warc_record_offset, found=also)
    evidence.ids.setdefault(ref.warc_record_id, path)
    evidence.records[path, ref.warc_record_offset] = Record(
        ref.warc_record_id, ref.warc_record_length, digest
    )


def _note_answer(stored: StoredRecord, digest: str, evidence: Evidence, *, imported: bool) -> None:
    """Enter a response, or what a revisit says of one. An imported one may refer to what is not here."""
    ref = stored.ref
    if stored.type == "response" or stored.tombstone:
        answer = Answer(digest, stored.target_uri, stored.get("WARC-Date"))
        evidence.responses.setdefault(ref.warc_record_id, answer)
    elif not imported and (refers_to := stored.get("WARC-Refers-To")):
        named = ("WARC-Payload-Digest", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date")
        answer = Answer(*map(stored.get, named))
        reference = Reference(ref.warc_filename, ref.warc_record_offset, refers_to.strip("<>"), answer)
        evidence.revisits.append(reference)


def check_referents(evidence: Evidence, chain: tuple[Stored, ...] = ()) -> Iterator[Finding]:
    """Each revisit against the response that it refers to: there, and with what the revisit says of it. Where
    evidence is acknowledged as lost, the response may have been in it."""
    lost = bool(losses_of(chain))
    for revisit in evidence.revisits:
        if lost and revisit.record not in evidence.responses:
            continue
        found, said = evidence.responses.get(revisit.record), revisit.answer
        named = ("digest", "url", "date")
        if found and all(getattr(said, n) in (None, getattr(found, n)) for n in named):
            continue
        yield Finding(
            code="warc.referent", path=revisit.path, offset=revisit.offset,
            expected=f"{revisit.record}: {_told(said)}", found=_told(found) if found else None,
        )  # fmt: skip


def _told(answer: Answer) -> str:
    return " ".join(part for part in (answer.digest, answer.url, answer.date) if part)


def _other_files(archive: Archive, named: Mapping[str, WarcFile]) -> Iterator[str]:
    for path in sorted(archive.warc.rglob("*")):
        relative = path.relative_to(archive.root).as_posix()
        if not path.is_dir() and relative not in named:
            yield relative
