"""AMP pages read alone give every field that they print, and none that they do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article, ReadingContext
from tests.golden import FIELDS, assert_same, of_article, printed
from tests.mockcity import MockCity
from tests.mockcity.truth import WHOLE, amp_facts
from tests.mockcity.visit import text_of

PRINTED = [name for name in FIELDS if name not in ("duplicate_of", "related")]
"""What stands under ``Tin khác`` is no fact of the article: the newest ones when it was asked for."""
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def city() -> Iterator[MockCity]:
    with MockCity(articles=WHOLE) as city:
        yield city


@pytest.fixture(scope="module")
def read(city: MockCity) -> dict[str, Article]:
    """What each AMP page reads as, by the path of its article, with what a portal's block says of a city."""
    context = ReadingContext(zone="Asia/Ho_Chi_Minh", scope=(f"127.0.0.1:{city.port}",))
    read = {}
    for facts in city.truth:
        path = f"{facts['path']}/amp"
        html, url = text_of(city, path).encode(), f"{city.url[:-1]}{path}"
        read[facts["path"]] = extract_html(html, url, captured_at=NOW, context=context)
    refused = {path: article for path, article in read.items() if not isinstance(article, Article)}
    assert not refused
    return read


@pytest.mark.parametrize("name", PRINTED)
def test_a_field_is_as_the_page_prints_it(name: str, city: MockCity, read: dict[str, Article]) -> None:
    expected = printed(name, map(amp_facts, city.truth), city.url)
    assert_same({path: of_article(article, name) for path, article in read.items()}, expected)
