"""The truth of the sample city, as its pages print it.

``articles.jsonl`` is the small city (14 articles), ``more.jsonl`` ten further ones, both
written by hand; ``assembly.py`` makes as many more as are asked for.

An object of ``articles.jsonl`` has the columns of an article row where they can
be known beforehand (title, lead, paragraphs, byline, authors, photo_credits …).
Addresses are paths under the city's root (``src``, ``path``, and ``original``
where it is one of the city's own pages). ``photo_credits`` holds the byline's
credits first, then those of captions, each once. ``source`` is the byline's
source, else the footer's (``source_line``, the value beside ``Nguồn tin``).

What only rendering needs stands apart:

- ``lead_kind``: ``excerpt`` (an element of its own), ``bold`` (first paragraph of
  the content), ``excerpt+bold`` (printed twice), ``none``;
- ``marks``: number of a paragraph → ``h3``, ``strong`` (sub-heading as a short bold
  paragraph) or ``li``;
- ``placement``, beside ``images``: ``after`` so many paragraphs, and whether the
  caption is a ``figcaption``, a centred ``paragraph`` or an ``italic`` line at the left;
- ``original_label``: the word ``Gốc`` is printed (with a link where ``original`` is set);
- ``seo``: what a plugin adds to the head; null where the city prints nothing of it;
- ``quirks``: ``nbsp`` and ``double_space`` (phrases sent with odd spaces), ``nfd`` (the
  content is sent decomposed), ``glued_source`` (value and next label in one line).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

Facts = dict[str, Any]
"""One article of ``articles.jsonl``, or the object of ``site.json``."""


SMALL, BY_HAND, WHOLE = 14, 24, 124
"""Articles of the small city, of all written by hand, and of the whole city."""


def load_articles(count: int = SMALL) -> list[Facts]:
    """So many articles, oldest first: 14 (the small city), 24 (all written by hand), or
    more, assembled ones then. Raises :class:`ValueError` for other numbers."""
    if count not in (SMALL, BY_HAND) and count < BY_HAND:
        raise ValueError(f"the sample city has {SMALL}, {BY_HAND} or more articles, not {count}")
    articles = _lines("articles.jsonl") + (_lines("more.jsonl") if count > SMALL else [])
    if count > BY_HAND:
        from tests.mockcity.assembly import assemble

        articles += assemble(count - BY_HAND)
    return sorted(articles, key=lambda a: (a["published_at"], a["slug"]))


def _lines(name: str) -> list[Facts]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


@cache
def columns() -> tuple[str, ...]:
    """The names of an article's facts, in their order."""
    return tuple(_lines("articles.jsonl")[0])


def load_site() -> Facts:
    """Name, sections, static pages, redirects and missing addresses of the city. Of the
    redirects those whose end is an article of the city are served."""
    facts: Facts = json.loads((HERE / "site.json").read_text("utf-8"))
    return facts


def amp_facts(article: Facts) -> Facts:
    """What the AMP page of an article prints: no date of any kind, no original, no tags, no footer; its
    related links are the newest articles. The source is the byline's alone."""
    unsaid = dict.fromkeys(k for k in article if k.startswith("published_"))
    signed = (article["source"] or "-") in (article["byline"] or "")
    changed = {
        "source": article["source"] if signed else None,
        "source_line": None,
        "modified_at": None,
        "original": None,
        "original_label": False,
    }
    return {**article, **unsaid, **changed, "tags": [], "related": []}
