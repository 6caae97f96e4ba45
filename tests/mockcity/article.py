"""The part of an article's page that is the article's own, in the order in which the city prints it.

Section, ``Print``, date, ``Gốc``, title, lead, content (paragraphs, pictures, byline,
attachments), tags, the block ``Tiện ích thông tin``, and ``Tin khác``.
"""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urljoin

from tests.mockcity.media import variants
from tests.mockcity.text import attribute, content, markup
from tests.mockcity.truth import Facts
from tests.mockcity.view import View


def article_main(view: View, article: Facts) -> str:
    """The ``main`` element of an article's page."""
    base = view.base
    parts = [
        _sections(view, article),
        _toolbar(base, article),
        f'<h1 class="wp-block-post-title">{markup(article["title"])}</h1>',
        _excerpt(article),
        f'<div class="entry-content wp-block-post-content">\n{article_content(base, article)}\n</div>',
        _tags(view, article),
        _service_block(base, article),
        _related(base, article),
    ]
    return '<main class="wp-block-group">\n' + "\n".join(filter(None, parts)) + "\n</main>"


def _sections(view: View, article: Facts) -> str:
    links = '<span class="wp-block-post-terms__separator">, </span>'.join(
        f'<a href="{view.url(view.section(name)["path"])}" rel="tag">{markup(name)}</a>'
        for name in article["sections"]
    )
    return f'<div class="taxonomy-category wp-block-post-terms">{links}</div>'


def _toolbar(base: str, article: Facts) -> str:
    original = ""
    if article["original"]:
        target = urljoin(base + "/", article["original"])
        original = f'<a href="{attribute(target)}" target="_blank" rel="noopener">Gốc</a>'
    elif article["original_label"]:
        original = '<button type="button">Gốc</button>'
    return (
        '<div class="wp-block-group"><button type="button" onclick="window.print()">Print</button> '
        f"<span>{article['published_raw']}</span> {original}</div>"
    )


def _excerpt(article: Facts) -> str:
    if "excerpt" not in article["lead_kind"]:
        return ""
    lead = content(article["lead"], article["quirks"])
    return f'<div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{lead}</p></div>'


def article_content(base: str, article: Facts) -> str:
    """What the CMS holds as the post's content: paragraphs, pictures, byline, attachments."""
    quirks = article["quirks"]
    blocks: list[tuple[str, str]] = []
    if "bold" in article["lead_kind"]:
        blocks.append(("p", f"<p><strong>{content(article['lead'], quirks)}</strong></p>"))
    blocks += _pictures(base, article, 0)
    for index, paragraph in enumerate(article["paragraphs"]):
        blocks.append(_paragraph(content(paragraph, quirks), article["marks"].get(str(index), "p")))
        blocks += _pictures(base, article, index + 1)
    if article["byline"]:
        line = markup(article["byline"])
        blocks.append(("p", f'<p class="has-text-align-right"><strong>{line}</strong></p>'))
    for file in article["attachments"]:
        link = f'<a href="{base}{file["path"]}">{markup(file["name"])}</a>'
        blocks.append(("p", f"<p>Tài liệu đính kèm: {link}</p>"))
    runs = groupby(blocks, lambda block: block[0])
    return "\n".join(_run(kind, [block for _, block in run]) for kind, run in runs)


def _run(kind: str, blocks: list[str]) -> str:
    return f'<ul class="wp-block-list">{"".join(blocks)}</ul>' if kind == "li" else "\n".join(blocks)


def _paragraph(text: str, mark: str) -> tuple[str, str]:
    if mark == "li":
        return "li", f"<li>{text}</li>"
    if mark == "h3":
        return "p", f'<h3 class="wp-block-heading">{text}</h3>'
    return "p", f"<p><strong>{text}</strong></p>" if mark == "strong" else f"<p>{text}</p>"


def _pictures(base: str, article: Facts, after: int) -> list[tuple[str, str]]:
    return [
        ("p", _picture(base, image, place["caption_kind"], article["quirks"]))
        for image, place in zip(article["images"], article["placement"], strict=True)
        if place["after"] == after
    ]


def _picture(base: str, image: Facts, kind: str | None, quirks: Facts) -> str:
    sizes = ", ".join(f"{base}{path} {width}w" for path, width in variants(image["src"]))
    tag = (
        f'<img loading="lazy" decoding="async" width="800" height="533" src="{base}{image["src"]}" alt="" '
        f'srcset="{sizes}" sizes="(max-width: 800px) 100vw, 800px" />'
    )
    caption = content(image["caption"], quirks) if image["caption"] else ""
    if kind == "italic":
        return f"<p>{tag}</p>\n<p><em>{caption}</em></p>"
    if kind == "paragraph":
        centred = '<p class="has-text-align-center">'
        return f"{centred}{tag}</p>\n{centred}<em>{caption}</em></p>"
    shown = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
    return f'<figure class="wp-block-image size-large">{tag}{shown}</figure>'


def _tags(view: View, article: Facts) -> str:
    if not article["tags"]:
        return ""
    links = '<span class="wp-block-post-terms__separator">, </span>'.join(
        f'<a href="{view.url(view.tag(tag)["path"])}" rel="tag">{markup(tag)}</a>' for tag in article["tags"]
    )
    prefix = '<span class="wp-block-post-terms__prefix">Từ khóa: </span>'
    return f'<div class="taxonomy-post_tag wp-block-post-terms">{prefix}{links}</div>'


def _service_block(base: str, article: Facts) -> str:
    value = markup(article["source_line"] or "")
    if article["quirks"].get("glued_source"):
        source = f"<p>Nguồn tin {value} QR Code</p>"
    else:
        source = f"<p>Nguồn tin</p>\n{f'<p>{value}</p>' if value else ''}\n<p>QR Code</p>"
    return f"""<div class="wp-block-group">
<p><strong>Tiện ích thông tin</strong></p>
{source}
<p><img src="{base}/wp-content/uploads/qr.png" width="120" height="120" alt="QR Code" /></p>
<p>QR CODE: {markup(article["title"])}</p>
<p>Chúng tôi trên Mạng Xã hội</p>
<ul class="wp-block-social-links"><li class="wp-social-link"><a href="https://mangxahoi.example/cuabach" \
class="wp-block-social-link-anchor"><span class="wp-block-social-link-label">Fanpage</span></a></li></ul>
<p>QR Code Fanpage</p>
<p>Mã QR Code truy cập vào Fanpage {markup(article["site_name"])}</p>
</div>"""


def _related(base: str, article: Facts) -> str:
    items = "".join(
        f'<li><a href="{base}{link["path"]}">{markup(link["title"])}</a></li>' for link in article["related"]
    )
    return f'<h2 class="wp-block-heading">Tin khác</h2>\n<ul class="wp-block-list">{items}</ul>'
