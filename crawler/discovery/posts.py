"""Pages of posts that shift while REST gives them.

They are asked oldest first, so that what is published meanwhile comes behind all others. What the
city takes back pulls posts to earlier pages, and one of them onto the page that was read just
before: every page states how many posts there are, so that it is noticed there, and asking that one page
again finds the post.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.order import Ask


@dataclass(slots=True)
class PostPages:
    """The page of posts that was read last, and what it stated."""

    _last: Ask | None = None
    _total: int = 0
    _named: tuple[str, ...] = ()
    _repeated: set[str] = field(default_factory=set)

    def take(self, ask: Ask, total: int, further: tuple[str, ...]) -> Ask | None:
        """A page was read. Returns the one to ask again, each at most once in a run.

        Args:
            ask: as it was asked.
            total: how many posts it states that there are.
            further: the pages behind it, as it states them.
        """
        before = self._last if total < self._total else None
        self._last, self._total, self._named = ask, total, further
        return self._once(before, ask)

    def gone(self, ask: Ask) -> Ask | None:
        """A page is not there. Returns the one to ask again, where that had named it."""
        return self._once(self._last if ask.url in self._named else None, ask)

    def _once(self, before: Ask | None, ask: Ask) -> Ask | None:
        if before is None or before.url in self._repeated or before.url == ask.url:
            return None
        self._repeated.add(before.url)
        return before
