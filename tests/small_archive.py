"""Small archives for tests: written by the real writer, sealed and committed as a crawl does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.archive import Archive, Portal, create
from pipelines.commit import Commit, commit
from pipelines.commit_point import RunFacts
from pipelines.dispositions import Disposition, dispositions_record
from pipelines.tables import read_table
from pipelines.warc.message import http_view
from pipelines.warc.record import Exchange, Record, exchange_records, sha256_digest
from pipelines.warc.revisit import Referent
from pipelines.warc.writer import WarcWriter

SITE = "http://tin.example.vn"
START = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)
BODY = (
    "Sáng nay, đoàn công tác của thành phố đã kiểm tra tiến độ thi công tuyến đê biển phía nam.",
    "Các nhà thầu cho biết phần móng hoàn thành trước mùa mưa bão, chậm nhất vào cuối tháng sáu tới.",
    "Lãnh đạo thành phố yêu cầu bảo đảm an toàn lao động và giữ thông suốt giao thông qua khu vực.",
)


def page(
    title: str,
    body: Sequence[str] = BODY,
    *,
    date: str | None = "Thứ Tư, 13/10/2021 17:46",
    canonical: str | None = None,
) -> bytes:
    """An article page as a portal would print it."""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    printed = f'<div class="ngay">{date}</div>' if date else ""
    paragraphs = "".join(f"<p>{p}</p>" for p in body)
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{link}</head>'
        f"<body><article><h1>{title}</h1>{printed}<div>{paragraphs}</div></article></body></html>"
    ).encode()


def sitemap(*urls: str) -> bytes:
    """A sitemap that lists addresses."""
    entries = "".join(f"<url><loc>{u}</loc></url>" for u in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()


def answer(body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A whole HTTP answer."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def redirect(to: str, status: str = "301 Moved Permanently") -> bytes:
    """A redirect."""
    return f"HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def referent_of(records: Sequence[Record]) -> Referent:
    """The response in a group of records, as a revisit refers to it."""
    (response,) = (r for r in records if r.type == "response")
    fields = dict(response.headers)
    return Referent(
        record_id=response.id,
        url=fields["WARC-Target-URI"],
        date=datetime.fromisoformat(fields["WARC-Date"]),
        payload_digest=sha256_digest(http_view(response.block).payload),
    )


@dataclass
class SmallArchive:
    """An archive, and a clock that moves a minute per exchange."""

    archive: Archive
    now: datetime = START
    runs: int = 0
    lines: list[Disposition] = field(default_factory=list)
    """Dispositions of addresses that left no answer, for the next run."""
    verdicts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Verdict and reason of addresses that are not captured, for the next run."""

    @property
    def root(self) -> Path:
        return self.archive.root

    def write(self, *exchanges: tuple[str, bytes], seal: bool = True) -> str:
        """One run's sealed WARC file: addresses and their whole answers. Returns the run's id."""
        run_id = f"{self.now:%Y%m%dT%H%M%SZ}-{self.runs:06x}"
        self.runs += 1
        writer = WarcWriter(self.archive, run_id, low_water=0)
        lines = []
        for path, response in exchanges:
            url = path if path.startswith("http") else SITE + path
            records = exchange_records(
                Exchange(
                    url=url,
                    started_at=self.now,
                    request=f"GET {url} HTTP/1.1\r\n\r\n".encode(),
                    response=response,
                )
            )
            refs = writer.append(records)
            verdict, reason = self.verdicts.get(url, ("captured", None))
            lines.append(
                Disposition(
                    url=url, verdict=verdict, reason=reason, kind="source" if "sitemap" in url else "page",
                    found_by=("sitemap",), first_seen=self.now, asked_at=self.now,
                    record=refs[1].warc_record_id,
                )
            )  # fmt: skip
            self.now += timedelta(minutes=1)
        lines = list({line.url: line for line in (*lines, *self.lines)}.values())
        record = dispositions_record(run_id, self.now, self.now, lines, self.now)
        if seal:
            writer.seal((record,))
        else:
            writer.close()
        return run_id

    def facts(self, run_id: str, status: Any = "complete") -> RunFacts:
        return RunFacts(run_id=run_id, started=self.now, ended=self.now, status=status)

    def crawl(self, *exchanges: tuple[str, bytes], status: Any = "complete") -> Commit:
        """Write a run and commit it."""
        return commit(self.archive, self.facts(self.write(*exchanges), status), now=self.now)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Rows of a table, the month among the columns."""
        return [{"archived_month": month} | row for month, row in read_table(self.root, table)]


def small_archive(folder: Path, *, zone: str | None = "Asia/Ho_Chi_Minh") -> SmallArchive:
    """A new archive of the portal at SITE."""
    portal = Portal(slug="tin.example.vn", seed=f"{SITE}/", scope=("tin.example.vn",), zone=zone)
    return SmallArchive(create(folder, portal, now=START))
