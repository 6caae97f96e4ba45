"""What captured pages need to be shown, and which of it is asked next.

Each address is asked once per archive (RULES, "Requisites"): only what is new, or what an
earlier run could not ask, is handed out. They may lie on any host. Hosts take turns, and one
is given up for the run where it does not answer several addresses in a row; what was not
asked stays pending.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from crawler.discovery.shape import is_trap, wire_form
from pipelines import urls
from pipelines.ledger import Address, Ledger
from pipelines.ledger.addresses import kind_of
from pipelines.requisites import Requisite

MAX_REQUISITES = 200_000
"""Most requisites of one portal that are asked in a run."""
MAX_HOPS = 5
"""Most redirects one after another."""
GIVE_UP = 5
"""After so many addresses in a row that a host did not answer, it is asked no more in a run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One requisite to ask."""

    url: str
    """As it goes over the wire."""
    found_on: str | None = None
    """The page or style sheet that names it, or the address that redirects to it."""
    depth: int = 0
    """Style sheets between the page and it."""
    hops: int = 0
    """Redirects that led here."""


class Requisites:
    """The requisites of one run, backed by the ledger.

    Args:
        ledger: where every address and its fate are kept.
        budget: most addresses that are handed out.
    """

    def __init__(self, ledger: Ledger, *, budget: int = MAX_REQUISITES) -> None:
        self._ledger = ledger
        self._left = budget
        self._seen: set[str] = set()
        self._waiting: dict[str, deque[Need]] = {}
        self._in_vain: dict[str, int] = {}
        self._count = 0

    def __len__(self) -> int:
        """Addresses that wait to be asked."""
        return self._count

    def clear(self) -> None:
        """Forget every address; the ledger knows them."""
        self._seen, self._waiting, self._count = set(), {}, 0

    def load(self, take: Callable[[Need], bool] = lambda _: False) -> None:
        """Take over what earlier runs left: what they could not ask, and what they were cut off
        at before the style sheet was read.

        Args:
            take: takes what such an answer names, from the archive; false where it cannot, so that the
                address is asked again.
        """
        with self._ledger.batch():
            for address in self._ledger.unfinished():
                if address.kind == "requisite" and address.url not in self._seen:
                    self._seen.add(address.url)
                    need = Need(url=address.url, found_on=address.found_on, depth=self._depth(address))
                    if address.verdict == "pending" or not take(need):
                        self._ledger.queue(address.url)
                        self._push(need)

    def named(self, found: Iterable[Requisite], *, on: str, depth: int = 0, hops: int = 0) -> None:
        """Take what a page or style sheet names, or where a requisite redirects to.

        Args:
            found: as named.
            on: the address that names them.
            depth: style sheets between the page and them.
            hops: redirects that led to them.
        """
        for requisite in found:
            asked = wire_form(requisite.url)
            if asked is None or asked in self._seen:
                continue
            self._seen.add(asked)
            if kind_of(asked) == "robots" or not self._ledger.require(asked, found_on=on):
                continue
            if reason := _refusal(asked, requisite.beacon, hops):
                self._ledger.exclude(asked, reason)
            else:
                self._push(Need(url=asked, found_on=on, depth=depth, hops=hops))

    def next(self, busy: Collection[str], *, newest: bool = False) -> Need | None:
        """The next address to ask of a host that is not ``busy``, or ``None``. Hosts take turns.

        ``newest``: what was named last, so that a sample is of pages and not of the home page's style.
        """
        for host in [h for h in self._waiting if h not in busy]:
            queue = self._waiting.pop(host)
            while queue and self._left:
                need = queue.pop() if newest else queue.popleft()
                self._count -= 1
                if self._ledger.is_requisite(need.url):  # else it was taken for a page meanwhile
                    self._left -= 1
                    if queue:
                        self._waiting[host] = queue  # last in turn
                    return need
            self._count -= len(queue)
        return None

    def answered(self, url: str, *, in_vain: bool) -> None:
        """A host answered for an address, or did not. One that does not is given up."""
        host = urls.host(url)
        self._in_vain[host] = self._in_vain.get(host, 0) + 1 if in_vain else 0
        if self._in_vain[host] >= GIVE_UP:
            self.give_up(host)

    def give_up(self, host: str) -> None:
        """Ask a host nothing more in this run; what waits stays pending."""
        self._in_vain[host] = GIVE_UP
        self._count -= len(self._waiting.pop(host, ()))

    def _push(self, need: Need) -> None:
        host = urls.host(need.url)
        if self._in_vain.get(host, 0) < GIVE_UP:
            self._waiting.setdefault(host, deque()).append(need)
            self._count += 1

    def _depth(self, address: Address) -> int:
        """How many requisites led to one, by where each was found."""
        depth, on = 0, address.found_on
        while depth < MAX_HOPS and on is not None and (parent := self._ledger.get(on)) is not None:
            if parent.kind != "requisite":
                break
            depth, on = depth + 1, parent.found_on
        return depth


def _refusal(url: str, beacon: bool, hops: int) -> str | None:
    """Why a requisite is not asked, or ``None``."""
    if beacon:
        return "beacon"
    if hops > MAX_HOPS:
        return "redirects"
    return "trap" if is_trap(url) else None
