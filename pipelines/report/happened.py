"""What happened to the articles of an archive, with their titles and with both texts of an edit.

Read from the tables in place; evidence is not opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.archive import Archive
from pipelines.errors import ConfigurationError
from pipelines.increment.replaced import rows_with
from pipelines.manifest import read_chain, tables_of
from pipelines.tables import TableFacts, check_whole, committed_rows

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event."""

    event: Values
    """Its row."""
    title: str | None
    """The article's headline, after an edit the new one."""
    published: str | None
    """The day that the page states, ISO 8601."""
    target_title: str | None
    """The headline of the article that it was merged onto."""
    before: Values | None
    """With an edit, the row of the version before it."""
    after: Values | None
    """With an edit, the row of the version after it."""

    @property
    def known_at(self) -> datetime:
        """Since when it is known: a removal, since it was confirmed."""
        return known_at(self.event)


def happened(
    archive: Archive, *, since: datetime | None, kinds: Collection[str], limit: int
) -> tuple[int, list[Happened]]:
    """Events, those that became known last at the end.

    Args:
        archive: the archive; it is only read.
        since: leave out what was known before.
        kinds: leave out others; empty: none.
        limit: leave out all but so many of the last.

    Returns:
        How many events there are before ``limit``, and those that are left.

    Raises:
        ConfigurationError: the archive has no such table yet.
        IntegrityError: a table is not what its manifest says.
    """
    tables = tables_of(read_chain(archive))
    if "events" not in tables:
        raise ConfigurationError(_no_table(tables, archive), place=str(archive.root))
    wanted = [
        row
        for row in committed_rows(archive.root, tables["events"])
        if (not kinds or row["kind"] in kinds) and (since is None or known_at(row) >= since)
    ]
    wanted.sort(key=lambda row: (known_at(row), row["event_id"]))
    shown = wanted[-limit:]
    ids = {row[name] for row in shown for name in ("article_id", "target_article_id") if row[name]}
    versions: dict[str, dict[int, Values]] = {}
    for row in _rows_of(archive.root, tables["versions"], ids):
        versions.setdefault(row["article_id"], {})[row["version"]] = row
    return len(wanted), [_happened(row, versions) for row in shown]


def known_at(event: Values) -> datetime:
    """Since when an event is known."""
    moment = event["confirmed_at"] or event["seen_at"]
    assert isinstance(moment, datetime)
    return moment


def _no_table(tables: Mapping[str, TableFacts], archive: Archive) -> str:
    if not tables:
        return f"nothing was committed yet; run citynews crawl {archive.portal.slug}"
    return (
        "the tables were made before there was one of events; run citynews rebuild "
        f"{archive.portal.slug}, or crawl it again, and they are made from the evidence"
    )


def _rows_of(root: Path, facts: TableFacts, ids: Collection[str]) -> Iterator[Values]:
    for file in facts.files if ids else ():
        check_whole(root, file)
        yield from (row for _, row in rows_with(root / file.path, "article_id", ids))


def _happened(event: Values, versions: Mapping[str, Mapping[int, Values]]) -> Happened:
    own = versions.get(event["article_id"], {})
    now = own.get(event["version_after"] or event["version_before"]) or _newest(own)
    target = _newest(versions.get(event["target_article_id"], {}))
    edited = event["kind"] == "edited"
    return Happened(
        event=event,
        title=now["title"] if now else None,
        published=now["published_date"].isoformat() if now and now["published_date"] else None,
        target_title=target["title"] if target else None,
        before=own.get(event["version_before"]) if edited else None,
        after=own.get(event["version_after"]) if edited else None,
    )


def _newest(versions: Mapping[int, Values]) -> Values | None:
    return versions[max(versions)] if versions else None
