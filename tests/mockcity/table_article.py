"""The middle cell of an article's page in the table theme, and the post's content in it.

Every third article's paragraphs stand in one ``font`` element, parted by ``<br /><br />``;
the others' in ``p`` elements of their own.
"""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urljoin

from tests.mockcity.text import attribute, markup
from tests.mockcity.text import content as shown
from tests.mockcity.truth import Facts
from tests.mockcity.view import View


def font(text: str, size: int, colour: str | None = None) -> str:
    """Text in the theme's type."""
    coloured = f' color="{colour}"' if colour else ""
    return f'<font face="Arial" size="{size}"{coloured}>{text}</font>'


def article_cell(view: View, article: Facts) -> str:
    """Section, ``Print``, date, ``Gốc``, title, lead, content, tags, service block, ``Tin khác``."""
    sections = ", ".join(_term(view, view.section(name)) for name in article["sections"])
    lead = ""
    if "excerpt" in article["lead_kind"]:
        text = font(shown(article["lead"], article["quirks"]), 2, "#333333")
        lead = f'<tr><td align="justify"><b>{text}</b></td></tr>'
    return f"""<table width="100%" border="0" cellpadding="5">
<tr><td>{font(f"Chuyên mục: {sections}", 2)}</td></tr>
<tr><td align="right">{_toolbar(view, article)}</td></tr>
<tr><td><b>{font(markup(article["title"]), 5, "#990000")}</b></td></tr>
{lead}
<tr><td align="justify">
{content(view, article)}
</td></tr>
{_tags(view, article)}
<tr><td>{_service_block(view, article)}</td></tr>
<tr><td><b>{font("Tin khác", 2, "#003399")}</b><hr size="1" />{_related(view, article)}</td></tr>
</table>"""


def content(view: View, article: Facts) -> str:
    """The post's content: paragraphs by ``p`` or by ``br``, pictures in tables or centred."""
    broken = view.numbers[article["slug"]] % 3 == 0
    blocks = _blocks(view, article)
    runs = [(kind, [text for _, text in run]) for kind, run in groupby(blocks, lambda block: block[0])]
    return "\n".join(_run(kind, texts, broken) for kind, texts in runs)


def _blocks(view: View, article: Facts) -> list[tuple[str, str]]:
    """(kind, inner markup) of each block; kinds are text, li, right and done."""
    quirks = article["quirks"]
    blocks: list[tuple[str, str]] = []
    if "bold" in article["lead_kind"]:
        blocks.append(("text", f"<b>{shown(article['lead'], quirks)}</b>"))
    blocks += _pictures(view, article, 0)
    for index, paragraph in enumerate(article["paragraphs"]):
        mark = article["marks"].get(str(index), "p")
        text = shown(paragraph, quirks)
        head = f'<b><font color="#003399">{text}</font></b>' if mark == "h3" else f"<b>{text}</b>"
        blocks.append(("li", text) if mark == "li" else ("text", text if mark == "p" else head))
        blocks += _pictures(view, article, index + 1)
    if article["byline"]:
        blocks.append(("done", f'<div align="right"><b>{font(markup(article["byline"]), 2)}</b></div>'))
    for file in article["attachments"]:
        link = f'<a href="{view.url(file["path"])}">{markup(file["name"])}</a>'
        blocks.append(("done", f"<div>{font(f'Tài liệu đính kèm: {link}', 2)}</div>"))
    return blocks


def _run(kind: str, texts: list[str], broken: bool) -> str:
    if kind == "done":
        return "\n".join(texts)
    if kind == "li":
        return f'<ul type="square">{"".join(f"<li>{font(text, 2)}</li>" for text in texts)}</ul>'
    if broken:
        return font("<br /><br />\n".join(texts), 2) + "<br /><br />"
    return "\n".join(f'<p align="justify">{font(text, 2)}</p>' for text in texts)


def _pictures(view: View, article: Facts, after: int) -> list[tuple[str, str]]:
    return [
        ("done", _picture(view, image, place["caption_kind"], article["quirks"]))
        for image, place in zip(article["images"], article["placement"], strict=True)
        if place["after"] == after
    ]


def _picture(view: View, image: Facts, kind: str | None, quirks: Facts) -> str:
    tag = f'<img src="{view.url(image["src"])}" width="480" border="1" alt="" />'
    if not image["caption"]:
        return f"<center>{tag}</center>"
    caption = f"<i>{font(shown(image['caption'], quirks), 2)}</i>"
    if kind == "figcaption":
        rows = f'<tr><td align="center">{tag}</td></tr><tr><td align="center">{caption}</td></tr>'
        return f'<table border="0" align="center" width="490">{rows}</table>'
    if kind == "italic":
        return f"<center>{tag}</center>\n<div>{caption}</div>"
    return f"<center>{tag}<br />{caption}</center>"


def _term(view: View, term: Facts) -> str:
    return f'<a href="{view.url(term["path"])}">{markup(term["name"])}</a>'


def _toolbar(view: View, article: Facts) -> str:
    original = ""
    if article["original"]:
        target = attribute(urljoin(view.url("/"), article["original"]))
        original = f' <a href="{target}">Gốc</a>'
    elif article["original_label"]:
        original = " Gốc"
    link = '<a href="javascript:window.print()">Print</a>'
    return font(f"{link} {article['published_raw']}{original}", 1, "#666666")


def _tags(view: View, article: Facts) -> str:
    if not article["tags"]:
        return ""
    links = ", ".join(_term(view, view.tag(name)) for name in article["tags"])
    return f"<tr><td>{font(f'Từ khóa: {links}', 2)}</td></tr>"


def _service_block(view: View, article: Facts) -> str:
    value = markup(article["source_line"] or "")
    if article["quirks"].get("glued_source"):
        source = [f"Nguồn tin {value} QR Code"]
    else:
        source = ["Nguồn tin", value, "QR Code"]
    lines = [
        "<b>Tiện ích thông tin</b>",
        *source,
        f'<img src="{view.base}/wp-content/uploads/qr.png" width="120" alt="" />',
        f"QR CODE: {markup(article['title'])}",
        "Chúng tôi trên Mạng Xã hội",
        "QR Code Fanpage",
        f"Mã QR Code truy cập vào Fanpage {markup(article['site_name'])}",
    ]
    rows = "".join(f"<tr><td>{font(line, 2)}</td></tr>" for line in lines if line)
    return f'<table width="100%" border="1" bordercolor="#CCCCCC" cellspacing="0">{rows}</table>'


def _related(view: View, article: Facts) -> str:
    return "<br />\n".join(
        f'&raquo; <a href="{view.url(link["path"])}">{font(markup(link["title"]), 2)}</a>'
        for link in article["related"]
    )
