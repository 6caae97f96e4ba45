"""The truth of the sample city, as its pages print it.

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
  caption is a ``figcaption`` or a centred ``paragraph``;
- ``original_label``: the word ``Gốc`` is printed (with a link where ``original`` is set);
- ``seo``: what a plugin adds to the head; null where the city prints nothing of it;
- ``quirks``: ``nbsp`` and ``double_space`` (phrases sent with odd spaces), ``nfd`` (the
  content is sent decomposed), ``glued_source`` (value and next label in one line).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

Facts = dict[str, Any]
"""One article of ``articles.jsonl``, or the object of ``site.json``."""


def load_articles() -> list[Facts]:
    """The articles, in the order of the file: oldest first."""
    lines = (HERE / "articles.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def load_site() -> Facts:
    """Name, sections, static pages, redirects and missing addresses of the city."""
    facts: Facts = json.loads((HERE / "site.json").read_text("utf-8"))
    return facts
