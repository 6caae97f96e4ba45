"""The byline grammar: the table of what was seen, what is usual elsewhere, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.byline import Byline, parse_byline
from pipelines.extract.names import is_name, names
from tests.mockcity.truth import load_articles
from tests.mocktown.truth import load_articles as town_articles

M, H, B = "Hoàng Minh", "Đỗ Hiền", "Thái Bình"

UNDERSTOOD: list[tuple[str, tuple[str, ...], tuple[str, ...], str | None, bool]] = [
    # line, authors, photo credits, source, ambiguous
    (M, (M,), (), None, False),
    (f"{M}.", (M,), (), None, False),
    ("HOÀNG MINH", ("HOÀNG MINH",), (), None, False),
    (B, (B,), (), None, False),
    ("V.H.N", ("V.H.N",), (), None, False),
    ("TB", ("TB",), (), None, False),
    (f"Tin và ảnh: {M}", (M,), (M,), None, False),
    (f"Tin và Ảnh: {M.upper()}", (M.upper(),), (M.upper(),), None, False),
    (f"{M}. Ảnh: {H}", (M,), (H,), None, False),
    (f"Tin: {M}. Ảnh: CTV", (M,), ("CTV",), None, False),
    (f"{M} – {H}", (M, H), (), None, True),
    ("Báo Hải Phòng 23/5/2018", (), (), "Báo Hải Phòng 23/5/2018", False),
    ("Nguồn. haiphong.gov.vn", (), (), "haiphong.gov.vn", False),
    ("", (), (), None, False),
    (f"Bài và ảnh: {M}", (M,), (M,), None, False),
    (f"Bài, ảnh: {M}", (M,), (M,), None, False),
    (f"Bài: {M} – Ảnh: {H}", (M,), (H,), None, False),
    (f"Bài: {M}, ảnh: {H}", (M,), (H,), None, False),
    (f"Tin, ảnh: {M}", (M,), (M,), None, False),
    (f"Tin, ảnh: {M}-{H}", (M, H), (M, H), None, False),
    (f"Ảnh: {H}", (), (H,), None, False),
    (f"{M} - Ảnh {H}", (M,), (H,), None, False),
    (f"{M} (thực hiện)", (M,), (), None, False),
    (f"{M.upper()} thực hiện", (M.upper(),), (), None, False),
    (f"{M} (tổng hợp)", (M,), (), None, False),
    (f"{M} lược ghi", (M,), (), None, False),
    ("Theo VOV2", (), (), "VOV2", False),
    ("Theo Báo Hải Phòng", (), (), "Báo Hải Phòng", False),
    (f"Theo {M} (Dân trí)", (M,), (), "Dân trí", False),
    (f"{M} (theo TTXVN)", (M,), (), "TTXVN", False),
    ("Nguồn: TTXVN", (), (), "TTXVN", False),
    ("(TTXVN)", (), (), "TTXVN", False),
    ("PV", ("PV",), (), None, False),
    ("BBT", ("BBT",), (), None, False),
    ("CTV", ("CTV",), (), None, False),
    (f"{M} – {H} – {B}", (M, H, B), (), None, True),
    (f"{M} và {H}", (M, H), (), None, False),
    (f"{M}, {H}", (M, H), (), None, False),
    (f"{M}, {H}, {B}", (M, H, B), (), None, False),
    ("Anh Minh", ("Anh Minh",), (), None, False),
    ("Anh Anh – Ảnh: Hoàng Hoàng", ("Anh Anh",), ("Hoàng Hoàng",), None, False),
    ("Bài: Anh Anh, ảnh: Hoàng Hoàng", ("Anh Anh",), ("Hoàng Hoàng",), None, False),
    ("Anh Anh – Hoàng Lan", ("Anh Anh", "Hoàng Lan"), (), None, True),
    ("Ảnh – Hoàng Lan", (), ("Hoàng Lan",), None, False),
    ("Bảo Ngọc", ("Bảo Ngọc",), (), None, False),
    ("Công Thành", ("Công Thành",), (), None, False),
    ("Ảnh: tư liệu", (), (), None, False),
    ("Ảnh do cơ sở cung cấp", (), (), None, False),
    ("Ảnh minh họa: H.THÚY", (), ("H.THÚY",), None, False),
    ("By Rosa Lake", ("Rosa Lake",), (), None, False),
    ("Story by Rosa Lake; Photos by Tom Hill", ("Rosa Lake",), ("Tom Hill",), None, False),
    ("Story and photos by Rosa Lake", ("Rosa Lake",), ("Rosa Lake",), None, False),
    ("Words & pictures: Rosa Lake", ("Rosa Lake",), ("Rosa Lake",), None, False),
    ("by Rosa Lake", ("Rosa Lake",), (), None, False),
    ("BY ROSA LAKE-HILL", ("ROSA LAKE-HILL",), (), None, False),
    (
        "By Rosa Lake, Tom van der Hill and R. J. O’Moor",
        ("Rosa Lake", "Tom van der Hill", "R. J. O’Moor"),
        (),
        None,
        False,
    ),
    ("By Rosa Lake, Communications Office", ("Rosa Lake",), (), None, False),
    ("By Rosa Lake, Staff Writer", ("Rosa Lake",), (), None, False),
    ("By Rosa Lake | Photos by Tom Hill and Ann Moor", ("Rosa Lake",), ("Tom Hill", "Ann Moor"), None, False),
    (
        "Written by Rosa Lake. Photo: Friends of the Tower",
        ("Rosa Lake",),
        ("Friends of the Tower",),
        None,
        False,
    ),
    ("Photo: courtesy of Tower Watch", (), ("Tower Watch",), None, False),
    ("Text und Fotos: Jana Moor", ("Jana Moor",), ("Jana Moor",), None, False),
    ("Von Jana Moor", ("Jana Moor",), (), None, False),
    ("Por Clara Sol", ("Clara Sol",), (), None, False),
    ("Texto y fotos: Clara Sol", ("Clara Sol",), ("Clara Sol",), None, False),
    ("Door Jan de Meer", ("Jan de Meer",), (), None, False),
    ("A cura di Pia Monte", ("Pia Monte",), (), None, False),
    (f"{M} (tổng hợp)", (M,), (), None, False),
    (f"{M} (TTXVN)", (M,), (), "TTXVN", False),
    ("Viên Thị Hợi", ("Viên Thị Hợi",), (), None, False),
    ("Xa Quan Trường – Điền Văn Hội", ("Xa Quan Trường", "Điền Văn Hội"), (), None, True),
    (f"Tin, bài: {M} – Ảnh: Trung tâm Văn hóa", (M,), ("Trung tâm Văn hóa",), None, False),
    (f"{M} (t/h)", (M,), (), None, False),
    (f"PV {M} – {H}", (M, H), (), None, True),
    (f"Bài, ảnh: {M} (Phòng Văn hóa)", (M,), (M,), None, False),
    (f"{M} - Đài PTTH Bến Cảng", (M,), (), None, False),
    ("fot. Anna Nowa", (), ("Anna Nowa",), None, False),
    ("Photo by: Rosa Lake", (), ("Rosa Lake",), None, False),
    ("Theo bencang.gov.vn", (), (), "bencang.gov.vn", False),
    (f"(Theo {M}/Báo Bến Cảng)", (M,), (), "Báo Bến Cảng", False),
    ("Photo(s): Rosa Lake", (), ("Rosa Lake",), None, False),
    ("Photo by Rosa Lake", (), ("Rosa Lake",), None, False),
    ("Photo courtesy of Rosa Lake", (), ("Rosa Lake",), None, False),
    ("Credit: Rosa Lake", (), ("Rosa Lake",), None, False),
]


@pytest.mark.parametrize(("line", "authors", "credits", "source", "ambiguous"), UNDERSTOOD)
def test_a_printed_line_is_understood(
    line: str, authors: tuple[str, ...], credits: tuple[str, ...], source: str | None, ambiguous: bool
) -> None:
    assert parse_byline(line) == Byline(
        authors=authors, photo_credits=credits, source=source, ambiguous=ambiguous
    )


@pytest.mark.parametrize(
    "line",
    [
        "Ảnh hưởng của bão số 3 đến sản xuất vụ mùa",
        "Tin vui đến với người dân huyện đảo",
        "Theo đó, các đơn vị phải hoàn thành trước ngày 5/3",
        "Theo Nghị định mới, hộ kinh doanh tự kê khai thuế",
        "Bài học từ một phiên chợ quê",
        "Nguồn lực để phát triển rừng bền vững",
        "Nguồn vốn giải ngân đạt 72% kế hoạch năm.",
        "By the end of the year, the road will be open.",
        "Photo opportunities begin at noon",
        "Kinh tế",
        "Tin khác",
        "Nguồn tin",
        "Tác giả bài viết:",
        "Phát triển nông thôn mới",
        "Hải Phòng, ngày 5 tháng 3 năm 2026",
        "Ông Nguyễn Văn Mẫu",
        "Văn phòng một cửa mở từ 7 giờ 30",
        "By Communications Office",
        "By City Council",
        "By popular demand, the pool stays open",
        "Phòng khám mở cửa từ 7 giờ",
        "Von der Brücke zum Markt",
        "Por la tarde llega la lluvia",
        "Story time begins at ten",
        "Posted by: admin",
        "Contact: Rosa Lake",
        "Print",
        "Gốc",
    ],
)
def test_what_names_nobody_names_nobody(line: str) -> None:
    assert not parse_byline(line)


SYLLABLES = st.sampled_from(
    [
        "Hoàng", "Minh", "Đỗ", "Hiền", "Thái", "Bình", "Ngọc", "Lan", "Quỳnh", "Trang", "Bảo", "Anh",
        "Hà", "My", "Đức", "Hùng", "Vũ", "Tường", "Vy", "Sơn", "Tùng",
    ]
)  # fmt: skip
NAMES = st.lists(SYLLABLES, min_size=2, max_size=4).map(" ".join)
LABELS = st.sampled_from(["Tin và ảnh: ", "Bài và ảnh: ", "Bài, ảnh: ", "Tin, ảnh: "])


@given(NAMES)
def test_any_name_alone_is_its_author(name: str) -> None:
    assert parse_byline(name).authors == (name,)
    assert parse_byline(name.upper()).authors == (name.upper(),)


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.sampled_from([", ", "; ", " và ", " & "]))
def test_lists_of_names_come_apart_again(authors: list[str], between: str) -> None:
    line = between.join(authors)
    if len(line) <= 100:
        assert parse_byline(line).authors == tuple(authors)


@given(LABELS, NAMES)
def test_words_and_pictures_by_one(label: str, name: str) -> None:
    assert parse_byline(label + name) == Byline(authors=(name,), photo_credits=(name,))


@given(NAMES, NAMES, st.sampled_from([". Ảnh: ", " – Ảnh: ", ". ẢNH: "]))
def test_words_by_one_and_pictures_by_another(writer: str, taker: str, between: str) -> None:
    assert parse_byline(writer + between + taker) == Byline(authors=(writer,), photo_credits=(taker,))


LOWER = st.sampled_from(
    [
        "các", "địa", "phương", "tích", "cực", "triển", "khai", "kế", "hoạch", "trong", "năm", "nay",
        "được", "người", "dân", "ủng", "hộ",
    ]
)  # fmt: skip
OPENING = st.sampled_from(
    ["Theo", "Ảnh", "Tin", "Bài", "Nguồn", "Hải Phòng", "Ông", "Đến nay", "Ngày 5/3,", "By", ""]
)


@given(OPENING, st.lists(LOWER, min_size=4, max_size=20), st.sampled_from(["", ".", ":", "…", "!"]))
def test_sentences_are_no_bylines(opening: str, rest: list[str], mark: str) -> None:
    assert not parse_byline(f"{opening} {' '.join(rest)}{mark}")


@given(st.text(max_size=150))
def test_any_text_is_answered(line: str) -> None:
    found = parse_byline(line)
    assert all(found.authors) and all(found.photo_credits)


@given(st.text(max_size=60))
def test_whatever_is_named_has_the_shape_of_a_name(text: str) -> None:
    known = names(text)
    assert known is None or all(map(is_name, known[0]))


ENGLISH = st.builds(
    "{} {}".format,
    st.sampled_from(["Rosa", "Tom", "R. J.", "Ann Mary", "Zoë", "PHILIPPA"]),
    st.sampled_from(["Lake", "van der Hill", "O’Moor", "Stroud-Kane", "de la Cruz", "McTavish"]),
)


@given(
    st.lists(ENGLISH, min_size=1, max_size=3, unique=True),
    ENGLISH,
    st.sampled_from(["By ", "Story by ", "Written by ", "Text: "]),
    st.sampled_from(["; photos by ", " | Photo by ", ". Photo: ", ". Photos courtesy of "]),
)
def test_english_writers_and_a_photographer(writers: list[str], taker: str, label: str, between: str) -> None:
    listed = ", ".join(writers[:-1]) + (" and " if len(writers) > 1 else "") + writers[-1]
    found = parse_byline(f"{label}{listed}{between}{taker}")
    assert (found.authors, found.photo_credits) == (tuple(writers), (taker,))


def test_no_body_sentence_of_the_samples_is_a_byline() -> None:
    sentences = {
        sentence
        for article in [*load_articles(124), *town_articles()]
        for paragraph in [*article["paragraphs"], article["lead"] or "", article["title"]]
        for sentence in (paragraph, *paragraph.split(". "))
    }
    assert len(sentences) > 500
    assert [s for s in sentences if parse_byline(s)] == []


def test_every_byline_of_the_samples_is_understood() -> None:
    for article in [*load_articles(1000), *town_articles()]:
        found = parse_byline(article["byline"] or "")
        assert list(found.authors) == article["authors"], article["byline"]
        assert article["photo_credits"][: len(found.photo_credits)] == list(found.photo_credits)
