"""Names of runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipelines.archive import new_run_id
from pipelines.warc.framing import WarcName, parse_name


def test_runs_of_one_second_sort_as_they_began() -> None:
    start = datetime(2026, 3, 5, 8, 15, 0, 7, tzinfo=UTC)
    ids = [new_run_id(start + timedelta(microseconds=step)) for step in (0, 1, 300, 70_000, 999_992)]
    assert ids == sorted(ids)
    assert {i[:16] for i in ids} == {"20260305T081500Z"}


def test_a_run_id_makes_a_name_of_a_warc_file() -> None:
    run = new_run_id(datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
    name = parse_name(WarcName("city", run, 0).name)
    assert name is not None and name.run_id == run
