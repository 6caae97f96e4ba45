"""The list of an archive's articles, as pages for the browser: the newest, and one page per year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from pipelines.archive import Archive
from pipelines.counted import counted
from pipelines.manifest import read_chain
from pipelines.tables import committed_rows

UNDATED = "undated"
FIRST = 1000
"""Articles on the first page; the pages of the years have all."""
_UNSAFE_IN_A_PATH = "!$&'()*+,;=:@/~?%-._[]"
_PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{site}</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/replay.css"></head>
<body class="list"><h1>{site}</h1>
<p>{count} in the archive of {seed}, as they were captured.</p>
<nav>{years}</nav>
<ol>
{items}</ol>
</body></html>
"""


def article_pages(archive: Archive) -> dict[str, str]:
    """Pages of HTML by path: ``/`` (the newest) and one such as ``/articles/2026`` per year.

    Everything that a city wrote is escaped; addresses of the city stand only behind
    ``/archive/TIME/``, so that none of them is followed as it is. Raises IntegrityError where
    the table is not what the newest manifest says.
    """
    chain = read_chain(archive)
    articles = chain[-1].manifest.tables.get("articles") if chain else None
    rows = sorted(committed_rows(archive.root, articles) if articles else (), key=_newest, reverse=True)
    years: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:  # from the newest to those without a date
        day = row["published_date"]
        years[f"{day:%Y}" if day else UNDATED].append(row)
    pages = {f"/articles/{year}": _page(archive, len(rows), years, year) for year in years}
    return pages | {"/": _page(archive, len(rows), years, None, rows[:FIRST])}


def _newest(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row["published_date"] or ""), str(row["published_at"] or "")


def replay_path(url: str, captured: str) -> str:
    """Where the front shows a capture: its time (14 digits, UTC), and its address kept as it is."""
    return f"/archive/{captured}/{quote(url, safe=_UNSAFE_IN_A_PATH)}"


def _page(
    archive: Archive,
    count: int,
    years: Mapping[str, Sequence[Mapping[str, Any]]],
    shown: str | None,
    rows: Sequence[Mapping[str, Any]] = (),
) -> str:
    links = [
        f"<b>{year}</b>" if year == shown else f'<a href="/articles/{year}">{year}</a>' for year in years
    ]
    portal = archive.portal
    return _PAGE.format(
        language=escape(portal.language or "und"),
        site=escape(portal.site_name or portal.slug),
        seed=escape(portal.seed),
        count=counted(count, "article"),
        years=" ".join(links),
        items="".join(map(_item, years[shown] if shown else rows)),
    )


def _item(row: Mapping[str, Any]) -> str:
    path = replay_path(row["url"], f"{row['captured_at']:%Y%m%d%H%M%S}")
    day = f"<time>{row['published_date']}</time> " if row["published_date"] else ""
    return f'<li>{day}<a href="{escape(path)}">{escape(row["title"])}</a></li>\n'
