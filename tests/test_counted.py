"""One of a thing is not many: what the commands print of small portals."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli.main import main
from crawler.cli.run_lines import now_line
from crawler.cli.terminal import moving_line
from crawler.progress import Counts
from crawler.run import RunOptions, run
from pipelines.counted import counted
from tests.site import serve
from tests.small_archive import BODY, answer, page, sitemap, small_archive
from tests.small_archive import SITE as PORTAL
from tests.test_run import SITE, Heard, crawl

ONE_OF_MANY = re.compile(r"\b1 (?!is\b|as\b|was\b|has\b|this\b)[a-z]+s\b(?! is\b)")
"""``1 blocks``; a verb that ends on *s* is none."""


@pytest.mark.parametrize(
    ("count", "words", "said"),
    [
        (0, ("page",), "0 pages"),
        (1, ("page",), "1 page"),
        (2, ("page",), "2 pages"),
        (1, ("address", "addresses"), "1 address"),
        (7, ("address", "addresses"), "7 addresses"),
    ],
)
def test_a_noun_is_counted(count: int, words: tuple[str, ...], said: str) -> None:
    assert counted(count, *words) == said


def test_a_portal_with_one_article(tmp_path: Path) -> None:
    with serve({path: SITE[path] for path in ("/", "/mot.html")}) as site:
        summary = crawl(site.url, tmp_path, limit=1)
        assert "the limit of 1 page is reached, 2 addresses wait;" in str(summary.reason)
        summary = crawl(site.url, tmp_path)
    assert now_line(summary).startswith("the archive now: 1 article, 1 version, ")
    counts = Counts(asked=1, files=1, new=1, confirmed=0, failed=0, pending=2, articles=1, elapsed_s=1.0)
    assert moving_line(counts).startswith("1 page · 1 file · 2 to go")


def test_an_archive_with_one_of_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = small_archive(tmp_path / "output")
    url = f"{PORTAL}/mot.html"
    first = page("Tin", (f"Một {BODY[0]}",))
    a.crawl(("/mot.html", answer(first)), ("/sitemap.xml", answer(sitemap(url), kind="text/xml")))
    a.now += timedelta(days=1)
    a.crawl(("/mot.html", answer(first.replace("Một".encode(), b"Hai"))))
    (tmp_path / "page.html").write_bytes(page("Tin", BODY[:1]))
    (tmp_path / "odd.warc.gz").write_bytes(_foreign())
    name, output = a.root.name, ("--output", str(a.root.parent))
    for words in (
        ("status", name), ("changes", name), ("verify", name), ("verify", name, "--sample", "1"),
        ("inspect", url), ("inspect", str(tmp_path / "page.html"), "--json"), ("rebuild", name),
        ("import", name, str(tmp_path / "odd.warc.gz")),
    ):  # fmt: skip
        main([*words, *output])
        told = "".join(capsys.readouterr())
        assert len(told) > 60 and not ONE_OF_MANY.search(told), told


def _foreign() -> bytes:
    """A file of others with one record that states a digest wrongly and one that is dated before the web."""
    block = answer(page("Tin khác"))
    heads = ("2020-01-01T00:00:00Z\r\nWARC-Block-Digest: sha1:" + "A" * 32, "1980-01-01T00:00:00Z")
    return b"".join(
        gzip.compress(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Date: %s\r\n"
            b"WARC-Target-URI: %s/khac.html\r\nContent-Type: application/http; msgtype=response\r\n"
            b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (head.encode(), PORTAL.encode(), len(block), block)
        )
        for head in heads
    )


class Everything(Heard):
    """Counts the times that it hears of old files being read."""

    times = 0

    def event(self, name: str, **facts: str | int | None) -> None:
        self.times += name == "reading_everything"


def test_that_everything_is_read_is_told_once(tmp_path: Path) -> None:
    with serve(SITE) as site:
        archive = Path(crawl(site.url, tmp_path).archive)
        next(archive.glob("warc/*/*.warc.gz")).unlink()  # no byte of the first file is there to be counted
        heard = Everything()
        run(RunOptions(word=site.url, output=tmp_path, allow_loopback=True), heard)
    assert heard.times == 1
