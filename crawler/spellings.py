"""The spellings of each address: one is asked for all of them (RULES, "URL key")."""

from __future__ import annotations

from crawler.discovery.shape import without_reply, without_session
from pipelines.urls import url_key


class Spellings:
    """Which spelling of each address is asked, and which are left out as aliases.

    What is asked is the first spelling seen. It can be the one that does not work: robots.txt
    forbids the query that tracks readers, plain http is closed. Then one other is asked, the
    shortest, which says least beside the address itself; not all, since most such addresses are
    simply dead.
    """

    def __init__(self) -> None:
        self._asked: dict[str, str] = {}
        self._second: set[str] = set()
        self._left_out: set[str] = set()
        self._spare: dict[str, str] = {}
        self._wanting: set[str] = set()

    def ask(self, url: str) -> None:
        """A spelling is asked, or was in this run."""
        key = spelled(url)
        self._left_out.discard(url)
        if self._asked.setdefault(key, url) != url:
            self._second.add(key)
            self._wanting.discard(key)

    def withdraw(self, url: str) -> None:
        """A spelling that was asked in an earlier run, and was taken for asked, is still to be asked: it is
        no alias, whichever other was asked then, too."""
        if url not in self._left_out:
            self._asked.pop(spelled(url), None)

    def leave_out(self, url: str) -> None:
        """A spelling is not asked."""
        key = spelled(url)
        self._left_out.add(url)
        self._spare[key] = min(self._spare.get(key, url), url, key=len)

    def is_left_out(self, url: str) -> bool:
        """Whether this very spelling was left out."""
        return url in self._left_out

    def is_alias(self, url: str) -> bool:
        """Whether a spelling of this address is asked, and did not fail without another to go to."""
        key = spelled(url)
        return key in self._asked and key not in self._wanting

    def instead_of(self, url: str) -> str | None:
        """The spelling to ask instead of one that gave no page. ``None`` where there is none: then
        the next one that is found is no alias, unless another was asked already."""
        key = spelled(url)
        if key in self._second:
            return None
        spare = self._spare.get(key)
        if spare is None:
            self._wanting.add(key)
        return spare


def spelled(url: str) -> str:
    """What all spellings of an address share: its URL key, without the number of a visit or of a comment."""
    return url_key(without_session(without_reply(url)))
