"""What all sources have in common: an entry, and the reading of its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

MAX_ENTRIES = 50_000
"""Most entries of one answer: the limit of the sitemap protocol, kept for all sources."""
_DAY_ALONE = len("2026-11-26")
"""Characters of a date without a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """One address that a source lists, and what the source says of it."""

    url: str
    """Absolute address."""
    title: str | None = None
    published: str | None = None
    """Date of publication, as printed."""
    modified: str | None = None
    """Date of the last change, as printed."""
    news: bool = False
    """Whether the source calls it news: a ``news:news`` element, an item of a feed, a post."""
    text: str | None = None
    """The whole text, one block per line, where the source carries it."""
    images: tuple[str, ...] = ()
    """Addresses of its pictures: those in the text, else those that stand beside a text that is not given."""
    authors: tuple[str, ...] = ()
    """Names of the writers; often those of accounts."""

    @property
    def bare(self) -> bool:
        """Whether the source says no more of it than its address, as a light list of posts does."""
        return self.title is None and self.published is None and self.text is None


def changed_at(entry: SourceEntry, zone: tzinfo | None) -> datetime | None:
    """When an entry says that what it lists was changed, or published, last: the latest moment, in UTC,
    that its words can mean. A day alone is that day's end, since a second change on it is stated with
    the same word. ``None`` where it says nothing.

    Args:
        entry: of any source.
        zone: the portal's zone, for what is printed without an offset; UTC where it is unknown.
    """
    stated = [_latest(text, zone or UTC) for text in (entry.modified, entry.published)]
    return max((at for at in stated if at is not None), default=None)


def _latest(text: str | None, zone: tzinfo) -> datetime | None:
    at = moment(text)
    if at is None or text is None:
        return None
    try:
        if len(text.strip()) <= _DAY_ALONE:
            at += timedelta(days=1)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        return None


def moment(text: str | None) -> datetime | None:
    """A date as sources print it: RFC 3339 and its kin, or RFC 5322. Without an offset it is
    naive; what cannot be read is ``None``."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def local_day(text: str | None, zone: tzinfo | None) -> date | None:
    """The local day of a printed date.

    Args:
        text: as :class:`SourceEntry` holds it.
        zone: the portal's zone. Where it is unknown, an offset other than zero is believed to
            be the portal's; a moment in UTC then has no local day.
    """
    at = moment(text)
    if at is None or at.tzinfo is None:
        return at.date() if at else None
    if zone is None:
        return at.date() if at.utcoffset() else None
    try:
        return at.astimezone(zone).date()
    except OverflowError:
        return None
