"""The sample city: a small news portal over real HTTP, made of invented news.

Its truth is ``articles.jsonl`` and ``site.json``, written by hand before anything
could read them; every page is rendered from it. Only the standard library is used.
``python -m tests.mockcity --port 8080`` runs it in the foreground.
"""

from __future__ import annotations

from tests.mockcity.answer import Answer, Request
from tests.mockcity.city import MockCity, Received
from tests.mockcity.truth import load_articles, load_site

__all__ = ["Answer", "MockCity", "Received", "Request", "load_articles", "load_site"]
