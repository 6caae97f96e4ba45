"""The truth of the English town, as its pages print it.

An object of ``articles.jsonl`` has the fields of the sample city's truth. Fourteen were
written by hand, the others come from :mod:`tests.mocktown.compose`. What the town adds:

- ``published_raw`` is the date as printed, its label (``quirks.label``) left off;
- no page, feed or map names the town's zone: ``published_at`` is known only where the date
  is printed with a zone, and ``published_timezone`` is then the offset (``EDT`` is -04:00);
- ``published_precision`` is that of the printed date: ``minute`` where a time of day is
  printed, also where its zone is unknown;
- ``byline`` is the line with the writers. A second line that names only photographers
  (``quirks.photo_line``) counts for ``photo_credits`` and is in no other field;
- an office after a writer's name is no author; neither is a press contact
  (``quirks.contact``), which stands below the text and is no paragraph;
- ``source_line`` is printed beside ``Source`` or ``First published in``;
- ``attachments`` are named as their links are;
- ``marks`` knows one kind more, ``quote``;
- ``quirks.updated`` is the line that states the last change (``modified_at``).

In ``site.json`` every object of ``pages`` is a page that is no news. ``when`` is a date
under its headline, ``facts`` are pairs of name and value: dates in them are never those
of a publication.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

Facts = dict[str, Any]
"""One article of ``articles.jsonl``, or another object of the town's files."""


def load_articles() -> list[Facts]:
    """The articles, in the order of the file: oldest first."""
    lines = (HERE / "articles.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def load_site() -> Facts:
    """Name, sections, tags, pages that are no news, redirects and missing addresses."""
    facts: Facts = json.loads((HERE / "site.json").read_text("utf-8"))
    return facts
