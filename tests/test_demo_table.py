"""The sample city in its table theme, as the demo crawls it: every article a row, every field right."""

from __future__ import annotations

import pytest

from tests.demo_run import Demo, demo
from tests.golden import FIELDS


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return demo(tmp_path_factory, "table")


def test_every_article_is_a_row_and_both_sums_hold(city: Demo) -> None:
    assert city.archive.name == "mockcity-table"
    city.check_rows()


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_as_the_city_printed_it(field: str, city: Demo) -> None:
    city.check(field)
