"""What lies in the folder of one archive, place by place; the pages about it are made from this list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Standing = Literal["truth", "derived", "in work"]
"""``truth`` is the data; ``derived`` is made of it; ``in work`` is there while a run is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file, or files of one kind."""

    path: str
    """Relative to the archive folder; ``<…>`` stands for what differs, ``*`` for any part of a name."""
    standing: Standing
    holds: str

    def matches(self, path: str) -> bool:
        """Whether a file's path is one of this kind."""
        parts = re.split(r"<[^>]*>|\*", self.path)
        return re.fullmatch("[^/]+".join(map(re.escape, parts)), path) is not None


def _table(name: str, holds: str) -> Place:
    return Place(path=f"{name}/archived_month=<month>/*.parquet", standing="derived", holds=holds)


PLACES = (
    Place(
        path="archive.json",
        standing="truth",
        holds="who this archive is: its id, its format version, and the portal block, which you may edit",
    ),
    Place(
        path="warc/<year>/*.warc.gz",
        standing="truth",
        holds="what was sent and received, byte for byte; sealed and read-only",
    ),
    Place(
        path="manifests/<number>-<run>.json",
        standing="truth",
        holds="what each commit added, each manifest with the digest of the one before",
    ),
    Place(
        path="manifests/<number>-<run>.json.sig",
        standing="truth",
        holds="the archivist's signature over a manifest and all before it, where there is one",
    ),
    _table("articles", "one row per article, in its newest version"),
    _table("versions", "one row per version of an article, with the same columns"),
    _table("links", "related links, attachments and original links of the articles"),
    _table("images", "pictures of the articles, with caption and credit"),
    _table("captures", "one row per answer that was recorded"),
    _table("coverage", "one row per address that is known, and what became of it"),
    _table("events", "one row per event: published, edited, moved, merged, removed, restored"),
    _table("rejections", "one row per capture of a page that made no article, with its reason"),
    Place(
        path="indexes/<portal>.cdxj",
        standing="derived",
        holds="where in `warc/` each record lies, for replay tools",
    ),
    Place(
        path="SHA256SUMS",
        standing="derived",
        holds="digests of all that the manifests name, for `sha256sum -c SHA256SUMS` in this folder",
    ),
    Place(
        path="indexes/fold.sqlite3",
        standing="derived",
        holds="what a commit has to know of all that it does not read again",
    ),
    Place(
        path="indexes/fold.sqlite3.sha256",
        standing="derived",
        holds="its digest when it was closed; one with another digest is made again",
    ),
    Place(path="runs/<run>/run.json", standing="derived", holds="what a run reported when it ended"),
    Place(
        path="runs/<run>/report.html",
        standing="derived",
        holds="the same for people, with charts: one page that asks for nothing",
    ),
    Place(
        path="runs/<run>/crawl.log",
        standing="derived",
        holds="the log of a run; those of the newest 60 runs are kept",
    ),
    Place(path="ledger.sqlite3", standing="derived", holds="every address and its fate, for the next run"),
    Place(
        path="ledger.sqlite3.sha256",
        standing="derived",
        holds="the ledger's digest when it was closed; a ledger with another one is made again",
    ),
    Place(
        path="spool/*.warc.gz.open",
        standing="in work",
        holds="evidence of the run at work, or of one that was killed; the next start seals it",
    ),
    Place(
        path="spool/*.warc.gz.part",
        standing="in work",
        holds="a file that is being imported, before its import names it; of a killed import, the next start "
        "puts it in place or removes it",
    ),
    Place(
        path="staging/<number>/*",
        standing="in work",
        holds="tables, and files that something was taken out of, before their manifest names them",
    ),
    Place(
        path="quarantine/*.tail",
        standing="in work",
        holds="cut-off ends of the WARC files of killed runs, and what follows the damage in imported ones; "
        "kept, and read by nobody",
    ),
    Place(path=".lock", standing="in work", holds="held by the run at work; always empty"),
)
"""Everything that lies in an archive's folder."""
