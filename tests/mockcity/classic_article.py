"""The article's own part of a page of the classic theme, and the post's content in it."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urljoin

from tests.mockcity.text import attribute, markup
from tests.mockcity.text import content as shown
from tests.mockcity.truth import Facts
from tests.mockcity.view import View

_BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
_CENTRED = '<p style="text-align: center;">'


def article_main(view: View, article: Facts) -> str:
    """Section, title, ``Print``, date, ``Gốc``, lead, content, tags, service block, ``Tin khác``."""
    sections = ", ".join(_term(view, view.section(name), "category tag") for name in article["sections"])
    parts = [
        f'<div class="duong-dan">Chuyên mục: {sections}</div>',
        f'<h1 class="tieu-de-bai">{markup(article["title"])}</h1>',
        _toolbar(view, article),
        _lead(article),
        f'<div class="noi-dung-bai">\n{content(view, article)}\n</div>',
        _tags(view, article),
        _service_block(view, article),
        _related(view, article),
    ]
    return "\n".join(filter(None, parts))


def content(view: View, article: Facts) -> str:
    """The post's content as WordPress's old editor left it."""
    quirks = article["quirks"]
    blocks: list[tuple[str, str]] = []
    if "bold" in article["lead_kind"]:
        blocks.append(("p", f"<p><b>{shown(article['lead'], quirks)}</b></p>"))
    blocks += _pictures(view, article, 0)
    for index, paragraph in enumerate(article["paragraphs"]):
        blocks.append(_paragraph(shown(paragraph, quirks), article["marks"].get(str(index), "p")))
        blocks += _pictures(view, article, index + 1)
    if article["byline"]:
        blocks.append(("p", f'<p style="text-align: right;"><b>{markup(article["byline"])}</b></p>'))
    for file in article["attachments"]:
        link = f'<a href="{view.url(file["path"])}">{markup(file["name"])}</a>'
        blocks.append(("p", f"<p>Tài liệu đính kèm: {link}</p>"))
    runs = groupby(blocks, lambda block: block[0])
    return "\n".join(_run(kind, [block for _, block in run]) for kind, run in runs)


def _run(kind: str, blocks: list[str]) -> str:
    return f"<ul>\n{''.join(blocks)}</ul>" if kind == "li" else "\n".join(blocks)


def _paragraph(text: str, mark: str) -> tuple[str, str]:
    if mark == "li":
        return "li", f"<li>{text}</li>\n"
    if mark == "h3":
        return "p", f"<h3>{text}</h3>"
    justified = '<p style="text-align: justify;">'
    return "p", f"{justified}<b>{text}</b></p>" if mark == "strong" else f"{justified}{text}</p>"


def _pictures(view: View, article: Facts, after: int) -> list[tuple[str, str]]:
    lazy = view.numbers[article["slug"]] % 2 == 0
    return [
        ("p", _picture(view, image, place["caption_kind"], article["quirks"], lazy))
        for image, place in zip(article["images"], article["placement"], strict=True)
        if place["after"] == after
    ]


def _picture(view: View, image: Facts, kind: str | None, quirks: Facts, lazy: bool) -> str:
    address = view.url(image["src"])
    plain = f'<img class="aligncenter size-full" src="{address}" alt="" width="500" height="333" />'
    tag = plain
    if lazy:
        tag = f'<img class="aligncenter tai-sau" src="{_BLANK}" data-src="{address}" alt="" width="500" />'
        tag += f"<noscript>{plain}</noscript>"
    caption = shown(image["caption"], quirks) if image["caption"] else ""
    if kind == "figcaption":
        return (
            f'<div class="wp-caption aligncenter" style="width: 510px"><a href="{address}">{tag}</a>\n'
            f'<p class="wp-caption-text">{caption}</p></div>'
        )
    if kind == "paragraph":
        return f"{_CENTRED}{tag}<br />\n<em>{caption}</em></p>"
    below = f"\n<p><i>{caption}</i></p>" if caption else ""
    return f"{_CENTRED}{tag}</p>{below}"


def _term(view: View, term: Facts, rel: str) -> str:
    return f'<a href="{view.url(term["path"])}" rel="{rel}">{markup(term["name"])}</a>'


def _toolbar(view: View, article: Facts) -> str:
    original = ""
    if article["original"]:
        target = attribute(urljoin(view.url("/"), article["original"]))
        original = f' <a class="nut-goc" href="{target}">Gốc</a>'
    elif article["original_label"]:
        original = ' <span class="nut-goc">Gốc</span>'
    return (
        '<div class="dong-tin"><a class="nut-in" href="javascript:window.print()">Print</a> '
        f'<span class="ngay-dang">{article["published_raw"]}</span>{original}</div>'
    )


def _lead(article: Facts) -> str:
    if "excerpt" not in article["lead_kind"]:
        return ""
    return f'<div class="trich-yeu">{shown(article["lead"], article["quirks"])}</div>'


def _tags(view: View, article: Facts) -> str:
    if not article["tags"]:
        return ""
    links = ", ".join(_term(view, view.tag(name), "tag") for name in article["tags"])
    return f'<div class="tu-khoa">Từ khóa: {links}</div>'


def _service_block(view: View, article: Facts) -> str:
    value = markup(article["source_line"] or "")
    if article["quirks"].get("glued_source"):
        source = f"<p>Nguồn tin {value} QR Code</p>"
    else:
        source = "<p>Nguồn tin</p>" + (f"<p>{value}</p>" if value else "") + "<p>QR Code</p>"
    return f"""<div class="tien-ich">
<div class="dau-muc">Tiện ích thông tin</div>
{source}
<p><img src="{view.base}/wp-content/uploads/qr.png" alt="QR Code" /></p>
<p>QR CODE: {markup(article["title"])}</p>
<p>Chúng tôi trên Mạng Xã hội</p>
<p>QR Code Fanpage</p>
<p>Mã QR Code truy cập vào Fanpage {markup(article["site_name"])}</p>
</div>"""


def _related(view: View, article: Facts) -> str:
    items = "".join(
        f'<li><a href="{view.url(link["path"])}">{markup(link["title"])}</a></li>'
        for link in article["related"]
    )
    return f'<div class="tin-khac"><h3>Tin khác</h3>\n<ul>{items}</ul></div>'
