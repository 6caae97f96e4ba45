"""Ten articles more, in an archive of 200,000: what their commit takes.

``nice .venv/bin/python -m benchmarks.ten_more [--articles N]`` makes an archive of N made-up articles, each
with a picture, links to others and a place in a sitemap, in ten commits, and prints what each took. All are
of one month, the hardest case: every new row comes into files that hold others. Records, tables and manifests
are the real ones; only the reading of pages is left out, whose results are handed to the commit as a crawl
does. Then ten articles more are committed in a process of its own, read by the real reader, and what that
took is printed: once in the same month, once in the next.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.measuring import Measured, measure
from pipelines.archive import Archive, Portal, create, open_archive
from pipelines.commit import Commit, commit
from pipelines.commit_point import RunFacts
from pipelines.dispositions import Disposition, dispositions_record
from pipelines.kept import KeptReadings
from pipelines.model import Article, Capture, FieldRule, Image, RelatedLink
from pipelines.warc.record import Exchange, exchange_records
from pipelines.warc.writer import WarcWriter
from tests.small_archive import BODY, SITE

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
WORDS = " ".join(BODY).lower().replace(",", "").replace(".", "").split()
RUNS = 10
NEW = "only what is new was read"
MOST_S, MOST_MB = 10, 1000


def main() -> int:
    """Make the archive, measure, print, and return 0 where ten more take under 10 s and 1 GB."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ten_more", description=__doc__)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--output", type=Path, help="keep the archive here, or use the one that is there")
    parser.add_argument("--commit", type=Path, help="only commit what was sealed in this archive folder")
    options = parser.parse_args()
    if options.commit:
        return _commit_alone(options.commit)
    with tempfile.TemporaryDirectory(prefix="citynews-ten-more-") as temporary:
        output = options.output or Path(temporary)
        root = output / "tin.example.vn"
        if not (root / "archive.json").exists():
            _grow(output, options.articles)
        archive = open_archive(root)
        same = _ten_more(archive, options.articles, START + timedelta(days=20), "the same month")
        later = _ten_more(archive, options.articles + 10, START + timedelta(days=40), "the next month")
    return 0 if all(t.wall_s < MOST_S and t.peak_mb < MOST_MB for t in (same, later)) else 1


def _grow(output: Path, articles: int) -> None:
    portal = Portal(
        slug="tin.example.vn", seed=f"{SITE}/", scope=("tin.example.vn",), zone="Asia/Ho_Chi_Minh"
    )
    archive = create(output, portal, now=START)
    for run in range(RUNS):
        numbers = range(run * articles // RUNS, (run + 1) * articles // RUNS)
        began = time.monotonic()
        facts, kept = _write_run(archive, numbers, START + timedelta(hours=run))
        wrote = time.monotonic()
        done = commit(archive, facts, now=facts.ended, kept=kept)
        print(_line(done, wrote - began, time.monotonic() - wrote), flush=True)


def _line(done: Commit, writing: float, committing: float) -> str:
    times = f"written in {writing:.0f} s, committed in {committing:.0f} s"
    return f"{done.rows['articles']} articles: {times} ({done.everything or NEW})"


def _ten_more(archive: Archive, first: int, now: datetime, when: str) -> Measured:
    facts, _ = _write_run(archive, range(first, first + 10), now, keep=False, day=now.date())
    words = ["-m", "benchmarks.ten_more", "--commit", str(archive.root)]
    (archive.root / "facts.json").write_text(json.dumps([facts.run_id, facts.started.isoformat()]))
    took = measure([sys.executable, *words])
    (archive.root / "facts.json").unlink()
    if took.exit_code:
        raise SystemExit(took.error)
    figures = f"{took.wall_s:.1f} s, CPU {took.cpu_s:.1f} s, {took.peak_mb:.0f} MB"
    print(f"ten more in {when}: {figures}; {took.output.strip()}")
    return took


def _commit_alone(root: Path) -> int:
    run_id, started = json.loads((root / "facts.json").read_text())
    moment = datetime.fromisoformat(started)
    began = time.monotonic()
    archive = open_archive(root)
    done = commit(archive, _facts(run_id, moment, moment), now=moment)
    took = time.monotonic() - began
    if done.status != "complete":
        raise SystemExit(f"the commit is {done.status}: {done.health}")
    print(f"{done.rows['articles']} articles, {done.everything or NEW}, commit alone {took:.1f} s")
    return 0


def _facts(run_id: str, started: datetime, ended: datetime) -> RunFacts:
    return RunFacts(run_id=run_id, started=started, ended=ended, status="complete")


def _write_run(
    archive: Archive, numbers: Sequence[int], start: datetime, *, keep: bool = True, day: date | None = None
) -> tuple[RunFacts, KeptReadings]:
    """Seal one run, and give what a crawl would have read; ``day``: when its articles were published."""
    run_id = f"{start:%Y%m%dT%H%M%SZ}-{numbers[0]:06x}"
    writer = WarcWriter(archive, run_id, low_water=0)
    kept = KeptReadings(limit=len(numbers) if keep else 0)
    lines: list[Disposition] = []
    moment = start
    for url, body, kind, article in _answers(numbers, day):
        moment += timedelta(milliseconds=70)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        exchange = Exchange(url=url, started_at=moment, request=b"", response=head.encode() + body)
        records = exchange_records(exchange)
        ref, *_ = writer.append(records)
        if article is not None and keep:
            capture = Capture(url=url, captured_at=moment, payload=b"", record=ref)
            kept.keep(capture, archive.portal.context, None, article)
        lines.append(_told(url, kind, moment, ref.warc_record_id))
    writer.seal((dispositions_record(run_id, start, moment, lines, moment),))
    return _facts(run_id, start, moment), kept


def _told(url: str, kind: str, moment: datetime, record: str) -> Disposition:
    asked_as = "page" if kind.startswith("text/html") else "source" if "xml" in kind else "requisite"
    return Disposition(
        url=url, verdict="captured", kind=asked_as, found_by=("sitemap",), first_seen=moment, asked_at=moment,
        record=record,
    )  # fmt: skip


def _answers(numbers: Sequence[int], day: date | None) -> Iterator[tuple[str, bytes, str, Article | None]]:
    """Addresses, bodies, types and, of pages, what they say: articles with their pictures, and a sitemap."""
    addresses = [f"{SITE}/tin-tuc/bai-viet-so-{n}.html" for n in numbers]
    listed = "".join(f"<url><loc>{a}</loc></url>" for a in addresses)
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
    yield f"{SITE}/wp-sitemap-posts-post-{numbers[0]}.xml", sitemap.encode(), "text/xml", None
    for number in numbers:
        article = _article(number, day)
        yield article.url, _page(article), "text/html; charset=utf-8", article
        yield article.images[0].src, b"\xff\xd8 a picture %d" % number, "image/jpeg", None


def _article(number: int, day: date | None) -> Article:
    chance = random.Random(number)
    sentences = [" ".join(chance.choices(WORDS, k=18)).capitalize() + "." for _ in range(30)]
    related = sorted(chance.sample(range(max(0, number - 500), number + 1), k=min(3, number + 1)))
    day = day or date(2010, 1, 1) + timedelta(days=number // 40)
    published = datetime(day.year, day.month, day.day, 1, number % 40, tzinfo=UTC)
    names = ("title", "paragraphs", "published_at", "published_date", "images", "related")
    return Article(
        url=f"{SITE}/tin-tuc/bai-viet-so-{number}.html",
        title=f"Tin số {number}: {' '.join(chance.choices(WORDS, k=6))}",
        paragraphs=tuple(" ".join(sentences[n : n + 5]) for n in range(0, 30, 5)),
        published_at=published,
        published_date=day,
        published_precision="minute",
        published_timezone="Asia/Ho_Chi_Minh",
        published_raw=f"{day:%d/%m/%Y} 08:{number % 40:02}",
        language="vi",
        images=(Image(src=f"{SITE}/anh/{number}.jpg", caption=sentences[0]),),
        related=tuple(
            RelatedLink(url=f"{SITE}/tin-tuc/bai-viet-so-{n}.html", title=f"Tin {n}") for n in related
        ),
        provenance=tuple(FieldRule(field=name, rule="benchmark") for name in names),
    )


def _page(article: Article) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in article.paragraphs)
    links = "".join(f'<li><a href="{r.url}">{r.title}</a></li>' for r in article.related)
    image = article.images[0]
    head = f'<head><meta charset="utf-8"><title>{article.title}</title></head>'
    figure = f'<figure><img src="{image.src}"><figcaption>{image.caption}</figcaption></figure>'
    others = f'<section class="related-posts"><h3>Tin liên quan</h3><ul>{links}</ul></section>'
    body = f"<h1>{article.title}</h1><time>{article.published_raw}</time>{text}{figure}{others}"
    return f'<!doctype html><html lang="vi">{head}<body><article>{body}</article></body></html>'.encode()


if __name__ == "__main__":
    sys.exit(main())
