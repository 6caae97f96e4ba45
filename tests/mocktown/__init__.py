"""The English town: a second municipal site over real HTTP, made of invented news, that is no WordPress.

Its truth is ``articles.jsonl`` and ``site.json``, which stood before its pages and before
anything that reads them. ``python -m tests.mocktown --port 8080 --sources feed`` runs it in
the foreground.
"""

from __future__ import annotations

from tests.mocktown.server import MockTown
from tests.mocktown.site import SOURCES, Source
from tests.mocktown.truth import load_articles, load_site

__all__ = ["SOURCES", "MockTown", "Source", "load_articles", "load_site"]
