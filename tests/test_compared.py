"""``status --answer-key``: both sides of what differs, from the archive at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.cli.compared import both_sides, lines
from tests.running import citynews, summary
from tests.small_archive import BODY, SmallArchive, answer, page, small_archive
from tests.test_agreement import news
from tests.test_answer_key import post, rest

WORDS = "Đoạn này chỉ có trong nguồn của thành phố, còn ở trang thì không ai đọc thấy nó."


@pytest.fixture
def differing(tmp_path: Path) -> SmallArchive:
    """Two articles of which one differs in title, day, text and pictures."""
    a = small_archive(tmp_path)
    body = [BODY[0], BODY[1].replace("tháng sáu", "tháng bảy"), WORDS, BODY[2]]
    changes = {
        "date": "2021-10-14T17:46:00",
        "date_gmt": "2021-10-14T10:46:00",
        "content": {"rendered": "".join(f"<p>{p}</p>" for p in body) + '<img src="/de-bien.jpg">'},
    }
    a.crawl(
        ("/a", answer(page("Tin"))),
        ("/b", answer(page("Tin kia", [f"Bài kia. {line}" for line in BODY]))),
        rest(post("/a", "Tin khác", **changes), post("/b", "Tin kia", [f"Bài kia. {line}" for line in BODY])),
    )
    return a


def test_both_sides_of_each_field_and_where_the_evidence_is(differing: SmallArchive) -> None:
    found = both_sides(differing.archive)
    told = list(lines(found, 100))
    text = "\n".join(told)
    assert "agrees on title 1 of 2, day 1 of 2, text 1 of 2, images 0 of 1" in text
    for label, value in (
        ("page", "Tin"), ("source", "Tin khác"), ("page", "2021-10-13"), ("source", "2021-10-14"),
        ("source", "http://tin.example.vn/de-bien.jpg"),
    ):  # fmt: skip
        assert any(line.split(maxsplit=1) == [label, value] for line in told), (label, value)
    assert "[-bảy.-] {+sáu+}" in text.replace("bảy tới", "bảy") or "[-bảy-] {+sáu+}" in text
    (worst,) = found["tables"]["answer_key"]["worst"]
    for record in ("page_record", "source_record"):
        at = worst[record]
        assert f"{at['warc_filename']} at byte {at['warc_record_offset']}" in text
        assert (differing.root / at["warc_filename"]).is_file()


def test_it_is_what_the_run_reported_without_its_report(differing: SmallArchive) -> None:
    again = differing.crawl(("/c", answer(page("Không ai kê"))))
    found = both_sides(differing.archive)["tables"]
    whole = again.answer_key.as_json()
    whole.pop("captured")
    assert json.loads(json.dumps(found["answer_key"])) == json.loads(json.dumps(whole))
    assert found["commit"] == 2


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal_but_for_addresses(differing: SmallArchive, columns: int) -> None:
    for line in lines(both_sides(differing.archive), columns):
        assert len(line) <= columns or "://" in line or "warc/" in line, line


def test_a_run_that_left_no_report_is_named_all_the_same(tmp_path: Path) -> None:
    b = small_archive(tmp_path)
    b.crawl(*news(range(20)))
    b.crawl(*news(range(20, 32), wrong=range(20, 32)))
    bare = list(lines(both_sides(b.archive), 80))
    assert "is not in the tables" in bare[0] and any("report is gone" in line for line in bare)
    assert any("the tables, of commit 1" in line for line in bare)


def test_the_command_reads_only(differing: SmallArchive) -> None:
    before = {p: p.stat().st_mtime_ns for p in differing.root.rglob("*") if p.is_file()}
    where = ("--output", differing.root.parent)
    done = citynews("status", differing.root.name, "--answer-key", *where)
    assert done.returncode == 0 and "  1. http://tin.example.vn/a" in done.stdout, done.stderr
    told = summary(citynews("status", differing.root.name, "--answer-key", "--json", *where))
    assert told["tables"]["answer_key"]["worst"][0]["url"] == "http://tin.example.vn/a"
    assert told["refused"] is None and told["exit_code"] == 0
    after = {p: p.stat().st_mtime_ns for p in differing.root.rglob("*") if p.is_file()}
    assert after == before
