"""The rules of politeness by themselves; tests/test_robots.py holds them over real connections."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import pytest

from crawler.politeness import MAX_RETRY_AFTER_S, Pace, retry_after
from crawler.robots import MAX_DELAY_S, read_robots

PAGE = "https://city.example/tin.html"
FORBID = b"User-agent: *\nDisallow: /\n"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n", b"\xff\n"])
def test_a_robots_txt_that_forbids(before: bytes) -> None:
    assert not read_robots(200, before + FORBID).allows(PAGE)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_4xx_allows(status: int) -> None:
    robots = read_robots(status, FORBID)
    assert robots.deferred is None and robots.allows(PAGE)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599, 304, 999])
def test_everything_else_defers(status: int) -> None:
    assert str(status) in (read_robots(status, b"").deferred or "")


def test_a_body_that_is_cut_or_cannot_be_decoded_defers() -> None:
    assert read_robots(200, FORBID, whole=False).deferred


@pytest.mark.parametrize(
    "body", [b"", b"<html><p>404</p></html>", b"\x00\x01\x02", b"User-agent: other\nDisallow: /"]
)
def test_what_says_nothing_to_us_allows(body: bytes) -> None:
    robots = read_robots(200, body)
    assert robots.deferred is None and robots.allows(PAGE)


def test_our_own_group_counts_and_no_likeness_of_it() -> None:
    ours = b"User-agent: *\nDisallow: /\n\nUser-agent: CityNews\nDisallow: /admin/\n"
    assert read_robots(200, ours).allows(PAGE)
    assert not read_robots(200, ours).allows("https://city.example/admin/x")
    for other in (b"news", b"y", b"citynewsbot", b"city", b"c"):
        like = b"User-agent: " + other + b"\nDisallow: /\n"
        assert read_robots(200, like).allows(PAGE), other
        leave = FORBID + b"\nUser-agent: " + other + b"\nAllow: /\n"
        assert not read_robots(200, leave).allows(PAGE), f"leave given to {other!r}"


@pytest.mark.parametrize(
    "line",
    [
        "User-agent: citynews/1.0",
        "USER-AGENT:CityNews # us",
        "User agent: citynews bot",
        "useragent citynews",
    ],
)
def test_our_token_is_found_however_the_line_is_written(line: str) -> None:
    assert not read_robots(200, f"{line}\nDisallow: /\n".encode()).allows(PAGE)
    together = f"User-agent: other\n{line}\nUser-agent: another\nDisallow: /\n"
    assert not read_robots(200, together.encode()).allows(PAGE)


def test_a_robots_txt_in_utf_16_or_with_two_marks_is_read() -> None:
    for body in (FORBID.decode().encode("utf-16"), b"\xef\xbb\xbf" * 2 + FORBID):
        assert not read_robots(200, body).allows(PAGE)


def test_what_stands_after_500_kilobytes_is_read() -> None:
    filler = b"# nothing here\n" * 36_000
    assert len(filler) > 500 * 1024
    assert not read_robots(200, filler + FORBID).allows(PAGE)
    started = time.monotonic()
    assert read_robots(200, filler * 10 + FORBID).allows(PAGE), "five megabytes are not read whole"
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("0.5", 0.5),
        ("30", 30.0),
        ("1e9", MAX_DELAY_S),
        ("-3", 0.0),
        ("nan", 0.0),
        ("x", 0.0),
    ],
)
def test_crawl_delay_is_kept_within_bounds(line: str, seconds: float) -> None:
    assert read_robots(200, f"User-agent: *\nCrawl-delay: {line}\n".encode()).delay_s == seconds


def test_sitemap_lines_are_told() -> None:
    robots = read_robots(200, b"Sitemap: https://city.example/a.xml\nsitemap: /b.xml\n")
    assert robots.sitemaps == ("https://city.example/a.xml", "/b.xml")
    assert read_robots(404, b"Sitemap: https://city.example/a.xml\n").sitemaps == ()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Fri, 01 Mar 2036 12:00:00 GMT", MAX_RETRY_AFTER_S),
        ("315360000", MAX_RETRY_AFTER_S),
        ("9" * 500, MAX_RETRY_AFTER_S),
        ("-5", 0.0),
        ("soon", 0.0),
        ("٣", 0.0),
        ("", 0.0),
        (None, 0.0),
    ],
)
def test_retry_after_in_every_form(value: str | None, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds


def times(pace: Pace, hosts: list[str]) -> list[float]:
    """Seconds after the start at which each turn came."""

    async def wait() -> list[float]:
        stopping, started = asyncio.Event(), time.monotonic()
        found = []
        for host in hosts:
            await pace.turn(host, stopping)
            found.append(time.monotonic() - started)
        return found

    return asyncio.run(wait())


def test_a_host_is_asked_no_faster_than_its_delay_and_others_do_not_wait() -> None:
    first, second, other = times(Pace(0.2), ["a", "a", "b"])
    assert first < 0.1 and 0.19 < second < 0.5 and other - second < 0.1


def test_a_longer_delay_and_a_hold_are_kept() -> None:
    pace = Pace(0.0)
    pace.slow_down("a", 0.2)
    pace.hold("b", 0.2)
    assert times(pace, ["b"])[0] > 0.19
    assert times(pace, ["a", "a"])[1] > 0.19
    slow = Pace(0.3)
    slow.slow_down("a", 0.1)
    assert times(slow, ["a", "a"])[1] > 0.29, "a shorter Crawl-delay is no leave to hurry"
    pace.slow_down("a", 0.0)
    assert times(pace, ["a", "a"])[1] > 0.19, "what http says does not undo what https wished"


def test_who_waits_is_let_go_when_the_run_is_stopped() -> None:
    async def wait() -> float:
        pace, stopping, started = Pace(0.0), asyncio.Event(), time.monotonic()
        pace.hold("a", 30)
        asyncio.get_running_loop().call_later(0.05, stopping.set)
        await pace.turn("a", stopping)
        return time.monotonic() - started

    assert asyncio.run(wait()) < 1
