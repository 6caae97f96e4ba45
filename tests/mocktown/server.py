"""The town's server: the sample city's, with another site behind it."""

from __future__ import annotations

from collections.abc import Callable, Set
from urllib.parse import urlsplit

from tests.mockcity import Answer, MockCity, Request
from tests.mockcity.city import Handler
from tests.mocktown.site import SOURCES, Source, build_town
from tests.mocktown.truth import load_articles


class MockTown(MockCity):
    """The English town as a context manager: what :class:`tests.mockcity.MockCity` can, it can, but for
    changing its articles.

    ``sources`` says which of feed and sitemap there are: both, one, or none at all.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        sources: Set[Source] = SOURCES,
        on_answer: Callable[[int, str], None] | None = None,
    ) -> None:
        super().__init__(port, on_answer=on_answer)
        self.truth = load_articles()
        self.sources = frozenset(sources)
        self._town: dict[str, Answer] = {}
        self._instead: dict[str, Answer | Handler] = {}

    def show(self) -> None:
        """Answer with the town as it is written: its articles stay as they are."""
        self._town = build_town(self.url.rstrip("/"), self.sources)

    def override(self, path: str, handler: Answer | Handler | None) -> None:
        """Answer ``path`` (with or without a query) otherwise; None ends it."""
        if handler is None:
            self._instead.pop(path, None)
        else:
            self._instead[path] = handler

    def find(self, request: Request) -> Answer | Handler:
        """What answers a request: an override, the robots in force, or the town."""
        parts = urlsplit(request.target)
        whole = parts.path + (f"?{parts.query}" if parts.query else "")
        for place in (whole, parts.path):
            if (found := self._instead.get(place)) is not None:
                return found
        if parts.path == "/robots.txt" and self.robots is not None:
            robots = self.robots
            return Answer(body=robots, content_type="text/plain") if isinstance(robots, bytes) else robots
        if request.method not in ("GET", "HEAD"):
            return Answer(status=405, content_type=None, headers=(("Allow", "GET, HEAD"),))
        return self._town.get(whole) or self._town.get(parts.path) or self._town["404"]
