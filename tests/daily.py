"""A small portal day by day, as commits over captures made by hand: what is published, and how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from pipelines.archive import open_archive
from pipelines.increment.index import remove_index
from pipelines.manifest import Manifest, read_chain
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, sitemap

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
CHALLENGE = answer(
    b"<html><title>Just a moment...</title><body><h1>Checking your browser</h1><p>Please enable JavaScript."
)
MISSING = answer(b"<h1>404</h1>", status="404 Not Found")
Exchange = tuple[str, bytes]


def printed(day: date) -> str:
    """A day as the portal prints it."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y} 08:15"


def article(number: int, day: date, *, byline: bool = True, lead: bool = True, edition: int = 1) -> Exchange:
    """An article's page; another edition has other bytes and says the same."""
    body = [f"Bài {number}, đoạn {m}. {line}" for m, line in enumerate(BODY)]
    if lead:
        body.insert(0, f"<strong>Sáng nay, tin số {number} được công bố tại hội trường thành phố.</strong>")
    if byline:
        body.append("Hoàng Minh")
    whole = page(f"Tin số {number} trong ngày", body, date=printed(day))
    return f"/{number}.html", answer(whole.replace(b"</body>", b"<!-- %d --></body>" % edition))


def news(numbers: Iterable[int], last: date, *, step: int = 1, unsigned: int = 10) -> Iterator[Exchange]:
    """Articles, one in so many days, the last one on a day; of ten numbers some have no byline."""
    numbers = tuple(numbers)
    for back, n in enumerate(reversed(numbers)):
        yield article(n, last - timedelta(days=step * back), byline=n % 10 < unsigned)


def today(a: SmallArchive, days: int = 0) -> date:
    """The archive's day, after going on by so many."""
    a.now += timedelta(days=days)
    return a.now.date()


def last(a: SmallArchive) -> Manifest:
    return read_chain(a.archive)[-1].manifest


def checks(a: SmallArchive) -> list[str]:
    """The checks that failed in the newest commit."""
    return [check.check for check in last(a).health]


def digests(a: SmallArchive) -> dict[str, str]:
    """The tables as the newest manifest names them."""
    return {name: facts.logical_sha256 for name, facts in last(a).tables.items()}


def front(*numbers: int) -> Exchange:
    """A sitemap, which is where such a portal announces its news."""
    return "/sitemap.xml", answer(sitemap(*(f"{SITE}/{n}.html" for n in numbers)), kind="text/xml")


def forget(a: SmallArchive) -> None:
    """Let the next commit read everything."""
    remove_index(a.archive)
    a.archive = open_archive(a.root)
