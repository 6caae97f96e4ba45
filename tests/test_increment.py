"""A commit that reads only what is new leaves what folding everything leaves, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive import TABLES, Archive
from pipelines.commit import Commit, commit, fold_now
from pipelines.drafts import Draft
from pipelines.increment.index import FoldIndex, index_path
from pipelines.increment.indexing import enter
from pipelines.manifest import files_of, read_chain, tables_of
from pipelines.sealed import read_evidence
from pipelines.tables import Tables, read_table
from tests.random_archive import random_archive
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, redirect, sitemap, small_archive

FACTS = ("captures", "own", "articles", "redirects", "latest", "listed", "coverage", "events")


def everything(a: SmallArchive, folder: Path) -> tuple[Draft, Tables]:
    """The tables as folding all files gives them."""
    chain = read_chain(a.archive)
    files = files_of(chain, up_to=chain[-1].manifest.tables_sequence)
    read, _ = read_evidence(a.archive, files, (), portal=a.archive.portal)
    draft = Draft(fold_now(a.archive, read))
    return draft, draft.write(a.archive, folder)


def facts(path: Path) -> dict[str, list[tuple]]:
    index = FoldIndex(path)
    found = {table: sorted(index.all(f"SELECT * FROM {table}"), key=repr) for table in FACTS}
    index.close()
    return found


def check(a: SmallArchive, folder: Path, done: Commit) -> None:
    """Tables, fold index and CDXJ are what folding everything gives."""
    draft, whole = everything(a, folder / "whole")
    assert done.answer_key.whole.as_json() == draft.answer_key(a.archive.portal).as_json()
    tables = tables_of(read_chain(a.archive))
    for table in TABLES:
        assert tables[table] == whole.facts[table], differing(a, table, folder / "whole")
    other = Archive(folder / "other", a.archive.identity)
    index = FoldIndex.made(other)
    enter(index, draft.folded, {f.path: n for n, f in enumerate(draft.folded.files)}, root=a.root)
    index.keep()
    here, made = facts(index_path(a.archive)), facts(index_path(other))
    for table in FACTS:
        assert here[table] == made[table], table


def differing(a: SmallArchive, table: str, whole: Path) -> str:
    one = {repr(sorted(r.items())): (m, r) for m, r in read_table(a.root, table)}
    two = {repr(sorted(r.items())): (m, r) for m, r in read_table(whole, table)}
    extra = [one[k] for k in one.keys() - two.keys()]
    missing = [two[k] for k in two.keys() - one.keys()]
    return f"{table}: here only {extra}; everything only {missing}"


LATER = "Thứ Sáu, 15/10/2021 09:00"
GONE = answer(b"?", status="404 Not Found")
OWN = ("Đoạn riêng của bài này về cây xanh.", *BODY)
FIRST = ("/dau.html", answer(page("Tin đầu tiên", OWN)))


def article(path: str, title: str = "Cầu mới", **how: Any) -> tuple[str, bytes]:
    """A page."""
    return path, answer(page(title, **how))


def linking(path: str, to: str) -> tuple[str, bytes]:
    """A page with related news."""
    items = f'<h3>Tin liên quan</h3><ul><li><a href="{to}">Tin</a></li></ul>'
    block = f'<section class="related-posts">{items}</section>'
    return path, answer(page("Tin có liên kết").replace(b"</article>", f"{block}</article>".encode()))


def listing(*paths: str) -> tuple[str, bytes]:
    """A news sitemap."""
    return "/wp-sitemap-posts-post-1.xml", answer(sitemap(*(SITE + p for p in paths)), kind="text/xml")


RUNS: dict[str, tuple[list[tuple[str, bytes]], ...]] = {
    "an old redirect, and a page where it leads": (
        [FIRST, article("/a.html")], [("/a.html", redirect("/b.html")), FIRST], [article("/b.html")],
    ),
    "two old pages, and a redirect from one to the other": (
        [FIRST, article("/a.html"), article("/b.html")], [FIRST, ("/a.html", redirect("/b.html"))],
    ),
    "a chain that a new redirect closes": (
        [FIRST, article("/a.html"), article("/c.html")], [FIRST, ("/a.html", redirect("/b"))],
        [FIRST, ("/b", redirect("/c.html"))],
    ),
    "an AMP page before its page": (
        [FIRST, article("/a.html/amp", canonical=f"{SITE}/a.html")], [article("/a.html")],
    ),
    "a page under another title where an AMP page says it is": (
        [FIRST, article("/a.html/amp", canonical=f"{SITE}/a.html")], [article("/a.html", "Tin khác")],
    ),
    "an undated page, listed later": ([FIRST, article("/u.html", date=None)], [FIRST, listing("/u.html")]),
    "a listed page, captured later": ([FIRST, listing("/u.html")], [FIRST, article("/u.html", date=None)]),
    "an original that turns up later": ([FIRST, article("/b.html", date=LATER)], [article("/a.html")]),
    "a copy of the same day": ([FIRST, article("/b.html")], [article("/a.html")]),
    "an original that changes": (
        [FIRST, article("/a.html"), article("/b.html", date=LATER), article("/c.html", date=LATER)],
        [article("/a.html", body=OWN[:2])],
    ),
    "a link to what comes later": (
        [FIRST, linking("/a.html", "/b.html")], [article("/b.html", body=OWN[:3])],
    ),
    "a redirect to what comes later": ([FIRST, ("/cu", redirect("/b.html"))], [article("/b.html")]),
    "a redirect that ends": (
        [FIRST, article("/b.html"), ("/cu", redirect("/b.html"))], [FIRST, ("/cu", answer(b"<p>Trang</p>"))],
    ),
    "a redirect away from a page, to what comes later": (
        [FIRST, article("/a.html")], [FIRST, ("/a.html", redirect("/x"))],
        [FIRST, ("/x", redirect("/b.html"))], [article("/b.html", "Tin khác", body=OWN[:3])],
    ),
    "others were merged onto what is another article now": (
        [FIRST, article("/a.html"), article("/c.html", "Tin khác", body=OWN[:3])],
        [article("/b.html"), ("/c.html", redirect("/b.html"))],
        [article("/b.html", canonical=f"{SITE}/a.html")],
    ),
    "an error at an address of an article, and one that was there before it": (
        [FIRST, article("/a.html"), ("/b.html", GONE)], [FIRST, ("/a.html", GONE)],
        [FIRST, article("/b.html", body=OWN[:3])],
    ),
    "a text that comes back": (
        [FIRST, article("/a.html")], [article("/a.html", body=OWN[:2])], [FIRST, article("/a.html")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("runs", RUNS.values(), ids=RUNS.keys())
def test_what_is_new_changes_old_rows(tmp_path: Path, runs: tuple[list[tuple[str, bytes]], ...]) -> None:
    a = small_archive(tmp_path / "a")
    for number, exchanges in enumerate(runs):
        done = a.crawl(*exchanges)
        assert (done.status, done.everything) == ("complete", None)
        check(a, tmp_path / str(number), done)


def _lose_index(a: SmallArchive) -> None:
    index_path(a.archive).unlink()


def _flip_index(a: SmallArchive) -> None:
    data = bytearray(index_path(a.archive).read_bytes())
    data[-1] ^= 1
    index_path(a.archive).write_bytes(data)


def _break_table(a: SmallArchive) -> None:
    (path,) = (a.root / "articles").rglob("*.parquet")
    path.chmod(0o644)
    path.write_bytes(b"?" * path.stat().st_size)


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (_lose_index, "there is no index of what was read before"),
        (_flip_index, "there is no index of what was read before"),
        (_break_table, "articles/archived_month=2026-03/articles.parquet is not what the manifest names"),
    ],
)
def test_in_doubt_everything_is_read_and_said(
    tmp_path: Path, harm: Callable[[SmallArchive], None], why: str
) -> None:
    a = small_archive(tmp_path / "a")
    a.crawl(FIRST, article("/a.html"))
    harm(a)
    told: list[tuple[str, int, int]] = []
    run_id = a.write(article("/b.html"))
    done = commit(a.archive, a.facts(run_id), now=a.now, report=lambda *facts: told.append(facts))
    size = sum(path.stat().st_size for path in a.archive.warc.rglob("*.gz"))
    assert (done.everything, told[0], told[-1]) == (why, (why, 0, 0), (why, size, size))
    check(a, tmp_path, done)
    assert a.crawl(article("/c.html")).everything is None


def test_a_copied_archive_is_not_read_again(tmp_path: Path) -> None:
    """Its files have other times, and the same bytes."""
    a = small_archive(tmp_path / "a")
    a.crawl(FIRST, article("/a.html"))
    for path in a.archive.warc.rglob("*.gz"):
        os.utime(path, (1, 1))
    assert a.crawl(article("/b.html")).everything is None


@pytest.mark.parametrize("seed", range(8))
def test_a_commit_of_what_is_new_is_one_of_everything(tmp_path: Path, seed: int) -> None:
    r = random_archive(tmp_path / "a", seed)
    for number in range(5):
        done = r.crawl()
        if done.status == "complete":
            check(r.a, tmp_path / str(number), done)
