"""Archives of random runs, each step possible in a city: for tests that two ways to the tables are one."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from pipelines.commit import Commit, commit
from pipelines.dispositions import Disposition, dispositions_record
from pipelines.warc.record import Exchange, exchange_records
from pipelines.warc.revisit import Referent, revisit_records
from pipelines.warc.writer import WarcWriter
from tests.small_archive import (
    BODY,
    SITE,
    SmallArchive,
    answer,
    page,
    redirect,
    referent_of,
    sitemap,
    small_archive,
)

SLUGS = ("mot", "hai", "ba", "bon", "nam")
TITLES = ("Đê biển thêm ba trăm mét", "Lễ hội mùa xuân", "Cầu mới thông xe")
DATES = ("Thứ Tư, 13/10/2021 17:46", "Thứ Năm, 14/10/2021 08:00", "Thứ Sáu, 15/10/2021")
NEWS = "/wp-sitemap-posts-post-1.xml"
FEED = "/rss"
REST = "/wp-json/wp/v2/posts"


def feed(*items: tuple[str, str]) -> bytes:
    """A feed of titles and addresses."""
    entries = "".join(
        f"<item><title>{t}</title><link>{u}</link><pubDate>Wed, 13 Oct 2021 10:46:00 +0000</pubDate></item>"
        for t, u in items
    )
    return f'<rss version="2.0"><channel>{entries}</channel></rss>'.encode()


def posts(*items: tuple[str, str, tuple[str, ...]]) -> bytes:
    """An answer of WordPress's REST: titles, addresses and texts."""
    values = [
        {
            "link": url, "date": "2021-10-13T17:46:00", "title": {"rendered": title},
            "content": {"rendered": "".join(f"<p>{line}</p>" for line in text)},
        }
        for title, url, text in items
    ]  # fmt: skip
    return json.dumps(values).encode()


@dataclass
class RandomArchive:
    """An archive, and the chance that decides what happens to it."""

    a: SmallArchive
    chance: random.Random
    kept: dict[str, tuple[Referent, bytes]] = field(default_factory=dict)
    """Per address, what a revisit may refer to."""

    def __post_init__(self) -> None:
        self.slugs = SLUGS[: self.chance.randrange(2, 6)]
        self.plain = self.chance.choice((1, 6, 40))
        self.titles = TITLES[: self.chance.randrange(1, 4)]
        self.weights = [4, *(self.chance.choice((1, 3, 9)) for _ in range(7))]
        self.claims = self.chance.choice((0.1, 0.4, 0.8))
        self.dated = self.chance.choice((0.3, 0.9))
        if self.chance.random() < 0.4:  # few addresses, of which much becomes: events
            self.slugs, self.plain, self.claims, self.dated = self.slugs[:3], 40, 0.1, 0.9
            self.weights = [3, 3, 4, 1, 1, 1, 9, 1]

    def address(self) -> str:
        """Some address, in some spelling."""
        name = self.chance.choice(self.slugs)
        further = (".html?utm_source=x", ".html/amp", ".html?print=1", "", "/cu")
        forms = (f"/{name}.html",) * self.plain + tuple(f"/{name}{end}" for end in further) + ("/",)
        return SITE + self.chance.choice(forms)

    def known(self) -> str:
        """An address, mostly one that has answered before."""
        return self.chance.choice(sorted(self.kept)) if self.chance.random() < 0.7 else self.address()

    def text(self) -> tuple[str, ...]:
        """Some text, one of few; one of them is too short to be a copy."""
        own = f"Đoạn riêng số {self.chance.randrange(4)} của bài."
        return self.chance.choice((BODY, BODY[::-1], (own, *BODY), ("Một đoạn ngắn thôi mà.",) * 2))

    def article(self) -> bytes:
        """Some page: titles, texts, dates and claims come from small stocks, so that they meet again."""
        canonical = self.address() if self.chance.random() < self.claims else None
        date = self.chance.choice(DATES) if self.chance.random() < self.dated else None
        html = page(self.chance.choice(self.titles), self.text(), date=date, canonical=canonical)
        links = (f'<li><a href="{self.address()}">Tin {n}</a></li>' for n in range(self.chance.randrange(3)))
        block = f'<section class="related-posts"><h3>Tin liên quan</h3><ul>{"".join(links)}</ul></section>'
        return html.replace(b"</article>", f"{block}</article>".encode())

    def exchange(self) -> tuple[str, bytes]:
        """Some address and its answer; first of all, a page that is an article."""
        if not self.kept:
            return f"{SITE}/{self.slugs[0]}.html", answer(page(self.titles[0]))
        makers = (self.read, self.read, self.moved, self.map, self.feed, self.rest, self.missing, self.other)
        (make,) = self.chance.choices(makers, self.weights)
        return make()

    def read(self) -> tuple[str, bytes]:
        return self.address(), answer(self.article())

    def moved(self) -> tuple[str, bytes]:
        status = self.chance.choice(("301 Moved Permanently",) * 4 + ("308 Permanent Redirect", "302 Found"))
        return self.known(), redirect(self.address(), status)

    def map(self) -> tuple[str, bytes]:
        return SITE + NEWS, answer(sitemap(*(self.address() for _ in range(3))), kind="text/xml")

    def feed(self) -> tuple[str, bytes]:
        items = [(self.chance.choice(self.titles), self.address()) for _ in range(2)]
        return SITE + FEED, answer(feed(*items), kind="application/rss+xml")

    def rest(self) -> tuple[str, bytes]:
        items = [(self.chance.choice(self.titles), self.address(), self.text()) for _ in range(2)]
        return SITE + REST, answer(posts(*items), kind="application/json")

    def missing(self) -> tuple[str, bytes]:
        status = self.chance.choice(("404 Not Found", "404 Not Found", "410 Gone", "503 Busy", "200 OK"))
        return self.known(), answer("Không tìm thấy.".encode(), status=status)

    def other(self) -> tuple[str, bytes]:
        if self.chance.random() < 0.5:
            return SITE + "/anh.png", answer(self.article())  # a page all the same
        return self.address(), b"HTTP/1.1 304 Not Modified\r\n\r\n"

    def write(self, count: int) -> str:
        """One run's sealed file; some answers repeat the last one of their address, as a revisit."""
        a = self.a
        run_id = f"{a.now:%Y%m%dT%H%M%SZ}-{a.runs:06x}"
        a.runs += 1
        writer = WarcWriter(a.archive, run_id, low_water=0)
        lines: dict[str, Disposition] = {}
        for _ in range(count):
            url, response = self.exchange()
            again = self.kept.get(url)
            if again and b" 304 " not in response[:20] and self.chance.random() < 0.35:
                response = again[1]
            exchange = Exchange(
                url=url, started_at=a.now, request=f"GET {url} HTTP/1.1\r\n\r\n".encode(), response=response
            )
            repeats = bool(again) and (response == again[1] or b" 304 " in response[:20])
            records = revisit_records(exchange, again[0]) if repeats and again else exchange_records(exchange)
            refs = writer.append(records)
            if not repeats and b" 200 OK" in response[:20]:
                self.kept[url] = (referent_of(records), response)
            lines[url] = self.line(url, refs[1].warc_record_id)
            a.now += timedelta(minutes=self.chance.choice((1, 1, 60 * 7, 60 * 24 * 9)))
        for _ in range(self.chance.randrange(3)):
            lines.setdefault(url := self.address(), self.line(url, None))
        told = [line for line in lines.values() if self.chance.random() < 0.9]
        record = dispositions_record(run_id, a.now, a.now, told, a.now)
        writer.seal((record,) if self.chance.random() < 0.9 else ())
        return run_id

    def line(self, url: str, record: str | None) -> Disposition:
        """What the run says of an address."""
        kind = "source" if url in (SITE + NEWS, SITE + FEED, SITE + REST) else "page"
        if url.endswith(".png"):
            kind = "requisite"
        verdicts = ("captured",) * 6 + ("confirmed", "failed")
        verdict = self.chance.choice(verdicts) if record else "pending"
        return Disposition(
            url=url, verdict=verdict, kind=kind, found_by=("listing",), first_seen=self.a.now,
            asked_at=self.a.now if record else None, record=record,
        )  # fmt: skip

    def crawl(self) -> Commit:
        """One run, committed."""
        run_id = self.write(self.chance.randrange(1, 7))
        return commit(self.a.archive, self.a.facts(run_id), now=self.a.now)


def random_archive(folder: Path, seed: int) -> RandomArchive:
    """A new archive whose fate a seed decides."""
    return RandomArchive(small_archive(folder), random.Random(seed))
