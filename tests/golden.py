"""The golden harness: what the articles of an archive say against what their city printed.

A test takes one field over all articles of one markup, and what it shows when it fails is
just the articles that differ.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from pipelines.model import Article

Facts = Mapping[str, Any]
ByPath = dict[str, Any]
SHOWN = 12
"""Articles that a failure shows."""

PRINTED = (
    *("title", "lead", "paragraphs", "byline", "authors", "photo_credits", "source"),
    *("sections", "tags", "published_raw", "published_precision", "published_timezone", "language"),
)
"""Fields that the truth has as the rows do."""
FIELDS = (
    *PRINTED,
    *("published_at", "published_date", "modified_at", "images", "related", "attachments"),
    *("original_url", "canonical_url", "body_text", "duplicate_of"),
)
"""Columns of an article whose value the truth knows."""


def printed(field: str, truth: Iterable[Facts], base: str) -> ByPath:
    """A field of every article by its path, as the truth has it. ``base`` is the city's address."""
    truth = list(truth)
    paths = {facts["slug"]: facts["path"] for facts in truth}
    return {facts["path"]: _printed(field, facts, base, paths) for facts in truth}


def _printed(field: str, facts: Facts, base: str, paths: Mapping[str, str]) -> Any:
    match field:
        case "published_at" | "modified_at":
            return datetime.fromisoformat(facts[field]).astimezone(UTC) if facts[field] else None
        case "published_date":
            return date.fromisoformat(facts[field]) if facts[field] else None
        case "images":
            return [{**image, "src": urljoin(base, image["src"])} for image in facts["images"]]
        case "related":
            return [{"url": urljoin(base, to["path"]), "title": to["title"]} for to in facts["related"]]
        case "attachments":
            return [{"url": urljoin(base, to["path"]), "name": to["name"]} for to in facts["attachments"]]
        case "original_url":
            return urljoin(base, facts["original"]) if facts["original"] else None
        case "canonical_url":
            return urljoin(base, facts["path"])
        case "body_text":
            return "\n\n".join(facts["paragraphs"])
        case "duplicate_of":
            return paths[facts["duplicate_of"]] if facts["duplicate_of"] else None
    return facts[field]


def read(field: str, rows: Iterable[Mapping[str, Any]]) -> ByPath:
    """A field of every row of ``articles`` by the path of its address; an original by its path."""
    rows = list(rows)
    paths = {row["article_id"]: urlsplit(row["url"]).path for row in rows}
    if field == "duplicate_of":
        return {paths[row["article_id"]]: paths.get(row[field] or "") for row in rows}
    return {paths[row["article_id"]]: row[field] for row in rows}


def of_article(article: Article, field: str) -> Any:
    """A field of an article that was read from a page in hand, as a row would have it."""
    value = getattr(article, field)
    if not isinstance(value, tuple):
        return value
    return [item if isinstance(item, str) else _plain(item) for item in value]


def _plain(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}


def assert_found(rows: Iterable[Mapping[str, Any]], truth: Iterable[Facts]) -> None:
    """Fails where an article is no row, or a row no article of the city, or one article two rows."""
    found = sorted(urlsplit(row["url"]).path for row in rows)
    expected = sorted(facts["path"] for facts in truth)
    if found != expected:
        lines = [*difflib.unified_diff(expected, found, n=0, lineterm="")][2:]
        told = "\n".join(line for line in lines if not line.startswith("@@"))
        pytest.fail(f"- not found, + no article of the city, or twice\n{told}", pytrace=False)


def assert_same(found: ByPath, expected: ByPath) -> None:
    """Fails with those articles alone whose field was read otherwise than printed.

    Whether an article was found at all is another test's question.
    """
    assert found.keys() & expected.keys(), "nothing to compare"
    differing = [path for path in expected if path in found and found[path] != expected[path]]
    if not differing:
        return
    shown = "".join(_difference(path, found[path], expected[path]) for path in differing[:SHOWN])
    more = f"\n(and {len(differing) - SHOWN} more)" if len(differing) > SHOWN else ""
    told = f"{len(differing)} of {len(expected)} articles differ; - printed, + read"
    pytest.fail(f"{told}\n{shown}{more}", pytrace=False)


def _difference(path: str, found: Any, expected: Any) -> str:
    lines = difflib.unified_diff(_lines(expected), _lines(found), n=0, lineterm="")
    return "\n".join([f"\n{path}", *(line for line in lines if not line.startswith(("---", "+++", "@@")))])


def _lines(value: Any) -> list[str]:
    items = value.split("\n\n") if isinstance(value, str) else value
    return [str(item) for item in items] if isinstance(items, list) else [str(value)]
