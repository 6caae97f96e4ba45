"""When page and source say the same: texts, summaries, pictures; and the passages that differ."""

from __future__ import annotations

import time

import pytest

from pipelines.answer_key.likeness import is_summary, likeness, own_text, picture
from pipelines.answer_key.passages import passages, word_diff
from tests.small_archive import BODY

UPLOADS = "https://city.example/wp-content/uploads/2021/10"


@pytest.mark.parametrize(
    "url",
    [
        f"{UPLOADS}/de-bien.jpg",
        f"{UPLOADS}/de-bien-300x200.jpg",
        f"{UPLOADS}/de-bien-scaled.jpg?ver=7#top",
        f"{UPLOADS}/de-bien-scaled-300x200.jpeg",
        "http://www.city.example/wp-content/uploads/De-Bien.JPG",
        "https://i1.wp.com/city.example/wp-content/uploads/2021/10/de-bien.jpg?fit=1200%2C800&ssl=1",
        "https://cdn.example/cdn-cgi/image/width=800,quality=75/uploads/de-bien.jpg",
        f"{UPLOADS}/de-bien.jpg.webp",
        "https://city.example/_next/image?url=%2Fuploads%2Fde-bien.jpg&w=640&q=75",
        "https://city.example/documents/20121/0/de-bien.jpg/5f0c-77aa?t=1634112000",
    ],
)
def test_one_picture_has_many_addresses(url: str) -> None:
    assert picture(url) == "de-bien"


def test_other_pictures_stay_others() -> None:
    others = (
        f"{UPLOADS}/de-bien-1.jpg",
        f"{UPLOADS}/de-bien-2021.jpg",
        "https://city.example/anh?id=7",
        "https://city.example/anh?id=8",
        "https://city.example/anh/7",
    )
    assert len({picture(url) for url in others}) == len(others)
    assert picture("https://a.example/anh?id=7") == picture("http://b.example/anh?id=7")
    started = time.process_time()
    picture("https://city.example/" + "a.jpg/" * 50_000 + "." * 200_000)
    assert time.process_time() - started < 1


def test_what_is_missing_and_what_is_surplus_are_told_apart() -> None:
    listed = "\n".join(BODY)
    half = likeness(listed, BODY[:2], BODY[:2])
    assert half.known == 1000 and 500 < half.found < 800
    more = likeness(listed, (*BODY, BODY[0].upper()[::-1]), BODY)
    assert more.found == 1000 and 500 < more.known < 900
    same = likeness(listed, BODY, BODY)
    assert (same.found, same.known, same.permille) == (1000, 1000, 1000)


def test_the_tags_of_page_builders_are_no_text() -> None:
    listed = "\n".join(
        ('[vc_row][vc_column width=”1/2″][et_pb_text admin_label="Chữ"]', *BODY, "[/et_pb_text][/vc_row]")
    )
    assert likeness(listed, BODY, BODY).permille == 1000


def test_the_line_that_closes_a_feed_is_no_text() -> None:
    text = "\n".join(BODY)
    for closing in (
        "The post Đê biển phía nam appeared first on Cổng thành phố Cát.",
        "Bài viết Đê biển phía nam đã xuất hiện đầu tiên vào ngày Cổng thành phố Cát.",
    ):
        assert own_text(f"{text}\n{closing}", "Đê biển phía nam") == text
        assert own_text(f"{text}\n{closing}", "Cầu mới") != text
    ending = f"{text}\nĐê biển phía nam"
    assert own_text(ending, "Đê biển phía nam") == ending, "a line that is the title and nothing else is text"
    assert own_text("Đê biển phía nam.", "Đê biển phía nam") == "Đê biển phía nam."


def test_a_summary_is_no_text_and_a_text_half_as_long_as_what_was_read_is_one() -> None:
    long = [f"{n} {line}" for n in range(12) for line in BODY]
    assert is_summary(BODY[0], long) and not is_summary(BODY[0], BODY[:1])
    assert not is_summary("\n".join(long[:12]), long), "twice the text was read: no summary explains it"
    assert is_summary("\n".join(long[:12]) + " … Đọc tiếp", long), "it was visibly cut"


def test_the_first_passages_that_differ_stand_side_by_side() -> None:
    changed = BODY[1].replace("tháng sáu", "tháng bảy")
    told = passages("\n".join(BODY), (BODY[0], changed, BODY[2], "Tin khác"), (BODY[0], changed, BODY[2]))
    assert (told.only_listed, told.only_read) == (BODY[1], changed)
    assert told.words is not None and "[-sáu-] {+bảy+}" in told.words and "…" in told.words
    gone = passages("\n".join(BODY), BODY[:2], BODY[:2])
    assert (gone.only_listed, gone.only_read, gone.words) == (BODY[2], None, None)
    assert word_diff("một hai", "một hai ba") == "một hai {+ba+}"
