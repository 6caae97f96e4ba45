"""Layouts: each golden page is read as its JSON file says, with the layout and without it.

``tests/portals/<name>/`` holds pages written by us in the markup that ``pipelines/layouts/<name>.py``
describes; ``layout`` in the JSON says whether the layout may be used on the page.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.naming import slug_of
from pipelines.archive import Portal, create, open_archive
from pipelines.errors import ConfigurationError
from pipelines.extract import extract, extract_html
from pipelines.layouts import layout, names
from pipelines.manifest import read_chain
from pipelines.model import Article, Capture, ReadingContext
from pipelines.rebuild import rebuild
from pipelines.tables import read_table
from pipelines.text import sha256_hex
from pipelines.urls import host
from pipelines.verify import verify
from tests.mockcity import MockCity
from tests.running import ROOT
from tests.test_run import crawl

CAPTURED = datetime(2026, 3, 1, tzinfo=UTC)
PORTALS = ROOT / "tests" / "portals"
PAGES = sorted(p for name in names() for p in (PORTALS / name).glob("*.html"))


def read(page: Path, layout_name: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is read of a golden page, and what its JSON file expects."""
    golden = json.loads(page.with_suffix(".json").read_text("utf-8"))
    capture = Capture(url=golden["url"], captured_at=CAPTURED, payload=page.read_bytes())
    article = extract(capture, ReadingContext(zone=golden.get("zone")), layout(layout_name))
    assert isinstance(article, Article), article
    return json.loads(json.dumps(asdict(article), default=str)), golden


def test_every_layout_has_golden_pages() -> None:
    assert {p.parent.name for p in PAGES} == set(names()) and len(PAGES) >= 2 * len(names())


@pytest.mark.parametrize("page", PAGES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_golden_page_is_read_with_its_layout(page: Path) -> None:
    found, golden = read(page, page.parent.name)
    assert {f: found[f] for f in golden["fields"]} == golden["fields"]
    assert found["layout"] == (layout(page.parent.name).name if golden["layout"] else None)  # type: ignore[union-attr]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_the_generic_reader_reads_it_alike(page: Path) -> None:
    """But for what the layout is there for: the page whose first text is another one's."""
    found, golden = read(page, None)
    assert found["layout"] is None
    assert found["title"] == golden["fields"]["title"]


def test_a_layout_is_named_after_its_file_and_the_bytes_of_it() -> None:
    found = layout("wordpress")
    source = (ROOT / "pipelines/layouts/wordpress.py").read_bytes()
    assert found is not None and found.name == f"wordpress@{sha256_hex(source)}"


def test_an_unknown_layout_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match=r"portal\.layout: there is no layout 'joomla'; known are h"):
        layout("joomla")


def test_a_portal_s_slug_brings_its_layout_and_its_zone() -> None:
    page = (PORTALS / "haiphong/amp.html").read_bytes().replace(
        b'<div class="tl-exc">', "<p>Thứ Sáu, 28/06/2024 17:46</p><div class=\"tl-exc\">".encode()
    )
    url = "https://thanhphohaiphong.gov.vn/tuyen-ke-bo-nam-hop-long.html/amp"
    known = extract_html(page, url, portal="haiphong", captured_at=CAPTURED)
    unknown = extract_html(page, url.replace("gov.vn", "example"), portal="elsewhere", captured_at=CAPTURED)
    assert isinstance(known, Article) and isinstance(unknown, Article)
    assert known.published_at == datetime(2024, 6, 28, 10, 46, tzinfo=UTC)
    assert unknown.published_at is None and unknown.published_date == known.published_date
    assert (known.layout or "").startswith("haiphong@") and unknown.layout is None


def test_what_is_given_of_a_portal_counts_before_what_is_known_of_it() -> None:
    page = (PORTALS / "haiphong/amp.html").read_bytes()
    url = "https://thanhphohaiphong.gov.vn/tuyen-ke-bo-nam-hop-long.html/amp"
    given = ReadingContext(language="en")
    plain = page.replace(b' lang="vi"', b"")
    read = extract_html(plain, url, portal="haiphong", captured_at=CAPTURED, context=given)
    assert isinstance(read, Article) and read.language == "en"


def test_a_wordpress_portal_is_read_with_its_layout_until_archive_json_says_otherwise(tmp_path: Path) -> None:
    with MockCity(theme="block") as city:
        first = crawl(city.url, tmp_path)
        archive = open_archive(Path(first.archive))
        wordpress = layout("wordpress")
        assert archive.portal.layout == "wordpress" and wordpress is not None
        rows = {row["url"]: row for _, row in read_table(archive.root, "articles")}
        assert len(rows) == len(city.truth)
        assert {row["layout"] for row in rows.values()} == {wordpress.name}
        assert verify(archive).findings == () and rebuild(archive, now=datetime.now(UTC)).kind == "same"

        archive.with_portal(archive.portal.model_copy(update={"layout": None}))
        second = crawl(city.url, tmp_path)
    assert second.exit_code == 0
    kinds = [stored.manifest.kind for stored in read_chain(open_archive(Path(first.archive)))]
    assert kinds == ["crawl", "reread", "crawl"]
    again = {row["url"]: row for _, row in read_table(archive.root, "articles")}
    assert {row["layout"] for row in again.values()} == {None}
    assert {u: r["body_text"] for u, r in again.items()} == {u: r["body_text"] for u, r in rows.items()}


def test_a_portal_of_an_unknown_layout_is_not_asked_anything(tmp_path: Path) -> None:
    with MockCity(theme="block") as city:
        portal = Portal(slug=slug_of(city.url), seed=city.url, scope=(host(city.url),), layout="joomla")
        create(tmp_path, portal, now=CAPTURED)
        with pytest.raises(ConfigurationError, match="no layout 'joomla'"):
            crawl(city.url, tmp_path)
        assert city.requests == []
