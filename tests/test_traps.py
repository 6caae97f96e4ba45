"""What is taken for a trap, and what is not."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.discovery.shape import without_session
from crawler.traps import ENOUGH, PATH_ENOUGH, Traps, shape
from pipelines.extract import extract_html
from pipelines.extract.page import Page
from pipelines.model import Article, Rejection
from tests.site import Answer, serve
from tests.test_run import crawl, holds, news, page

HOST = "https://city.example"
MENU = ("/gioi-thieu", "/lien-he", "/tin")
Make = Callable[[int], tuple[str, bytes]]


def read(traps: Traps, path: str, body: bytes) -> None:
    """Let a page be read, as an article where it looks like one."""
    url = HOST + path
    parsed = Page.parse(body, url, "text/html; charset=utf-8")
    reading: Article | Rejection = Rejection(url=url, reason="listing")
    if b"<article>" in body:
        reading = extract_html(body, url, captured_at=datetime(2026, 1, 1, tzinfo=UTC))
        assert isinstance(reading, Article)
    traps.read(url, parsed, reading, parsed.links())


def asked(make: Make, most: int, traps: Traps | None = None) -> int:
    """How many pages are asked, of ``most``, before the next is left out."""
    traps = traps or Traps()
    for number in range(most):
        path, body = make(number)
        if traps.suspects(HOST + path):
            return number
        read(traps, path, body)
    return most


def listing(*links: str, said: str = "") -> bytes:
    return page(*MENU, *links).body + said.encode()


def calendar(day: int) -> tuple[str, bytes]:
    year, month = 2026 + day // 12, day % 12 + 1
    login = f"/login?return=%2Flich%2F{year}%2F{month}"
    said = f"<p>Không có sự kiện nào trong tháng {month} năm {year} của thành phố</p>"
    said += f"<script>a b c d e f {word(day)}</script>"
    return f"/lich/{year}/{month}", listing(f"/lich/{year}/{month + 1}", login, said=said)


def beyond_the_last(number: int) -> tuple[str, bytes]:
    shown = [f"/bai-{min(number, 20)}-{i}.html" for i in range(10)]
    return f"/tin?page={number}", listing(*shown, f"/tin?page={number + 1}")


def random_slugs(number: int) -> tuple[str, bytes]:
    body = news("Thông báo của phường", 1).body
    return f"/p/x{number:x}y", body.replace(
        b"</body>", f'<a href="/p/x{number + 1:x}y">x</a></body>'.encode()
    )


def facets(number: int) -> tuple[str, bytes]:
    names = [name for bit, name in enumerate("abcdefgh") if number >> bit & 1]
    query = "&".join(f"{name}=1" for name in names)
    shown = [f"/van-ban/so-{(number * 7 + i) % 30}" for i in range(10)]
    return f"/van-ban?{query}", listing(*shown, *(f"/van-ban?{query}&{name}=1" for name in "abcdefgh"))


def recurring(number: int) -> tuple[str, bytes]:
    """A calendar of meetings that are held for ever, each with a page of its own."""
    if number % 2:
        return f"/hop/giao-ban-{number}", listing(said="<p>Họp giao ban của ủy ban như mọi tuần</p>")
    return f"/tuan/{number}", listing(f"/hop/giao-ban-{number + 1}", f"/tuan/{number + 2}")


def sessions(number: int) -> tuple[str, bytes]:
    return f"/tin.html?phien={number:x}", listing(f"/tin.html?phien={number + 1:x}", "/bai-1.html")


@pytest.mark.parametrize(
    ("make", "most"),
    [
        (calendar, ENOUGH + 2),
        (beyond_the_last, 21 + ENOUGH + 11),
        (random_slugs, ENOUGH + 2),
        (sessions, ENOUGH + 2),
        (facets, PATH_ENOUGH + 30),
    ],
)
def test_what_is_nothing_new_for_long_is_left(make: Make, most: int) -> None:
    assert ENOUGH <= asked(make, 600) <= most


def test_a_calendar_whose_entries_are_left_is_left() -> None:
    traps = Traps()
    for number in range(600):
        path, body = recurring(number)
        if traps.suspects(HOST + path):
            continue
        read(traps, path, body)
    assert {pattern for pattern, _, _ in traps.suspected()} == {"/hop/*", "/tuan/#"}


def real_listing(number: int) -> tuple[str, bytes]:
    shown = [f"/bai-{number}-{i}.html" for i in range(10)]
    return f"/tin/page/{number}", listing(*shown, f"/tin/page/{number + 1}")


def documents(number: int) -> tuple[str, bytes]:
    return f"/van-ban/{number}", listing(said=f"<p>Quyết định về việc sửa kè sông đoạn {word(number)}</p>")


def gallery(number: int) -> tuple[str, bytes]:
    shown = f'<img src="/uploads/{word(number)}.jpg"><a href="/anh/{number + 1}">Sau</a>'
    return f"/anh/{number}", listing(said=shown)


def articles(number: int) -> tuple[str, bytes]:
    return f"/bai-{number}.html", news(f"Đo đường số {number}", number).body.replace(
        b"ghi", f"ghi {word(number)}".encode()
    )


def tags(number: int) -> tuple[str, bytes]:
    """Three thousand tags of a thousand articles: a late one has something new now and then."""
    new = [f"/bai-{number}.html"] if number < 700 or number % 40 == 0 else []
    return f"/tag/{word(number)}", listing("/bai-1.html", *new)


def word(number: int) -> str:
    letters: Iterable[str] = itertools.islice(itertools.product("bcdghklm", repeat=4), number, None)
    return "".join(next(iter(letters)))


@pytest.mark.parametrize(
    ("make", "most"), [(real_listing, 3000), (documents, 200), (gallery, 200), (articles, 100), (tags, 3000)]
)
def test_what_has_something_new_is_asked_to_its_end(make: Make, most: int) -> None:
    assert asked(make, most) == most


def test_patterns() -> None:
    assert shape(HOST + "/lich/2026/03/05") == ("/lich/#/#/#", "/lich/#/#/#")
    assert shape(HOST + "/tin-tuc/bai-12.html?b=2&a=1&b=3") == ("/tin-tuc/*.html", "/tin-tuc/*.html?a&b")
    assert shape(HOST) == ("/", "/") and shape(HOST + "/?p=7") == ("/", "/?p")
    assert shape(HOST + "/tin/page/3/") == ("/tin/page/#/", "/tin/page/#/")


def test_what_was_suspected_before_is_suspected_from_the_start() -> None:
    traps = Traps()
    traps.leave_out(HOST + "/lich/2090/01")
    assert asked(calendar, 10, traps) == 0
    assert list(traps.suspected()) == [("/lich/#/#", HOST + "/lich/2090/01", 1)]


SHOWN = {f"/bai-{i}.html": articles(i)[1] for i in range(6)}
LISTS = {"/": ("/tin/1", "/tin/2"), "/tin/1": ("/", *list(SHOWN)[:3]), "/tin/2": ("/", *list(SHOWN)[3:])}


class Endless(dict[str, Answer]):
    """A calendar, a wall of cookies that sends everybody round, and links with a number of the visit
    that is another on every page."""

    def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]
        plain = path.partition("?")[0]
        if plain.startswith("/lich/"):
            year, month = map(int, plain.split("/")[2:])
            return Answer(body=calendar(12 * (year - 2026) + month - 1)[1])
        if plain == "/vao":  # it would set a cookie and send back to where one came from
            back = "/kin.html" if "buoc=2" in path else "/vao?buoc=2"
            return Answer(status=302, headers=(("Location", back), ("Set-Cookie", "a=b")))
        if plain == "/kin.html":
            return Answer(status=302, headers=(("Location", "/vao?tu=kin"),))
        if plain in LISTS:
            visit = hashlib.sha256(path.encode()).hexdigest()[:26]
            links = (f"{link}?PHPSESSID={visit}" for link in LISTS[plain])
            return page(*links, "/lich/2026/1", "/kin.html")
        return Answer(body=SHOWN[plain]) if plain in SHOWN else default


def test_a_site_with_traps_is_crawled_whole_and_the_traps_are_named(tmp_path: Path) -> None:
    with serve({}) as site:
        site.answers = Endless()
        summary = crawl(site.url, tmp_path)
        asked = [path.partition("?")[0] for path in site.asked]
        assert summary.exit_code == 0 and summary.articles == 6 and holds(summary)
        assert all(asked.count(path) == 1 for path in SHOWN), "whatever the number of the visit"
        assert asked.count("/kin.html") == 1 and asked.count("/vao") == 2, "no loop"
        assert ENOUGH <= sum(path.startswith("/lich/") for path in asked) <= ENOUGH + 2
        assert summary.sums["pages"]["excluded.trap_suspected"] >= 1
        (note,) = summary.notes
        assert note.startswith("trap suspected: /lich/#/# was nothing new") and "/lich/20" in note
        before = len(site.asked)
        (note,) = crawl(site.url, tmp_path).notes
        assert note.startswith("trap suspected: /lich/#/# was nothing new")
        asked = [path for path in site.asked[before:] if path.startswith("/lich/")]
        assert len(asked) <= ENOUGH + 2, "the next run asks nothing further"
        before = len(site.asked)
        again = crawl(site.url, tmp_path, full=True)
        swept = [path for path in site.asked[before:] if path.startswith("/lich/")]
    assert ENOUGH <= len(swept) <= 2 * ENOUGH + 4 and again.sums["pages"]["excluded.trap_suspected"] >= 1


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("/a.jsp;jsessionid=0A1B?x=1", "/a.jsp?x=1"),
        ("/(S(lit3py55t21z5v55vlm25s55))/a.aspx", "/a.aspx"),
        ("/a?PHPSESSID=0123456789abcdef0123&b=1", "/a?b=1"),
        ("/a?b=1&sid=0123456789abcdef0123", "/a?b=1"),
        ("/a?sid=12", "/a?sid=12"),
        ("/a(b)/c", "/a(b)/c"),
    ],
)
def test_the_number_of_a_visit_is_no_part_of_an_address(url: str, plain: str) -> None:
    assert without_session(HOST + url) == HOST + plain
