"""What somebody may do who can write into an archive, and by which codes it is told.

Each case is done to a copy of one archive of three commits, whose newest manifest is signed. From outside
come the archivist's public key, and the digest of the last manifest, kept elsewhere.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive import open_archive
from pipelines.manifest import read_chain
from pipelines.manifest.signature import sign_newest
from pipelines.verify import Outside, verify
from pipelines.verify.findings import Report
from tests.small_archive import BODY, SmallArchive, answer, page, small_archive
from tests.test_verify import _reseal
from tests.torture.test_rot import flipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The archive, its keys, and the digest of its last manifest."""

    archive: SmallArchive
    keys: Path
    anchor: str
    before: Path
    """A copy of the archive as it was before its last run."""

    def outside(self) -> Outside:
        return Outside(pubkey=self.keys / "own.pub", anchor=self.anchor)


def article(name: str) -> tuple[str, bytes]:
    return f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của hôm nay.", *BODY)))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    keys = tmp_path_factory.mktemp("keys")
    for name in ("own", "other"):
        words = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys / name)
        subprocess.run(words, check=True, timeout=60)
    a = small_archive(tmp_path_factory.mktemp("signed"))
    before = tmp_path_factory.mktemp("before") / "copy"
    for names in (("mot", "hai"), ("ba",), ("tu",)):
        if names == ("tu",):
            assert sign_newest(a.archive, keys / "own") is not None
            shutil.copytree(a.root, before)
        a.crawl(*map(article, names))
    assert sign_newest(a.archive, keys / "own") is not None
    return Signed(archive=a, keys=keys, anchor=read_chain(a.archive)[-1].sha256, before=before)


@pytest.fixture
def signed(original: Signed, tmp_path: Path) -> Signed:
    root = Path(shutil.copytree(original.archive.root, tmp_path / "copy"))
    a = SmallArchive(open_archive(root), now=original.archive.now, runs=original.archive.runs)
    return replace(original, archive=a)


def codes(report: Report) -> set[str]:
    return {f.code for f in report.findings}


# ---- what is done ----------------------------------------------------------------------


def warcs(s: Signed) -> list[Path]:
    return sorted(s.archive.archive.warc.rglob("*.gz"))


def table(s: Signed, name: str) -> Path:
    return next((s.archive.root / name).rglob("*.parquet"))


def manifest(s: Signed, sequence: int) -> Path:
    return sorted(s.archive.archive.manifests.glob("*.json"))[sequence - 1]


def index(s: Signed) -> Path:
    return next(s.archive.archive.indexes.glob("*.cdxj"))


def change(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def removed(find: Callable[[Signed], Path]) -> Callable[[Signed], None]:
    return lambda s: find(s).unlink()


def renamed(find: Callable[[Signed], Path], name: str) -> Callable[[Signed], None]:
    def do(s: Signed) -> None:
        path = find(s)
        path.rename(path.with_name(name))

    return do


def doubled(find: Callable[[Signed], Path], name: str) -> Callable[[Signed], None]:
    def do(s: Signed) -> None:
        path = find(s)
        shutil.copy(path, path.with_name(name))

    return do


def swapped(one: Callable[[Signed], Path], two: Callable[[Signed], Path]) -> Callable[[Signed], None]:
    def do(s: Signed) -> None:
        first, second = one(s).read_bytes(), two(s).read_bytes()
        change(one(s), second)
        change(two(s), first)

    return do


def added(name: str) -> Callable[[Signed], None]:
    def do(s: Signed) -> None:
        path = s.archive.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")

    return do


Rows = list[dict[str, Any]]


def resealed(name: str, rows: Callable[[Rows], Rows]) -> Callable[[Signed], None]:
    """A table, the newest manifest and the list of digests are rewritten by one who knows the format."""
    return lambda s: _reseal(s.archive, name, rows)


def lied(column: str, value: str) -> Callable[[Rows], Rows]:
    return lambda rows: [{**rows[0], column: value}, *rows[1:]]


def member_cut_out(s: Signed) -> None:
    """A record is taken out of its file, and every other member is whole."""
    row = s.archive.rows("articles")[0]
    path = s.archive.root / row["warc_filename"]
    start, data = row["warc_record_offset"], path.read_bytes()
    change(path, data[:start] + data[start + row["warc_record_length"] :])


def member_doubled(s: Signed) -> None:
    row = s.archive.rows("articles")[0]
    path = s.archive.root / row["warc_filename"]
    start, data = row["warc_record_offset"], path.read_bytes()
    change(path, data + data[start : start + row["warc_record_length"]])


def rolled_back(s: Signed) -> None:
    """The archive as it was, signed, before its last run."""
    shutil.rmtree(s.archive.root)
    shutil.copytree(s.before, s.archive.root)


def rewritten(key: str) -> Callable[[Signed], None]:
    """The whole history is made anew under the archive's own id, with another article in it, and signed."""

    def do(s: Signed) -> None:
        root = s.archive.root
        identity = (root / "archive.json").read_bytes()
        shutil.rmtree(root)
        root.mkdir()
        (root / "archive.json").write_bytes(identity)
        forged = SmallArchive(open_archive(root))
        for names in (("mot", "khac"), ("ba",), ("tu",)):
            forged.crawl(*map(article, names))
        assert sign_newest(forged.archive, s.keys / key) is not None

    return do


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    do: Callable[[Signed], None]
    codes: set[str]
    """By which it is told, without anything from outside; at least these."""
    outside: set[str] | None = None
    """The same, with key and anchor, where that tells more."""


def first(s: Signed) -> Path:
    return warcs(s)[0]


def second(s: Signed) -> Path:
    return warcs(s)[1]


def articles(s: Signed) -> Path:
    return table(s, "articles")


def versions(s: Signed) -> Path:
    return table(s, "versions")


STRAY = "tin.example.vn-20260301T000000Z-000000-00000.warc.gz"
LATER = "000004-20260401T000000Z-000000.json"
SIGNATURE = {"manifest.signature", "manifest.anchor"}
CASES = {
    "warc removed": Case(do=removed(first), codes={"file.missing", "row.record_missing", "row.unknown"}),
    "warc renamed": Case(do=renamed(first, STRAY), codes={"file.missing", "file.unknown"}),
    "warcs swapped": Case(do=swapped(first, second), codes={"warc.digest", "row.record_missing"}),
    "warc doubled": Case(do=doubled(first, STRAY), codes={"file.unknown"}),
    "warc added": Case(do=added("warc/2026/x.warc.gz"), codes={"file.unknown"}),
    "warc with a flip": Case(
        do=lambda s: change(first(s), flipped(first(s).read_bytes(), 900)), codes={"warc.digest"}
    ),
    "table removed": Case(do=removed(articles), codes={"file.missing", "table.rows", "row.missing"}),
    "table renamed": Case(do=renamed(articles, "a.parquet"), codes={"file.missing", "file.unknown"}),
    "tables swapped": Case(do=swapped(articles, lambda s: table(s, "captures")), codes={"table.digest"}),
    "table doubled": Case(do=doubled(articles, "b.parquet"), codes={"file.unknown"}),
    "file added among the tables": Case(do=added("articles/_SUCCESS"), codes={"file.unknown"}),
    "file added among the manifests": Case(do=added("manifests/note.txt"), codes={"file.unknown"}),
    "manifest added": Case(do=added(f"manifests/{LATER}"), codes={"manifest.unreadable"}),
    "index removed": Case(do=removed(index), codes={"file.missing"}),
    "list removed": Case(do=removed(lambda s: s.archive.root / "SHA256SUMS"), codes={"file.missing"}),
    "record cut out": Case(do=member_cut_out, codes={"warc.digest", "warc.records", "row.unknown"}),
    "record doubled": Case(do=member_doubled, codes={"warc.digest", "warc.records", "warc.doubled"}),
    "row deleted": Case(
        do=resealed("articles", lambda rows: rows[1:]), codes={"row.missing"}, outside=SIGNATURE
    ),
    "row without record": Case(
        do=resealed("captures", lambda rows: [*rows, {**rows[0], "warc_record_offset": 5}]),
        codes={"row.record_missing", "row.unknown"}, outside=SIGNATURE,
    ),
    "record without row": Case(
        do=resealed("captures", lambda rows: rows[1:]), codes={"row.missing"}, outside=SIGNATURE
    ),
    "row twice": Case(
        do=resealed("articles", lambda rows: [*rows, rows[0]]), codes={"row.unknown"}, outside=SIGNATURE
    ),
    "title that the page does not say": Case(
        do=resealed("articles", lied("title", "Tin khác hẳn")),
        codes={"row.digest", "row.differs"}, outside=SIGNATURE,
    ),
    "first manifest dropped": Case(
        do=removed(lambda s: manifest(s, 1)), codes={"manifest.chain"}, outside={"manifest.chain"}
    ),
    "manifest dropped from the middle": Case(do=removed(lambda s: manifest(s, 2)), codes={"manifest.chain"}),
    "last manifest dropped": Case(
        do=removed(lambda s: manifest(s, 3)), codes={"table.digest", "manifest.signature"}, outside=SIGNATURE
    ),
    "manifests swapped": Case(
        do=swapped(lambda s: manifest(s, 1), lambda s: manifest(s, 2)), codes={"manifest.chain"}
    ),
    "manifest of another archive": Case(
        do=lambda s: change(
            manifest(s, 3),
            read_chain(s.archive.archive)[2].manifest.model_copy(update={"archive_id": "another"}).encoded(),
        ),
        codes={"manifest.foreign"},
    ),
    "last run rolled back": Case(do=rolled_back, codes=set(), outside={"manifest.anchor"}),
    "history rewritten with another key": Case(do=rewritten("other"), codes=set(), outside=SIGNATURE),
    "history rewritten with the stolen key": Case(
        do=rewritten("own"), codes=set(), outside={"manifest.anchor"}
    ),
}  # fmt: skip


def exit_of(found: set[str]) -> int:
    return 21 if any(code.startswith("manifest.") for code in found) else 20


@pytest.mark.parametrize("name", CASES)
def test_each_way_to_tamper_is_told(name: str, signed: Signed) -> None:
    case = CASES[name]
    case.do(signed)
    archive = open_archive(signed.archive.root)
    alone = verify(archive)
    assert {f.code for f in alone.errors} >= case.codes
    if case.codes:
        assert alone.exit_code == exit_of({f.code for f in alone.errors})
        assert all(f.path for f in alone.errors)
    else:
        assert alone.errors == (), "who can write all of it can make it consistent"
        assert any(s.startswith("NOT ANCHORED") for s in alone.not_checked)
    if case.outside is not None:
        known = verify(archive, level="quick", outside=signed.outside())
        assert {f.code for f in known.errors} >= case.outside
        assert known.exit_code == 21


def test_the_archive_itself_is_well(original: Signed) -> None:
    report = verify(original.archive.archive, outside=original.outside())
    assert (report.verdict, report.exit_code) == ("VERIFIED", 0)
    assert [s.partition(":")[0] for s in report.proved] == ["ANCHORED", "SIGNED"]


def test_a_stolen_key_is_found_by_the_anchor_alone(signed: Signed) -> None:
    rewritten("own")(signed)
    archive = open_archive(signed.archive.root)
    silent = verify(archive, level="quick", outside=Outside(pubkey=signed.keys / "own.pub"))
    assert silent.exit_code == 0
    assert silent.not_checked[0].startswith("NOT ANCHORED")
    told = verify(archive, level="quick", outside=signed.outside())
    assert ({f.code for f in told.errors}, told.exit_code) == ({"manifest.anchor"}, 21)


@pytest.mark.parametrize(
    ("outside", "exit_code", "said"),
    [
        (lambda s: Outside(), 22, "SIGNATURES NOT CHECKED"),
        (lambda s: Outside(pubkey=s.keys / "none.pub"), 22, "the key is missing"),
        (lambda s: Outside(pubkey=s.keys / "own.pub"), 0, "NOT ANCHORED"),
        (lambda s: Outside(anchor="0" * 64), 21, ""),
    ],
)
def test_what_is_not_proved_is_said(
    outside: Callable[[Signed], Outside], exit_code: int, said: str, original: Signed
) -> None:
    report = verify(original.archive.archive, level="quick", outside=outside(original))
    assert report.exit_code == exit_code
    assert said in " ".join((*report.not_checked, *report.unverifiable))
