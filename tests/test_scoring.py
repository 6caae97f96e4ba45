"""The scorer of the real pages, on texts whose figures can be worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.scoring import body_f1, hits, kept, pooled_f1, without_day


def test_the_score_falls_with_what_is_missing_or_too_much() -> None:
    text = "one two three four five\nsix seven eight nine"
    assert body_f1(text, text.splitlines()) == 1
    assert body_f1(text, ["one two three four five"]) == pytest.approx(0.5)
    assert body_f1(text, [*text.splitlines(), "ten eleven"]) == pytest.approx(12 / 14)
    assert body_f1(text, []) == 0
    assert kept(["a “b”", "c"], ['a "b"']) == ["c"]
    assert pooled_f1([hits([["Ann Lee"], ["A. Lee"]], ["A. LEE"]), hits([[]], ["Nobody"])]) == pytest.approx(
        2 / 3
    )


def test_a_day_is_cut_in_every_spelling_and_no_other_day_is() -> None:
    day = date(2026, 3, 7)
    for written in (
        "2026-03-07T08:52:11.000 +07:00",
        "2026-03-07T09:51:00&#x2B;07:00",
        "07/03/2026 &nbsp;08:52",
        "7.3.2026 - 8h15",
        "20260307",
        "2026/3/7",
        "07 tháng 03 năm 2026",
        "Tháng Ba 7, 2026",
        "7 Tháng Ba, 2026",
        "March 7, 2026",
        "Mar 07 2026 08:06:29",
    ):
        assert without_day(f"<b>{written}</b>", day) == "<b></b>", written
    for other in ("17/3/2026", "7/13/2026", "07.03.2025", "2026-03-070", "March 17, 2026"):
        assert without_day(other, day) == other
