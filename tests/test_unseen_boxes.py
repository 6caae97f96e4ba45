"""What pages put between and below paragraphs, in boxes that no class names: none of it is text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Article

TEXTS = {
    "vi": (
        "Cầu đi bộ qua rạch Cối Xay mở cửa từ thứ bảy, sớm hơn hai tuần so với ngày đã thông báo trước đây.",
        "Người đi xe đạp được qua cầu từ thứ hai, sau khi lan can phía bắc được nâng cao thêm ba mươi phân.",
        "Cầu cũ vẫn dành cho người đi bộ đến hết tháng, sau đó được tháo dỡ trong hai đêm liên tiếp.",
        "Những thanh gỗ sồi sẽ được chuyển về bảo tàng để đóng thành ghế ngồi cho khách tham quan.",
    ),
    "en": (
        "The footbridge over the mill race opens on Saturday, two weeks before the date first announced.",
        "Cyclists may use it from Monday on, when the railings on the northern side have been raised.",
        "The old bridge stays open to walkers until the end of the month and is then taken down.",
        "Its oak beams go to the museum, where the wheelwright of the town will make benches of them.",
    ),
    "de": (
        "Der Steg über den Mühlgraben öffnet am Samstag, zwei Wochen früher als zunächst angekündigt.",
        "Mit dem Rad darf man ihn ab Montag befahren, wenn das Geländer auf der Nordseite erhöht ist.",
        "Die alte Brücke bleibt bis Monatsende für Fußgänger offen und wird dann in zwei Nächten abgebaut.",
        "Ihre Eichenbalken kommen ins Museum, wo der Stellmacher der Stadt Bänke daraus bauen wird.",
    ),
    "fr": (
        "La passerelle du bief ouvre samedi, deux semaines avant la date annoncée dans un premier temps.",
        "Les cyclistes pourront l'emprunter à partir de lundi, une fois le garde-corps nord surélevé.",
        "L'ancien pont reste ouvert aux piétons jusqu'à la fin du mois, puis sera démonté en deux nuits.",
        "Ses poutres de chêne iront au musée, où le charron de la ville en fera des bancs pour tous.",
    ),
    "es": (
        "La pasarela del molino abre el sábado, dos semanas antes de la fecha que se había anunciado.",
        "Los ciclistas podrán usarla desde el lunes, cuando se haya elevado la barandilla del norte.",
        "El puente viejo sigue abierto a los peatones hasta fin de mes y se desmontará en dos noches.",
        "Sus vigas de roble irán al museo, donde el carretero de la villa hará bancos con ellas.",
    ),
    "pt": (
        "A passarela do moinho abre no sábado, duas semanas antes da data anunciada inicialmente.",
        "Os ciclistas poderão usá-la a partir de segunda, quando o guarda-corpo norte for elevado.",
        "A ponte velha fica aberta aos pedestres até o fim do mês e será desmontada em duas noites.",
        "As vigas de carvalho irão para o museu, onde o carpinteiro da cidade fará bancos com elas.",
    ),
}  # fmt: skip
LINK = "<a href=/7>"


def read(lang: str, body: str) -> Article:
    html = f"<html lang={lang}><head><meta charset=utf-8></head><body>{body}</body></html>"
    url = "https://town.example/news.php?id=3"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("between", [True, False])
@pytest.mark.parametrize(
    ("lang", "box"),
    [
        ("vi", "<p>Nhận tin qua email mỗi tuần.</p><form><input type=email><button>Gửi</button></form>"),
        ("en", "<p>The week on both banks.</p><input placeholder='Your e-mail'><button>Go</button>"),
        ("de", "<b>Der Brief zum Fluss</b><p>Jede Woche neu.</p><input name=mail><button>Los</button>"),
        ("fr", "<h3>Restez informés</h3><p>Une lettre par mois.</p><input><button>Je m'inscris</button>"),
        ("es", "<p>Las noticias en tu correo.</p><input type=text><button>Quiero recibirlas</button>"),
        ("pt", "<p>As notícias no seu e-mail toda sexta.</p><input type=text><button>Receber</button>"),
        ("en", "Was this page useful? <button>Yes</button> <button>No</button>"),
        ("en", "<p>Was this page useful? <a href=#y>Yes</a> <a href='javascript:no()'>No</a></p>"),
        ("de", "Hat Ihnen diese Seite geholfen? <input type=radio> <input type=radio>"),
        ("es", "¿Le ha sido útil esta información? <button>Sí</button><button>No</button>"),
        ("en", "<strong>Watch: how the bridge was built</strong><video src=a.mp4></video><p>0:00 / 2:14</p>"),
        ("de", "<iframe src=https://video.example/7></iframe><p>So wurde der Steg gebaut</p>"),
        ("fr", "Partager sur <a href='https://www.facebook.com/sharer/sharer.php?u=x'>Facebook</a>"),
        ("pt", "Compartilhe: <a href='https://api.whatsapp.com/send?text=x'>WhatsApp</a>"),
        ("vi", f"<b>Xem nhiều</b><ul><li>{LINK}Lịch cắt điện tuần tới trên địa bàn phường</a></li></ul>"),
        ("pt", f"<h4>Mais lidas</h4><p>{LINK}Prefeitura paga a primeira parcela do décimo terceiro</a></p>"),
    ],
)  # fmt: skip
def test_a_box_is_no_text_and_ends_none(lang: str, box: str, between: bool) -> None:
    first, second, third, last = TEXTS[lang]
    above, below = f"<p>{first}</p><p>{second}</p>", f"<p>{third}</p><p>{last}</p>"
    boxed = f"<div>{box}</div>"
    text = f"{above}{boxed}{below}" if between else f"{above}{below}{boxed}"
    article = read(lang, f"<main><h1>The footbridge opens early</h1><div>{text}</div></main>")
    assert (article.lead, article.paragraphs, article.related) == (None, TEXTS[lang], ())


@pytest.mark.parametrize(
    "kept",
    [
        "<p>Who may use the bridge from Monday on? Cyclists, says the mayor. <button>Listen</button></p>",
        "<div><p>The mayor spoke at the opening, as the film shows.</p><video src=a.mp4></video></div>",
        "<p>Is the old bridge to be kept?</p>",
        "<p>Who may use it? <a href=/walk>Walkers</a> and <a href=/bike>cyclists</a></p>",
        "<p>Write to the mayor, or send her a mail, if you would like to have one of the oak beams.</p>",
    ],
)
def test_text_beside_a_button_or_a_video_is_kept(kept: str) -> None:
    first, second, third, last = TEXTS["en"]
    text = f"<p>{first}</p><p>{second}</p>{kept}<p>{third}</p><p>{last}</p>"
    article = read("en", f"<main><h1>The footbridge opens early</h1><div>{text}</div></main>")
    assert len(article.paragraphs) == 5


def test_a_form_around_the_headline_is_no_box() -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXTS["en"])
    search = "<input type=text name=mail><button>Search</button>"
    article = read("en", f"<div><div><h1>The footbridge opens early</h1>{search}</div>{text}</div>")
    assert (article.title, article.paragraphs) == ("The footbridge opens early", TEXTS["en"])


@pytest.mark.parametrize(
    "below",
    [
        "<p>Media contact: Petra Wheelwright, office of the mayor, 615-555-0164, mayor@town.example</p>",
        "<p>Last updated: 12 March 2026, 9:40</p>",
        "<h2>Written by</h2><p>Press office, Mill Lane 4, Millrace</p>",
    ],
)
def test_what_closes_a_text_ends_it(below: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXTS["en"])
    more = "<p>How clear was this page to you</p><p>Give it one to five stars</p>"
    article = read("en", f"<main><h1>The footbridge opens early</h1>{text}{below}{more}</main>")
    assert article.paragraphs == TEXTS["en"]


@pytest.mark.parametrize(
    ("lang", "facts"),
    [
        ("it", "<div><small>Data:</small><p>5 marzo 2026</p></div><p>Tempo di lettura: 2 min</p>"),
        ("en", "<p>Date published:</p><p>5 March 2026</p><p>3 min read</p>"),
        ("de", "<p>5. März 2026</p><p>4 Minuten Lesezeit</p>"),
        ("vi", "<div><span>QUỐC DŨNG</span><span>05/03/2026 07:15 GMT+7</span></div>"),
    ],
)
def test_facts_between_headline_and_text(lang: str, facts: str) -> None:
    lines = TEXTS.get(lang, TEXTS["en"])
    text = "".join(f"<p>{line}</p>" for line in lines)
    article = read(lang, f"<main><h1>The footbridge opens early</h1>{facts}{text}</main>")
    assert str(article.published_date) == "2026-03-05"
    assert (article.lead, article.paragraphs) == (None, lines)


def test_files_that_hang_on_behind_a_sentence_are_attachments_and_no_text() -> None:
    first, second, *rest = TEXTS["en"]
    files = "<a href=/a.pdf>The plan of the bridge</a> <button>Open</button> <a href=/b.doc>The order</a>"
    inside = "Railings are shown in <a href=/c.pdf>the plan of the railings</a> and on site."
    text = f"<p>{first} {files}</p><p>{second}</p><p>{inside}</p>" + "".join(f"<p>{r}</p>" for r in rest)
    article = read("en", f"<main><h1>The footbridge opens early</h1>{text}</main>")
    assert article.paragraphs == (
        first,
        second,
        "Railings are shown in the plan of the railings and on site.",
        *rest,
    )
    assert [a.url[-6:] for a in article.attachments] == ["/a.pdf", "/b.doc", "/c.pdf"]


def test_labels_of_the_next_line_and_ratings_are_no_text() -> None:
    lines = TEXTS["en"]
    text = "".join(f"<p>{line}</p>" for line in lines)
    facts = "<div><small>Tempo di lettura:</small><p>2 min</p></div>"
    terms = "<h6>Argomenti</h6><ul><li><a href=/t/1>Ponti</a></li><li><a href=/t/2>Mulini</a></li></ul>"
    rated = "<div>Ocena: 4,5/5 (12)</div><div>★★★★★ 5/5</div>"
    article = read(
        "it", f"<main><h1>The footbridge opens early</h1>{facts}{terms}<div>{text}{rated}</div></main>"
    )
    assert article.paragraphs == lines
    assert article.sections == ("Ponti", "Mulini")


def test_short_lines_above_a_date_do_not_make_it_text() -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXTS["en"])
    head = "<p>Cyclists may follow from Monday on</p><p>by Petra Wheelwright</p><p>5 March 2026 at 7:00</p>"
    head += "<p>3 min read</p>"
    article = read("en", f"<main><h1>The footbridge opens early</h1>{head}{text}</main>")
    assert (str(article.published_date), article.authors) == ("2026-03-05", ("Petra Wheelwright",))
    assert article.lead == "Cyclists may follow from Monday on"
    assert article.paragraphs == TEXTS["en"]
