"""Printed dates: every form of PORTAL.md and the press, and what is none."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract import extract_html
from pipelines.extract.moments import Moment, iso, moments
from pipelines.extract.relative import relative
from pipelines.extract.zones import name_of, offset, zone
from pipelines.model import Article, ReadingContext

CAPTURED = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
BODY = "".join(
    f"<p>Đoạn {n}: sáng nay, các đơn vị tiếp tục nạo vét kênh để kịp mùa mưa, theo kế hoạch đã giao.</p>"
    for n in ("một", "hai", "ba")
)


def printed(text: str, *, day_first: bool | None = True) -> list[tuple[date, time | None]]:
    return [(m.day, m.clock) for m in moments(text, day_first=day_first) if isinstance(m, Moment)]


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("Thứ Tư, 13/10/2021 17:46", date(2021, 10, 13), time(17, 46)),
        ("Print Thứ Tư, 13/10/2021 17:46 Gốc", date(2021, 10, 13), time(17, 46)),
        ("Chủ Nhật, 01/03/2026 08:52", date(2026, 3, 1), time(8, 52)),
        ("Chủ nhật, 01/03/2026 - 08:52", date(2026, 3, 1), time(8, 52)),
        ("CN, 01/03/2026 08:52", date(2026, 3, 1), time(8, 52)),
        ("Thứ Năm, ngày 05 tháng 3 năm 2026", date(2026, 3, 5), None),
        ("ngày 5 tháng 3 năm 2026", date(2026, 3, 5), None),
        ("05.03.2026 – 08h15", date(2026, 3, 5), time(8, 15)),
        ("8 giờ 15 phút, 05/03/2026", date(2026, 3, 5), time(8, 15)),
        ("5/3/2026, 8:15 SA", date(2026, 3, 5), time(8, 15)),
        ("5/3/2026, 8:15 CH", date(2026, 3, 5), time(20, 15)),
        ("Cập nhật lúc 08:15 ngày 05/03/2026", date(2026, 3, 5), time(8, 15)),
        ("05-03-2026", date(2026, 3, 5), None),
        ("2026-03-05 08:15", date(2026, 3, 5), time(8, 15)),
        ("2026/03/05", date(2026, 3, 5), None),
        ("Wednesday, September 4, 2024", date(2024, 9, 4), None),
        ("July 4th, 2025 at 9:30 pm", date(2025, 7, 4), time(21, 30)),
        ("12 Dec 2025", date(2025, 12, 12), None),
        ("27. Januar 2020", date(2020, 1, 27), None),
        ("5 de outubro de 2018", date(2018, 10, 5), None),
        ("le 3 août 2024 à 12:05", date(2024, 8, 3), time(12, 5)),
        ("3 de septiembre de 2024", date(2024, 9, 3), None),
        ("2025년 12월 10일", date(2025, 12, 10), None),
        ("2025.12.10", date(2025, 12, 10), None),
        ("更新日：2025年10月14日", date(2025, 10, 14), None),
        ("Tháng Ba 5, 2026", date(2026, 3, 5), None),
        ("5 Tháng Năm, 2026 lúc 8:15 sáng", date(2026, 5, 5), time(8, 15)),
        ("5 Th3 2026", date(2026, 3, 5), None),
        ("05/03/2026 lúc 3 giờ 20 chiều", date(2026, 3, 5), time(15, 20)),
        ("08:15′ | Thứ Năm, 05/03/2026", date(2026, 3, 5), time(8, 15)),
        ("March 5, 2026 at 8 a.m.", date(2026, 3, 5), time(8, 0)),
        ("5-Mar-2026", date(2026, 3, 5), None),
        ("Donnerstag, 5. März 2026, 16.30 Uhr", date(2026, 3, 5), time(16, 30)),
        ("Publié le jeudi 5 mars 2026 à 16h30", date(2026, 3, 5), time(16, 30)),
        ("jueves, 5 de marzo de 2026, a las 16:30", date(2026, 3, 5), time(16, 30)),
        ("Quinta-feira, 5 de março de 2026, às 16h30", date(2026, 3, 5), time(16, 30)),
        ("giovedì 5 marzo 2026, ore 16:30", date(2026, 3, 5), time(16, 30)),
        ("czwartek, 5 marca 2026, godz. 16:30", date(2026, 3, 5), time(16, 30)),
        ("donderdag 5 maart 2026 om 16.30 uur", date(2026, 3, 5), time(16, 30)),
        ("Kamis, 5 Maret 2026 pukul 16.30 WIB", date(2026, 3, 5), time(16, 30)),
        ("2026. 3. 5. 오후 4:30", date(2026, 3, 5), time(16, 30)),
        ("令和8年3月5日（木曜日）午後4時30分", date(2026, 3, 5), time(16, 30)),
        ("令和元年10月1日", date(2019, 10, 1), None),
        ("2026年3月5日 星期四 16:30", date(2026, 3, 5), time(16, 30)),
        ("中華民國115年3月5日", date(2026, 3, 5), None),
    ],
)
def test_a_printed_date_is_read(text: str, day: date, clock: time | None) -> None:
    assert printed(text) == [(day, clock)]


@pytest.mark.parametrize(
    "text",
    ["Nghị định số 58/2026/NĐ-CP", "31.12", "sáng 28/6", "giai đoạn 2021-2025", "10.167 Anträge",
     "1.1.2020.5", "hôm qua", "3 giờ trước", "13/13/2026 và 99/99/9999",
     "điện thoại 0225.3822.616", "v1.2.2026.3", "trong 6 tháng năm 2026", "March 5–7, 2026", "05/03/26"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert printed(text) == []


def test_what_no_calendar_has_is_told() -> None:
    assert list(moments("Thứ Hai, 31/02/2026 08:00")) == ["Thứ Hai, 31/02/2026 08:00"]


def test_american_and_european_order() -> None:
    assert printed("3/4/2025", day_first=True) == [(date(2025, 4, 3), None)]
    assert printed("3/4/2025", day_first=False) == [(date(2025, 3, 4), None)]
    assert printed("3/4/2025", day_first=None) == []
    assert printed("13/4/2025", day_first=None) == [(date(2025, 4, 13), None)]
    assert printed("Thursday, 3/4/2025", day_first=None) == [(date(2025, 4, 3), None)]


def test_offsets() -> None:
    (moment,) = moments("07/03/2026 08:52 (GMT+07:00)")
    assert isinstance(moment, Moment) and str(moment.offset) == "UTC+07:00"
    assert str(offset("Z")) == "UTC"
    for text, name in [
        ("March 5, 2026, 8:20 p.m. EST", "-05:00"),
        ("5 marzo 2026, ore 8:20 CET", "+01:00"),
        ("5 March 2026 08:20 (UTC-04:00)", "-04:00"),
        ("March 5, 2026 at 8:20 PM ET", "America/New_York"),
        ("2026-03-05 08:20 GMT", "UTC"),
    ]:
        (moment,) = moments(text)
        assert isinstance(moment, Moment) and moment.offset and name_of(moment.offset) == name
        assert moment.end == len(text), "the zone is printed with the date"
    (french,) = moments("le 5 mars 2026 à 8:20 est ouvert")
    assert isinstance(french, Moment) and french.offset is None
    assert offset("+25:00") is None
    assert offset("Hanoi") is None


def test_zones_come_from_the_package() -> None:
    hanoi = zone("Asia/Ho_Chi_Minh")
    assert hanoi is not None and hanoi is zone("Asia/Ho_Chi_Minh")
    for name in ("Asia/Nowhere", "../../etc/passwd", "", "Asia", "/etc/localtime"):
        assert zone(name) is None


@given(st.dates(date(1995, 1, 1), date(2099, 1, 1)), st.times())
def test_every_day_of_the_portal_is_read_back(day: date, clock: time) -> None:
    weekday = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")[day.weekday()]
    text = f"{weekday}, {day:%d/%m/%Y} {clock:%H:%M}"
    (moment,) = moments(text)
    assert isinstance(moment, Moment)
    assert (moment.day, moment.clock, moment.weekday_agrees) == (
        day,
        clock.replace(second=0, microsecond=0),
        True,
    )
    assert iso(f"{day}T{clock:%H:%M}:00+07:00") is not None


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    for moment in moments(text):
        assert isinstance(moment, str) or text[moment.start : moment.end].strip()


# --- which date of a page is the article's ---------------------------------------------------


def read(head: str, *, meta: str = "", tail: str = "", lang: str = "vi",
         url: str = "https://city.example/a-b-c", zone_name: str | None = "Asia/Ho_Chi_Minh",
         captured_at: datetime = CAPTURED) -> Article:  # fmt: skip
    html = (
        f'<html lang="{lang}"><head><title>Nạo vét kênh trước mùa mưa</title>{meta}</head><body>{head}'
        f"<div>{BODY}</div>{tail}</body></html>"
    )
    article = extract_html(
        html.encode(), url, captured_at=captured_at, context=ReadingContext(zone=zone_name)
    )
    assert isinstance(article, Article), article
    return article


TITLE = "<h1>Nạo vét kênh trước mùa mưa</h1>"
META = '<meta property="article:published_time" content="{}">'


def rules(article: Article) -> list[str]:
    return [r.rule for r in article.provenance if r.field.startswith(("published", "modified"))]


def test_a_printed_minute_becomes_an_instant() -> None:
    article = read(f"<span>Thứ Sáu, 06/03/2026 08:30</span>{TITLE}")
    assert article.published_at == datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
    assert article.published_date == date(2026, 3, 6)
    assert (article.published_precision, article.published_timezone) == ("minute", "Asia/Ho_Chi_Minh")
    assert article.published_raw == "Thứ Sáu, 06/03/2026 08:30"


def test_without_a_zone_the_instant_stays_null() -> None:
    article = read(f"{TITLE}<span>06/03/2026 08:30</span>", zone_name=None)
    assert article.published_at is None and article.published_timezone is None
    assert (article.published_date, article.published_precision) == (date(2026, 3, 6), "minute")


def test_a_day_stays_a_day() -> None:
    article = read(f"{TITLE}<span>Ngày đăng: 06/03/2026</span>")
    assert article.published_at is None
    assert (article.published_date, article.published_precision) == (date(2026, 3, 6), "day")


def test_the_printed_date_beats_the_stated_one_and_both_are_kept() -> None:
    article = read(f"{TITLE}<span>06/03/2026 08:30</span>", meta=META.format("2026-03-09T08:30:00+07:00"))
    assert article.published_date == date(2026, 3, 6)
    assert any("disagrees" in r and "2026-03-09" in r for r in rules(article))


def test_a_stated_minute_refines_the_printed_day() -> None:
    article = read(f"{TITLE}<span>06/03/2026</span>", meta=META.format("2026-03-05T23:30:00+00:00"))
    assert article.published_at == datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    assert (article.published_date, article.published_raw) == (date(2026, 3, 6), "06/03/2026")


def test_a_stated_date_is_taken_where_none_is_printed() -> None:
    article = read(TITLE, meta=META.format("2026-03-06T20:30:00Z"))
    assert article.published_date == date(2026, 3, 7)  # the portal's local day
    assert article.published_at == datetime(2026, 3, 6, 20, 30, tzinfo=UTC)


def test_a_date_of_change_is_none_of_publication() -> None:
    article = read(f"{TITLE}<span>Cập nhật: 06/03/2026 08:30</span>")
    assert article.published_date is None and article.published_at is None
    assert article.modified_at == datetime(2026, 3, 6, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["06/03/2028 08:30", "22/03/2026", "31/02/2026"])
def test_impossible_and_future_dates_are_null_with_a_reason(text: str) -> None:
    article = read(f"{TITLE}<span>Ngày đăng: {text}</span>")
    assert article.published_date is None and article.published_at is None
    assert any(r.startswith(("impossible", "in the future")) for r in rules(article))


def test_a_future_printed_date_gives_way_to_a_stated_one() -> None:
    article = read(f"{TITLE}<span>06/03/2028 08:30</span>", meta=META.format("2026-03-06T08:30:00+07:00"))
    assert article.published_date == date(2026, 3, 6)


def test_dates_of_other_news_copyright_and_text_are_never_taken() -> None:
    tail = (
        "<h3>Tin khác</h3><ul><li><a href=/x>Một tin khác của thành phố</a> (01/03/2026 07:00)</li></ul>"
        "<footer>© 2026. Giấy phép số 12/GP ngày 02/03/2020</footer>"
    )
    article = read(
        f"{TITLE}<p>Sáng 04/03/2026, các đơn vị ra quân nạo vét toàn bộ tuyến kênh chính.</p>", tail=tail
    )
    assert article.published_date is None


def test_the_clock_in_a_page_header_is_not_the_articles_date() -> None:
    today = "<div>Thứ Sáu, 20/03/2026</div><div>Trang chủ / Tin tức / Đô thị</div>"
    assert read(f"{today}{TITLE}").published_date is None


def test_a_date_under_the_text_counts_only_with_its_label() -> None:
    assert read(TITLE, tail="<div>Ngày đăng: 06/03/2026</div>").published_date == date(2026, 3, 6)
    assert read(TITLE, tail="<div>06/03/2026</div>").published_date is None


def test_a_label_in_the_cell_before() -> None:
    table = "<dl><dt>수정일</dt><dd>2026-03-05</dd><dt>등록일</dt><dd>2026-03-04</dd></dl>"
    assert read(f"{TITLE}{table}", lang="ko").published_date == date(2026, 3, 4)


def test_relative_times_fall_back_on_the_element() -> None:
    element = '<time datetime="2026-03-06T08:30:00+07:00">3 giờ trước</time>'
    assert read(f"{TITLE}<div>{element}</div>").published_at == datetime(2026, 3, 6, 1, 30, tzinfo=UTC)


def test_numeric_dates_of_english_pages() -> None:
    line = f"{TITLE}<span>Posted on 03/04/2026</span>"
    assert read(line, lang="en-US", url="https://city.gov/a-b-c").published_date == date(2026, 3, 4)
    assert read(line, lang="en", url="https://city.com/a-b-c").published_date is None
    late = datetime(2026, 5, 1, tzinfo=UTC)
    assert read(line, lang="en-GB", captured_at=late).published_date == date(2026, 4, 3)


def test_a_weekday_that_disagrees_is_noted() -> None:
    article = read(f"{TITLE}<span>Thứ Hai, 06/03/2026 08:30</span>")
    assert article.published_date == date(2026, 3, 6)
    assert any("weekday" in r for r in rules(article))


def test_of_two_dates_above_the_title_the_nearer_one_is_the_articles() -> None:
    column = "<p><a href=/x>Một tin khác của thành phố</a><br>Thứ Tư, 04/03/2026 09:00</p>"
    own = "<div>Chuyên mục: <a href=/xa-hoi>Xã hội</a></div><div>Thứ Hai, 02/03/2026 16:40</div>"
    assert read(f"{column}{own}{TITLE}").published_raw == "Thứ Hai, 02/03/2026 16:40"


@pytest.mark.parametrize(
    "line",
    ["<p>Posted on: March 6, 2026, 8:30 a.m. EST</p>", "<div><b>06/03/2026 20:30 (GMT+7)</b></div>"],
)
def test_a_date_below_a_standfirst(line: str) -> None:
    standfirst = "<p>Người dân hai bên bờ kênh góp công cùng đội nạo vét, nước đã thông trước mùa mưa.</p>"
    assert read(f"{TITLE}{standfirst}{line}").published_at == datetime(2026, 3, 6, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("3 giờ trước", 21, None), ("2 ngày trước", 19, None), ("Hôm qua, 08:15", 20, time(8, 15)),
        ("Posted 2 days ago", 19, None), ("yesterday at 8:15 pm", 20, time(20, 15)),
        ("vor 2 Stunden", 21, None), ("il y a 3 heures", 21, None), ("hace 2 días", 19, None),
        ("3시간 전", 21, None),
    ],
)  # fmt: skip
def test_a_relative_date_counts_back_from_the_capture(text: str, day: int, clock: time | None) -> None:
    anchor = datetime(2026, 3, 20, 20, 30, tzinfo=UTC)  # the 21st in Hà Nội
    found = relative(text, anchor, zone("Asia/Ho_Chi_Minh"))
    assert found is not None and (found.day, found.clock) == (date(2026, 3, day), clock)
    assert relative(text, anchor, None) is None, "no day without a zone"


@pytest.mark.parametrize("text", ["Today", "Hôm qua, xã họp", "3 năm trước", "2 giờ", "ngày 3 trước"])
def test_what_counts_back_to_nothing_is_no_date(text: str) -> None:
    assert relative(text, CAPTURED, zone("Asia/Ho_Chi_Minh")) is None


def test_a_relative_date_is_taken_beside_the_title_alone() -> None:
    article = read(f"{TITLE}<div>Đăng lúc: 2 ngày trước</div>")
    assert (article.published_date, article.published_precision) == (date(2026, 3, 18), "day")
    assert article.published_raw == "Đăng lúc: 2 ngày trước"
    below = "<h3>Tin khác</h3><ul><li><a href=/x>Một tin khác của thành phố</a> 2 ngày trước</li></ul>"
    assert read(TITLE, tail=below).published_date is None


@pytest.mark.parametrize(
    ("url", "at"),
    [
        ("https://tin.example.vn/a.html", datetime(2024, 3, 5, 1, 15, tzinfo=UTC)),
        ("https://tin.example.org/a.html", None),
        ("https://tin.example.us/a.html", None),  # a country of many zones
    ],
)
def test_a_time_without_a_known_zone_is_meant_in_the_country_s(url: str, at: datetime | None) -> None:
    page = "<h1>Cống xả được nạo vét</h1><p>Thứ Ba, 05/03/2024 08:15</p>" + 3 * (
        "<p>Đội thợ nạo vét xong cống xả ở đầu chợ, nước rút nhanh hơn sau mỗi trận mưa lớn.</p>"
    )
    read = extract_html(page.encode(), url, captured_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert isinstance(read, Article) and read.published_at == at
