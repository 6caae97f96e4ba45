"""A flip of any byte and a cut at any length, of every kind of file, is found, with a code and a place.

Files that are checked one by one are changed at the same time, each at its n-th byte, and each must be
named: one verification tells of ten files. What is made again is made again with the same bytes.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from pipelines.archive import TABLES, open_archive
from pipelines.ledger import open_ledger
from pipelines.manifest import read_chain
from pipelines.manifest.signature import check_signature, sign_newest
from pipelines.rebuild import rebuild
from pipelines.verify import Level, verify
from pipelines.verify.findings import Finding
from tests.small_archive import BODY, SmallArchive, answer, page, small_archive
from tests.torture import WHOLE, sample

PARTS = 8 if WHOLE else 1
CODES = {
    "warc": {"warc.digest"},
    **{table: {"table.digest"} for table in TABLES},
    "SHA256SUMS": {"checksums.differ"},
    "ledger.sqlite3": {"ledger.altered"},
    "indexes": {"index.differs"},
    "manifests": {"manifest.altered", "manifest.unreadable"},
}
"""By which codes a changed file is told, by the place in which it lies."""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> SmallArchive:
    a = small_archive(tmp_path_factory.mktemp("rot"))
    for name in ("mot", "hai"):
        a.crawl((f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của hôm nay.", *BODY)))))
    open_ledger(a.archive).close()
    assert verify(a.archive).findings == ()
    return a


@pytest.fixture
def copy(original: SmallArchive, tmp_path: Path) -> SmallArchive:
    root = Path(shutil.copytree(original.root, tmp_path / "copy"))
    for path in root.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return SmallArchive(open_archive(root), now=original.now, runs=original.runs)


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :]


def cut(data: bytes, at: int) -> bytes:
    return data[:at]


Harm = Callable[[bytes, int], bytes]
HARMS = pytest.mark.parametrize("harm", [flipped, cut])


def files(a: SmallArchive, *places: str) -> dict[Path, bytes]:
    """The files in some places, with their bytes."""
    found = [p for place in places for p in (a.root / place).rglob("*") if p.is_file()]
    found += [a.root / place for place in places if (a.root / place).is_file()]
    return {path: path.read_bytes() for path in found}


def place_of(a: SmallArchive, path: Path) -> str:
    return path.relative_to(a.root).as_posix()


def told(findings: Iterable[Finding], place: str) -> bool:
    codes = CODES[place.partition("/")[0]]
    return any(f.path == place and f.code in codes for f in findings)


def harm_all(
    a: SmallArchive, good: Mapping[Path, bytes], harm: Harm, level: Level, offsets: list[int]
) -> int:
    """Change all files at the same offset, verify, and look for each. Returns how many changes were made."""
    made = 0
    for at in offsets:
        harmed = [path for path, data in good.items() if at < len(data)]
        for path in harmed:
            path.write_bytes(harm(good[path], at))
        findings = verify(a.archive, level=level).findings
        missed = [place_of(a, p) for p in harmed if not told(findings, place_of(a, p))]
        assert missed == [], f"{harm.__name__} at {at}"
        made += len(harmed)
        for path in harmed:
            path.write_bytes(good[path])
    return made


def some(good: Mapping[Path, bytes], part: int, size: int) -> list[int]:
    """The offsets that one test tries."""
    longest = max(map(len, good.values()))
    return list(range(part, longest, PARTS)) if WHOLE else sample(range(longest // 2), size)


@HARMS
@pytest.mark.parametrize("part", range(PARTS))
def test_evidence_tables_list_and_ledger(
    harm: Harm, part: int, copy: SmallArchive, record_property: Callable[[str, object], None]
) -> None:
    good = files(copy, "warc", *TABLES, "SHA256SUMS", "ledger.sqlite3")
    assert len(good) >= 2 + len(TABLES)
    made = harm_all(copy, good, harm, "files", some(good, part, 30))
    record_property(harm.__name__, made)
    assert verify(copy.archive).findings == ()


@HARMS
@pytest.mark.parametrize("part", range(PARTS))
def test_the_index(harm: Harm, part: int, copy: SmallArchive) -> None:
    good = files(copy, "indexes/tin.example.vn.cdxj")
    assert len(good) == 1
    harm_all(copy, good, harm, "deep", some(good, part, 8))


@HARMS
@pytest.mark.parametrize("part", range(PARTS))
def test_manifests(harm: Harm, part: int, copy: SmallArchive) -> None:
    """One after the other: a chain with two faults would be told of by one."""
    for path, data in files(copy, "manifests").items():
        harm_all(copy, {path: data}, harm, "quick", some({path: data}, part, 30))


@HARMS
def test_the_signature(harm: Harm, copy: SmallArchive, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key), check=True, timeout=60)
    assert sign_newest(copy.archive, key) is not None
    stored = read_chain(copy.archive)[-1]
    (path,) = copy.archive.manifests.glob("*.sig")
    path.chmod(0o644)
    good = path.read_bytes()
    assert check_signature(stored).fault is None
    for at in sample(range(len(good)), 12):
        path.write_bytes(harm(good, at))
        assert check_signature(stored).fault is not None, at
    report = verify(copy.archive, level="quick")
    assert [(f.code, f.path) for f in report.errors] == [("manifest.signature", place_of(copy, path))]


@HARMS
def test_what_is_derived_is_made_again(harm: Harm, copy: SmallArchive) -> None:
    """Each table, index, list and ledger, harmed at some place or gone."""
    good = files(copy, *TABLES, "indexes/tin.example.vn.cdxj", "SHA256SUMS")
    for number, (path, data) in enumerate(good.items() if WHOLE else sample(list(good.items()), 3)):
        if number % 3 == 2:
            path.unlink()
        else:
            path.write_bytes(harm(data, len(data) * (number + 1) // 17))
    ledger = copy.archive.ledger
    ledger.write_bytes(harm(ledger.read_bytes(), 5000))
    chain = len(read_chain(copy.archive))
    rebuild(copy.archive, now=copy.now)
    assert {path: path.read_bytes() for path in good} == good
    assert len(read_chain(copy.archive)) == chain, "the same rows need no manifest"
    assert verify(copy.archive).findings == ()
