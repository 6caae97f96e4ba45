"""What a crawl has read already: the commit that uses it gives what one that reads again gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import crawler.run
from crawler.run import RunOptions, run
from pipelines.archive import open_archive
from pipelines.commit import commit
from pipelines.extract import extract
from pipelines.kept import KeptReadings
from pipelines.model import Article, Capture, ReadingContext
from pipelines.read_warc import FileReading, read_all, read_warc
from pipelines.rebuild import rebuild
from pipelines.sources.answer import SourceAnswer
from pipelines.sources.entry import SourceEntry
from pipelines.warc.reader import read_captures
from tests.mockcity import MockCity
from tests.small_archive import SmallArchive, answer, page, redirect, sitemap, small_archive

EXCHANGES = [
    ("/robots.txt", answer(b"User-agent: *\n", kind="text/plain")),
    ("/sitemap.xml", answer(sitemap("http://tin.example.vn/a"), kind="text/xml")),
    ("/tin.html", answer(page("Tin"))),
    ("/mat.html", answer(page("Tin"), status="404 Not Found")),
    ("/cu", redirect("/tin.html")),
    ("/hong", b"\x00\x01 no answer"),
    ("http://khac.example.org/tin.html", answer(page("Tin"))),
]


def _captures(a: SmallArchive) -> tuple[str, list[Capture]]:
    (path,) = a.archive.warc.rglob("*.gz")
    name = path.relative_to(a.root).as_posix()
    return name, list(read_captures(path, warc_filename=name))


def _kept(captures: list[Capture], context: ReadingContext, title: str | None = None) -> KeptReadings:
    """Everything read as if it were a page; articles renamed where a title is given."""
    kept = KeptReadings()
    for capture in captures:
        result = extract(capture, context)
        if title and isinstance(result, Article):
            result = replace(result, title=title)
        kept.keep(capture, context, None, result)
    return kept


def _titles(file: FileReading) -> list[str]:
    return [r.result.title for r in file.readings if isinstance(r.result, Article)]


def test_what_is_no_page_stays_none_whatever_was_kept_of_it(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.write(*EXCHANGES)
    name, captures = _captures(a)
    context = a.archive.portal.context
    again = read_warc(name, archive_root=a.root, context=context)
    kept = _kept(captures, context)
    assert len(kept) == len(EXCHANGES)
    assert read_warc(name, archive_root=a.root, context=context, kept=kept) == again
    assert read_all([name], archive_root=a.root, context=context, kept=kept) == [again]


def test_what_was_kept_is_used_for_its_own_context_only(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.write(*EXCHANGES)
    name, captures = _captures(a)
    context = a.archive.portal.context
    kept = _kept(captures, context, "Kept")
    assert _titles(read_warc(name, archive_root=a.root, context=context, kept=kept)) == ["Kept"]
    other = replace(context, zone="Europe/Berlin")
    assert _titles(read_warc(name, archive_root=a.root, context=other, kept=kept)) == ["Tin"]


def test_what_a_source_said_is_not_read_again(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.write(*EXCHANGES)
    name, captures = _captures(a)
    context, kept = a.archive.portal.context, KeptReadings()
    entry = SourceEntry(url="http://tin.example.vn/kept")
    for capture in captures:  # only of one of them the commit finds that it is a source
        kept.keep_source(capture, SourceAnswer(kind="sitemap", entries=(entry,)))
    file = read_warc(name, archive_root=a.root, context=context, kept=kept)
    assert [r.listed for r in file.readings if r.source] == [(entry,)]
    assert len(_titles(file)) == 1


def test_beyond_its_limit_nothing_is_kept(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.write(("/1.html", answer(page("Mot"))), ("/2.html", answer(page("Hai"))))
    name, captures = _captures(a)
    context = a.archive.portal.context
    kept = KeptReadings(limit=1)
    for capture in captures:
        kept.keep(capture, context, None, extract(capture, context))
    assert len(kept) == 1
    assert kept.of(captures[1], context, None) is None
    assert _titles(read_all([name], archive_root=a.root, context=context, kept=kept)[0]) == ["Mot", "Hai"]


def test_what_was_read_with_another_layout_is_read_again(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.write(("/mot.html", answer(page("Một"))))
    (path,) = a.archive.warc.rglob("*.gz")
    (capture,) = read_captures(path, warc_filename=path.relative_to(a.root).as_posix())
    context, kept = a.archive.portal.context, KeptReadings()
    kept.keep(capture, context, "wordpress", extract(capture, context))
    assert kept.of(capture, context, "wordpress") is not None
    assert kept.of(capture, context, None) is None and kept.of(capture, context, "haiphong") is None


def test_files_come_in_order_wherever_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a = small_archive(tmp_path)
    for n in range(3):
        a.write((f"/{n}.html", answer(page(f"Tin {n}"))))
    paths = sorted(p.relative_to(a.root).as_posix() for p in a.archive.warc.rglob("*.gz"))
    context = a.archive.portal.context
    kept = _kept(list(read_captures(a.root / paths[1], warc_filename=paths[1])), context)
    plain = read_all(paths, archive_root=a.root, context=context)
    monkeypatch.setattr("pipelines.read_warc._WORTH_A_PROCESS", 0)
    monkeypatch.setattr("pipelines.read_warc.os.sched_getaffinity", lambda _: {0, 1})
    assert read_all(paths, archive_root=a.root, context=context, kept=kept) == plain


def test_a_crawl_hands_what_it_read_to_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And its tables are, byte for byte, those that reading everything again gives."""
    handed: list[KeptReadings] = []

    def watched(*args: object, kept: KeptReadings, **rest: object) -> object:
        handed.append(kept)
        return commit(*args, kept=kept, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(crawler.run, "commit", watched)
    with MockCity() as city:
        options = RunOptions(word=city.url, output=tmp_path, allow_loopback=True, requisites=False)
        done = run(options)
        again = run(options).sums["pages"]
    # What repeats a capture is read by no commit.
    assert len(handed[1]) <= again["captured"] < again["confirmed"]
    archive = open_archive(Path(done.archive))
    context, layout = archive.portal.context, archive.portal.layout
    (path,) = archive.warc.rglob(f"*{done.run}*.gz")
    name = path.relative_to(archive.root).as_posix()
    (file,) = read_all([name], archive_root=archive.root, context=context, layout=layout)
    pages = [r for r in file.readings if isinstance(r.result, Article)]
    assert len(pages) >= done.articles > 0
    assert all(handed[0].of(r.capture, context, layout) == r.result for r in pages)
    lists = [(handed[0].source_of(r.capture), r) for r in file.readings if r.source]
    kept = [(answer, r) for answer, r in lists if answer is not None]
    assert len(kept) > len(lists) / 2
    assert all(answer.kind == r.source for answer, r in kept)
    assert all((answer.entries if answer.lists == "pages" else ()) == r.listed for answer, r in kept)
    assert rebuild(archive, now=datetime.now(UTC)).kind == "same"
