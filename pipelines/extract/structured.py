"""What a page states of itself in machine-readable form: JSON-LD and ``meta``.

Such statements are often about another page, or about the site, so a JSON-LD object is
believed only where it is an article and its address or headline is this page's own.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pipelines.extract.blocks import text_in
from pipelines.extract.marks import asking, marked, names, properties
from pipelines.extract.marks.table import (
    CANONICAL,
    KIND,
    NUMBERED,
    POST,
    PUBLICATION,
    STANDING,
    STATED_CHANGE,
    STATED_PUBLICATION,
    STATED_SECTION,
    STATED_SUMMARY,
    STATED_TAG,
    STATED_WRITER,
    TITLES,
)
from pipelines.extract.page import Page
from pipelines.text import clean, fold, unescaped
from pipelines.urls import absolute, url_key

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|Report|NewsMediaOrganization|WebPage)$")
_NEWS = re.compile("Article|Posting$|Report$")
_NODES = 400
_HEADINGS = 20
"""First headings that are compared with a stated headline."""
_is_canonical = asking(CANONICAL)
_JSON = 2_000_000
"""Characters of a page's JSON-LD that are read, in whole scripts; articles state their text in it, too."""
_VALUES = 100_000
"""Most commas and opening brackets of a script: each can be a value, of 30 times its length in memory."""
_TITLE = 1000
"""Characters of the longest headline, name or term that is stated. What is longer is none."""
_SEVERAL = 100
"""Most authors, sections, tags and names that are stated."""
_SUMMARY = 5000
"""Characters of a summary that are read."""
_DATE = 200
"""Characters of the longest stated date."""
_DECODER = json.JSONDecoder(strict=False)
"""Made once, as ``json.loads`` makes its usual one."""
_COMMENT = re.compile(r"^[^\S\n]*+//[^\n]*+|(?<=[,{\[])\s*+//[^\n\"]*+(?P<quoted>\")?+", re.M)
"""A comment, which JSON has none of, or what looks like one and has a quotation mark in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Statements of the page about itself, as stated. ``None`` where it makes none."""

    headline: str | None = None
    """Headline of the JSON-LD article."""
    titles: tuple[str, ...] = ()
    """``og:title``, ``twitter:title`` and the like."""
    document_title: str | None = None
    """The ``title`` element."""
    site_names: tuple[str, ...] = ()
    published: tuple[tuple[str, str], ...] = ()
    """(rule, text) of each stated date of publication, the most trusted first."""
    modified: tuple[tuple[str, str], ...] = ()
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()
    """What metadata gives as a description of the page, each once, whole or cut short."""
    canonical: str | None = None
    types: frozenset[str] = frozenset()
    """All ``@type`` of the page's JSON-LD."""
    article: bool = False
    """Whether the JSON-LD speaks of an article, or the metadata gives a date of publication."""
    event: str | None = None
    """Name of the only event that the JSON-LD speaks of, where it speaks of no article."""


def stated(page: Page) -> Stated:
    """Read a page's metadata. Broken JSON is passed over."""
    nodes = list(islice(_nodes(page), _NODES))
    kinds = [_type(n) for n in nodes]
    articles = (n for n, kind in zip(nodes, kinds, strict=True) if kind and _is_article(kind, n))
    article = next((n for n in articles if _own(n, page)), None) or {}
    crumbs = next((n for n, kind in zip(nodes, kinds, strict=True) if kind == "BreadcrumbList"), {})
    types = frozenset(filter(None, kinds))
    microdata = _microdata(page)
    dated = _dates(page, _dated(page, article), "datePublished", STATED_PUBLICATION, microdata)
    published = () if _standing(page) else tuple(dated) or tuple(_entry(page))
    return Stated(
        headline=_string(article, "headline") or None,
        titles=tuple([t for name in names(TITLES) if (t := page.metas.get(name)) and len(t) <= _TITLE]),
        document_title=_document_title(page),
        site_names=_few(_site_names(page, nodes, article)),
        published=published,
        modified=tuple(_dates(page, article, "dateModified", STATED_CHANGE, microdata)),
        authors=_few(_authors(page, article)),
        sections=_few(_sections(page, article, crumbs)),
        tags=_few(_tags(page)),
        summaries=tuple([s[:_SUMMARY] for s in islice(_summaries(page, article), _SEVERAL)]),
        canonical=_canonical(page),
        types=types,
        article=bool(published)
        or any(_NEWS.search(t) and t != "JobPosting" for t in types),
        event=None if article else _event(nodes),
    )


def _few(values: Iterator[str]) -> tuple[str, ...]:
    """The first values of a field that are no longer than one can be."""
    return tuple([v for v in islice(values, _SEVERAL) if len(v) <= _TITLE])


def _nodes(page: Page) -> Iterator[dict[str, Any]]:
    left = _JSON
    for script in page.listed["script"]:
        text = script.text if (script.get("type") or "").strip().lower() == "application/ld+json" else None
        if text and len(text) <= left and sum(map(text.count, ",[{")) <= _VALUES:
            left -= len(text)
            yield from _flat(_json(text))


def _json(text: str) -> Any:
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>")
    for repaired in (False, True):
        try:
            return _DECODER.decode(_COMMENT.sub(_without_comment, text) if repaired else text)
        except (ValueError, RecursionError):
            continue
    return None


def _without_comment(match: re.Match[str]) -> str:
    return match[0] if match["quoted"] else ""


def _flat(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document, those in lists and graphs too."""
    waiting, seen = deque([value]), 0
    while waiting and seen < _NODES:
        item = waiting.popleft()
        seen += 1
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            yield item
            waiting.extend(v for k, v in item.items() if k in ("@graph", "mainEntity", "hasPart"))


def _type(node: dict[str, Any]) -> str | None:
    kind = node.get("@type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    return kind if isinstance(kind, str) else None


def _is_article(kind: str, node: dict[str, Any]) -> bool:
    return ("headline" in node or "datePublished" in node) and _ARTICLE.match(kind) is not None


def _standing(page: Page) -> bool:
    """Whether WordPress calls the page a standing one and no post (body classes of
    ``get_body_class``): its metadata says then when the page was set up."""
    body = page.body
    if body is None or marked(body, POST):
        return False
    return bool(marked(body, STANDING) and marked(body, NUMBERED))


def _dated(page: Page, article: dict[str, Any]) -> dict[str, Any]:
    """The object whose date of publication is believed. Plug-ins state a ``WebPage`` for every page of a
    site, for forms and offices too; it dates news only where something else calls the page an article."""
    kind = _type(article) or ""
    if "Article" in kind or not kind.endswith("WebPage"):
        return article
    return article if (page.meta(*names(KIND)) or "").lower() == "article" else {}


def _event(nodes: list[dict[str, Any]]) -> str | None:
    events = [n for n in nodes if (_type(n) or "").endswith("Event")]
    return _string(events[0], "name") or None if len(events) == 1 else None


def _own(node: dict[str, Any], page: Page) -> bool:
    """Whether an article object speaks of this page: by its address, else by its headline."""
    entity = node.get("mainEntityOfPage")
    address = entity.get("@id") or entity.get("url") if isinstance(entity, dict) else entity
    for stated_url in (address, node.get("url"), node.get("@id")):
        url = absolute(page.base, stated_url) if isinstance(stated_url, str) else None
        if url and url_key(url).partition("?")[0] == url_key(page.url).partition("?")[0]:
            return True
    headline = fold(_string(node, "headline"))
    title = fold(_document_title(page) or "")
    named = (fold(page.meta(name) or "") for name in names(TITLES))
    printed = (fold(clean(text_in(h)) or "") for h in page.listed["h1"][:_HEADINGS])
    return bool(headline) and (headline in title or headline in (*named, *printed))


def _string(node: dict[str, Any], key: str) -> str:
    value = node.get(key)
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    # Some templates escape a headline twice: for HTML, and again for JSON.
    return (clean(unescaped(value)) or "") if isinstance(value, str) and len(value) <= 2 * _TITLE else ""


def _document_title(page: Page) -> str | None:
    element = None
    for title in page.listed["title"]:
        in_head = (above := title.getparent()) is not None and above.tag == "head"
        element = title if element is None or in_head else element
        if in_head:
            break  # pictures have titles too (SVG)
    if element is None:
        return None
    text = clean("".join(element.itertext()) if len(element) else element.text)
    return text if text and len(text) <= _TITLE else None


def _site_names(page: Page, nodes: list[dict[str, Any]], article: dict[str, Any]) -> Iterator[str]:
    yield from filter(None, [page.site_name])
    for node in nodes:
        if _type(node) in ("WebSite", "Organization", "NewsMediaOrganization", "GovernmentOrganization"):
            yield from filter(None, [_string(node, "name")])
    yield from filter(None, [_string(article, "publisher")])


def _microdata(page: Page) -> list[tuple[set[str], str]]:
    """The properties, and the value, of each element that may state a date."""
    return [
        (kinds, element.get("content") or element.get("datetime") or "")
        for element in page.listed["fact"]
        if (kinds := properties(element))
    ]


def _dates(
    page: Page,
    article: dict[str, Any],
    key: str,
    meaning: str,
    microdata: list[tuple[set[str], str]],
) -> Iterator[tuple[str, str]]:
    if value := _string(article, key):
        yield "json_ld", value
    for name in names(meaning):
        if (told := page.metas.get(name)) and len(told) <= _DATE:
            yield f"meta:{name}", told
    for kinds, value in microdata[:_SEVERAL]:
        if value and len(value) <= _DATE and key in kinds:
            yield "microdata", value


def _entry(page: Page) -> Iterator[tuple[str, str]]:
    """The moment that an ``abbr`` states as that of publication, as hAtom has it; of several entries none."""
    marks = (a for a in islice(page.root.iter("abbr"), _SEVERAL) if marked(a, PUBLICATION))
    told = {value for element in marks if (value := element.get("title")) and len(value) <= _DATE}
    if len(told) == 1:
        yield "microdata", told.pop()


def _authors(page: Page, article: dict[str, Any]) -> Iterator[str]:
    value = article.get("author")
    for item in value[:_SEVERAL] if isinstance(value, list) else [value]:
        name = _string({"author": item}, "author")
        if name and "://" not in name:
            yield name
    for meta in names(STATED_WRITER):
        name = page.meta(meta) or ""
        if name and "://" not in name:
            yield name


def _sections(page: Page, article: dict[str, Any], crumbs: dict[str, Any]) -> Iterator[str]:
    items = crumbs.get("itemListElement")
    named = [_crumb(i) for i in items[:_SEVERAL]] if isinstance(items, list) else []
    found = [n for n in named[1:] if n and fold(n) != fold(_string(article, "headline"))]
    if not found:
        found = [s for s in (page.meta(*names(STATED_SECTION)), _string(article, "articleSection")) if s][:1]
    yield from dict.fromkeys(found)


def _crumb(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    return _string(item, "name") or (_string(item, "item") if isinstance(item.get("item"), dict) else None)


def _tags(page: Page) -> Iterator[str]:
    seen: dict[str, None] = {}
    for element in () if page.metas.keys().isdisjoint(names(STATED_TAG)) else page.listed["meta"]:
        if marked(element, STATED_TAG) and (tag := clean(element.get("content"))):
            seen[tag] = None
    yield from seen


def _summaries(page: Page, article: dict[str, Any]) -> Iterator[str]:
    told = (*map(page.meta, names(STATED_SUMMARY)), _string(article, "description"))
    yield from dict.fromkeys(filter(None, told))


def _canonical(page: Page) -> str | None:
    for link in page.listed["link"]:
        if _is_canonical(link) and (href := link.get("href")):
            return absolute(page.base, href)
    return None
