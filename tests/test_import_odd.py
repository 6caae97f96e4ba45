"""What records of others state that cannot be: dates before the web and after today, one id of several."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.importing import bring
from pipelines.archive import instant, moment_of
from pipelines.errors import UsageError
from pipelines.verify import verify
from tests.random_archive import random_archive
from tests.small_archive import SITE, SmallArchive, answer, page, small_archive
from tests.test_import_files import (
    assert_made_again,
    assert_sound,
    into,
    old,
    response,
    rows,
    sealed,
    written,
)
from tests.test_increment import check

ID = "<urn:uuid:00000000-0000-0000-0000-000000000001>"
EXTREME = (
    *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+07:00", "0900-01-01T00:00:00Z", "1989-12-31T23:59:59Z"),
    *("9999-12-31T23:59:59Z", "9999-12-31T23:59:59-07:00"),
)


def dated(date: str, path: str = "/b.html") -> bytes:
    return old(path, "Trường mới mở cửa").replace(b"2022-05-04T03:02:01Z", date.encode())


def one_id(path: str, body: bytes) -> bytes:
    return response(path, answer(body), WARC_Record_ID=ID)


def go_on(a: SmallArchive) -> None:
    """The archive's clock is behind the run of an import, which is named by the real one."""
    a.now = datetime.now(UTC) + timedelta(minutes=5)


@pytest.mark.parametrize("year", [1, 900, 1989, 2026, 9999])
def test_an_instant_is_27_letters_and_can_be_read(year: int) -> None:
    moment = datetime(year, 5, 4, 3, 2, 1, tzinfo=UTC)
    assert len(instant(moment)) == 27 and moment_of(instant(moment)) == moment
    assert moment_of(instant(moment).lstrip("0")) == moment


def test_a_date_that_cannot_be_makes_no_capture_and_harms_nothing(tmp_path: Path) -> None:
    tomorrow = datetime.now(UTC) + timedelta(hours=25)
    dates = (*EXTREME, f"{tomorrow:%Y-%m-%dT%H:%M:%SZ}")
    a = small_archive(tmp_path / "out")
    file = written(tmp_path / "x.warc.gz", *(dated(d, f"/b{n}.html") for n, d in enumerate(dates)), old())
    summary = bring(a.archive, [file], output=tmp_path / "out")
    (told,) = summary.files
    assert (told["misdated"], told["answers"], told["first_misdated"]["what"]) == (len(dates), 1, dates[0])
    assert told["first_misdated"]["offset"] > 0 and told["damage"] is None
    assert sealed(a.archive, told["path"]) == file.read_bytes()
    assert [row["url"][-7:] for row in rows(a.archive, "captures")] == ["/a.html"]
    assert_sound(a.archive)
    go_on(a)
    done = a.crawl(("/b0.html", answer(page("Trường mới mở cửa"))), ("/a.html", answer(page("Cầu đã sửa"))))
    assert (done.status, done.everything) == ("complete", None)
    assert len(rows(a.archive, "articles")) == 2
    assert verify(a.archive, level="deep").findings == ()
    assert_made_again(a.archive)


def test_a_file_of_such_dates_alone_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    file = written(tmp_path / "x.warc.gz", dated(EXTREME[0]))
    with pytest.raises(UsageError, match=r"at byte \d+ states a date .*0001-01-01") as refused:
        into(tmp_path / "out", file)
    assert refused.value.place == str(file) and not (tmp_path / "out").exists()


def test_other_pages_under_known_ids_are_taken(tmp_path: Path) -> None:
    one = written(tmp_path / "one.warc.gz", one_id("/a.html", page("Cầu cũ được sửa")))
    two = written(tmp_path / "two.warc.gz", one_id("/a.html", page("Trường mới mở cửa")))
    elsewhere = written(tmp_path / "three.warc.gz", one_id("/c.html", page("Cầu cũ được sửa")))
    _, summary = into(tmp_path / "out", one, two)
    assert [(file["passed_over"], file["known_answers"]) for file in summary.files] == [(None, 0)] * 2
    archive, summary = into(tmp_path / "out", elsewhere)
    assert summary.files[0]["passed_over"] is None
    assert len(rows(archive, "captures")) == 3
    again = tmp_path / "again.warc.gz"
    again.write_bytes(elsewhere.read_bytes() + bytes(8))
    _, summary = into(tmp_path / "out", again)
    assert "record by record" in summary.files[0]["passed_over"]
    assert_sound(archive)


def test_records_of_one_id_are_told_apart_when_their_pages_are_captured_again(tmp_path: Path) -> None:
    a = small_archive(tmp_path / "out")
    undated = (("/c.html", page("Không có ngày", date=None)), ("/d.html", page("Cũng không ngày", date=None)))
    records = (one_id(*item) for item in (("/a.html", page("Cầu cũ được sửa")), *undated))
    bring(a.archive, [written(tmp_path / "x.warc.gz", *records)], output=tmp_path / "out")
    assert [(r["url"][-7:], r["reading"]) for r in rows(a.archive, "captures")] == [
        ("/a.html", "article"), ("/c.html", "undated_unlisted"), ("/d.html", "undated_unlisted"),
    ]  # fmt: skip
    go_on(a)
    again = [(path, answer(body + b" ")) for path, body in undated]
    done = a.crawl(*again, ("/a.html", answer(page("Cầu cũ được sửa xong"))))
    assert (done.status, done.everything) == ("complete", None)
    refused = sorted(row["url"].removeprefix(SITE) for row in rows(a.archive, "rejections"))
    assert refused == ["/c.html", "/c.html", "/d.html", "/d.html"]
    check(a, tmp_path / "check", done)
    assert verify(a.archive, level="deep").findings == ()


@pytest.mark.parametrize("seed", range(3))
def test_increments_over_records_of_one_id_are_the_fold_of_everything(tmp_path: Path, seed: int) -> None:
    r = random_archive(tmp_path / "out", seed)
    given = [r.read() for _ in range(6)]
    moments = (datetime(2022, 5, 4, 3, n, tzinfo=UTC) for n in range(6))
    records = [
        response(url, body, at=at, WARC_Record_ID=ID) for (url, body), at in zip(given, moments, strict=True)
    ]
    bring(r.a.archive, [written(tmp_path / "x.warc.gz", *records)], output=tmp_path / "out")
    go_on(r.a)
    for number in range(3):
        done = r.crawl()
        if done.status == "complete":
            check(r.a, tmp_path / str(number), done)
