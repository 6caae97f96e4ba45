"""Explanations: what inspect says of each field, on a terminal, as data and as a page in a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.extract import extract
from pipelines.inspect.explain import MOST_BLOCKS, Candidate, Explanation, explain
from pipelines.model import Article, Capture, ReadingContext, Rejection
from tests.outside.browser import Browser, browser
from tests.outside.canary import Canary
from tests.running import assert_one_sentence, citynews, summary
from tests.small_archive import SITE, SmallArchive, answer, page, small_archive
from tests.test_evidence import PAGE, URL, ZONE
from tests.test_extract_fields import MARKUPS

NOW = datetime(2026, 3, 20, tzinfo=UTC)


def capture(html: str | bytes) -> Capture:
    return Capture(url=URL, captured_at=NOW, payload=html.encode() if isinstance(html, str) else html)


def told(html: str | bytes = PAGE, context: ReadingContext = ZONE) -> Explanation:
    return explain(capture(html), context)


def of(field: str, html: str = PAGE) -> tuple[Candidate, ...]:
    return next(r.candidates for r in told(html).fields if r.field == field)


PAGES = {"evidence": PAGE, "small": page("Một tin").decode()} | {n: made() for n, made in MARKUPS.items()}


@pytest.mark.parametrize("name", PAGES)
def test_what_is_said_to_win_is_what_reading_took(name: str) -> None:
    explained = told(PAGES[name])
    article = explained.result
    assert article == extract(capture(PAGES[name]), ZONE)
    assert isinstance(article, Article)
    for reading in explained.fields:
        ruled = [r.rule for r in article.provenance if r.field == reading.field]
        won = list(dict.fromkeys(c.rule for c in reading.candidates if c.verdict == "won"))
        assert not ruled or not won or won == ruled[: len(won)], reading.field
        assert [n for n in ruled if n not in won] == list(reading.notes)


def test_the_order_and_why_the_others_lost() -> None:
    dates = of("published_date")
    assert [(c.rule.partition(":")[0], c.verdict) for c in dates] == [
        ("printed_beside_title", "won"), ("json_ld", "outranked"), ("meta", "outranked"),
    ]  # fmt: skip
    assert dates[0].value == "28/02/2026 17:46" and dates[0].block is not None
    assert dates[1].why == "printed_beside_title is believed first"
    titles = of("title")
    assert [c.verdict for c in titles if c.rule == "meta_title"] == ["outranked"]
    assert [c.rule for c in of("paragraphs")] == ["platform:entry-content", "heaviest_prose"]


def test_what_says_the_same_agrees() -> None:
    html = PAGE.replace("2026-03-02T08:00", "2026-02-28T23:00")
    assert [c.verdict for c in of("published_date", html)] == ["won", "outranked", "agrees"]


def test_what_is_refused_says_why() -> None:
    (future, *_) = of("published_date", PAGE.replace("28/02/2026", "28/02/2027"))
    assert (future.verdict, future.why) == ("refused", "it lies after the capture")
    dateline = of("source", PAGE.replace("(TTXVN)", "(tin.example.vn)"))[-1]
    assert (dateline.verdict, dateline.why) == ("refused", "it is the portal's own name")


def test_every_line_of_the_page_is_there_with_its_role() -> None:
    blocks = told().blocks
    assert [b.block for b in blocks] == list(range(len(blocks)))
    roles = {b.text: b.role for b in blocks}
    assert roles["Bến phà cũ thành công viên"] == "title"
    assert roles["Trần Văn Thử"] == "byline"
    assert next(b.fields for b in blocks if b.role == "date") == ("published_date",)
    assert all(b.path.startswith("/html/body") for b in blocks)


def test_a_page_that_is_none_is_explained_as_far_as_it_goes() -> None:
    empty = told("<title>Cổng</title><p>Trống.</p>")
    assert isinstance(empty.result, Rejection)
    assert [b.text for b in empty.blocks] == ["Trống."]
    for data in (b"", b"\x00\xff\xfe<", b"\x1f\x8b\x08broken"):
        assert isinstance(told(data).result, Rejection)
    picture = explain(Capture(url=URL, captured_at=NOW, payload=b"x", content_type="image/png"), ZONE)
    assert (picture.fields, picture.blocks) == ((), ())


def test_a_page_without_end_is_shown_in_part() -> None:
    endless = told("<h1>Một trang dài</h1>" + "<p>a b</p>" * (MOST_BLOCKS + 5))
    assert (len(endless.blocks), endless.left_out) == (MOST_BLOCKS, 6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("explained")
    (found / "page.html").write_text(PAGE, "utf-8")
    return found


@pytest.fixture(scope="module")
def a(folder: Path) -> SmallArchive:
    made = small_archive(folder / "output")
    made.crawl(("/mot.html", answer(page("Một tin"))), ("/hai.html", answer(page("Hai tin"))))
    return made


def test_on_a_terminal(folder: Path) -> None:
    done = citynews("inspect", folder / "page.html", "--url", URL, COLUMNS="80")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if len(line) > 80 and " " in line.strip()] == []
    title = lines.index("  title: Công viên mới ở bến phà cũ")
    assert lines[title + 1].split()[:2] == ["won", "json_ld"]
    assert lines[title + 2].split()[:2] == ["outranked", "heading"]
    assert "  tags:   ← printed_terms, block" not in done.stdout  # the metadata names another one
    assert " ".join(done.stdout.split()).endswith("refused: never believed")


def test_as_data(folder: Path) -> None:
    reading = summary(citynews("inspect", folder / "page.html", "--url", URL, "--json"))["reading"]
    explained = {e["field"]: e for e in reading["explained"]}
    assert explained["title"]["candidates"][0]["verdict"] == "won"
    assert explained["title"]["notes"] == ["disagrees: heading: Bến phà cũ thành công viên"]
    assert {b["role"] for b in reading["blocks"]} >= {"title", "date", "text", "byline"}


def test_a_page_cannot_command_the_terminal(folder: Path) -> None:
    evil = folder / "evil.html"
    evil.write_text(PAGE.replace("công viên ven sông", "công\x9b2J viên\x1b[2J\u202e ven sông"), "utf-8")
    shown = citynews("inspect", evil, "--url", URL).stdout
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
    reading = summary(citynews("inspect", evil, "--url", URL, "--json"))["reading"]
    assert any("\u202e" in p for p in (reading["lead"] or "", *reading["paragraphs"]))
    made = folder / "evil.out.html"
    assert citynews("inspect", evil, "--url", URL, "--html", made).returncode == 0
    assert not {"\x1b", "\x9b", "\u202e"} & set(made.read_text("utf-8"))


def test_a_page_of_an_archive_by_address_and_by_article(a: SmallArchive, folder: Path) -> None:
    row = a.rows("articles")[0]
    for target in (row["url"], row["article_id"]):
        made = folder / "made.html"
        done = citynews("inspect", target, "--output", a.root.parent, "--html", made)
        assert done.returncode == 0, done.stderr
        assert f"page: {made}" in done.stdout
        shown = made.read_text("utf-8")
        assert row["title"] in shown and row["warc_record_id"] in shown
        made.unlink()
    told = summary(citynews("inspect", row["article_id"], "--output", a.root.parent, "--json"))
    assert told["reading"]["title"] == told["article"]["title"]


def test_an_article_whose_record_is_not_at_hand_is_shown_all_the_same(tmp_path: Path) -> None:
    made = small_archive(tmp_path)
    made.crawl(("/mot.html", answer(page("Một tin"))))
    row = made.rows("articles")[0]
    for path in made.archive.warc.rglob("*.gz"):
        path.unlink()
    done = citynews("inspect", row["article_id"], "--output", tmp_path)
    assert done.returncode == 0 and "  title: Một tin" in done.stdout
    done = citynews("inspect", row["article_id"], "--output", tmp_path, "--html", tmp_path / "x.html")
    assert done.returncode == 2 and not (tmp_path / "x.html").exists()


def test_of_several_pages_one_is_named(a: SmallArchive, folder: Path) -> None:
    (warc,) = a.archive.warc.rglob("*.gz")
    made = folder / "one.html"
    done = citynews("inspect", warc, "--html", made)
    assert done.returncode == 2 and "--url" in assert_one_sentence(done)
    done = citynews("inspect", warc, "--html", made, "--url", f"{SITE}/hai.html")
    assert done.returncode == 0, done.stderr
    assert "Hai tin" in made.read_text("utf-8") and "Một tin" not in done.stdout
    done = citynews("inspect", warc, "--url", f"{SITE}/ba.html")
    assert done.returncode == 2 and "no page of" in assert_one_sentence(done)


def test_a_file_is_replaced_but_never_what_is_looked_at(folder: Path, tmp_path: Path) -> None:
    source = folder / "page.html"
    made = tmp_path / "made.html"
    made.write_text("old")
    assert citynews("inspect", source, "--html", made).returncode == 0
    assert made.read_text("utf-8").startswith("<!doctype html>")
    assert [p.name for p in tmp_path.iterdir()] == ["made.html"]
    link = tmp_path / "link.html"
    link.symlink_to(source)
    for target, code in ((source, 2), (link, 2), (tmp_path, 2), (tmp_path / "no/such.html", 4)):
        done = citynews("inspect", source, "--html", target)
        assert done.returncode == code, target
        assert_one_sentence(done)
    assert source.read_text("utf-8") == PAGE


EVIL = """<!doctype html><html lang='x"><script src=CANARY/lang></script>'><head><base href="CANARY/base/">
<title>Bến phà</title><meta http-equiv="refresh" content="0;url=CANARY/refresh">
<meta property="og:title" content="&lt;/title&gt;&lt;script src=CANARY/og&gt;&lt;/script&gt;">
<link rel=stylesheet href="CANARY/style"><style>@import url(CANARY/import);</style></head><body>
<script>document.title = 'owned'; fetch('CANARY/fetch', {mode: 'no-cors'});</script>
<h1 onclick="x()">Khánh thành &lt;img src=CANARY/h1 onerror="fetch('CANARY/onerror')"&gt; cầu phao mới</h1>
<p>Thứ Tư, 13/10/2021 17:46 &lt;iframe src="CANARY/iframe"&gt;&lt;/iframe&gt;</p><article>
<p>Cầu phao dài chín mươi mét được lắp trong hai ngày, mỗi lượt cho xe máy và người đi bộ qua lại.</p>
<img src='CANARY/img?"><script>document.title="owned"</script>'><iframe src="CANARY/frame"></iframe>
<p>&lt;/style&gt;&lt;/p&gt;&lt;script&gt;document.title = 'owned'&lt;/script&gt; Ban quản lý bến cho biết cầu
mở từ năm giờ sáng đến chín giờ tối, ban đêm có người trực và đèn báo.</p>
<svg onload="document.title='owned'"><image href="CANARY/svg"></svg></article></body></html>"""


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    bird = Canary()
    yield bird
    bird.end()


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def test_a_browser_shows_the_lines_in_their_colours(folder: Path, window: Browser) -> None:
    made = folder / "shown.html"
    assert citynews("inspect", folder / "page.html", "--url", URL, "--html", made).returncode == 0
    window.open(made.as_uri())
    colour = "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor"
    colours = {window.run(colour, f".b.{role}") for role in ("title", "date", "text", "byline", "used")}
    assert len(colours) == 5 and "rgba(0, 0, 0, 0)" not in colours
    assert window.run("return document.querySelector('.b.title').innerText").endswith("thành công viên")
    (link,) = window.run("return [document.querySelector('tr.won a')]")
    window.ask("POST", f"/element/{next(iter(link.values()))}/click")
    assert window.run("return document.querySelector(':target').className") == "b title"
    assert "28/02/2026 17:46" in window.run("return document.querySelector('section + section').innerText")


def test_a_hostile_page_runs_and_asks_nothing(folder: Path, window: Browser, canary: Canary) -> None:
    evil, made = folder / "hostile.html", folder / "hostile.out.html"
    evil.write_text(EVIL.replace("CANARY", f"http://127.0.0.1:{canary.port}"), "utf-8")
    done = citynews("inspect", evil, "--html", made)
    assert done.returncode == 0, done.stderr
    window.open(made.as_uri())
    assert window.run("return document.title").startswith("How it was read: ")
    assert "onerror" in window.run("return document.body.innerText")  # as text
    found = "return document.querySelectorAll('script, img, iframe, link, base, form, svg, [onclick]').length"
    assert window.run(found) == 0
    assert window.url == made.as_uri()
    assert canary.calls == []


def test_the_policy_alone_would_hold_it_too(folder: Path, window: Browser, canary: Canary) -> None:
    """Were something not escaped, the page's policy would still stop it."""
    made = folder / "policy.html"
    assert citynews("inspect", folder / "page.html", "--html", made).returncode == 0
    far = f"http://127.0.0.1:{canary.port}"
    slip = f"<script>document.title='owned'</script><img src={far}/img><iframe src={far}/f></iframe>"
    slip += f"<style>@import url({far}/css); body {{ background: url({far}/bg) }}</style>"
    made.write_text(made.read_text("utf-8").replace("</main>", f"</main>{slip}"), "utf-8")
    window.open(made.as_uri())
    assert window.run("return document.title").startswith("How it was read: ")
    assert canary.calls == []


def test_the_data_is_plain(folder: Path) -> None:
    from pipelines.inspect import inspect_file

    assert json.loads(json.dumps(inspect_file(folder / "page.html")))["reading"]["blocks"]
