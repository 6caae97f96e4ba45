"""Addresses: the key under which two spellings are one, and the scope of a portal.

What was fetched or printed is always stored verbatim; the functions here only
compare. The URL key follows RULES: SURT without scheme, ``www``, fragment,
tracking parameters or trailing slash; NFC, percent case folded, ports kept
unless 80 or 443.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

from pipelines.text import nfc

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|igshid|zarsrc|mc_cid|mc_eid"
    r"|_ga|_gl)$",
    re.I,
)
_SAFE = "!$&'()*+,;=:@/~-._"
_DEFAULT_PORTS = {80, 443}
_SPACES = re.compile(r"[\t\n\r]")
_NEEDS_ORIGIN = re.compile(r"https?://[^/?#]|/(?!/)")
_ORIGIN = re.compile(r"https?://[^/?#]+/")
_PLAIN = re.compile(
    r"(?P<origin>(?P<scheme>https?)://(?P<netloc>[a-z0-9][a-z0-9.-]*(?::(?:[1-5]\d{4}|\d{1,4}))?))?"
    r"(?P<path>(?:/(?:[A-Za-z0-9_~%+\u00c0-\u1fff-][A-Za-z0-9_.~%+\u00c0-\u1fff-]*)?)+)"
    r"(?:\?(?P<query>[A-Za-z0-9_.~%+&=-]+))?(?:#(?P<fragment>[A-Za-z0-9_.~%+&=/!-]+))?",
    re.A,
)
"""Most addresses: joining leaves them as they are, but for the origin where they have none."""
_UNRESERVED = re.compile(r"[A-Za-z0-9_.~/!$&'()*+,;=:@-]*")
LONGEST = 8192
"""Characters of the longest address that a page or source can name: RFC 9110 (4.1) has servers support
8000. What is longer is no address."""
_REMEMBERED = 8192
"""Addresses whose parts are remembered: the pages of a site link to the same places, and each
address is looked at several times on its way."""
_HOSTS = 1024
"""Hosts of which the same is remembered."""


@lru_cache(maxsize=_REMEMBERED)
def split(url: str) -> SplitResult | None:
    """The parts of an absolute http(s) address, or ``None`` where it is none."""
    if (plain := _PLAIN.fullmatch(url)) and plain["origin"]:
        scheme, netloc, path, query, fragment = plain.group("scheme", "netloc", "path", "query", "fragment")
        return SplitResult(scheme, netloc, path, query or "", fragment or "")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises ValueError on a bad port
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def without_fragment(url: str) -> str:
    """The address that is asked: a fragment never goes over the wire (RFC 3986, 3.5)."""
    return url.partition("#")[0]


def absolute(base: str, href: str) -> str | None:
    """``href`` of a page at ``base`` as an absolute http(s) address, or ``None``.

    White space around it and line breaks inside are dropped, as browsers do
    (WHATWG URL, 4.4); nothing else is changed. Longer than :data:`LONGEST` it is none.
    """
    if len(href) > LONGEST:
        return None
    href = href.strip()
    href = href if href.isprintable() else _SPACES.sub("", href)
    if _NEEDS_ORIGIN.match(href) and (origin := _ORIGIN.match(base)):
        base = origin[0]  # the rest of it has no say (RFC 3986, 5.2.2), and so pages share answers
    return _joined(base, href)


@lru_cache(maxsize=_REMEMBERED)
def _joined(base: str, href: str) -> str | None:
    plain = _PLAIN.fullmatch(href)
    if plain and plain["origin"]:
        return href
    if plain and not href.startswith("//") and (own := _PLAIN.fullmatch(base)) and own["origin"]:
        return base[:-1] + href  # the base is an origin and its slash
    try:
        url = urljoin(base, href)
    except ValueError:
        return None
    return url if len(url) <= LONGEST and split(url) else None


@lru_cache(maxsize=_REMEMBERED)
def host(url: str) -> str:
    """Host in lower case without ``www.``, with the port where it is no default one."""
    parts = split(url)
    if parts is None:
        return ""
    name, port = _host_and_port(parts.netloc)
    return f"{name}:{port}" if port and port not in _DEFAULT_PORTS else name


def in_scope(url: str, scope: Iterable[str]) -> bool:
    """Whether a page belongs to the portal: its :func:`host` is one of ``scope``."""
    return host(url) in scope


@lru_cache(maxsize=_REMEMBERED)
def url_key(url: str) -> str:
    """The key under which spellings of one address are one, e.g.
    ``vn,gov,example)/tin-tuc?p=7``. An address that is no http(s) one is its own key."""
    parts = split(url)
    if parts is None:
        return url
    path = _percent(parts.path).rstrip("/") or "/"
    query = "&".join(_percent(p) for p in parts.query.split("&") if p and not _tracks(p))
    return f"{_surt(*_host_and_port(parts.netloc))}){path}" + (f"?{query}" if query else "")


@lru_cache(maxsize=_HOSTS)
def _host_and_port(netloc: str) -> tuple[str, int | None]:
    """The name of a host as it is compared, and its port where one is given."""
    parts = SplitResult("http", netloc, "", "", "")
    name = (parts.hostname or "").rstrip(".")
    try:
        name = name.encode("ascii").decode()
    except UnicodeEncodeError:
        with contextlib.suppress(UnicodeError):
            name = name.encode("idna").decode()
    return name.removeprefix("www."), parts.port


@lru_cache(maxsize=_HOSTS)
def _surt(name: str, port: int | None) -> str:
    try:
        ip_address(name)
        reversed_name = f"[{name}]" if ":" in name else name
    except ValueError:
        reversed_name = ",".join(reversed(name.split(".")))
    return f"{reversed_name}:{port}" if port and port not in _DEFAULT_PORTS else reversed_name


def _tracks(parameter: str) -> bool:
    return bool(_TRACKING.match(parameter.partition("=")[0]))


def _percent(part: str) -> str:
    """Escapes in upper case, unreserved characters bare, other text NFC and escaped."""
    if _UNRESERVED.fullmatch(part):
        return part
    out = []
    for piece in re.split(r"((?:%[0-9A-Fa-f]{2})+)", part):
        out.append(_escaped(piece) if piece.startswith("%") else _quote(piece))
    return _renormal("".join(out))


def _escaped(run: str) -> str:
    data = unquote_to_bytes(run)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return run.upper()
    return "".join(c if (c.isalnum() and c.isascii()) or c in "-._~" else quote(c, safe="") for c in text)


def _quote(text: str) -> str:
    return quote(nfc(text), safe=_SAFE + "%?[]", errors="replace")


def _renormal(part: str) -> str:
    """Compose across the border of escaped and bare characters."""

    def compose(match: re.Match[str]) -> str:
        try:
            text = unquote_to_bytes(match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        return quote(nfc(text), safe=_SAFE)

    return re.sub(r"[A-Za-z]?(?:%[89A-F][0-9A-F])+", compose, part)
