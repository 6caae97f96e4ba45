"""Who wrote and who took the pictures, on pages in the languages of the tables: lines, brackets, captions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article
from tests.footbridge import DATES, TEXTS

CAPTIONS = [
    ("ko", "새 보행교 전경. 사진=가람시 제공", ("가람시",)),
    ("ko", "새 보행교 전경. 가람시 제공", ("가람시",)),
    ("ko", "새 보행교 전경 (사진=홍길동 기자)", ("홍길동",)),
    ("ko", "▲ 새 보행교 전경 ⓒ 홍길동", ("홍길동",)),
    ("ko", "새 보행교를 건너는 시민들.", ()),
    ("ja", "開通を待つ歩道橋（写真：みなと市提供）", ("みなと市",)),
    ("ja", "開通を待つ歩道橋＝鈴木花子撮影", ("鈴木花子",)),
    ("ja", "開通を待つ歩道橋。写真提供：みなと市", ("みなと市",)),
    ("ja", "歩道橋を撮影する市民", ()),
    ("zh", "图为新桥夜景。记者 张三 摄", ("张三",)),
    ("zh", "新桥夜景（张三 摄）", ("张三",)),
    ("zh", "新桥夜景 摄影：张三", ("张三",)),
    ("zh", "新桥夜景。（水磨市博物馆供图）", ("水磨市博物馆",)),
    ("zh", "摄影爱好者在桥上拍摄", ()),
    ("en", "The bridge at dawn. Photo: Rosa Lake/Tom Hill", ("Rosa Lake", "Tom Hill")),
    ("en", "The bridge at dawn. Photo: Rosa Lake/City of Wrenmouth", ("Rosa Lake",)),
    ("de", "Der Steg am Morgen. Bild: Stadt Musterau / Anna Muster", ("Anna Muster",)),
    ("de", "© Stadt Musterau", ("Stadt Musterau",)),
    ("fr", "La passerelle au matin. © Ville de Belmont – Jeanne Exemple", ("Jeanne Exemple",)),
    ("fr", "Crédit photo : Jeanne Exemple", ("Jeanne Exemple",)),
    ("pt", "A passarela. Foto: Clara Amostra/Secom", ("Clara Amostra",)),
    ("pt", "Fotos: Divulgação/Secom", ()),
    ("it", "La passerella. Foto di Ugo Colle", ("Ugo Colle",)),
    ("pl", "Kładka o świcie, fot. A. Wzór", ("A. Wzór",)),
    ("vi", "Cầu đi bộ nhìn từ bờ bắc – Ảnh: V.V.T.", ("V.V.T.",)),
    ("vi", "Cầu đi bộ nhìn từ bờ bắc lúc sáng sớm. Ảnh: V.T.Q.", ("V.T.Q",)),
]
BELOW = [
    ("ko", "홍길동 기자 hong@news.example", ("홍길동",), (), None, "홍길동 기자 hong@news.example"),
    ("ko", "홍길동 기자", ("홍길동",), (), None, "홍길동 기자"),
    ("ko", "글 홍길동 / 사진 김철수", ("홍길동",), ("김철수",), None, "글 홍길동 / 사진 김철수"),
    ("ko", "담당부서 : 홍보담당관 // 담당자 : 홍길동 // 문의 02-000-0000", (), (), None, None),
    ("ko", "사진 공모전 안내", (), (), None, None),
    ("ja", "文・写真 山田太郎", ("山田太郎",), ("山田太郎",), None, "文・写真 山田太郎"),
    ("ja", "（山田太郎）", ("山田太郎",), (), None, "（山田太郎）"),
    ("ja", "文責：広報課", (), (), None, None),
    ("zh", "（记者 李四）", ("李四",), (), None, "（记者 李四）"),
    ("zh", "记者 张三 文/图", ("张三",), ("张三",), None, "记者 张三 文/图"),
    ("zh", "责任编辑：李四", (), (), None, None),
    ("zh", "编辑：李四 // 审核：王五", (), (), None, None),
    ("zh", "来源：水磨市人民政府网", (), (), "水磨市人民政府网", "来源：水磨市人民政府网"),
    ("zh", "供稿单位：宣传部", (), (), "宣传部", "供稿单位：宣传部"),
    ("en", "(Joy Lakewell/CIO)", ("Joy Lakewell",), (), None, "(Joy Lakewell/CIO)"),
    ("en", "### // Media contact: Rosa Lake, 555 0100", (), (), None, None),
    (
        "en",
        "Words: Rosa Lake. Pictures: Tom Hill",
        ("Rosa Lake",),
        ("Tom Hill",),
        None,
        "Words: Rosa Lake. Pictures: Tom Hill",
    ),
    (
        "de",
        "Text: A. Muster; Fotos: B. Muster",
        ("A. Muster",),
        ("B. Muster",),
        None,
        "Text: A. Muster; Fotos: B. Muster",
    ),
    ("de", "Ansprechpartnerin: Anna Muster, Pressestelle", (), (), None, None),
    (
        "fr",
        "Texte et photos : Jeanne Exemple",
        ("Jeanne Exemple",),
        ("Jeanne Exemple",),
        None,
        "Texte et photos : Jeanne Exemple",
    ),
    ("es", "Fotos: Luis Modelo", (), ("Luis Modelo",), None, "Fotos: Luis Modelo"),
    (
        "pt",
        "Texto: Clara Amostra | Fotos: Luís Modelo",
        ("Clara Amostra",),
        ("Luís Modelo",),
        None,
        "Texto: Clara Amostra | Fotos: Luís Modelo",
    ),
    ("pl", "oprac. Jan Przykład", ("Jan Przykład",), (), None, "oprac. Jan Przykład"),
    (
        "id",
        "Penulis: Budi Contoh // Editor: Sri Misal // Foto: Adi Umpama",
        ("Budi Contoh",),
        ("Adi Umpama",),
        None,
        "Penulis: Budi Contoh",
    ),
    ("vi", "Nguồn: Báo Bến Cảng", (), (), "Báo Bến Cảng", "Nguồn: Báo Bến Cảng"),
    (
        "vi",
        "Tác giả: Hoàng Minh. Biên tập: Đỗ Hiền",
        ("Hoàng Minh",),
        (),
        None,
        "Tác giả: Hoàng Minh. Biên tập: Đỗ Hiền",
    ),
]
ABOVE = [
    (
        "pt",
        "Publicado: 05/03/2026 | Autor: Clara Amostra | Foto: Luís Modelo/Secom",
        ("Clara Amostra",),
        ("Luís Modelo",),
        None,
    ),
    ("ja", "文：山田太郎　写真：鈴木花子　公開日：2026年3月5日", ("山田太郎",), ("鈴木花子",), None),
    ("ko", "홍길동 기자 | 2026-03-05 10:20", ("홍길동",), (), None),
    ("ko", "2026-03-05 10:20 홍길동 기자", ("홍길동",), (), None),
    (
        "ko",
        "<ul><li>작성자 : 홍보담당관</li><li>등록일 : 2026-03-05</li><li>조회수 : 12</li></ul>",
        (),
        (),
        None,
    ),
    ("ja", "取材・文／山田太郎 // 公開日：2026年3月5日", ("山田太郎",), (), None),
    ("ja", "公開日：2026年3月5日　担当：広報課", (), (), None),
    ("zh", "2026-03-05 08:30 来源：水磨晚报 作者：张三", ("张三",), (), "水磨晚报"),
    ("zh", "发布时间：2026-03-05 来源：水磨晚报 责任编辑：李四", (), (), "水磨晚报"),
    ("zh", "本报记者 张三 // 发布时间：2026-03-05 08:30", ("张三",), (), None),
    (
        "en",
        "By Rosa Lake and Tom Hill, City Communications // March 5, 2026",
        ("Rosa Lake", "Tom Hill"),
        (),
        None,
    ),
    ("en", "By Rosa Lake | City of Wrenmouth // March 5, 2026", ("Rosa Lake",), (), None),
    ("en", "Posted by admin | March 5, 2026", (), (), None),
    ("de", "Von Anna Muster // 5. März 2026", ("Anna Muster",), (), None),
    ("de", "5. März 2026 | Von Anna Muster", ("Anna Muster",), (), None),
    ("fr", "Par Jeanne Exemple, le 3 mars 2026", ("Jeanne Exemple",), (), None),
    ("es", "Redacción | 5 de marzo de 2026", (), (), None),
    ("es", "Por Clara Muestra | 5 de marzo de 2026", ("Clara Muestra",), (), None),
    ("it", "di Pia Monte // 5 marzo 2026", ("Pia Monte",), (), None),
    ("nl", "Door Jan Voorbeeld // 5 maart 2026", ("Jan Voorbeeld",), (), None),
    ("id", "Penulis: Budi Contoh | Editor: Sri Misal | 5 Maret 2026", ("Budi Contoh",), (), None),
]
WITHIN = [
    ("ko", "[시정뉴스=홍길동 기자] ", "", ("홍길동",), (), None, "[시정뉴스=홍길동 기자]"),
    (
        "ko",
        "(가람=가람통신) 홍길동 기자 = ",
        "",
        ("홍길동",),
        (),
        "가람통신",
        "(가람=가람통신) 홍길동 기자 =",
    ),
    ("ja", "", "（山田太郎）", ("山田太郎",), (), None, "（山田太郎）"),
    ("ja", "", "（終了しました）", (), (), None, None),
    ("zh", "", "（记者 李四 通讯员 王五）", ("李四", "王五"), (), None, "（记者 李四 通讯员 王五）"),
    ("en", "", " (FGL/PIA-NCR)", ("FGL",), (), "PIA-NCR", "(FGL/PIA-NCR)"),
    ("en", "", " (Joy Lakewell/CIO)", ("Joy Lakewell",), (), None, "(Joy Lakewell/CIO)"),
    ("en", "", " (Photo courtesy of Tower Watch)", (), ("Tower Watch",), None, None),
    ("id", "", " (bud/sri)", ("bud", "sri"), (), None, "(bud/sri)"),
    ("vi", "", " (Theo TTXVN)", (), (), "TTXVN", "(Theo TTXVN)"),
    ("vi", "", " (Ảnh: Hoàng Minh)", (), ("Hoàng Minh",), None, None),
]
TEXT_LINES = {"사진 공모전 안내"}
"""Lines below the text that are no byline and belong to it."""


def read(
    lang: str, above: str, below: str = "", *, first: str = "", last: str = "", figure: str = ""
) -> Article:
    """The page of a language, with lines above and below its text (divided by ``//``), words before its
    first and after its last paragraph, and a figure after the first one."""
    title, one, *more, end = TEXTS[lang]
    top, tail = (
        "".join(f"<p>{line}</p>" for line in lines.split(" // ") if line) for lines in (above, below)
    )
    text = f"<p>{first}{one}</p>{figure}{''.join(f'<p>{p}</p>' for p in more)}<p>{end}{last}</p>"
    html = f"<html lang={lang}><head><meta charset=utf-8><title>{title}</title></head><body><main>"
    html += f"<h1>{title}</h1>{top}<div>{text}{tail}</div></main></body></html>"
    moment = datetime(2026, 4, 1, tzinfo=UTC)
    article = extract_html(html.encode(), "https://town.example/news/42", captured_at=moment)
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(("lang", "line", "authors", "credits", "source"), ABOVE)
def test_lines_between_headline_and_text(
    lang: str, line: str, authors: tuple[str, ...], credits: tuple[str, ...], source: str | None
) -> None:
    article = read(lang, line)
    assert (article.authors, article.photo_credits, article.source) == (authors, credits, source)
    assert article.paragraphs[-1] == TEXTS[lang][-1]


@pytest.mark.parametrize(("lang", "lines", "authors", "credits", "source", "byline"), BELOW)
def test_lines_below_the_text(
    lang: str,
    lines: str,
    authors: tuple[str, ...],
    credits: tuple[str, ...],
    source: str | None,
    byline: str | None,
) -> None:
    article = read(lang, DATES[lang], lines)
    assert (article.authors, article.photo_credits, article.source) == (authors, credits, source)
    assert article.byline == byline
    assert article.paragraphs[-1] == (lines if lines in TEXT_LINES else TEXTS[lang][-1])


@pytest.mark.parametrize(("lang", "first", "last", "authors", "credits", "source", "byline"), WITHIN)
def test_brackets_within_the_text(
    lang: str, first: str, last: str, authors: tuple[str, ...], credits: tuple[str, ...],
    source: str | None, byline: str | None,
) -> None:  # fmt: skip
    article = read(lang, DATES[lang], first=first, last=last)
    assert (article.authors, article.photo_credits, article.source) == (authors, credits, source)
    assert article.byline == byline
    assert article.paragraphs[-1] == TEXTS[lang][-1] + last, "a paragraph is kept as it is printed"


@pytest.mark.parametrize(("lang", "caption", "credits"), CAPTIONS)
def test_credits_in_captions(lang: str, caption: str, credits: tuple[str, ...]) -> None:
    figure = f"<figure><img src=/b.jpg><figcaption>{caption}</figcaption></figure>"
    article = read(lang, DATES[lang], figure=figure)
    assert (article.authors, article.photo_credits) == ((), credits)
    assert article.images[0].caption == caption


def test_the_source_of_figures_is_not_that_of_the_text() -> None:
    article = read("vi", DATES["vi"], last=" (Nguồn: Chi cục Thống kê)")
    assert (article.byline, article.source) == (None, None)


def test_offices_and_persons_to_ask_wrote_nothing() -> None:
    for heading, line in (("お問い合わせ", "広報課 山田太郎"), ("お問い合わせ先", "担当：山田太郎")):
        article = read("ja", DATES["ja"], f"{heading} // {line}")
        assert (article.byline, article.authors) == (None, ())
