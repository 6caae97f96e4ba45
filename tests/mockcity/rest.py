"""The city's REST interface: the part of WordPress's ``wp/v2`` that concerns what is published."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from tests.mockcity.answer import Answer
from tests.mockcity.sitemap import changed
from tests.mockcity.text import content as shown
from tests.mockcity.text import markup
from tests.mockcity.theme import Theme
from tests.mockcity.truth import Facts
from tests.mockcity.view import View

ROOT = "/wp-json"
ZONE = timezone(timedelta(hours=7))
_Query = dict[str, str]


class Refused(Exception):
    """A request that WordPress refuses: status, its code, its message."""


def rest(view: View, look: Theme, path: str, query: _Query) -> Answer:
    """What an address under /wp-json/ answers."""
    parts = path.removeprefix(ROOT).strip("/").split("/")
    try:
        match parts:
            case [""]:
                return _json(view, _index(view))
            case ["wp", "v2", "posts"]:
                return _collection(view, "posts", _chosen(view, query), query, lambda a: _post(view, look, a))
            case ["wp", "v2", "posts", number] if number.isdigit():
                return _json(view, _fields(_post(view, look, _numbered(view, int(number))), query))
            case ["wp", "v2", ("categories" | "tags") as kind]:
                terms = view.sections() if kind == "categories" else view.tags()
                used = [t for t in terms if view.filed(t)]
                return _collection(view, kind, used, query, lambda t: _term(view, kind, t))
            case ["wp", "v2", "pages"]:
                pages = list(enumerate(view.site["pages"], 2))
                return _collection(view, "pages", pages, query, lambda p: _page(view, *p))
            case ["wp", "v2", "pages", ("2" | "3") as number]:
                return _json(
                    view, _fields(_page(view, int(number), view.site["pages"][int(number) - 2]), query)
                )
        raise Refused(404, "rest_no_route", "No route was found matching the URL and request method.")
    except Refused as refused:
        status, code, message = refused.args
        body = {"code": code, "message": message, "data": {"status": status}}
        return _json(view, body, status=status)


def _json(view: View, value: Any, *, status: int = 200, more: tuple[tuple[str, str], ...] = ()) -> Answer:
    headers = (
        ("X-Robots-Tag", "noindex"),
        ("Link", f'<{view.url("/wp-json/")}>; rel="https://api.w.org/"'),
        ("X-Content-Type-Options", "nosniff"),
        ("Access-Control-Expose-Headers", "X-WP-Total, X-WP-TotalPages, Link"),
    )
    body = json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("/", "\\/").encode()
    kind = "application/json; charset=UTF-8"
    return Answer(status=status, body=body, content_type=kind, headers=headers + more, gzip="asked")


def _index(view: View) -> Facts:
    routes = {r: {"methods": ["GET"]} for r in ("/", "/wp/v2/posts", "/wp/v2/categories", "/wp/v2/tags")}
    return {
        "name": view.name,
        "description": "Tin tức và thông báo của thành phố",
        "url": view.base,
        "home": view.base,
        "gmt_offset": 7,
        "timezone_string": view.site["timezone"],
        "namespaces": ["oembed/1.0", "wp/v2"],
        "authentication": [],
        "routes": routes,
    }


def _chosen(view: View, query: _Query) -> list[Facts]:
    """The posts that a query asks for, in the order that it asks for."""
    found = list(view.articles)
    for name, kept in (("include", True), ("exclude", False)):
        if name in query:
            found = [a for a in found if (str(view.numbers[a["slug"]]) in query[name].split(",")) == kept]
    if "slug" in query:
        found = [a for a in found if a["slug"] in query["slug"].split(",")]
    if "categories" in query:
        names = {s["name"] for s in view.sections() if str(s["id"]) in query["categories"].split(",")}
        found = [a for a in found if names & set(a["sections"])]
    for name, of, later in (
        ("after", _published, True),
        ("before", _published, False),
        ("modified_after", changed, True),
        ("modified_before", changed, False),
    ):
        if name in query:
            limit = _instant(name, query[name])
            found = [a for a in found if of(a) != limit and (of(a) > limit) == later]
    return _ordered(view, found, query)


def _ordered(view: View, found: list[Facts], query: _Query) -> list[Facts]:
    keys: dict[str, Callable[[Facts], Any]] = {
        "date": _published,
        "modified": changed,
        "id": lambda a: view.numbers[a["slug"]],
        "slug": lambda a: a["slug"],
        "title": lambda a: a["title"],
    }
    by, order = query.get("orderby", "date"), query.get("order", "desc")
    if by not in keys or order not in ("asc", "desc"):
        raise Refused(400, "rest_invalid_param", "Invalid parameter(s): orderby, order")
    return sorted(found, key=keys[by], reverse=order == "desc")


def _published(article: Facts) -> str:
    return str(article["published_at"])


def _instant(name: str, value: str) -> str:
    """A date-time of a query in the form of the truth; without an offset it is the city's time. A day
    alone is none (RFC 3339, as WordPress checks it)."""
    try:
        at = datetime.fromisoformat(value if ":" in value else "")
    except ValueError:
        raise Refused(400, "rest_invalid_param", f"Invalid parameter(s): {name}") from None
    at = at if at.tzinfo else at.replace(tzinfo=ZONE)
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _collection(
    view: View, kind: str, items: list[Any], query: _Query, shape: Callable[[Any], Facts]
) -> Answer:
    page, per_page = _number(query, "page", 1, 10**6), _number(query, "per_page", 10, 100)
    pages = -(-len(items) // per_page)
    if items and page > pages:
        code = "rest_post_invalid_page_number"
        raise Refused(400, code, "The page number requested is larger than the number of pages available.")
    first = int(query["offset"]) if query.get("offset", "").isdigit() else (page - 1) * per_page
    chosen = items[first : first + per_page]
    more = [("X-WP-Total", str(len(items))), ("X-WP-TotalPages", str(pages))]
    links = [(rel, n) for rel, n in (("prev", page - 1), ("next", page + 1)) if 1 <= n <= pages]
    at = view.url(f"{ROOT}/wp/v2/{kind}")
    text = ", ".join(f'<{at}?{urlencode({**query, "page": n})}>; rel="{rel}"' for rel, n in links)
    if text:
        more.append(("Link", text))
    return _json(view, [_fields(shape(item), query) for item in chosen], more=tuple(more))


def _number(query: _Query, name: str, default: int, most: int) -> int:
    value = query.get(name, str(default))
    if not value.isdigit() or not 1 <= int(value) <= most:
        raise Refused(400, "rest_invalid_param", f"Invalid parameter(s): {name}")
    return int(value)


def _fields(value: Facts, query: _Query) -> Facts:
    """The fields that ``_fields`` names; ``title.rendered`` is that part of ``title``."""
    if not query.get("_fields"):
        return value
    wanted = [name.strip().partition(".") for name in query["_fields"].split(",")]
    whole = {name for name, _, part in wanted if not part}
    parts = {name: {p for n, _, p in wanted if n == name} for name, _, _ in wanted}
    return {
        name: found if name in whole else {part: found[part] for part in found if part in parts[name]}
        for name, found in value.items()
        if name in parts
    }


def _numbered(view: View, number: int) -> Facts:
    for article in view.articles:
        if view.numbers[article["slug"]] == number:
            return article
    raise Refused(404, "rest_post_invalid_id", "Invalid post ID.")


def _post(view: View, look: Theme, article: Facts) -> Facts:
    number = view.numbers[article["slug"]]
    lead = article["lead"] if "excerpt" in article["lead_kind"] else article["paragraphs"][0]
    return {
        "id": number,
        **_dates("date", article["published_at"]),
        "guid": {"rendered": view.url(f"/?p={number}")},
        **_dates("modified", changed(article)),
        "slug": article["slug"],
        "status": "publish",
        "type": "post",
        "link": view.url(article["path"]),
        "title": {"rendered": markup(article["title"])},
        "content": {"rendered": look.content(view, article), "protected": False},
        "excerpt": {"rendered": f"<p>{shown(lead, article['quirks'])}</p>\n", "protected": False},
        "author": 1,
        "featured_media": 0,
        "comment_status": "closed",
        "sticky": False,
        "format": "standard",
        "categories": [view.section(name)["id"] for name in article["sections"]],
        "tags": [view.tag(name)["id"] for name in article["tags"]],
        "_links": {"self": [{"href": view.url(f"{ROOT}/wp/v2/posts/{number}")}]},
    }


def _dates(name: str, instant: str) -> Facts:
    at = datetime.fromisoformat(instant)
    return {name: f"{at.astimezone(ZONE):%Y-%m-%dT%H:%M:%S}", f"{name}_gmt": f"{at:%Y-%m-%dT%H:%M:%S}"}


def _term(view: View, kind: str, term: Facts) -> Facts:
    return {
        "id": term["id"],
        "count": len(view.filed(term)),
        "link": view.url(term["path"]),
        "name": term["name"],
        "slug": term["slug"],
        "taxonomy": "category" if kind == "categories" else "post_tag",
    }


def _page(view: View, number: int, facts: Facts) -> Facts:
    body = "".join(f"<p>{markup(p)}</p>\n" for p in facts["paragraphs"])
    return {
        "id": number,
        "slug": facts["path"].strip("/").removesuffix(".html"),
        "type": "page",
        "link": view.url(facts["path"]),
        "title": {"rendered": markup(facts["title"])},
        "content": {"rendered": body, "protected": False},
    }
