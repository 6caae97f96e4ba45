"""The key of an index line, under which replay tools look an address up.

SURT (Sort-friendly URI Reordering Transform) as pywb and cdxj-indexer understand
it: the host's parts in reverse, ``www.`` and the default port dropped, escapes
reduced, all lower case, query sorted, session ids left out. It serves the index
alone; what counts as one address is :func:`pipelines.urls.url_key`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import quote_from_bytes, unquote_to_bytes

_PARTS = re.compile(rb"(?:https?://)*(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?", re.I)
_AUTHORITY = re.compile(rb"(?:.*@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?")
_BARE = bytes(set(range(0x21, 0x7F)) - set(b"#%")).decode()
"""What is never escaped in a key."""
_BREAKS = re.compile(rb"[\t\n\r]")
_WWW = re.compile(rb"www\d*\.")
_DEFAULT_PORTS = {b"http": 80, b"https": 443}
_PATH_SESSION = re.compile(rb"(.*/)\((?:(?:[a-z]\([0-9a-z]{24}\))+|[0-9a-z]{24})\)/([^?]+\.aspx.*)", re.S)
"""ASP.NET without cookies: ``/(S(…24 characters…))/page.aspx``."""
_QUERY_SESSIONS = [
    re.compile(rb"(.*)" + name + rb"(?:&(.*))?", re.I | re.S)
    for name in (
        rb"jsessionid=[0-9a-z]{32}",
        rb"phpsessid=[0-9a-z]{32}",
        rb"sid=[0-9a-z]{32}",
        rb"aspsessionid[a-z]{8}=[a-z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
]


def surt(url: str) -> str:
    """The key of an http(s) address, e.g. ``vn,example)/tin?p=7``; another one (``urn:…``)
    is its own key, in lower case."""
    match = _PARTS.match(_BREAKS.sub(b"", url.strip().encode("utf-8", "replace")))
    if match is None:
        return url.lower()
    scheme, authority, path, query = match.groups()
    key = _host(scheme.lower(), authority) + b")" + _path(path)
    if query := _query(query or b""):
        key += b"?" + query
    return key.decode("ascii")


def _host(scheme: bytes, authority: bytes) -> bytes:
    match = _AUTHORITY.match(authority)
    assert match is not None
    name, port = match[1].strip(b"[]"), int(match[2] or _DEFAULT_PORTS[scheme])
    name = _unescaped(name)
    if not name.isascii():
        with suppress(ValueError):  # no host name by the standard: its bytes are escaped
            name = name.decode("utf-8", "ignore").encode("idna")
    name = _escaped(name.replace(b"..", b".").strip(b".").lower())
    if match := _WWW.match(name):
        name = name[match.end() :]
    reversed_name = b",".join(reversed(name.split(b".")))
    return reversed_name if port == _DEFAULT_PORTS[scheme] else b"%s:%d" % (reversed_name, port)


def _path(path: bytes) -> bytes:
    kept: list[bytes] = []
    for part in _unescaped(path).split(b"/")[1:]:
        if part == b".." and kept:
            kept.pop()
        elif part != b".":
            kept.append(part)
    joined = b"/".join([*filter(None, kept[:-1]), *kept[-1:]])
    key = b"/" + _escaped(joined).lower()
    if match := _PATH_SESSION.fullmatch(key):
        key = match[1] + match[2]
    return key[:-1] if len(key) > 1 and key.endswith(b"/") else key


def _query(query: bytes) -> bytes:
    query = _escaped(_unescaped(query))
    for session in _QUERY_SESSIONS:
        if match := session.fullmatch(query):
            query = match[1] + (match[2] or b"")
    if len(query) < 2:
        return query.lower()
    return b"&".join(b"=".join(pair) for pair in sorted(p.split(b"=", 1) for p in query.lower().split(b"&")))


def _unescaped(data: bytes) -> bytes:
    """Without escapes, however often it was escaped."""
    while (once := unquote_to_bytes(data)) != data:
        data = once
    return data


def _escaped(data: bytes) -> bytes:
    return quote_from_bytes(data, safe=_BARE).encode("ascii")
