"""Any byline that the grammar of a language composes comes apart into the same names again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.extract import extract_html
from pipelines.extract.byline import Byline, parse_byline
from pipelines.model import Article
from tests.footbridge import DATES, TEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How the portals of one language compose a byline."""

    given: str
    family: str
    order: str = "{given} {family}"
    text: str
    """Labels before writers, divided by ``|``; a colon or space belongs to them."""
    photo: str
    both: str
    between: str
    """What stands between the last two of several names."""
    parts: str
    """What stands between writers and photographers."""


GRAMMARS = {
    "vi": Grammar(
        given="Hoàng|Thái|Quỳnh|Bảo", family="Minh|Bình Sơn|Trang|Ngọc Lan", text="Bài: |Tin: |Tác giả: ",
        photo="Ảnh: |ảnh: ", both="Tin và ảnh: |Bài, ảnh: ", between=" và |, | & ", parts=". | – |; | | ",
    ),
    "en": Grammar(
        given="Rosa|Tom|R. J.|Zoë", family="Lake|van der Hill|O’Moor|Stroud-Kane",
        text="By |Story by |Words: |Written by ", photo="Photos by |Photo: |Pictures: |Photo courtesy of ",
        both="Story and photos by |Words & pictures: ", between=" and | & |, ", parts="; |. | / ",
    ),
    "de": Grammar(
        given="Anna|Bernd|A.", family="Muster|von Probe|Muster-Probe", text="Text: |Von |Autorin: ",
        photo="Fotos: |Foto: |Bilder: ", both="Text und Fotos: |Text/Foto: ", between=" und |, ",
        parts="; |. | – ",
    ),
    "fr": Grammar(
        given="Jeanne|Luc|Zoé", family="Exemple|de Modèle|Exemple-Modèle", text="Texte : |Par |Auteur : ",
        photo="Photos : |Photo : |Crédit photo : ", both="Texte et photos : ", between=" et |, ",
        parts=" – |. |; ",
    ),
    "es": Grammar(
        given="Clara|Luis", family="Muestra|de la Muestra|Modelo", text="Texto: |Por |Redacción: ",
        photo="Fotos: |Fotografía: ", both="Texto y fotos: ", between=" y |, ", parts=". | / |; ",
    ),
    "pt": Grammar(
        given="Clara|Luís", family="Amostra|da Amostra|Modelo", text="Texto: |Por |Reportagem: ",
        photo="Fotos: |Foto: ", both="Texto e fotos: ", between=" e |, ", parts=" – |. |; ",
    ),
    "it": Grammar(
        given="Pia|Ugo", family="Monte|del Colle", text="Testo di |di |A cura di |Testo: ",
        photo="foto di |Foto: ", both="Testo e foto: |Testo e foto di ", between=" e |, ", parts=", |. | - ",
    ),
    "pl": Grammar(
        given="Anna|Jan", family="Wzór|Przykład-Wzór", text="tekst: |Autor: |oprac. ",
        photo="fot. |Zdjęcia: ",
        both="Tekst i zdjęcia: |tekst i fot. ", between=" i | oraz |, ", parts=", |; ",
    ),
    "nl": Grammar(
        given="Jan|Els", family="Voorbeeld|de Proef|van der Proef", text="Tekst: |Door |Door: ",
        photo="Foto: |Foto's: ",
        both="Tekst en foto's: ", between=" en |, ", parts=", |. | – ",
    ),
    "id": Grammar(
        given="Budi|Sri", family="Contoh|Misal", text="Penulis: |Teks: |Pewarta: ",
        photo="Foto: |Fotografer: ",
        both="Teks dan foto: ", between=" dan |, ", parts=" | ; |. ",
    ),
    "ko": Grammar(
        given="길동|철수|은하", family="홍|김|이", order="{family}{given}", text="글 |글: ",
        photo="사진 |사진: |사진=",
        both="글·사진 |글/사진 ", between="·|, | ", parts=" / | , ",
    ),
    "ja": Grammar(
        given="太郎|花子|さくら", family="山田|鈴木|佐々木", order="{family}{given}",
        text="文：|文＝|取材・文／",
        photo="写真：|写真＝|撮影：", both="文・写真 |取材・文・写真：", between="、|・", parts=" |、| / ",
    ),
    "zh": Grammar(
        given="三|小四|建国", family="张|李|欧阳", order="{family}{given}", text="文：|作者：|记者 |撰文：",
        photo="摄影：|图：|图/", both="图文：|文/图：", between=" |、|，", parts=" |；",
    ),
}  # fmt: skip


def one_of(choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices.split("|"))


def people(grammar: Grammar, most: int = 3) -> st.SearchStrategy[list[str]]:
    name = st.builds(
        lambda given, family: grammar.order.format(given=given, family=family),
        one_of(grammar.given), one_of(grammar.family),
    )  # fmt: skip
    return st.lists(name, min_size=1, max_size=most, unique=True)


def listed(names: list[str], between: str) -> str:
    comma = between if between.strip() in ("", "·", "、", "，", "・") else ", "
    return comma.join(names[:-1]) + (between if len(names) > 1 else "") + names[-1]


@pytest.mark.parametrize("lang", GRAMMARS)
def test_a_composed_byline_comes_apart_again(lang: str) -> None:
    grammar = GRAMMARS[lang]

    @settings(max_examples=60)
    @given(
        one_of(grammar.text), people(grammar), one_of(grammar.between),
        one_of(grammar.parts), one_of(grammar.photo), people(grammar, 2),
    )  # fmt: skip
    def writers_and_photographers(
        label: str, writers: list[str], between: str, part: str, photo: str, takers: list[str]
    ) -> None:
        line = f"{label}{listed(writers, between)}{part}{photo}{listed(takers, between)}"
        found = parse_byline(line)
        assert (found.authors, found.photo_credits) == (tuple(writers), tuple(takers)), line

    @settings(max_examples=30)
    @given(one_of(grammar.both), people(grammar), one_of(grammar.between))
    def both(label: str, names: list[str], between: str) -> None:
        line = f"{label}{listed(names, between)}"
        assert parse_byline(line) == Byline(authors=tuple(names), photo_credits=tuple(names)), line

    writers_and_photographers()
    both()


@pytest.mark.parametrize("lang", GRAMMARS)
def test_the_printed_line_is_kept(lang: str) -> None:
    grammar, (title, *paragraphs) = GRAMMARS[lang], TEXTS[lang]
    body = "".join(f"<p>{p}</p>" for p in paragraphs)

    @settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
    @given(one_of(grammar.both), people(grammar, 1), st.booleans())
    def kept(label: str, names: list[str], above: bool) -> None:
        line = f"{label}{names[0]}"
        date, byline = f"<p>{DATES[lang]}</p>", f"<p>{line}</p>"
        page = f"<h1>{title}</h1>{byline + date + body if above else date + body + byline}"
        html = f"<html lang={lang}><head><meta charset=utf-8></head><body><main>{page}</main></body></html>"
        moment = datetime(2026, 4, 1, tzinfo=UTC)
        article = extract_html(html.encode(), "https://town.example/42", captured_at=moment)
        assert isinstance(article, Article)
        assert (article.byline, article.authors, article.photo_credits) == (line, (names[0],), (names[0],))
        assert article.paragraphs[-1] == paragraphs[-1]

    kept()
