"""Names of portals and archives, and what an address names (RULES, "Addresses, archives, names")."""

from __future__ import annotations

import contextlib
import re
import socket
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from crawler.portals import known_portals
from pipelines import urls
from pipelines.errors import UsageError

_SLUG = re.compile(r"[a-z0-9][a-z0-9.\-]*")


def slug_of(url: str) -> str:
    """The slug of the portal at an address: its built-in name, or its host without
    ``www.``, plus ``-PORT`` where one is written. Raises UsageError where it has none."""
    if urls.split(url) is None:
        raise UsageError(f"{url!r} is no http address; write it as https://city.example/")
    for name, known in known_portals().items():
        if urls.host(url) in known.hosts:
            return name
    slug = re.sub(r"[^a-z0-9.\-]+", "-", urls.host(url)).strip("-.")
    if not _SLUG.fullmatch(slug):
        raise UsageError(f"{url!r} has no usable host name; write it as https://city.example/")
    return slug


def is_loopback(url: str) -> bool:
    """Whether an address names this machine: 127.0.0.0/8, ::1 or localhost."""
    parts = urls.split(url)
    name = (parts.hostname or "").rstrip(".") if parts else ""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    with contextlib.suppress(OSError):
        name = socket.inet_ntoa(socket.inet_aton(name))  # 2130706433, 0x7f.1 … as the resolver reads them
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def is_name(word: str, output: Path) -> bool:
    """Whether a word can be the name of an archive: built in, a host's, or a folder that is there."""
    if not _SLUG.fullmatch(word):
        return False
    return "." in word or word in known_portals() or (output / word).exists()


def plain_address(word: str) -> str:
    """An address without its fragment. Raises UsageError where it carries a user name or a password."""
    address = urls.without_fragment(word)
    if "@" in urlsplit(address).netloc:
        raise UsageError("an address may carry no user name or password; write it without")
    return address
