"""What an entry of a source says of when it changed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipelines.sources.entry import SourceEntry, changed_at

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("published", "modified", "changed"),
    [
        ("2026-03-01T08:00:00+07:00", None, "2026-03-01T01:00:00"),
        ("2026-03-01T08:00:00+07:00", "2026-02-01T08:00:00+07:00", "2026-03-01T01:00:00"),  # set for later
        ("Sun, 01 Mar 2026 01:00:00 +0000", "2026-03-02T08:00:00Z", "2026-03-02T08:00:00"),
        (None, "2026-03-02T08:00:00", "2026-03-02T01:00:00"),
        (None, "2026-03-02", "2026-03-02T17:00:00"),  # until that day is over
        (None, "soon", None),
        (None, "9999-12-31", None),
        (None, None, None),
    ],
)
def test_the_latest_moment_that_its_words_can_mean(
    published: str | None, modified: str | None, changed: str | None
) -> None:
    entry = SourceEntry(url="https://c.example/", published=published, modified=modified)
    at = changed_at(entry, HERE)
    assert at == (datetime.fromisoformat(changed).replace(tzinfo=UTC) if changed else None)


def test_where_no_zone_is_known_a_bare_time_is_utc() -> None:
    entry = SourceEntry(url="https://c.example/", modified="2026-03-02T08:00:00")
    assert changed_at(entry, None) == datetime(2026, 3, 2, 8, tzinfo=UTC)
