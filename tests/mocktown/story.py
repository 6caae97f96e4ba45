"""The articles' pages, in the three markups that the town has had.

- ``/news/…``: ``section.story``; headline, lead, byline and date in this order above the text;
- ``/press-releases/…``: ``section.release``; the date in a ``dl``, the byline below the text,
  an end mark and the press contact in a ``footer``;
- ``/archive/…``: no section and no ``h1`` of its own; the date above an ``h2``, and a canonical
  address that is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby

from tests.mocktown.frame import attribute, link, text
from tests.mocktown.truth import Facts


def is_old(article: Facts) -> bool:
    """Whether the article is in the oldest markup."""
    return bool(article["path"].startswith("/archive/"))


def main(article: Facts) -> str:
    """The ``main`` element of the article's page."""
    if is_old(article):
        parts = _old(article)
    elif article["path"].startswith("/press-releases/"):
        parts = _release(article)
    else:
        parts = _story(article)
    return '<main id="content">\n' + "\n".join(part for part in parts if part) + "\n</main>"


def head(article: Facts, base: str) -> str:
    """What the article adds to the head: canonical address, Open Graph, JSON-LD."""
    lines = []
    if is_old(article):
        lines.append(f'<link rel="canonical" href="{base}/index.html">')
    elif article["path"].startswith("/news/"):
        lines.append(f'<link rel="canonical" href="{base}{article["path"]}">')
    seo = article["seo"] or {"og": False, "json_ld": False}
    if seo["og"]:
        pairs = [
            ("og:type", "article"),
            ("og:site_name", article["site_name"]),
            ("og:title", article["title"]),
        ]
        pairs += [("article:published_time", seo["published"])] if seo["published"] else []
        pairs += [("og:image", base + image["src"]) for image in article["images"][:1]]
        lines += [f'<meta property="{name}" content="{attribute(value)}">' for name, value in pairs]
        lines.append(f'<meta name="author" content="{attribute(seo["author"])}">')
    if seo["json_ld"]:
        facts = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": article["title"],
            "datePublished": seo["published"], "author": {"@type": "Organization", "name": seo["author"]},
        }  # fmt: skip
        lines.append(f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>')
    return "\n".join(lines)


def _story(article: Facts) -> Iterator[str]:
    quirks = article["quirks"]
    yield '<section class="story" aria-labelledby="headline">'
    yield f'<p class="topic">{_topics(article)}</p>'
    yield f'<h1 id="headline">{text(article["title"])}</h1>'
    yield _standfirst(article)
    yield _line("who", article["byline"])
    yield _line("when", f"{quirks.get('label', '')} {article['published_raw']}".strip())
    yield _line("when changed", quirks.get("updated"))
    yield f'<div class="copy">\n{_copy(article)}\n</div>'
    yield _line("who", quirks.get("photo_line"))
    if files := "".join(f"<li>{link(f['path'], f['name'])}</li>" for f in article["attachments"]):
        yield f'<section class="files"><h2>Documents</h2><ul>{files}</ul></section>'
    if pairs := [*_source(article), *_keywords(article)]:
        yield f'<dl class="facts">{_pairs(pairs)}</dl>'
    yield _related(article, "nav", "h2")
    yield '<p class="share"><button type="button" onclick="print()">Print this page</button></p>\n</section>'


def _release(article: Facts) -> Iterator[str]:
    pairs = [("Release date", text(article["published_raw"])), ("Topic", _topics(article))]
    yield '<section class="release">\n<header>\n<p class="kicker">Press release</p>'
    yield f"<h1>{text(article['title'])}</h1>"
    yield f'<dl class="meta">{_pairs([*pairs, *_source(article), *_keywords(article)])}</dl>\n</header>'
    yield _standfirst(article)
    yield f'<div class="text">\n{_copy(article)}\n</div>'
    yield _line("signature", article["byline"])
    if files := "".join(f"<li>{link(f['path'], f['name'])}</li>" for f in article["attachments"]):
        yield f'<div class="downloads"><h2>Attachments</h2><ul>{files}</ul></div>'
    yield f"<footer><p># # #</p><p>{text(article['quirks']['contact'])}</p></footer>\n</section>"
    yield _related(article, "aside", "h2")


def _old(article: Facts) -> Iterator[str]:
    yield f'<div class="item">\n<div class="date">{text(article["published_raw"])}</div>'
    yield f"<h2>{text(article['title'])}</h2>"
    yield _standfirst(article)
    yield f'<div class="item-text">\n{_copy(article)}'
    yield f"<p><i>{text(article['byline'])}</i></p>" if article["byline"] else ""
    yield from (f"<p>Download: {link(f['path'], f['name'])}</p>" for f in article["attachments"])
    yield "</div>"
    yield f'<div class="filed">Filed under: {_topics(article)}</div>'
    yield f"<dl>{_pairs(_keywords(article))}</dl>" if article["tags"] else ""
    yield _related(article, "div", "h3") + "\n</div>"


def _line(name: str, value: str | None) -> str:
    return f'<p class="{name}">{text(value)}</p>' if value else ""


def _standfirst(article: Facts) -> str:
    return _line("standfirst", article["lead"]) if "excerpt" in article["lead_kind"] else ""


def _topics(article: Facts) -> str:
    return ", ".join(link(f"/topics/{slug(name)}", name) for name in article["sections"])


def _keywords(article: Facts) -> list[tuple[str, str]]:
    links = ", ".join(link(f"/keywords/{slug(name)}", name) for name in article["tags"])
    return [("Keywords", links)] if links else []


def _source(article: Facts) -> list[tuple[str, str]]:
    if article["original"]:
        return [("First published in", link(article["original"], article["source_line"]))]
    return [("Source", text(article["source_line"]))] if article["source_line"] else []


def _pairs(pairs: list[tuple[str, str]]) -> str:
    return "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in pairs)


def _related(article: Facts, element: str, heading: str) -> str:
    items = "".join(f"<li>{link(r['path'], r['title'])}</li>" for r in article["related"])
    if not items:
        return ""
    return f'<{element} class="see-also"><{heading}>Related news</{heading}><ul>{items}</ul></{element}>'


def _copy(article: Facts) -> str:
    blocks: list[tuple[str, str]] = []
    if "bold" in article["lead_kind"]:
        blocks.append(("p", f"<p><strong>{text(article['lead'])}</strong></p>"))
    for index, paragraph in enumerate(article["paragraphs"]):
        mark = article["marks"].get(str(index), "p")
        blocks += [("p", picture) for picture in _pictures(article, index)]
        blocks.append((mark, _block(mark, text(paragraph))))
    blocks += [("p", picture) for picture in _pictures(article, len(article["paragraphs"]))]
    runs = [(mark, "\n".join(block for _, block in run)) for mark, run in groupby(blocks, lambda b: b[0])]
    return "\n".join(f"<ul>\n{run}\n</ul>" if mark == "li" else run for mark, run in runs)


def _block(mark: str, shown: str) -> str:
    forms = {
        "p": "<p>{}</p>", "h3": "<h3>{}</h3>", "li": "<li>{}</li>", "strong": "<p><strong>{}</strong></p>",
        "quote": "<blockquote><p>{}</p></blockquote>",
    }  # fmt: skip
    return forms[mark].format(shown)


def _pictures(article: Facts, after: int) -> Iterator[str]:
    for image, place in zip(article["images"], article["placement"], strict=True):
        if place["after"] != after:
            continue
        tag = f'<img src="{image["src"]}" width="720" height="480" alt="">'
        caption = text(image["caption"] or "")
        if place["caption_kind"] == "paragraph":
            yield f'<p class="middle">{tag}</p>\n<p class="middle"><em>{caption}</em></p>'
        elif caption:
            yield f"<figure>{tag}<figcaption>{_credit_apart(image, caption)}</figcaption></figure>"
        else:
            yield f"<p>{tag}</p>"


def _credit_apart(image: Facts, caption: str) -> str:
    """The caption, with a credit that closes it in an element of its own."""
    found = re.search(r" ((?:Photo|Courtesy)\b[^()]*)$", caption) if image["credit"] else None
    return f'{caption[: found.start()]} <span class="credit">{found[1]}</span>' if found else caption


def slug(name: str) -> str:
    """A section's or keyword's name in an address."""
    return re.sub("[^a-z]+", "-", name.lower())
