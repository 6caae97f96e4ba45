"""Pages made to cost: each is read in a child with limits, bounded, twice alike, and never empty."""

# ruff: noqa: E501
from __future__ import annotations

import os
import pickle
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from pipelines.extract import extract_html
from pipelines.extract.scan import MAX_ATTRIBUTES, MAX_TAGS, within_limits
from pipelines.model import Article, Rejection

URL = "https://city.example/tin/nao-vet-tuyen-kenh.html"
CAPTURED = datetime(2026, 3, 20, tzinfo=UTC)
TITLE = "Nạo vét tuyến kênh chính"
SENTENCE = "Sáng nay, thành phố khởi công nạo vét tuyến kênh dài tám ki-lô-mét, kịp trước mùa mưa bão."
SECONDS, MEGABYTES = 5, 500


def article(inside: str, head: str = "") -> str:
    return (
        f"<html lang=vi><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1><div><p>{SENTENCE}</p>"
        f"<p>{SENTENCE} Dự kiến xong trong tháng tới.</p>{inside}</div></body></html>"
    )


def attributes(form: str) -> str:
    return "".join(form % n for n in range(50_000))


def ld(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


HEADLINES = "<h3>Tin liên quan</h3><p><a href=/x>tin tức dài ra nữa nhé</a></p>"
PAGES: dict[str, Callable[[], str]] = {
    "attributes that hold the ends of tags": lambda: article("<p" + attributes(" a%d='>'") + f">{SENTENCE}</p>"),
    "attributes parted by slashes": lambda: article(f"<p {attributes('/a%d')}>{SENTENCE}</p>"),
    "a million pictures": lambda: article("<img>" * 1_000_000),
    "a million empty elements": lambda: article("<p></p>" * 1_000_000),
    "200,000 links": lambda: article("".join(f'<li><a href="/t{n}">tin tức số {n} dài ra</a>' for n in range(200_000))),
    "300,000 paragraphs": lambda: article("<p>đoạn" * 300_000),
    "100,000 rows": lambda: article("<table>" + "<tr><td>ô</td><td>hai</td></tr>" * 100_000),
    "headings of boxes": lambda: article(HEADLINES * 50_000),
    "headings of boxes, deep": lambda: article("<div>" * 230 + HEADLINES * 30_000),
    "headings of boxes without links": lambda: article("<p>Tin liên quan</p>" * 200_000),
    "pictures and captions": lambda: article("<img src=a.jpg><p><i>Ảnh: Minh Hà</i></p>" * 50_000),
    "links above the text": lambda: f"<html lang=vi><title>{TITLE}</title><h1>{TITLE}</h1><ul>" + "".join(f"<li><a href=/t{n}>một tin khác dài hơn bốn từ {n}</a>" for n in range(20_000)) + f"</ul><div><p>{SENTENCE}</p><p>{SENTENCE}</p></div>",
    "buttons above the text": lambda: f"<html lang=vi><title>{TITLE}</title><h1>{TITLE}</h1><div>" + "<div>nút bấm</div>" * 20_000 + f"<p>{SENTENCE}</p><p>{SENTENCE}</p></div>",
    "end marks": lambda: article("<p>***</p>" * 40_000),
    "captions of one table": lambda: article("<table>" + "<caption>Một chú thích</caption>" * 40_000 + "</table>"),
    "boxes of one line": lambda: article(("<p>" + "aaaa bbbb " * 1_000 + "</p>") * 20 + "".join(f"<blockquote>{'aaaa bbbb ' * 25}{n}</blockquote>" for n in range(20_000))),
    "dates": lambda: article("<p>Thứ Hai, 05/03/2026 08:15</p>" * 100_000),
    "headlines": lambda: article("".join(f"<h1>Nạo vét tuyến kênh {n}</h1>" for n in range(80_000))),
    "meta elements": lambda: article("", "".join(f'<meta name="m{n}" content="x">' for n in range(100_000))),
    "JSON-LD, many": lambda: article("", ld('{"@type":"NewsArticle","headline":"x"}') * 50_000),
    "JSON-LD, deep": lambda: article("", ld('{"@graph":' * 100_000)),
    "marks on one letter": lambda: article("<p>a" + "\u0323\u0301" * 150_000),
    "tags never closed": lambda: article("<div>" * 300 + "<a " * 1_000_000),
    "comments never closed": lambda: article("<!--" * 1_500_000),
    "quotes never closed": lambda: article('<a href="' * 500_000),
    "torn, many tags": lambda: "<html></html>" + article("<b></b>" * 500_000),
    "elements out of order": lambda: article("<i>" * 200 + "<p>x</i>" * 50_000),
}  # fmt: skip
NO_ARTICLE = {"meta elements", "JSON-LD, many"}


def measured(html: str) -> tuple[Article | Rejection, float, float]:
    """What a page is read as in a child of its own, its CPU seconds and the megabytes it took more."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (4 * SECONDS, 4 * SECONDS))
        before = resource.getrusage(resource.RUSAGE_SELF)
        result = extract_html(html.encode(), URL, captured_at=CAPTURED)
        after = resource.getrusage(resource.RUSAGE_SELF)
        cost = after.ru_utime - before.ru_utime, (after.ru_maxrss - before.ru_maxrss) / 1024
        with os.fdopen(write_end, "wb") as out:
            pickle.dump((result, *cost), out)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as answer:
        data = answer.read()
    os.waitpid(child, 0)
    assert data, "the child was ended by its limit or by an error"
    found: tuple[Article | Rejection, float, float] = pickle.loads(data)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_no_page_costs_more_than_its_share(name: str) -> None:
    result, seconds, megabytes = measured(PAGES[name]())
    assert seconds < SECONDS and megabytes < MEGABYTES
    if isinstance(result, Article):
        assert result.title == TITLE and len(result.body_text) > 60
    else:
        assert name in NO_ARTICLE and result.reason


HIDING = [
    f"<script>if (a<b ='</script><p {attributes(' a%d=1')}>",
    f"<script><!--<script></script>'--></script><p {attributes(' a%d=1')}>",
    f"<style><p x='</style><p {attributes(' a%d=1')}>",
    f"<!-- <p x='--><p {attributes(' a%d=1')}>",
    f"<title><p x='</title><p {attributes(' a%d=1')}>",
    f"<p x'y><p {attributes(' a%d=1')}>",
    f"<p =x='y'><p {attributes(' a%d=1')}>",
]


@pytest.mark.parametrize("n", range(len(HIDING)))
def test_no_tag_hides_its_attributes_from_the_scan(n: int) -> None:
    data, status, _ = within_limits(HIDING[n].encode())
    assert status == "bounded" and len(data) < 1000


def test_what_is_within_the_limits_is_left_alone() -> None:
    most = "".join(f" a{n}=1" for n in range(MAX_ATTRIBUTES))
    for html in (article(""), article(f"<p{most}>{SENTENCE}"), article("<br>" * (MAX_TAGS - 100))):
        assert within_limits(html.encode())[:2] == (html.encode(), "ok")
    assert within_limits(article(f"<p{most} more>").encode())[1] == "bounded"
    assert within_limits(article("<br>" * MAX_TAGS).encode())[1] == "bounded"


def mutated(page: bytes, chance: random.Random) -> bytes:
    """A page with bits turned, a piece cut out, doubled or moved, or tags left out."""
    data = bytearray(page)
    for _ in range(chance.randrange(1, 8)):
        at, size = chance.randrange(len(data) + 1), chance.choice((1, 20, 500, 5000))
        piece = bytes(data[at : at + size])
        match chance.randrange(5):
            case 0:
                for n in range(at, min(len(data), at + chance.randrange(1, 20))):
                    data[n] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = piece * chance.choice((1, 3, 40))
            case 3:
                del data[at : at + size]
                to = chance.randrange(len(data) + 1)
                data[to:to] = piece
            case _:
                end = data.find(b">", at)
                start = data.rfind(b"<", 0, end)
                del data[start : end + 1]
    return bytes(data)


def samples() -> list[bytes]:
    found = [path for name in ("real_pages", "world_pages") for path in sorted(SHARED.glob(f"{name}/*.html"))]
    return [path.read_bytes() for path in found] or [article(HEADLINES).encode()]


SHARED = Path(__file__).parents[2] / "shared"


def test_broken_pages_are_answered_and_alike_each_time() -> None:
    chance = random.Random(20260320)
    pages = samples()
    for _ in range(int(os.environ.get("CITYNEWS_FUZZ", "80"))):
        page = mutated(chance.choice(pages), chance)
        read = extract_html(page, URL, captured_at=CAPTURED)
        assert read == extract_html(page, URL, captured_at=CAPTURED)
        repr(read).encode()
        if isinstance(read, Article):
            assert read.title and read.paragraphs and all(read.paragraphs)


def pieces() -> list[bytes]:
    """Pages cut at every twelfth part, and others with a piece doubled, moved or lost."""
    chance, pages = random.Random(7), samples()
    whole = min(pages, key=len)
    return [whole[: len(whole) * n // 12] for n in range(12)] + [
        mutated(chance.choice(pages), chance) for _ in range(5)
    ]


def verdicts(pages: list[bytes]) -> str:
    read = [repr(extract_html(page, URL, captured_at=CAPTURED)) for page in pages]
    return sha256("\n".join(read).encode()).hexdigest()


def test_a_fresh_process_reads_the_same(tmp_path: Path) -> None:
    pages = pieces()
    (tmp_path / "pages").write_bytes(pickle.dumps(pages))
    code = "import pickle, sys; from tests.test_hostile_pages import verdicts; print(verdicts(pickle.load(open(sys.argv[1], 'rb'))))"
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "pages")],
        cwd=Path(__file__).parents[1],
        env=os.environ | {"PYTHONHASHSEED": "20260320"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout.strip() == verdicts(pages)
