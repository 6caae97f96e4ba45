"""What sources say of changes, and how far they are believed.

An entry that says it changed after its page was last asked makes that page due. Some servers say so of
every entry with every answer, and some change their stamps without changing a page. Both are learned, so that
an ordinary run asks for what is new and not for everything: a sitemap that says it of most of its
entries at a time is not believed at all, and a source of whose claims none came true in two runs only
for a few, by which it can win its credit back. What is not believed waits for its own turn.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from crawler.discovery.asking import Asking
from crawler.discovery.shape import wire_form
from pipelines.extract.zones import zone
from pipelines.ledger.addresses import Address
from pipelines.sources.entry import SourceEntry, changed_at

SKEW = timedelta(minutes=1)
"""How wrong the clocks of a city may be, against ours or among themselves; young pages are asked again
soon anyway."""
MANY = 10
"""So many entries may always say that they changed; of more, not most."""
FEW = 3
"""Claims by which a source is judged, and those that one without credit may make in a run."""
TWICE = 2
"""Runs in which none came true, after which a source has no credit."""


class Claims:
    """The claims of one ordinary run."""

    def __init__(self, session: Asking) -> None:
        self._session = session
        self._made: dict[str, dict[str, str | None]] = {}
        """By source and address: what the page read as before."""

    def believed(
        self, source: str, entries: Iterable[SourceEntry], *, newest_first: bool
    ) -> dict[str, datetime]:
        """The addresses that a source says changed since they were asked, and when; what is not believed
        is left out.

        Args:
            source: its address.
            entries: of one of its answers.
            newest_first: whether its list begins with what changed last, so that most of one answer
                may well be new.
        """
        if self._session.sweep:
            return {}
        known, claims = 0, dict[str, tuple[datetime, Address]]()
        for entry in entries:
            row = self._session.ledger.get(wire_form(entry.url) or entry.url)
            if row is None or row.asked_at is None:
                continue
            known += 1
            at = changed_at(entry, self._zone)
            if at is not None and at + SKEW > row.asked_at:
                claims[entry.url] = at, row
        if not newest_first and len(claims) > MANY and 2 * len(claims) > known:
            self._session.event("source_restamped", url=source, entries=len(claims))
            return {}
        if self._in_vain(source) >= TWICE:
            oldest = sorted(claims, key=lambda url: (claims[url][1].asked_at, url))
            claims = {url: claims[url] for url in oldest[:FEW]}
        self._keep(source, claims)
        return {url: at + SKEW for url, (at, _) in claims.items()}

    def stated(self, entry: SourceEntry) -> datetime | None:
        """The moment until which what an entry lists must have been asked to be as it says; ``None``:
        it says nothing."""
        at = changed_at(entry, self._zone)
        return at + SKEW if at is not None else None

    def close(self) -> None:
        """The run is over: judge the sources by what became of their claims."""
        ledger = self._session.ledger
        for source, made in self._made.items():
            rows = [(before, row) for url, before in made.items() if (row := ledger.get(url))]
            true = [
                row.content != before or row.status != 200
                for before, row in rows
                if row.run == ledger.run and row.verdict in ("captured", "confirmed")
            ]
            if any(true):
                ledger.note(_name(source), "0")
            elif len(true) >= FEW:
                ledger.note(_name(source), str(self._in_vain(source) + 1))

    def _keep(self, source: str, claims: dict[str, tuple[datetime, Address]]) -> None:
        """Keep what can be judged: not what was asked within the clocks' error of the change, nor a day
        that is not over."""
        latest = datetime.now(UTC) + SKEW
        for at, row in claims.values():
            if row.content is not None and row.asked_at is not None and row.asked_at < at <= latest:
                self._made.setdefault(source, {})[row.url] = row.content

    def _in_vain(self, source: str) -> int:
        """Runs one after another in which no claim of a source came true."""
        return int(self._session.ledger.noted(_name(source)) or 0)

    @property
    def _zone(self) -> tzinfo | None:
        name = self._session.portal.zone
        return zone(name) if name else None


def _name(source: str) -> str:
    return f"claims in vain: {source}"
