"""What the look of an address says before it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from scrapy.http import Response
from w3lib.url import safe_url_string

from pipelines import urls

MAX_LENGTH = 2048
"""Longest address that is asked, in characters."""
MAX_REPEATS = 3
"""How often a segment may stand in one path."""

_FILE = re.compile(
    r"\.(pdf|docx?|docm|rtf|xlsx?|xlsm|csv|pptx?|ppsx?|od[tsp]|txt|epub|zip|rar|7z|gz|tgz|tar|bz2|exe|msi|apk"
    r"|dmg|iso|jpe?g|jfif|png|gif|webp|avif|svg|bmp|ico|tiff?|heic|psd|mp[34]|m4[av]|ogg|wav|wma|avi|mov|wmv"
    r"|flv|webm|mkv|3gp|swf|css|m?js|json|xml|rss|atom|woff2?|ttf|eot|ics|vcf|kmz?|p7[bms]|cer|crt)$",
    re.I,
)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*|/\((?:[A-Z]\([^/()]*\))+\)(?=/)", re.I)
"""As Java's servlets write it (Servlet 6.0, 7.1.3), and ASP.NET without cookies, ``/(S(…))/``."""
_SESSION_QUERY = re.compile(
    r"(?<=[?&])(?:phpsessid|jsessionid|aspsessionid\w*|session_?id|sess?id|s?sid|cfid|cftoken)=[\w.!-]{16,}(?:&|$)",
    re.I,
)
"""PHP, Java, ASP, ColdFusion and their like; a short value is a number of something else."""
_REPLY = re.compile(r"(?<=[?&])replytocom=\d{1,20}(?:&|$)")
"""As WordPress links the form under each comment (``get_comment_reply_link``)."""
_AMP_PATH = re.compile(r"(?<=[^/])/amp/?$")
_AMP_QUERIES = ("amp", "amp=", "amp=1", "amp=true")
_PAGING = re.compile(
    r"/page/\d{1,9}/?$|/trang-\d{1,9}(\.html?)?$|[?&](page|paged|trang|pageindex)=\d{1,9}(&|$)", re.I
)
"""Of nine digits at most: no listing has more pages, and Python reads no number of thousands of digits."""


def without_session(url: str) -> str:
    """An address without the number that a server gives each visitor who takes no cookies: every
    answer has another one, so that all links of a site are new on each of its pages."""
    return _SESSION_QUERY.sub("", _SESSION_PATH.sub("", url)).rstrip("?&")


def without_reply(url: str) -> str:
    """An address without the comment that is answered there: it is the same page, with the form in another
    place."""
    return _REPLY.sub("", url).rstrip("?&") if "replytocom" in url else url


def wire_form(url: str) -> str | None:
    """An address as it is asked: without fragment, characters escaped that may not stand
    in a request (RFC 3986, 2), a path where there is none. ``None`` where it is not http(s)."""
    try:
        asked = safe_url_string(urls.without_fragment(url.strip()))
    except ValueError:
        return None
    parts = urls.split(asked)
    if parts is None:
        return None
    return asked if parts.path else urlunsplit(parts._replace(path="/"))


def is_paging(url: str) -> bool:
    """Whether an address looks like a further page of a listing."""
    return bool(_PAGING.search(url))


def listing_page(url: str) -> tuple[str, int]:
    """Which listing a page belongs to, by the URL key of its first page, and the page's number in
    it: 1 where an address does not look like a further page."""
    found = _PAGING.search(url)
    if found is None:
        return urls.url_key(url), 1
    first = url[: found.start()]
    if found[0].endswith("&"):  # more of the query stands behind the number
        first += found[0][0] + url[found.end() :]
    return urls.url_key(first), int("".join(c for c in found[0] if c.isdigit()))


def further_pages(url: str, links: Iterable[str]) -> dict[int, str]:
    """Of the links of a page, the pages of the same listing behind it, by number."""
    name, number = listing_page(url)
    places = ((link, *listing_page(link)) for link in links if is_paging(link))
    return {place: link for link, of, place in places if of == name and place > number}


def amp_of(url: str) -> str | None:
    """The address whose AMP form this looks like: ``/x.html`` of ``/x.html/amp`` or ``/x.html?amp=1``."""
    parts = urlsplit(url)
    query = "&".join(p for p in parts.query.split("&") if p not in _AMP_QUERIES)
    path = _AMP_PATH.sub("", parts.path)
    if (path, query) == (parts.path, parts.query):
        return None
    return urlunsplit(parts._replace(path=path, query=query))


def is_file(url: str) -> bool:
    """Whether an address ends like that of a file, which is no page."""
    return bool(_FILE.search(urlsplit(url).path))


def is_trap(url: str) -> bool:
    """Whether an address is longer than those of pages, or a segment stands in its path
    more often: ``/a/a/a/a/``."""
    if len(url) > MAX_LENGTH:
        return True
    segments = [s for s in urlsplit(url).path.split("/") if s]
    return len(segments) > MAX_REPEATS and max(map(segments.count, set(segments))) > MAX_REPEATS


def redirect_target(response: Response) -> str | None:
    """Where an answer redirects to (RFC 9110, 15.4), as an address that can be asked.
    Bytes beyond ASCII, which a ``Location`` may not hold but often does, are escaped as they are."""
    location = response.headers.get("Location") if 300 <= response.status < 400 else None
    if location is None or response.status == 304:
        return None
    text = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in location)
    target = urls.absolute(response.url, text)
    return wire_form(target) if target else None
