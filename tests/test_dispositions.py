"""The record that closes a run, the verdicts, and the sums."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dispositions import (
    Disposition,
    answer_digest,
    count,
    dispositions_record,
    judge,
    read_dispositions,
    read_head,
    sums,
)
from pipelines.errors import IntegrityError
from pipelines.warc.record import sha256_digest

NOW = datetime(2026, 11, 5, 7, 30, 1, 234567, tzinfo=UTC)
RUN = "20261105T073001Z-abc123"

moments = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
lines = st.builds(
    Disposition, url=words, verdict=st.sampled_from(["captured", "failed"]), reason=st.none() | words,
    kind=st.sampled_from(["page", "robots"]), found_by=st.lists(words, max_size=3).map(tuple),
    found_on=st.none() | words, first_seen=moments, asked_at=moments, record=st.none() | words,
    robots_record=st.none() | words, next_due=moments, walked=st.booleans(),
    unknown=st.dictionaries(words.map("x-{}".format), st.integers() | words, max_size=2),
)  # fmt: skip


@given(st.lists(lines, max_size=5))
def test_lines_come_back_in_order_of_address(told: list[Disposition]) -> None:
    record = dispositions_record(RUN, NOW, NOW, told, NOW)
    assert read_dispositions(record.block) == sorted(told, key=lambda line: line.url)
    assert read_head(record.block)["run"] == RUN


def test_the_record_says_what_the_rules_say() -> None:
    record = dispositions_record(RUN, NOW, NOW, [Disposition(url="http://a/", verdict="pending")], NOW)
    headers = dict(record.headers)
    assert record.type == "resource"
    assert headers["WARC-Target-URI"] == f"urn:citynews:run:{RUN}:dispositions"
    assert headers["Content-Type"] == "application/jsonl"
    assert headers["WARC-Payload-Digest"] == sha256_digest(record.block)
    head, line = map(json.loads, record.block.splitlines())
    stamp = "2026-11-05T07:30:01.234567Z"
    assert head == {"format": 1, "run": RUN, "started": stamp, "ended": stamp}
    wanted = {"url", "verdict", "reason", "found_by", "found_on", "first_seen", "asked_at", "record"}
    assert line.keys() == wanted | {"robots_record", "next_due", "kind"}
    rebuilt = dispositions_record(RUN, NOW, NOW, [], NOW, rebuilt=True)
    assert read_head(rebuilt.block)["rebuilt"] is True


@pytest.mark.parametrize(
    "block", [b"", b"[]\n", b'{"format":2}\n', b'{"format":1}\n{"url":1}\n', b'{"format":1}\nnull\n', b"\xff"]
)
def test_what_is_no_dispositions_record_is_refused(block: bytes) -> None:
    with pytest.raises(IntegrityError):
        read_dispositions(block)


@pytest.mark.parametrize(
    ("status", "complete", "error", "same", "expected"),
    [
        (200, True, None, False, ("captured", None)),
        (301, True, None, False, ("captured", None)),
        (404, True, None, False, ("captured", None)),
        (410, True, None, False, ("captured", None)),
        (200, True, None, True, ("confirmed", None)),
        (404, True, None, True, ("confirmed", None)),
        (304, True, None, True, ("confirmed", None)),
        (403, True, None, False, ("failed", "http_403")),
        (503, True, None, True, ("failed", "http_503")),
        (101, True, None, False, ("failed", "http_101")),
        (999, True, None, False, ("failed", "http_999")),
        (200, False, "disconnect", False, ("failed", "disconnect")),
        (200, False, None, True, ("failed", "protocol")),
        (None, True, None, False, ("failed", "protocol")),
        (None, False, "dns", False, ("failed", "dns")),
    ],
)
def test_verdicts(
    status: int | None, complete: bool, error: str | None, same: bool, expected: tuple[str, str | None]
) -> None:
    last = "sha256:0" if same else "sha256:1"
    got = judge(status=status, complete=complete, error=error, answer_digest="sha256:0", last_answer=last)
    assert got == expected


def test_a_304_confirms_whatever_came_before_and_captures_where_nothing_did() -> None:
    def verdict(last: str | None) -> str:
        return judge(status=304, complete=True, error=None, answer_digest="x", last_answer=last)[0]

    assert (verdict("y"), verdict(None)) == ("confirmed", "captured")


def test_status_target_and_payload_make_an_answer() -> None:
    answers = [(200, None, "a"), (404, None, "a"), (200, None, "b"), (301, "/x", "a"), (301, "/y", "a")]
    assert len({answer_digest(*answer) for answer in answers}) == len(answers)


def test_the_sums_count_each_line_once_and_the_rest_as_not_due() -> None:
    told = [
        Disposition(url="a", verdict="captured"),
        Disposition(url="b", verdict="failed", reason="dns", kind="source"),
        Disposition(url="c", verdict="excluded", reason="robots"),
        Disposition(url="d", verdict="confirmed", kind="robots"),
    ]
    got = sums({"page": 5, "source": 1, "robots": 1}, count(told))
    assert got["pages"] == {
        "known": 6, "captured": 1, "confirmed": 0, "not_due": 3, "pending": 0,
        "excluded.robots": 1, "failed.dns": 1,
    }  # fmt: skip
    assert got["requisites"] == {"known": 1, "captured": 0, "confirmed": 1, "not_due": 0, "pending": 0}
