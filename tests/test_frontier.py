"""The order of asking, and every reason not to ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery.shape import MAX_LENGTH, wire_form
from crawler.frontier import Frontier
from crawler.rules import MAX_DEPTH, MAX_HOPS
from pipelines.ledger import Ledger
from pipelines.model import RecordRef
from pipelines.urls import url_key

HOST = "https://city.example"
SCOPE = ("city.example",)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "ledger.sqlite3")
    opened.begin("run-1", datetime.now(UTC))
    yield opened
    opened.close()


@pytest.fixture
def frontier(ledger: Ledger) -> Frontier:
    return Frontier(ledger, SCOPE)


def fate(ledger: Ledger, url: str) -> tuple[str, str | None] | None:
    address = ledger.get(url)
    return (address.verdict, address.reason) if address else None


def asked(frontier: Frontier) -> list[str]:
    found = []
    while (ask := frontier.next()) is not None:
        found.append(ask.url)
    return found


def answer(ledger: Ledger, url: str, *, walked: bool = True) -> None:
    """Enter a capture of an address."""
    ref = RecordRef(
        warc_filename="warc/2026/x.warc.gz",
        warc_record_offset=0,
        warc_record_length=1,
        warc_record_id="urn:x",
    )
    ledger.exchanged(
        url, asked_at=datetime.now(UTC), ref=ref, status=200, answer_digest=url, complete=True, error=None
    )
    if walked:
        ledger.walked(url)


def test_sources_come_before_listings_and_these_before_articles(frontier: Frontier) -> None:
    for path in ("/b.html", "/tin/page/2/", "/a.html"):
        frontier.found(HOST + path, found_by="listing")
    frontier.found(HOST + "/map.xml", found_by="sitemap", kind="source")
    assert frontier.sources_wait
    assert asked(frontier) == [HOST + p for p in ("/map.xml", "/tin/page/2/", "/b.html", "/a.html")]


def test_a_new_address_is_in_the_ledger_before_it_is_asked(frontier: Frontier, ledger: Ledger) -> None:
    assert frontier.found(HOST + "/a.html#top", found_by="related", found_on=HOST + "/")
    address = ledger.get(HOST + "/a.html")
    assert address is not None and address.verdict == "pending"
    assert address.found_by == ("related",) and address.found_on == HOST + "/"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://other.example/a", "out_of_scope"),
        ("https://sub.city.example/a", "out_of_scope"),
        ("https://city.example:8443/a", "out_of_scope"),
        (HOST + "/quyet-dinh.PDF?v=2", "not_a_page"),
        (HOST + "/anh.jpg", "not_a_page"),
        (HOST + "/" + "x" * MAX_LENGTH, "trap"),
        (HOST + "/a/b/a/b/a/b/a/b/", "trap"),
    ],
)
def test_what_is_not_asked_has_its_reason(url: str, reason: str, frontier: Frontier, ledger: Ledger) -> None:
    assert not frontier.found(url, found_by="listing")
    assert fate(ledger, url) == ("excluded", reason)
    assert asked(frontier) == []


@pytest.mark.parametrize(
    "url", ["mailto:a@b", "javascript:void(0)", "tel:1", "ftp://city.example/a", "http://["]
)
def test_what_is_no_web_address_is_passed_over(url: str, frontier: Frontier, ledger: Ledger) -> None:
    assert not frontier.found(url, found_by="listing")
    assert list(ledger.addresses()) == []


def test_one_fetch_serves_all_spellings(frontier: Frontier, ledger: Ledger) -> None:
    first = HOST + "/tin/%c3%a1o.html"
    others = [
        "http://www.city.example/tin/%C3%A1o.html",
        HOST + "/tin/áo.html/",
        HOST + "/tin/áo.html?utm_source=x",
        HOST + "/tin/a%CC%81o.html",
    ]
    assert frontier.found(first, found_by="listing")
    for other in others:
        assert not frontier.found(other, found_by="listing")
        assert fate(ledger, wire_form(other) or "") == ("excluded", "alias")
    assert asked(frontier) == [first]


def test_a_redirect_to_another_spelling_is_followed(frontier: Frontier, ledger: Ledger) -> None:
    frontier.found(HOST + "/a", found_by="listing")
    assert not frontier.found(HOST + "/a/", found_by="listing")
    assert frontier.found(HOST + "/a/", found_by="listing", found_on=HOST + "/a", hops=1)
    assert fate(ledger, HOST + "/a/") == ("pending", None)
    assert asked(frontier) == [HOST + "/a", HOST + "/a/"]


def test_a_spelling_that_gives_no_page_is_replaced_by_one_other(frontier: Frontier, ledger: Ledger) -> None:
    tracked, plain = HOST + "/a?utm_source=zalo", "http://www.city.example/a"
    for url in (tracked, HOST + "/a?fbclid=1", plain, HOST + "/a?utm_source=x"):
        frontier.found(url, found_by="listing", found_on=HOST + "/")
    first = frontier.next()
    assert first is not None and first.url == tracked
    frontier.failed(first)
    assert fate(ledger, plain) == ("pending", None)
    second = frontier.next()
    assert second is not None and second.url == plain and second.found_on == HOST + "/"
    frontier.failed(second)
    assert frontier.next() is None, "most such addresses are dead"
    assert not frontier.found(HOST + "/a/", found_by="listing")


def test_a_spelling_found_after_another_failed_is_asked(frontier: Frontier, ledger: Ledger) -> None:
    frontier.found("http://city.example/a", found_by="listing")
    first = frontier.next()
    assert first is not None
    frontier.failed(first)
    assert frontier.found(HOST + "/a", found_by="listing")
    assert not frontier.found(HOST + "/a/", found_by="listing")
    assert asked(frontier) == [HOST + "/a"]


def test_a_page_asked_again_is_no_other_spelling(frontier: Frontier) -> None:
    frontier.found(HOST + "/a", found_by="listing")
    frontier.found(HOST + "/a/", found_by="listing")
    first = frontier.next()
    assert first is not None
    frontier.again(first)
    assert asked(frontier) == [HOST + "/a"]
    frontier.failed(first)
    assert asked(frontier) == [HOST + "/a/"]


@pytest.mark.parametrize(
    "names",
    [
        ["/a?replytocom=7"],
        ["/a;jsessionid=B1946AC92492D2347C6235B4"],
        ["/a?replytocom=7", "/a"],  # an older version asked both
    ],
)
@pytest.mark.parametrize("since", [None, datetime(2020, 1, 1, tzinfo=UTC)])
def test_what_rested_is_asked_where_it_changed_however_it_is_spelled(
    names: list[str], since: datetime | None, ledger: Ledger
) -> None:
    for name in names:
        ledger.observe(HOST + name, found_by="sitemap")
        answer(ledger, HOST + name)
    left_out = HOST + "/a?utm_source=zalo"
    ledger.observe(left_out, found_by="sitemap")
    ledger.exclude(left_out, "alias")
    ledger.begin("run-2", datetime.now(UTC))
    frontier = Frontier(ledger, SCOPE, since=since)
    frontier.rest(whole=False)
    frontier.load()
    assert asked(frontier) == []
    later = datetime.now(UTC) + timedelta(hours=1)
    for url in (left_out, *(HOST + name for name in names)):
        frontier.found(url, found_by="sitemap", changed=later, stated=later)
    assert set(asked(frontier)) == {HOST + name for name in names}
    assert fate(ledger, left_out) == ("excluded", "alias")


def test_what_is_only_looked_at_again_is_nothing_that_a_stopped_run_leaves(
    frontier: Frontier, ledger: Ledger
) -> None:
    for name in ("a", "b", "page/2/"):
        frontier.found(f"{HOST}/{name}", found_by="listing")
        answer(ledger, f"{HOST}/{name}")
    asks = list(iter(frontier.next, None))
    frontier.again(next(a for a in asks if a.url == f"{HOST}/a"), last=True)
    frontier.again(next(a for a in asks if a.url == f"{HOST}/page/2/"))
    assert fate(ledger, f"{HOST}/a") == ("captured", None)
    assert fate(ledger, f"{HOST}/page/2/") == ("pending", None)
    frontier.found(f"{HOST}/c", found_by="listing")
    assert asked(frontier) == [f"{HOST}/page/2/", f"{HOST}/a", f"{HOST}/c"]


def test_a_redirect_loop_ends(frontier: Frontier) -> None:
    frontier.found(HOST + "/a", found_by="listing")
    assert frontier.found(HOST + "/b", found_by="listing", hops=1)
    assert not frontier.found(HOST + "/a", found_by="listing", hops=2)
    assert asked(frontier) == [HOST + "/a", HOST + "/b"]


def test_an_endless_chain_of_redirects_ends(frontier: Frontier, ledger: Ledger) -> None:
    assert frontier.found(f"{HOST}/{MAX_HOPS}", found_by="listing", hops=MAX_HOPS)
    assert not frontier.found(f"{HOST}/x", found_by="listing", hops=MAX_HOPS + 1)
    assert fate(ledger, f"{HOST}/x") == ("excluded", "redirects")


def test_an_endless_calendar_ends_and_a_paged_listing_does_not(frontier: Frontier, ledger: Ledger) -> None:
    assert frontier.found(HOST + "/lich?thang=1", found_by="listing", depth=MAX_DEPTH - 1)
    assert not frontier.found(HOST + "/lich?thang=2", found_by="listing", depth=MAX_DEPTH)
    assert fate(ledger, HOST + "/lich?thang=2") == ("excluded", "budget")
    assert frontier.found(HOST + "/tin/page/900/", found_by="listing", depth=MAX_DEPTH)


def test_there_is_a_budget_of_pages(ledger: Ledger) -> None:
    frontier = Frontier(ledger, SCOPE, max_pages=2)
    assert [frontier.found(f"{HOST}/{i}", found_by="listing") for i in range(3)] == [True, True, False]
    assert fate(ledger, f"{HOST}/2") == ("excluded", "budget")


def test_there_is_a_budget_of_sources(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.rules.MAX_SOURCES", 2)
    frontier = Frontier(ledger, SCOPE)
    maps = [f"{HOST}/{i}.xml" for i in range(3)]
    assert [frontier.found(m, found_by="sitemap", kind="source") for m in maps] == [True, True, False]
    assert fate(ledger, maps[2]) == ("excluded", "budget")


def test_a_page_limit_holds_back_what_it_does_not_ask(ledger: Ledger) -> None:
    frontier = Frontier(ledger, SCOPE, page_limit=2)
    for i in range(4):
        frontier.found(f"{HOST}/{i}", found_by="listing")
    assert len(asked(frontier)) == 2 and frontier.limit_reached and len(frontier) == 2
    assert fate(ledger, f"{HOST}/3") == ("pending", None)


def test_a_stopped_frontier_gives_nothing(frontier: Frontier) -> None:
    frontier.found(HOST + "/a", found_by="listing")
    frontier.closed = True
    assert frontier.next() is None and not frontier.has_next()


def test_a_resumed_run_asks_exactly_what_was_left(ledger: Ledger) -> None:
    before = Frontier(ledger, SCOPE)
    for name in ("done", "unwalked", "left"):
        before.found(f"{HOST}/{name}", found_by="listing")
    answer(ledger, f"{HOST}/done")
    answer(ledger, f"{HOST}/unwalked", walked=False)
    ledger.begin("run-2", datetime.now(UTC))
    frontier = Frontier(ledger, SCOPE)
    frontier.rest(whole=True)
    frontier.load()
    assert set(asked(frontier)) == {f"{HOST}/left", f"{HOST}/unwalked"}
    assert not frontier.found(f"{HOST}/done", found_by="listing")
    assert not frontier.found(f"{HOST}/done/", found_by="listing")
    assert fate(ledger, f"{HOST}/done/") == ("excluded", "alias")


def test_a_resumed_run_asks_all_pages_of_what_was_half_read(ledger: Ledger) -> None:
    """What was withdrawn meanwhile moved entries onto pages that were read before the stop."""
    before = Frontier(ledger, SCOPE)
    rest = f"{HOST}/wp-json/wp/v2/posts?per_page=100&page="
    for number in (1, 2, 3):
        before.found(f"{rest}{number}", found_by="rest", kind="source")
    tin = [f"{HOST}/tin/", f"{HOST}/tin/page/2/", f"{HOST}/tin/page/3/"]
    for url in (*tin, f"{HOST}/du-lich/", f"{HOST}/du-lich/page/2/", f"{HOST}/a.html"):
        before.found(url, found_by="listing")
        if url != tin[2]:
            answer(ledger, url)
    for number in (1, 2):
        answer(ledger, f"{rest}{number}")
    ledger.begin("run-2", datetime.now(UTC))
    frontier = Frontier(ledger, SCOPE)
    frontier.rest(whole=True)
    frontier.load()
    assert asked(frontier) == [*(f"{rest}{n}" for n in (1, 2, 3)), *tin]


def test_listings_are_left_alone_where_something_lists_everything(ledger: Ledger) -> None:
    before = Frontier(ledger, SCOPE)
    before.found(f"{HOST}/a.html", found_by="sitemap")
    before.found(f"{HOST}/tin/", found_by="listing")
    before.found(f"{HOST}/tin/page/2/", found_by="listing")
    answer(ledger, f"{HOST}/tin/")
    ledger.begin("run-2", datetime.now(UTC))
    frontier = Frontier(ledger, SCOPE)
    frontier.rest(whole=True)
    frontier.load()
    assert set(asked(frontier)) == {f"{HOST}/a.html", f"{HOST}/tin/page/2/"}


def test_a_run_cut_off_while_it_takes_over_the_ledger_leaves_nothing_half_begun(tmp_path: Path) -> None:
    class Full(Ledger):
        def queue(self, url: str, kind: Any = None) -> None:
            if url.endswith("/b"):
                raise OSError("no room")
            super().queue(url, kind)

    full = Full(tmp_path / "full.sqlite3")
    full.begin("run-1", datetime.now(UTC))
    for name in ("a", "b"):
        Frontier(full, SCOPE).found(f"{HOST}/{name}", found_by="listing")
        answer(full, f"{HOST}/{name}")
    full.begin("run-2", datetime.now(UTC))
    with pytest.raises(OSError, match="no room"):
        Frontier(full, SCOPE).load()
    assert ledger_pending(full) == [], "or the next run would only ask for a"


def test_a_whole_run_asks_every_known_page_again(ledger: Ledger) -> None:
    before = Frontier(ledger, SCOPE)
    before.found(f"{HOST}/a", found_by="listing")
    before.found(f"{HOST}/map.xml", found_by="sitemap", kind="source")
    for url in ("https://other.example/", f"{HOST}/a/", f"{HOST}/x.pdf"):
        before.found(url, found_by="listing")
    ledger.exclude(f"{HOST}/forbidden", "robots")
    answer(ledger, f"{HOST}/a")
    answer(ledger, f"{HOST}/map.xml")
    ledger.begin("run-2", datetime.now(UTC))
    frontier = Frontier(ledger, SCOPE)
    frontier.load()
    assert asked(frontier) == [f"{HOST}/map.xml", f"{HOST}/a", f"{HOST}/forbidden"]
    assert {d.url for d in ledger.dispositions()} == set(ledger_pending(ledger)), (
        "excluded ones keep their line"
    )


def test_a_whole_run_reads_known_listings_from_their_first_page_on(ledger: Ledger) -> None:
    for path in ("/tin/page/3/", "/a.html", "/tin/page/2/", "/tin/"):
        Frontier(ledger, SCOPE).found(HOST + path, found_by="listing")
        answer(ledger, HOST + path)
    ledger.begin("run-2", datetime.now(UTC))
    frontier = Frontier(ledger, SCOPE)
    for path in ("/a.html", "/tin/"):
        frontier.found(HOST + path, found_by="listing")  # on the home page, which is asked before
    frontier.load()
    assert asked(frontier) == [HOST + p for p in ("/tin/", "/tin/page/2/", "/tin/page/3/", "/a.html")]


def ledger_pending(ledger: Ledger) -> list[str]:
    return [a.url for a in ledger.addresses() if a.verdict == "pending"]


def test_an_address_that_came_into_scope_is_asked(ledger: Ledger) -> None:
    Frontier(ledger, SCOPE).found("https://news.example/a", found_by="listing")
    frontier = Frontier(ledger, (*SCOPE, "news.example"))
    frontier.load()
    assert asked(frontier) == ["https://news.example/a"]


def test_the_wire_form_escapes_and_changes_nothing_else() -> None:
    assert (
        wire_form(" https://City.example/Tin/%e1a?b=ê c#x ") == "https://city.example/Tin/%e1a?b=%C3%AA%20c"
    )
    assert wire_form("https://city.example") == "https://city.example/"
    assert wire_form("https://city.example/\x00\r\nX: y") == "https://city.example/%00X:%20y"


@pytest.mark.parametrize("found_first", [True, False])
def test_what_was_retracted_is_asked_in_no_spelling(ledger: Ledger, found_first: bool) -> None:
    """Neither where it is linked, nor where only the ledger knows it; unless nothing is held back."""
    url = f"{HOST}/go"
    ledger.observe(url)
    answer(ledger, url)
    ledger.begin("run-2", datetime.now(UTC))
    frontier = Frontier(ledger, SCOPE, retracted=frozenset((url_key(url),)))
    if found_first:
        assert not frontier.found(f"{HOST}/go/?utm_source=x", found_by="listing")
        assert not frontier.found(url, found_by="listing", hops=1)
    frontier.load()
    assert asked(frontier) == []
    assert fate(ledger, url) == ("excluded", "retracted")
    after_all = Frontier(ledger, SCOPE)
    after_all.load()
    assert url in asked(after_all)
