"""A retraction: the text is gone from every byte, everything else stands, and everybody can see it."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.archive import open_archive
from pipelines.commit import commit
from pipelines.commit_point import finish_commit
from pipelines.dispositions import dispositions_record
from pipelines.errors import IntegrityError, UsageError
from pipelines.increment.index import index_path
from pipelines.inspect import inspect_article, inspect_url
from pipelines.ledger import open_ledger
from pipelines.manifest import files_of, read_chain
from pipelines.manifest.checksums import write_checksums
from pipelines.rebuild import rebuild
from pipelines.retract import Retracted, make_ready, retract
from pipelines.retract.retractable import find
from pipelines.tables import read_table
from pipelines.verify import verify
from pipelines.warc.member import StoredRecord
from pipelines.warc.reader import read_records
from pipelines.warc.record import Exchange
from pipelines.warc.revisit import Referent, revisit_records
from pipelines.warc.wacz import write_wacz
from pipelines.warc.writer import WarcWriter
from tests.running import ROOT, citynews, summary
from tests.site import serve
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, small_archive
from tests.test_import_files import into, old, written
from tests.test_revisits import CITY, crawl

TITLE = "Một tin phải được gỡ bỏ hôm nay"
SECRET = "Câu này chỉ có trong một bài và sau khi gỡ bỏ thì không còn ở bất cứ đâu nữa."
MORE = "Thêm một câu khác nữa mà về sau mới được viết vào bài và cũng phải ra đi."
OWN = (
    "Ban tổ chức lễ hội hoa phượng cho biết chương trình năm nay kéo dài ba đêm liền ở quảng trường.",
    "Vé vào cửa được phát miễn phí cho người dân tại nhà văn hóa của từng phường từ đầu tháng năm.",
)
MANIFEST = 3
"""Which rename makes the commit: two reports are cleaned before it, two WARC files placed after it."""
REASON = "quyết định số 12"
URL = f"{SITE}/go.html"
PRINT = f"{SITE}/go.html?print=1"
FEED = (
    '<rss version="2.0"><channel><title>Tin</title>'
    f"<item><title>{TITLE}</title><link>{URL}</link></item>"
    f"<item><title>Tin mot</title><link>{SITE}/mot.html</link></item></channel></rss>"
).encode()

KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from pipelines.archive import open_archive
from pipelines.retract import retract
from pipelines.retract.retractable import find
root, url, moment, step, when = sys.argv[1:]
archive = open_archive(Path(root))
count = 0
rename = Path.replace
def counted(self, target):
    global count
    count += 1
    if count == int(step) and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = rename(self, target)
    if count == int(step):
        os.kill(os.getpid(), signal.SIGKILL)
    return result
found = find(archive, url, (), sources=True)
Path.replace = counted
retract(archive, found, reason="x", now=datetime.fromisoformat(moment))
print(count)
"""


def _article(name: str) -> tuple[str, bytes]:
    return f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của ngày hôm nay.", *BODY)))


def _secret(*more: str) -> bytes:
    return answer(page(TITLE, (SECRET, *more, *OWN), canonical=URL))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> SmallArchive:
    """An article in two versions and a variant, listed by a feed; nobody may write there."""
    a = small_archive(tmp_path_factory.mktemp("retract"))
    a.crawl(_article("mot"), ("/go.html", _secret()), _article("hai"))
    a.crawl(
        ("/sitemap.rss", answer(FEED, kind="application/rss+xml")),
        (PRINT, _secret(MORE)), ("/go.html", _secret(MORE)), _article("ba"),
    )  # fmt: skip
    _repeat(a)
    run = a.archive.runs / "x"
    run.mkdir(parents=True)
    worst = [{"article_id": _id(a), "url": URL, "read": {"text": f"{SECRET} {MORE}"}}]
    (run / "run.json").write_text(json.dumps({"portal": "x", "answer_key": {"worst": worst}}), "utf-8")
    (run / "crawl.log").write_text(f"all well\nodd: {TITLE}\n", "utf-8")
    assert len(a.rows("articles")) == 4
    assert len([r for r in a.rows("versions") if r["title"] == TITLE]) == 2
    return a


def _id(a: SmallArchive) -> str:
    return next(r["article_id"] for r in a.rows("articles") if r["title"] == TITLE)


def _repeat(a: SmallArchive) -> None:
    """A run in which the article answers as before."""
    exchange = Exchange(url=URL, started_at=a.now, request=b"GET / HTTP/1.1\r\n\r\n", response=_secret(MORE))
    run_id = f"{a.now:%Y%m%dT%H%M%SZ}-{a.runs:06x}"
    stored = next(
        r for r in _records(a) if r.target_uri == URL and r.type == "response" and MORE.encode() in r.block
    )
    referent = Referent(
        record_id=stored.ref.warc_record_id, url=URL, date=stored.date,
        payload_digest=stored.get("WARC-Payload-Digest") or "",
    )  # fmt: skip
    writer = WarcWriter(a.archive, run_id, low_water=0)
    writer.append(revisit_records(exchange, referent))
    writer.seal((dispositions_record(run_id, a.now, a.now, (), a.now),))
    a.runs += 1
    commit(a.archive, a.facts(run_id), now=a.now)


def _records(a: SmallArchive) -> Iterator[StoredRecord]:
    for path in sorted(a.archive.warc.rglob("*.gz")):
        yield from read_records(path)


@pytest.fixture
def copy(original: SmallArchive, tmp_path: Path) -> SmallArchive:
    root = tmp_path / original.root.name
    shutil.copytree(original.root, root)
    return SmallArchive(open_archive(root), original.now, original.runs)


def _retract(a: SmallArchive, target: str | None = URL, ids: tuple[str, ...] = (), **how: Any) -> Retracted:
    make_ready(a.archive, a.now)
    return retract(a.archive, find(a.archive, target, ids, sources=how.get("sources", False)), reason=REASON,
                   now=a.now)  # fmt: skip


def _bytes_of(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Everything that lies in an archive: as it is, each gzip member inflated, each Parquet cell as text."""
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        data = path.read_bytes()
        yield path, data
        if path.suffix == ".parquet":
            yield path, json.dumps(pq.read_table(path).to_pylist(), default=str, ensure_ascii=False).encode()
        while data.startswith(b"\x1f\x8b"):
            inflater = zlib.decompressobj(31)
            yield path, inflater.decompress(data)
            data = inflater.unused_data


def _where(root: Path, text: str) -> set[str]:
    needle = text.encode()
    return {path.relative_to(root).parts[0] for path, data in _bytes_of(root) if needle in data}


def test_no_byte_of_the_text_is_left(copy: SmallArchive) -> None:
    for text in (TITLE, SECRET, MORE):
        assert "warc" in _where(copy.root, text)
    _retract(copy, sources=True)
    for text in (TITLE, SECRET, MORE):
        assert _where(copy.root, text) == set()
    run = json.loads((copy.archive.runs / "x" / "run.json").read_bytes())
    assert run == {"portal": "x", "answer_key": {"worst": []}}
    assert (copy.archive.runs / "x" / "crawl.log").read_text().splitlines() == ["all well", "[retracted]"]


def test_everything_else_stands_where_it_stood(original: SmallArchive, copy: SmallArchive) -> None:
    before = {r["article_id"]: r for r in copy.rows("articles")}
    gone = _id(copy)
    places = [(r.ref, r.type) for r in _records(copy)]
    _retract(copy)
    assert {r["article_id"]: r for r in copy.rows("articles")} == {
        k: v for k, v in before.items() if k != gone
    }
    assert [r.ref for r in _records(copy)] == [ref for ref, _ in places]
    changed = [
        r.ref.warc_record_id for r, (_, kind) in zip(_records(copy), places, strict=True) if r.type != kind
    ]
    told = [one.id for r in read_chain(copy.archive)[-1].manifest.redactions or () for one in r.records]
    assert changed == told
    assert len(told) == 3, "two versions and the variant"
    assert [r["url"] for r in copy.rows("coverage")] == [r["url"] for r in original.rows("coverage")]


def test_the_tombstones_are_rows(copy: SmallArchive) -> None:
    gone = _id(copy)
    digests = {r["warc_record_id"]: r["payload_digest"] for r in copy.rows("captures")}
    _retract(copy)
    rejected = [r for r in copy.rows("rejections") if r["reason"] == "retracted"]
    assert {(r["url"], r["detail"], r["article_id"]) for r in rejected} == {
        (URL, REASON, gone),
        (PRINT, REASON, gone),
    }
    assert len(rejected) == 3
    assert {r["warc_record_id"]: r["payload_digest"] for r in copy.rows("captures")} == digests
    of_it = [r for r in copy.rows("captures") if r["article_id"] == gone]
    assert sorted(r["record_type"] for r in of_it) == ["metadata", "metadata", "metadata", "revisit"]
    assert {r["reading"] for r in of_it if r["record_type"] == "metadata"} == {"retracted"}
    for table in ("versions", "links", "images"):
        assert gone not in json.dumps(copy.rows(table), default=str)


def test_the_chain_verifies_and_says_what_is_gone(copy: SmallArchive) -> None:
    before = {f.path: f.sha256 for f in files_of(read_chain(copy.archive))}
    old = [s.path.read_bytes() for s in read_chain(copy.archive)]
    done = _retract(copy, _id(copy))
    chain = read_chain(copy.archive)
    assert [s.path.read_bytes() for s in chain[:-1]] == old
    assert {r.path: r.before for r in done.redactions}.items() <= before.items()
    for level in ("quick", "files", "deep"):
        report = verify(copy.archive, level=level)
        assert (report.findings, report.exit_code) == ((), 0)
        assert report.removed == (f"RETRACTED: 3 records in 2 files by manifest 4, 2026-03-30: {REASON}",)
    assert verify(copy.archive, level="quick", sample=99).findings == ()
    sums = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=copy.root, capture_output=True)
    assert (sums.returncode, sums.stdout) == (0, b"")
    assert rebuild(copy.archive, now=copy.now).kind == "same"


def test_old_manifests_keep_their_bytes(original: SmallArchive) -> None:
    for stored in read_chain(original.archive):
        assert b"redactions" not in stored.path.read_bytes()
        assert b'"retracted"' not in stored.path.read_bytes()


def test_what_is_put_back_or_taken_out_in_silence_is_found(
    original: SmallArchive, copy: SmallArchive
) -> None:
    done = _retract(copy)
    path, after = copy.root / done.redactions[0].path, (copy.root / done.redactions[0].path).read_bytes()
    path.unlink()
    shutil.copy(original.root / done.redactions[0].path, path)
    assert {f.code for f in verify(copy.archive, level="files").findings} == {"warc.digest", "warc.redacted"}
    path.chmod(0o644)
    path.write_bytes(after)
    newest = read_chain(copy.archive)[-1]
    lie = [r.model_copy(update={"records": r.records[1:]}) for r in done.redactions]
    newest.path.chmod(0o644)
    newest.path.write_bytes(newest.manifest.model_copy(update={"redactions": tuple(lie)}).encoded())
    write_checksums(copy.archive, read_chain(copy.archive))
    found = verify(copy.archive, level="files").findings
    assert [f.code for f in found] == ["warc.redacted"] * 2
    assert all("which no manifest names" in str(f.found) for f in found)


def test_feeds_that_hold_it_are_named_and_go_on_request(original: SmallArchive, copy: SmallArchive) -> None:
    found = find(copy.archive, URL, (), sources=False)
    assert [(h.what, h.holds, h.url) for h in found.left] == [("source", "title", f"{SITE}/sitemap.rss")]
    found = find(copy.archive, URL, (), sources=True)
    assert found.left == ()
    assert found.addresses == (URL, PRINT), "a feed is asked again"


def test_a_record_can_be_named_by_its_id(copy: SmallArchive) -> None:
    row = next(r for r in copy.rows("articles") if r["title"] == "Tin hai")
    done = _retract(copy, None, (row["warc_record_id"],))
    assert [one.url for r in done.redactions for one in r.records] == [row["url"]]
    assert verify(copy.archive).findings == ()
    with pytest.raises(UsageError, match="no record"):
        find(copy.archive, None, ("urn:uuid:0",), sources=False)


def test_the_last_article_can_go(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/go.html", _secret()))
    _retract(a)
    assert (len(a.rows("articles")), verify(a.archive).findings) == (0, ())


def test_inspect_says_when_and_why(copy: SmallArchive) -> None:
    gone = _id(copy)
    done = _retract(copy)
    at_url = inspect_url(copy.archive, URL)
    assert at_url["reading"] is None
    of_id = inspect_article(copy.archive, gone)
    for told in (at_url["retracted"][0], of_id["retracted"][0]):
        assert (told["reason"], told["manifest"]) == (REASON, f"manifests/{done.manifest.name}")
        assert told["at"].startswith("2026-03-30")
    assert of_id["addresses"] == [URL, PRINT]
    other = inspect_url(copy.archive, f"{SITE}/mot.html")["custody"]
    assert [r["reason"] for r in other["redactions"]] == [REASON]
    assert other["file"]["sha256"] == other["redactions"][-1]["after"]


def test_nothing_of_it_is_exported_or_indexed(copy: SmallArchive, tmp_path: Path) -> None:
    _retract(copy, sources=True)
    wacz = write_wacz(copy.archive, tmp_path / "x.wacz")
    index = next(copy.archive.indexes.iterdir()).read_text()
    assert [line for line in index.splitlines() if "go.html" in line and '"warc/revisit"' not in line] == []
    data = wacz.path.read_bytes()
    assert TITLE.encode() not in data
    assert SECRET.encode() not in data


def test_another_fold_gives_the_same(copy: SmallArchive) -> None:
    """What comes later is folded over the tombstones; a ledger made again knows the addresses."""
    _retract(copy)
    assert not index_path(copy.archive).exists()
    copy.crawl(_article("tu"))
    copy.crawl(_article("nam"))  # this one by the index of the last
    assert verify(copy.archive).findings == ()
    assert len([r for r in copy.rows("rejections") if r["reason"] == "retracted"]) == 3
    ledger = open_ledger(copy.archive)
    known = ledger.get(URL)
    held = ledger.payloads.at(URL)
    ledger.close()
    assert known is not None
    assert (known.verdict, held) == ("captured", None)


def test_damaged_evidence_is_refused(copy: SmallArchive) -> None:
    path = next(copy.archive.warc.rglob("*.gz"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(IntegrityError, match="damaged"):
        find(copy.archive, URL, (), sources=False)


@pytest.mark.parametrize(
    ("step", "when"),
    [(MANIFEST, "before"), (MANIFEST, "after"), (MANIFEST + 1, "after"), (MANIFEST + 3, "after")],
)
def test_a_kill_leaves_all_or_nothing(copy: SmallArchive, step: int, when: str) -> None:
    """Before the manifest's rename nothing has happened; after it, the next start finishes."""
    words = (copy.root, URL, copy.now.isoformat(), step, when)
    done = subprocess.run([sys.executable, "-c", KILLED, *map(str, words)], cwd=ROOT, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    made = (step, when) != (MANIFEST, "before")
    assert len(read_chain(copy.archive)) == 3 + made
    found = {f.code for f in verify(copy.archive).findings}
    assert found == ({"commit.unfinished"} if made else set())
    finish_commit(copy.archive)
    assert verify(copy.archive).findings == ()
    assert (_where(copy.root, SECRET) == set()) is made
    assert not list(copy.archive.staging.glob("*"))


def test_staging_that_a_kill_left_empty_goes_with_the_next_start(copy: SmallArchive) -> None:
    copy.archive.staging.mkdir()
    assert finish_commit(copy.archive) is False and not copy.archive.staging.exists()


def test_what_was_retracted_is_not_captured_again(tmp_path: Path) -> None:
    """The whole way of a user: crawl, retract, crawl again, and crawl with the address asked after all."""
    with serve(CITY) as site:
        url, out = f"{site.url}mot.html", ("--output", tmp_path)
        crawl(site, tmp_path)
        refused = citynews("retract", site.slug, url, "--reason", REASON, *out)
        assert (refused.returncode, "say --yes" in refused.stderr) == (2, True), "nobody is there to be asked"
        assert "to be taken out: 1 record" in refused.stderr
        told = summary(citynews("retract", site.slug, url, "--reason", REASON, "--yes", *out, "--json"))
        assert (told["not_asked_again"], told["rows"]["articles"]) == ([url], 1)
        site.asked.clear()
        again = crawl(site, tmp_path)  # which sees that the sums add up and the archive verifies
        assert "/mot.html" not in site.asked
        assert again.sums["pages"]["excluded.retracted"] == 1
        found = inspect_url(open_archive(tmp_path / site.slug), url)
        assert (found["fate"][0]["verdict"], found["fate"][0]["reason"]) == ("excluded", "retracted")
        assert found["retracted"][0]["reason"] == REASON
        assert crawl(site, tmp_path, retracted=True).articles == 2


def test_what_was_retracted_is_not_captured_by_the_archive_that_its_files_are_imported_into(
    tmp_path: Path,
) -> None:
    """Before, an archive that was begun anew out of files of another one asked for it, and published it."""
    with serve(CITY) as site:
        url, first, new = f"{site.url}mot.html", tmp_path / "first", tmp_path / "new"
        crawl(site, first)
        words = ("retract", site.slug, url, "--reason", REASON, "--yes", "--output", first)
        assert citynews(*words).returncode == 0
        files = sorted((first / site.slug / "warc").rglob("*.gz"))
        assert citynews("import", site.url, *files, "--output", new).returncode == 0
        chain = read_chain(open_archive(new / site.slug))
        assert [s.manifest.retracted for s in chain] == [(url,)]
        site.asked.clear()
        done = crawl(site, new)
        assert "/mot.html" not in site.asked and done.sums["pages"]["excluded.retracted"] == 1
        chain = read_chain(open_archive(new / site.slug))
        assert {s.manifest.retracted for s in chain[1:]} == {None}, "it is said once"


def test_what_others_captured_can_go_and_does_not_come_back(tmp_path: Path) -> None:
    """Also the very first record of a file, by which it is told whose it is."""
    file = written(tmp_path / "old.warc.gz", old("/b.html", "Một tin khác"), first=old("/a.html", TITLE))
    archive, _ = into(tmp_path, file)
    found = find(archive, f"{SITE}/a.html", (), sources=False)
    retract(archive, found, reason=REASON, now=datetime.now(UTC))
    assert verify(archive).findings == ()
    assert _where(archive.root, TITLE) == set()
    assert [row["title"] for _, row in read_table(archive.root, "articles")] == ["Một tin khác"]
    _, again = into(tmp_path, file)
    assert again.manifest is None, "passed over"


def test_an_import_says_what_it_brings_back(tmp_path: Path) -> None:
    """Another capture of an address that was retracted: it is evidence of its own, and not silent."""
    file = written(tmp_path / "old.warc.gz", old("/a.html", TITLE), old("/b.html", "Một tin khác"))
    archive, _ = into(tmp_path, file)
    found = find(archive, f"{SITE}/a.html", (), sources=False)
    retract(archive, found, reason=REASON, now=datetime.now(UTC))
    later = datetime(2022, 1, 6, tzinfo=UTC)
    files = [
        written(tmp_path / "more.warc.gz", old("/a.html", TITLE, at=later)),
        written(tmp_path / "other.warc.gz", old("/b.html", "Một tin khác", at=later)),
    ]
    done = citynews("import", archive.portal.slug, *files, "--output", archive.root.parent)
    assert done.returncode == 0, done.stderr
    line = f"1 address in it had been RETRACTED here (such as {SITE}/a.html): what it says of them is "
    assert done.stdout.count("RETRACTED") == 1 and line in done.stdout
    report = json.loads((max(archive.runs.iterdir()) / "run.json").read_bytes())
    assert [told["retracted"] for told in report["files"]] == [[f"{SITE}/a.html"], []]
    _, again = into(tmp_path, files[0])
    assert again.manifest is None and again.files[0]["retracted"] == [], "passed over"


def test_a_record_that_is_too_short_changes_nothing(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(_article("mot"), ("/x.html", answer(b"x")))
    short = next(r for r in a.rows("captures") if r["url"].endswith("/x.html"))
    with pytest.raises(UsageError, match="too short"):
        _retract(a, None, (short["warc_record_id"],))
    assert not list(a.archive.staging.glob("*"))
    assert (len(read_chain(a.archive)), verify(a.archive).findings) == (1, ())
