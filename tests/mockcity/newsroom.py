"""What the city does to its articles while it runs: publish, edit, move, withdraw, merge, restore.

As WordPress does: a new slug leaves a redirect from every old one, a post that is gone may be
taken for another one with a like slug, each saving moves the post's ``modified``, and a post keeps
its number whatever becomes of it.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from tests.mockcity.assembly import ZONE, dated
from tests.mockcity.truth import Facts, columns
from tests.mockcity.view import FIRST_NUMBER


class Newsroom:
    """The articles of a city and what was done to them.

    Whatever changes them tells ``changed`` when it is done. Every path that is asked for must be that
    of an article that is up, else :class:`KeyError`.
    """

    def __init__(self, articles: Iterable[Facts], unpublished: int = 0) -> None:
        self.truth: list[Facts] = list(articles)
        """The articles that are published, oldest first."""
        self.unpublished = [self.truth.pop() for _ in range(unpublished)]
        """Those to come, the next one last."""
        self.numbers = {a["slug"]: n for n, a in enumerate(self.truth, FIRST_NUMBER)}
        """Number of each post, under every slug that it ever had."""
        self.now: datetime | None = None
        """The city's clock. Set, it stamps what is published and changed; unset, what is
        published keeps the day of its truth, and changes are stamped with the real time."""
        self.moves: dict[str, str] = {}
        """Paths that redirect, and where to."""
        self.gone: dict[str, int] = {}
        """Paths of withdrawn articles that answer something else than 404."""
        self.withdrawn: dict[str, Facts] = {}
        """Articles that were taken back, by the path at which they stood."""
        self._held = False

    def article(self, path: str) -> Facts:
        """The article that is up at a path."""
        for article in self.truth:
            if article["path"] == path:
                return article
        raise KeyError(path)

    def publish(self, dated: datetime | None = None) -> Facts | None:
        """Publish the oldest article that is kept back: it comes first in every list. Returns it; None
        where there is none. ``dated``: it bears that day instead, as what was taken over from an older
        site does, stands where it belongs by it, and only ``modified`` says when it came."""
        if not self.unpublished:
            return None
        article = self.unpublished.pop()
        if dated is not None:
            article = _modified(_published(article, dated), self._moment())
        elif self.now is not None:
            article = _published(article, self.now)
        self.numbers[article["slug"]] = max(self.numbers.values(), default=FIRST_NUMBER - 1) + 1
        self._put(article)
        self.changed()
        return article

    def edit(self, path: str, *, caption: str | None = None, **facts: Any) -> Facts:
        """Save the article again with other facts (``title``, ``lead``, ``paragraphs``, ``byline`` …, as its
        truth names them); ``caption`` is that of its first picture, and takes away its credit. Without any
        it is saved as it was: only ``modified`` moves, as with a tag that no page prints. The slug stays.
        Returns the new truth."""
        if unknown := facts.keys() - set(columns()):
            raise ValueError(f"an article has no {', '.join(sorted(unknown))}")
        article = {**self.article(path), **facts}
        if caption is not None:
            first, *rest = article["images"]
            article["images"] = [{**first, "caption": caption, "credit": None}, *rest]
        return self._saved(path, article)

    def move(self, path: str, new_path: str) -> Facts:
        """Give the article another address; the old one, and all older ones, redirect there (301)."""
        if any(a["path"] == new_path for a in self.truth):
            raise ValueError(f"another article stands at {new_path}")
        slug = new_path.strip("/").removesuffix(".html")
        article = self.article(path)
        self.numbers[slug] = self.numbers[article["slug"]]
        self.moves = {old: new_path if to == path else to for old, to in self.moves.items()}
        self.moves[path] = new_path
        return self._saved(path, {**article, "path": new_path, "slug": slug})

    def withdraw(self, path: str, *, status: int = 404) -> None:
        """Take back the article: it is in no list and at no address any more, and those where it stood answer
        ``status``, 404 or 410."""
        self.withdrawn[path] = self.article(path)
        self.truth.remove(self.withdrawn[path])
        if status != 404:
            self.gone[path] = status
        self.changed()

    def merge(self, path: str, other: str) -> None:
        """Take back the article, and let its address redirect (301) onto another one, as WordPress does
        with the slug of a missing page that begins like another's."""
        self.article(other)
        self.moves[path] = other
        self.withdraw(path)

    def restore(self, path: str) -> Facts:
        """Put up again the article that was withdrawn from (or merged away from) a path."""
        article = self.withdrawn.pop(path)
        self.gone.pop(path, None)
        self.moves.pop(path, None)
        article = _modified(article, self._moment())
        self._put(article)
        self.changed()
        return article

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Several changes of which visitors see none before the last one is done."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
            self.changed()

    def changed(self) -> None:
        """Show what was changed."""
        if not self._held:
            self.show()

    def show(self) -> None:
        """What a city does to show its present articles."""

    def _saved(self, path: str, article: Facts) -> Facts:
        article = _modified(article, self._moment())
        self.truth.remove(self.article(path))
        self._put(article)
        self.changed()
        return article

    def _put(self, article: Facts) -> None:
        self.moves.pop(article["path"], None)
        insort(self.truth, article, key=_order)

    def _moment(self) -> datetime:
        return self.now or datetime.now(UTC)


def _order(article: Facts) -> tuple[str, str]:
    return article["published_at"], article["slug"]


def _published(article: Facts, at: datetime) -> Facts:
    """The article as published at a moment; pages print minutes."""
    at = at.replace(second=0, microsecond=0)
    local = at.astimezone(ZONE).replace(tzinfo=None)
    facts = dated(article["title"], article["slug"], local)
    day = {name: fact for name, fact in facts.items() if name.startswith("published")}
    seo = article["seo"] and {**article["seo"], "published": _like(article["seo"], at), "modified": None}
    return {**article, **day, "seo": seo, "modified_at": None}


def _modified(article: Facts, at: datetime) -> Facts:
    """The article as saved again at a moment: what the page prints of that, and what REST says."""
    at = at.replace(microsecond=0)
    stamp = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    seo = article["seo"] and {**article["seo"], "modified": _like(article["seo"], at)}
    return {**article, "seo": seo, "modified_at": stamp if seo else None, "saved_at": stamp}


def _like(seo: Facts, at: datetime) -> str:
    """A moment in the form, and with the offset, in which the head of this article states them."""
    return at.astimezone(datetime.fromisoformat(seo["published"]).tzinfo).isoformat()
