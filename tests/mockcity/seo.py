"""What a search-engine plugin of WordPress adds to the head of some articles."""

from __future__ import annotations

import json
from typing import Any

from tests.mockcity.text import attribute
from tests.mockcity.truth import Facts


def head(article: Facts, base: str, *, name: str = ' class="yoast-schema-graph"') -> str:
    """The plugin's elements for one article; ``""`` where ``seo`` is null. ``name`` is the
    attribute with which the plugin in use marks its JSON-LD."""
    seo = article["seo"]
    if seo is None:
        return ""
    parts = [_open_graph(article, base)] if seo["og"] else []
    if seo["json_ld"]:
        text = json.dumps(_graph(article, base), ensure_ascii=False).replace("</", "<\\/")
        parts.append(f'<script type="application/ld+json"{name}>{text}</script>')
    return "\n".join(parts)


def _open_graph(article: Facts, base: str) -> str:
    seo = article["seo"]
    pairs = [
        ("og:locale", "vi_VN"),
        ("og:type", "article"),
        ("og:title", f"{article['title']} - {article['site_name']}"),
        ("og:description", article["lead"]),
        ("og:url", base + article["path"]),
        ("og:site_name", article["site_name"]),
        ("article:published_time", seo["published"]),
        ("article:modified_time", seo["modified"]),
        *(("og:image", base + image["src"]) for image in article["images"][:1]),
    ]
    lines = [f'<meta property="{name}" content="{attribute(value)}" />' for name, value in pairs if value]
    lines.append(f'<meta name="author" content="{attribute(seo["author"])}" />')
    return "\n".join(lines)


def _graph(article: Facts, base: str) -> dict[str, Any]:
    url, root, seo = base + article["path"], base + "/", article["seo"]
    piece: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": url + "#article",
        "isPartOf": {"@id": url},
        "author": {"@type": "Person", "name": seo["author"]},
        "headline": article["title"],
        "datePublished": seo["published"],
        "articleSection": article["sections"],
        "keywords": article["tags"],
        "inLanguage": "vi",
        "publisher": {"@id": root + "#organization"},
    }
    if seo["modified"]:
        piece["dateModified"] = seo["modified"]
    if article["images"]:
        piece["image"] = {"@type": "ImageObject", "url": base + article["images"][0]["src"]}
    page = {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": f"{article['title']} - {article['site_name']}",
        "isPartOf": {"@id": root + "#website"},
        "inLanguage": "vi",
    }
    name = article["site_name"]
    website = {"@type": "WebSite", "@id": root + "#website", "url": root, "name": name}
    organization = {"@type": "Organization", "@id": root + "#organization", "url": root, "name": name}
    return {"@context": "https://schema.org", "@graph": [piece, page, website, organization]}
