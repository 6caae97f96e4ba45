"""A commit that reads only what is new leaves what folding everything leaves, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.archive import TABLES, Archive
from pipelines.commit import Commit, fold_now
from pipelines.drafts import Draft
from pipelines.fold_index import FoldIndex, index_path
from pipelines.indexing import enter
from pipelines.manifest import files_of, read_chain, tables_of
from pipelines.sealed import read_evidence
from pipelines.tables import Tables, read_table
from tests.random_archive import random_archive
from tests.small_archive import SmallArchive

FACTS = ("captures", "own", "articles", "redirects", "latest", "listed", "coverage")


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


@pytest.mark.parametrize("seed", range(8))
def test_a_commit_of_what_is_new_is_one_of_everything(tmp_path: Path, seed: int) -> None:
    r = random_archive(tmp_path / "a", seed)
    for number in range(5):
        done = r.crawl()
        if done.status == "complete":
            check(r.a, tmp_path / str(number), done)
