"""The rules of politeness by themselves; tests/test_robots.py holds them over real connections."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from crawler.hosts import POLL_S, Hosts, Rests
from crawler.pace import MAX_PAUSE_S, Pace, retry_after
from crawler.robots import MAX_DELAY_S, read_robots
from tests.running import until

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
        ("Sat, 01 Mar 2036 12:00:00 GMT", 3653 * 86400.0),
        ("315360000", 315360000.0),
        ("9" * 500, 999999999999.0),
        ("-5", 0.0),
        ("soon", 0.0),
        ("٣", 0.0),
        ("", 0.0),
        (None, 0.0),
    ],
)
def test_retry_after_in_every_form(value: str | None, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds


def times(pace: Pace, hosts: list[str], took_s: float = 0.0) -> list[float]:
    """Seconds after the start at which each turn came; each answer takes so long, as the pace is told."""

    async def wait() -> list[float]:
        stopping, started = asyncio.Event(), time.monotonic()
        found = []
        for host in hosts:
            assert await pace.turn(host, stopping)
            found.append(time.monotonic() - started)
            pace.answered(host, took_s)
        return found

    return asyncio.run(wait())


def pause_after(pace: Pace, failures: list[int], retry_after_s: float = 0.0) -> float:
    """Seconds for which a host is left alone after failing at these attempts, one after another."""

    async def fail() -> float:
        hosts = pace._hosts
        for attempt in failures:
            while hosts.take("a") > 0:  # nobody waits here for the pauses before the last
                hosts._paused["a"] = (hosts._paused["a"][0], 0.0)
            pace.failed("a", attempt, retry_after_s)
        return hosts.take("a")

    return asyncio.run(fail())


def test_a_host_is_asked_no_faster_than_its_delay_and_others_do_not_wait(tmp_path: Path) -> None:
    first, second, other = times(Pace(0.2, Hosts(tmp_path)), ["a", "a", "b"])
    assert first < 0.1 and 0.19 < second < 0.5 and other - second < 0.1


def test_a_longer_delay_is_kept_and_a_shorter_one_is_no_leave_to_hurry(tmp_path: Path) -> None:
    pace = Pace(0.0, Hosts(tmp_path))
    pace.slow_down("a", 0.2)
    assert times(pace, ["a", "a"])[1] > 0.19
    pace.slow_down("a", 0.0)
    assert times(pace, ["a", "a"])[1] > 0.19, "what http says does not undo what https wished"
    slow = Pace(0.3, Hosts(tmp_path))
    slow.slow_down("c", 0.1)
    assert times(slow, ["c", "c"])[1] > 0.29


def test_a_slow_host_is_left_in_peace_for_as_long_as_it_took(tmp_path: Path) -> None:
    pace = Pace(0.05, Hosts(tmp_path))
    slow = times(pace, ["a", "a", "b"], took_s=0.3)
    assert slow[1] > 0.29 and slow[2] - slow[1] < 0.1
    pace.answered("b" if asyncio.run(pace.turn("b", asyncio.Event())) else "", 1e9)
    assert MAX_PAUSE_S - 1 < pace._hosts.take("b") <= MAX_PAUSE_S, "but not for ever"


def test_pauses_grow_with_each_attempt_and_with_the_failures_of_the_host(tmp_path: Path) -> None:
    found = [
        pause_after(Pace(0.5, Hosts(tmp_path / str(n))), failures)
        for n, failures in enumerate(([1], [1, 2], [1, 2, 3], [1, 2, 3, 1], [1, 2, 3] * 9))
    ]
    assert found == pytest.approx([1, 2, 4, 2, MAX_PAUSE_S], abs=0.1)
    assert pause_after(Pace(0.5, Hosts(tmp_path / "r")), [1], 90) == pytest.approx(90, abs=0.1)


def test_who_waits_is_let_go_when_the_run_is_stopped(tmp_path: Path) -> None:
    async def wait() -> float:
        pace, stopping, started = Pace(30.0, Hosts(tmp_path)), asyncio.Event(), time.monotonic()
        assert await pace.turn("a", stopping)
        pace.answered("a", 0)
        asyncio.get_running_loop().call_later(0.05, stopping.set)
        assert not await pace.turn("a", stopping)
        return time.monotonic() - started

    assert asyncio.run(wait()) < 1


def test_a_host_is_asked_by_one_at_a_time_and_a_pause_holds_for_all(tmp_path: Path) -> None:
    mine, others = Hosts(tmp_path), Hosts(tmp_path)
    assert mine.take("city.example") == 0
    assert others.take("city.example") == POLL_S and others.take("pictures.example") == 0
    mine.give("city.example", 0.5)
    assert 0.3 < others.take("city.example") <= 0.5
    assert 0.3 < mine.take("city.example") <= 0.5
    until(lambda: others.take("city.example") == 0)
    others.close()
    assert mine.take("city.example") == 0, "who is gone holds nothing"


def test_names_of_hosts_lead_nowhere(tmp_path: Path) -> None:
    hosts = Hosts(tmp_path / "output")
    for host in ("../../etc/x", "..", "a" * 300, "x/y", "\ud800", "[::1]:80", ""):
        assert hosts.take(host) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["output"]
    assert len(list(hosts.folder.iterdir())) == 7 and [p.name for p in (tmp_path / "output").iterdir()] == [
        ".hosts"
    ]


def test_a_clock_that_was_set_back_is_no_pause(tmp_path: Path) -> None:
    hosts = Hosts(tmp_path)
    assert hosts.take("a") == 0
    hosts.give("a", 3600)
    assert Hosts(tmp_path).take("a") == 0


def test_a_host_rests_until_the_moment_it_named_and_that_is_bounded(tmp_path: Path) -> None:
    hosts, now = Hosts(tmp_path), datetime.now(UTC)
    assert hosts.rests_until("a") is None
    assert hosts.leave_alone("a", now + timedelta(hours=2)) == now + timedelta(hours=2)
    with pytest.raises(Rests, match="a wants to be left alone until"):
        Hosts(tmp_path).take("a")
    with time_machine.travel(now + timedelta(hours=1)):
        assert Hosts(tmp_path).rests_until("a")
    with time_machine.travel(now + timedelta(hours=3)):
        assert Hosts(tmp_path).rests_until("a") is None and Hosts(tmp_path).take("a") == 0
    assert hosts.leave_alone("b", now + timedelta(days=3650)) < now + timedelta(days=31)
    (hosts.folder / "c").write_text("soon\n")
    assert hosts.rests_until("c") is None and hosts.take("c") == 0
