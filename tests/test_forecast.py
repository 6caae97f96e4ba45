"""The estimate: what it is made of, and that it comes true within a factor of two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

import crawler.forecast
from crawler.forecast import COMMIT_S, OTHER_RECORDS, SAMPLE, Forecast
from crawler.frontier import Frontier
from crawler.requisites import Requisites
from crawler.run import RunOptions, run
from pipelines.ledger import Ledger
from pipelines.model import Capture, RecordRef
from pipelines.requisites import Requisite
from tests.mockcity import MockCity

HOST = "https://city.example"
PAGES = 1000


class Clock:
    """Seconds that pass only when they are told to."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(crawler.forecast, "time", made)
    return made


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "ledger.sqlite3")
    opened.begin("run-1", datetime.now(UTC))
    yield opened
    opened.close()


def _capture(length: int) -> Capture:
    """An answer whose exchange takes so many bytes."""
    ref = RecordRef(
        warc_filename="warc/2026/x.warc.gz",
        warc_record_offset=0,
        warc_record_length=length - OTHER_RECORDS,
        warc_record_id="urn:x",
    )
    return Capture(url=HOST, captured_at=datetime.now(UTC), payload=b"", record=ref)


def _listed(ledger: Ledger, count: int) -> Frontier:
    frontier = Frontier(ledger, ("city.example",))
    with ledger.batch():
        for n in range(count):
            frontier.found(f"{HOST}/{n:04}.html", found_by="sitemap")
        frontier.found(f"{HOST}/tin/page/2/", found_by="listing")
    return frontier


def _crawl(frontier: Frontier, requisites: Requisites | None, forecast: Forecast, clock: Clock) -> list[str]:
    """Ask everything at one second a page and two a requisite; each page needs three of them."""
    asked = []
    while True:
        sampling = forecast.wants_requisites
        turn = requisites is not None and (sampling or not len(frontier))
        need = requisites.next((), newest=sampling) if requisites is not None and turn else None
        if need:
            clock.now += 2
            forecast.answered("requisite", _capture(5_000))
        elif ask := frontier.next():
            asked.append(ask.url)
            clock.now += 1
            if requisites is not None:
                requisites.named([Requisite(url=f"{ask.url}/{n}.jpg") for n in range(3)], on=ask.url)
            forecast.answered("page", _capture(20_000))
        else:
            return asked


def test_an_estimate_counts_pages_and_what_they_need(ledger: Ledger, clock: Clock) -> None:
    frontier, requisites, told = _listed(ledger, PAGES), Requisites(ledger), []
    forecast = Forecast(frontier, requisites, told.append)
    clock.now += 50
    forecast.answered("source", _capture(500_000))
    forecast.begin()
    with ledger.batch():
        asked = _crawl(frontier, requisites, forecast, clock)
    assert len(asked) == PAGES + 1
    pages, needs = PAGES + 1, 3 * (PAGES + 1)
    assert told == [
        {
            "requests": 1 + pages + needs,
            "seconds": round(50 + pages + 2 * needs + COMMIT_S * (1 + pages + needs)),
            "megabytes": round((500_000 + pages * 20_000 + needs * 5_000) / 1e6),
        }
    ]
    assert forecast.told == told[0]


def test_the_sample_is_spread_over_all_that_sources_list(ledger: Ledger, clock: Clock) -> None:
    frontier = _listed(ledger, PAGES)
    forecast = Forecast(frontier, None, lambda told: None)
    forecast.begin()
    asked = _crawl(frontier, None, forecast, clock)
    first = [int(url.rpartition("/")[2][:4]) for url in asked[:SAMPLE]]
    steps = {b - a for a, b in pairwise(first)}
    assert steps == {PAGES // SAMPLE}
    assert asked[SAMPLE].endswith("/page/2/")


def test_a_small_portal_is_asked_in_its_order_and_not_estimated(ledger: Ledger, clock: Clock) -> None:
    frontier, told = _listed(ledger, 9), []
    forecast = Forecast(frontier, None, told.append)
    forecast.begin()
    assert _crawl(frontier, None, forecast, clock)[0].endswith("/page/2/")
    assert told == []


def test_no_page_is_counted_before_the_sources_are_read(ledger: Ledger, clock: Clock) -> None:
    frontier, told = _listed(ledger, PAGES), []
    frontier.found(f"{HOST}/wp-sitemap.xml", found_by="sitemap", kind="source")
    forecast = Forecast(frontier, None, told.append)
    forecast.begin()
    forecast.answered("page", None)
    assert frontier.next() is not None
    forecast.begin()
    for _ in range(SAMPLE):
        assert told == []
        forecast.answered("page", None)
    assert told[0]["requests"] == 1 + SAMPLE + len(frontier)


def test_a_crawl_was_estimated_within_a_factor_of_two(tmp_path: Path) -> None:
    with MockCity(articles=124) as city:
        done = run(RunOptions(word=city.url, output=tmp_path, allow_loopback=True))
    asked = done.captures
    assert asked / 2 < done.estimate["requests"] < asked * 2
    assert done.warc_bytes / 2 < done.estimate["megabytes"] * 1e6 < done.warc_bytes * 2
