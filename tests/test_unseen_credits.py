"""How papers and offices sign that the rules had not met: degrees, notes in brackets, offices, agencies."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.extract.byline import parse_byline
from pipelines.extract.credits import credit, credited
from pipelines.model import Article

WHEN = datetime(2026, 3, 20, tzinfo=UTC)
P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."


def read(before: str, below: str = "", site: str = "The Millrace Herald") -> Article:
    head = f"<head><meta charset=utf-8><meta property=og:site_name content='{site}'></head>"
    html = f"<html lang=en>{head}<body><article><h1>The footbridge opens early</h1>{before}"
    page = f"{html}<div><p>{P}</p><p>{P[::-1]}</p><p>{P}</p></div>{below}</article></body></html>".encode()
    article = extract_html(page, "https://herald.example/early", captured_at=WHEN)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("line", "authors", "credits"),
    [
        ("Thu Lam (Tin) – Bảo Kha (Ảnh)", ("Thu Lam",), ("Bảo Kha",)),
        ("Ks. Lê Thu Lam - Chi cục Chăn nuôi & Thú y", ("Lê Thu Lam",), ()),
        ("Thu Lam – Phòng Văn hóa và Thông tin", ("Thu Lam",), ()),
        ("PGS.TS. Lê Thu Lam", ("Lê Thu Lam",), ()),
        ("Thu Lam và Bảo Kha", ("Thu Lam", "Bảo Kha"), ()),
        ("Ghi chép của LÊ THU LAM", ("LÊ THU LAM",), ()),
        ("Bài, ảnh: Lê Thu Lam (GV Trường THCS Cầu Gỗ)", ("Lê Thu Lam",), ("Lê Thu Lam",)),
        ("Ghi chép của đoàn công tác", (), ()),
    ],
)
def test_vietnamese_signatures(line: str, authors: tuple[str, ...], credits: tuple[str, ...]) -> None:
    found = parse_byline(line)
    assert (found.authors, found.photo_credits) == (authors, credits)


def test_who_gave_a_picture_out_is_no_second_photographer() -> None:
    caption = credit("Cầu tràn bị ngập. (Ảnh: Lê Thu Lam/KBTN phát)")
    assert caption is not None
    assert credited(caption) == ("Lê Thu Lam",)


@pytest.mark.parametrize(
    ("caption", "who"),
    [
        ("The deck at noon. Harbour photo by Rosa Lakewell", ("Rosa Lakewell",)),
        ("Первые гости на мосту. Фото Розы Озеровой", ("Розы Озеровой",)),
        ("Le pont à l'aube. - Photo GDM, Rosa Lakewell", ("Rosa Lakewell",)),
        ("El puente, al alba. :: ROSA DEL LAGO", ("ROSA DEL LAGO",)),
        ("The bridge at noon. / Rosa Lakewell", ("Rosa Lakewell",)),
        ("The bridge at noon. Rosa Lakewell/Millrace University", ("Rosa Lakewell",)),
        ("The bridge, some morning. (Millrace Historical Society)", ("Millrace Historical Society",)),
        ("So öffnet sich die Brücke (Foto: FF St. Marien)", ("FF St. Marien",)),
        ("A stone at St. Hubert’s. Photo courtesy of Lake Lab.", ("Lake Lab",)),
        ("Quelle: Rosa Lakewell / BfGW", ("Rosa Lakewell",)),
        ("Le pont © DDT 91 – C. Dulac", ("C. Dulac",)),
        ("Foto: Rosa Lakewell / MÜHLBOTE", ("Rosa Lakewell",)),
        ("(Image: Millracer/Rosa Lakewell)", ("Rosa Lakewell",)),
        ("工匠在桥上（本报记者 欧明 摄）", ("欧明",)),
        ("الجسر الجديد - تصوير: كريم البحيري", ("كريم البحيري",)),
        ("Ảnh: Thu Lam - CTV", ("Thu Lam", "CTV")),
    ],
)
def test_credits_of_captions(caption: str, who: tuple[str, ...]) -> None:
    found = credit(caption)
    assert found is not None
    assert credited(found) == who


@pytest.mark.parametrize(
    "caption",
    ["Photo by the author", "He crossed it. Photo finish", "Nguồn: Báo Cầu Gỗ", "The bridge (Old Town)"],
)
def test_captions_that_credit_nobody(caption: str) -> None:
    assert credit(caption) is None


def test_an_office_and_its_writer_as_a_source() -> None:
    found = parse_byline("Fonte: Ascom PMPG / Rosa do Lago")
    assert (found.authors, found.source) == (("Rosa do Lago",), "Ascom PMPG")
    assert parse_byline("by PIO Central").authors == ()


def test_an_office_beside_the_caption_of_its_figure_gave_the_picture() -> None:
    image = "<div><img src=/a.jpg width=480><span>Lake &amp; Mill Agency</span></div>"
    article = read(f"<figure>{image}<figcaption>The bridge at noon, seen from the mill</figcaption></figure>")
    assert article.photo_credits == ("Lake & Mill Agency",)
    assert article.images[0].caption == "The bridge at noon, seen from the mill"
    assert read(f"<figure>{image}</figure>").photo_credits == ()


def test_the_sites_own_names_are_no_writers() -> None:
    site = "Hãng tin Bờ Nam (KBTN)"
    article = read("<p>3 March 2026</p><p>By KBTN/Tin Bờ Nam</p>", site=site)
    assert (article.authors, article.source) == ((), "KBTN/Tin Bờ Nam")
    assert read("<p>By Rosa Lakewell</p>", site="Rosa Lakewell").authors == ("Rosa Lakewell",)


def test_a_line_below_a_picture_with_a_russian_credit_is_its_caption() -> None:
    line = "Первых гостей в субботу провели по новому мосту. Фото Розы Озеровой"
    article = read(f"<img src=/a.jpg width=480><div>{line}</div>")
    assert article.photo_credits == ("Розы Озеровой",)
    assert article.images[0].caption == line
