"""What one robots.txt allows. RFC 9309 decides, and in doubt nothing is asked:

=====================================  ====================================================
2xx                                    its rules, for the product token ``citynews``
4xx but 429 (2.3.1.3)                  everything is allowed
429, 5xx, unreachable, cut (2.3.1.4)   everything is deferred: no page is asked in this run
more than five redirects (2.3.1.2)     deferred; the RFC leaves it open
=====================================  ====================================================
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from protego import Protego

TOKEN = "citynews"
"""Product token that robots.txt may name (RFC 9309, 2.2.1)."""
MAX_ROBOTS = 1024 * 1024
"""Bytes of a robots.txt that are read; the RFC asks for 500 KiB at least (2.5)."""
MAX_DELAY_S = 60.0
"""Longest Crawl-delay that is kept."""

_AGENT = re.compile(r"\s*user[- ]?agent(?:\s*:|\s)\s*(\*|[a-z_-]*)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What one origin's robots.txt allows."""

    rules: Protego | None = None
    """``None``: everything is allowed, or deferred."""
    deferred: str | None = None
    """Why nothing may be asked now, or ``None``."""
    record: str | None = None
    """Id of the WARC record that says so."""

    def allows(self, url: str) -> bool:
        """Whether a page may be asked, had it not to be deferred."""
        return self.rules is None or self.rules.can_fetch(url, TOKEN)

    @property
    def delay_s(self) -> float:
        """Crawl-delay in seconds that is kept, between 0 and MAX_DELAY_S."""
        return min(self.wished_delay_s, MAX_DELAY_S)

    @property
    def wished_delay_s(self) -> float:
        """Crawl-delay in seconds as it is stated; 0 where it is none."""
        delay = self.rules.crawl_delay(TOKEN) if self.rules else None
        return max(delay, 0.0) if delay is not None and not math.isnan(delay) else 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Addresses of its ``Sitemap:`` lines."""
        return tuple(self.rules.sitemaps) if self.rules else ()


def read_robots(status: int, body: bytes, *, whole: bool = True, record: str | None = None) -> Robots:
    """What an answer to the question for robots.txt means.

    Args:
        status: of the answer after redirects.
        body: with its content coding removed.
        whole: whether the body is complete and was decoded.
    """
    if 200 <= status < 300:
        if not whole:
            return Robots(deferred="it cannot be read; try again later", record=record)
        return Robots(rules=Protego.parse(_for_us(_text(body[:MAX_ROBOTS]))), record=record)
    if 400 <= status < 500 and status != 429:
        return Robots(record=record)
    return Robots(deferred=f"it answers {status}; try again later", record=record)


def _text(body: bytes) -> str:
    """UTF-8 (RFC 9309, 2.2), or UTF-16 where its mark says so, since what cannot be read allows all."""
    coding = "utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return body.decode(coding, "replace").lstrip("\ufeff")


def _for_us(text: str) -> str:
    """The rules with every user-agent line by its product token: ours, ``*``, or nobody's.

    Protego takes any group whose name begins ours, so that leave given to ``city`` would
    be ours, and passes over ``citynews/1.0``, which names us (RFC 9309, 2.2.1).
    """
    lines = []
    for line in text.splitlines():
        agent = _AGENT.match(line)
        if agent is not None:
            token = agent[1].lower()
            line = f"User-agent: {token if token in (TOKEN, '*') else '!'}"
        lines.append(line)
    return "\n".join(lines)
