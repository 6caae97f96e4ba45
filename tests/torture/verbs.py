"""What changes an archive and is no crawl: import, retract, accept, and retract --lost.

A :class:`Scene` is an archive in which one of them has something to do. Each calls the verb's own functions
as its file in ``crawler/cli`` does, only without a terminal.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.importing import bring
from pipelines.archive import TABLES, Archive, locked
from pipelines.errors import UsageError
from pipelines.health.accept import accept
from pipelines.ledger import open_ledger
from pipelines.loss import acknowledge, find_losses
from pipelines.manifest import Kind, read_chain
from pipelines.retract import make_ready, retract
from pipelines.retract.retractable import find
from pipelines.starting import take_up
from pipelines.tables import read_table
from pipelines.verify import verify
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, sitemap, small_archive
from tests.test_retract import _where as where
from tests.torture.replay import base_archive, check_ledger, stored

REASON = "tried in a test"
TITLE = "Một tin phải được gỡ bỏ hôm nay"
SECRET = "Câu này chỉ có trong một bài và sau khi gỡ bỏ thì không còn ở bất cứ đâu nữa."
_BY_RUN = {"crawl_id", "confirmed_crawl_id", "row_sha256", "warc_filename", "warc_record_offset"}
"""Columns that name a run or a place, which an import that is typed again has others of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An archive, and what is done to it."""

    root: Path
    kind: Kind
    """Of the manifest that is made, once."""
    do: Callable[[Archive], object]
    check: Callable[[Archive], None]
    """What is to be seen afterwards beside the rows."""


def again(scene: Scene, archive: Archive) -> None:
    """The same line typed again, which may be refused: it was done."""
    before = _made(scene, archive)
    try:
        scene.do(archive)
    except UsageError:
        with locked(archive):
            take_up(archive, datetime.now(UTC))
        assert _made(scene, archive), "it is refused only where it was done"
    assert before <= _made(scene, archive)


def _made(scene: Scene, archive: Archive) -> int:
    return sum(s.manifest.kind == scene.kind for s in read_chain(archive))


def check_next(scene: Scene, archive: Archive) -> None:
    """After any other start: it was done wholly, or nothing of it shows, and what is there verifies."""
    with locked(archive):
        take_up(archive, datetime.now(UTC))
    report = verify(archive, level="files")
    waiting = {"file.uncommitted"} if scene.kind == "import" else set()  # a killed run, for the next commit
    assert {f.code for f in report.findings} <= waiting | _known(scene, archive), report.findings


def _known(scene: Scene, archive: Archive) -> set[str]:
    """What verify says of damage as long as it is not acknowledged."""
    lost = scene.kind == "loss" and not _made(scene, archive)
    return {"warc.damaged", "warc.digest", "file.changed", "warc.records"} if lost else set()


def check_done(scene: Scene, archive: Archive, wanted: Mapping[str, Counter[str]]) -> None:
    """It was done once, the rows are those of an undisturbed one, and all verifies."""
    assert _made(scene, archive) == 1 or scene.kind == "import"
    assert rows(archive) == wanted
    scene.check(archive)
    if scene.kind != "loss":  # damaged evidence is not read without a word
        ids = Counter(record.ref.warc_record_id for record in stored(archive))
        assert set(ids.values()) == {1}
    assert not archive.spool.exists() or list(archive.spool.iterdir()) == []
    assert not archive.staging.exists()
    sequences = [one.manifest.sequence for one in read_chain(archive)]
    assert sequences == list(range(1, len(sequences) + 1))
    report = verify(archive)
    assert (report.verdict, report.findings) == ("VERIFIED", ())
    open_ledger(archive).close()
    check_ledger(archive)


def rows(archive: Archive) -> dict[str, Counter[str]]:
    """All rows of the tables, without what is of one run."""
    return {table: Counter(_told(row) for _, row in read_table(archive.root, table)) for table in TABLES}


def _told(row: Mapping[str, Any]) -> str:
    return repr({name: value for name, value in row.items() if name not in _BY_RUN})


# ---- import ----------------------------------------------------------------------------


def importing(folder: Path) -> Scene:
    """Two files, of which one is damaged at its end."""
    base = base_archive(folder / "base")
    files = tuple(_brought(folder / name, name) for name in ("ba", "tu"))
    files[1].write_bytes(files[1].read_bytes() + b"\x1f\x8b\x08 cut")

    def do(archive: Archive) -> None:
        bring(archive, files, output=archive.root.parent)

    def check(archive: Archive) -> None:
        named = [f.origin.name for s in read_chain(archive) for f in s.manifest.files if f.origin]
        assert sorted(named) == sorted(file.name for file in files), "each is there once"
        assert {p.suffix for p in archive.quarantine.iterdir()} == {".tail"}

    return Scene(root=base.root, kind="import", do=do, check=check)


def _brought(folder: Path, name: str) -> Path:
    """A file of another archive: an article, and a page that is known."""
    other = small_archive(folder)
    other.now += timedelta(hours=1)
    run = other.write(_article(name), ("/mot.html", answer(page("Tin mot", BODY))))
    (path,) = other.archive.warc.rglob(f"*{run}*")
    path.chmod(0o644)
    return path.rename(path.with_name(f"{name}.warc.gz"))


def _article(name: str) -> tuple[str, bytes]:
    return f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của ngày hôm nay.", *BODY)))


# ---- retract ---------------------------------------------------------------------------


def retracting(folder: Path) -> Scene:
    """An article in two files, of which a report and a cut-off piece speak as well."""
    a = small_archive(folder)
    secret = page(TITLE, (SECRET, *BODY))
    a.crawl(_article("mot"), ("/go.html", answer(secret)))
    a.crawl(("/go.html", answer(secret.replace(b"</p></div>", b"</p><p>Th\xc3\xaam.</p></div>"))))
    open_ledger(a.archive).close()
    _leave_traces(a)

    def do(archive: Archive) -> None:
        with locked(archive):
            make_ready(archive, datetime.now(UTC))
            found = find(archive, f"{SITE}/go.html", (), sources=True)
            retract(archive, found, reason=REASON, now=datetime.now(UTC))

    def check(archive: Archive) -> None:
        for text in (TITLE, SECRET):
            assert where(archive.root, text) == set(), "no byte of it is left"

    return Scene(root=a.root, kind="retract", do=do, check=check)


def _leave_traces(a: SmallArchive) -> None:
    run = a.archive.runs / "x"
    run.mkdir(parents=True)
    worst = [{"url": f"{SITE}/go.html", "text": SECRET}]
    (run / "run.json").write_text(json.dumps({"worst": worst}), "utf-8")
    (run / "crawl.log").write_text(f"all well\nodd: {TITLE}\n", "utf-8")
    a.archive.quarantine.mkdir()
    for name in ("x-1-y.tail", ".x-1.part"):  # the latter of one that was killed while it wrote
        (a.archive.quarantine / name).write_text(SECRET, "utf-8")


# ---- accept ----------------------------------------------------------------------------


def accepting(folder: Path) -> Scene:
    """A run of which most of what a sitemap lists failed, and whose article was held back."""
    a = base_archive(folder)
    failing, well = ("/ba.html", "/tu.html"), "/nam.html"
    a.verdicts = {SITE + path: ("failed", "http_500") for path in failing}
    listed = sitemap(*(SITE + path for path in (*failing, well)))
    down = answer(b"<p>500</p>", status="500 Internal Server Error")
    source = "/sitemap.xml", answer(listed, kind="text/xml")
    a.crawl(source, _article("nam"), *((path, down) for path in failing))
    open_ledger(a.archive).close()
    assert [check.check for check in read_chain(a.archive)[-1].manifest.health] == ["less_than_listed"]

    def do(archive: Archive) -> None:
        with locked(archive):
            accept(archive, ("less_than_listed",), reason=REASON, now=datetime.now(UTC))

    return Scene(root=a.root, kind="accept", do=do, check=_titled("Tin nam"))


def _titled(*titles: str) -> Callable[[Archive], None]:
    def check(archive: Archive) -> None:
        assert {*titles} <= {row["title"] for _, row in read_table(archive.root, "articles")}

    return check


# ---- retract --lost --------------------------------------------------------------------


def losing(folder: Path) -> Scene:
    """A file of which one record is damaged."""
    a = base_archive(folder)
    a.crawl(_article("ba"))
    open_ledger(a.archive).close()
    row = next(row for row in a.rows("articles") if row["title"] == "Tin hai")
    path = a.root / row["warc_filename"]
    data = bytearray(path.read_bytes())
    data[row["warc_record_offset"] + 200] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    path.chmod(0o444)

    def do(archive: Archive) -> None:
        with locked(archive):
            take_up(archive, datetime.now(UTC))
            losses = find_losses(archive, [row["warc_filename"]], reason=REASON)
        with locked(archive):
            acknowledge(archive, losses, now=datetime.now(UTC))

    return Scene(root=a.root, kind="loss", do=do, check=_titled("Tin mot", "Tin ba"))


SCENES: Mapping[str, Callable[[Path], Scene]] = {
    "import": importing, "retract": retracting, "accept": accepting, "lost": losing,
}  # fmt: skip
