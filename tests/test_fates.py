"""Why an address was asked or not, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.inspect.fates import told

SEEN = datetime(2026, 3, 1, 5, tzinfo=UTC)
ASKED = datetime(2026, 3, 2, 5, 30, 7, tzinfo=UTC)
ROBOTS = {
    "url": "https://c.example/robots.txt", "captured_at": ASKED, "status": 200,
    "warc_record_id": "urn:uuid:r", "warc_filename": "warc/2026/a.warc.gz", "warc_record_offset": 812,
}  # fmt: skip
ANSWER = {"warc_record_id": "urn:uuid:a", "status": 404}


def fate(verdict: str, reason: str | None = None, **facts: Any) -> dict[str, Any]:
    return {
        "verdict": verdict, "reason": reason, "kind": "page", "found_by": ("rest", "listing"),
        "found_on": "https://c.example/wp-json/", "first_seen": SEEN, "asked_at": ASKED, "next_due": None,
        "record": "urn:uuid:a", "robots_record": "urn:uuid:r", **facts,
    }  # fmt: skip


def test_an_address_that_was_captured_says_when_by_whom_and_by_which_robots_txt() -> None:
    due = datetime(2026, 3, 3, 1, tzinfo=UTC)
    assert told(fate("captured", next_due=due), [ROBOTS, ANSWER]) == [
        "known since 2026-03-01 05:00:00 UTC, by rest and listing, first on https://c.example/wp-json/",
        "asked on 2026-03-02 05:30:07 UTC and captured, status 404",
        "due again on 2026-03-03 01:00:00 UTC, or when a source says that it changed, or in a sweep",
        "judged by https://c.example/robots.txt as captured on 2026-03-02 05:30:07 UTC, status 200: "
        "record urn:uuid:r in warc/2026/a.warc.gz at byte 812",
    ]


@pytest.mark.parametrize(
    ("verdict", "reason", "says"),
    [
        ("excluded", "robots", "not asked: robots.txt forbids it"),
        ("excluded", "out_of_scope", "not asked: it is on a host that is not the portal's"),
        ("excluded", "another", "not asked: another"),
        ("pending", None, "not asked yet: the run ended before its turn"),
        ("pending", "robots_unavailable", "not asked yet: robots.txt of its host could not be had"),
        ("failed", "http_503", "asked on 2026-03-02 05:30:07 UTC, not captured: it answered 503"),
        ("failed", "timeout", "not captured: the answer did not come in time"),
        ("confirmed", None, "asked on 2026-03-02 05:30:07 UTC and confirmed, status 404: as it was before"),
    ],
)
def test_every_fate_has_a_sentence(verdict: str, reason: str | None, says: str) -> None:
    assert any(says in line for line in told(fate(verdict, reason), [ANSWER]))


def test_what_is_not_known_is_not_said() -> None:
    bare = fate("captured", asked_at=None, found_by=(), found_on=None, robots_record=None, next_due=None)
    assert told(bare, []) == [
        "known since 2026-03-01 05:00:00 UTC, by an import", "asked and captured", "due in the next run"
    ]  # fmt: skip
    assert "judged by the robots.txt in record urn:uuid:r" in told(fate("captured"), [])
