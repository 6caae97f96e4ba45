"""Reading one file: what each answer is taken for, damage, and any process gives the same."""

from __future__ import annotations

import ast
import gzip
import json
import pickle
import re
from datetime import timedelta
from importlib import metadata
from pathlib import Path

import pytest

import pipelines.read_warc
from pipelines.commit import commit
from pipelines.model import Article, Rejection
from pipelines.read_warc import FileReading, read_all, read_warc
from pipelines.reader import reader_facts, reader_id
from pipelines.verify import verify
from pipelines.warc.record import make_record, sha256_digest
from pipelines.warc.writer import WarcWriter
from tests.running import ROOT
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, redirect, sitemap, small_archive

PACKED = gzip.compress(sitemap(f"{SITE}/a"))
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"
NEWS = "/wp-sitemap-posts-post-1.xml"
RSS = f"""<?xml version="1.0"?>
<rss version="2.0"><channel><item><title>Tin</title><link>{SITE}/a</link></item></channel></rss>""".encode()
POSTS = json.dumps([{"link": f"{SITE}/a", "type": "post", "title": {"rendered": "Tin"}}]).encode()
INDEX = b'{"name": "Tin", "namespaces": ["wp/v2"]}'


def _read(a: SmallArchive, *exchanges: tuple[str, bytes]) -> FileReading:
    a.write(*exchanges)
    path = next(p for p in a.archive.warc.rglob("*.gz")).relative_to(a.root).as_posix()
    return read_warc(path, archive_root=a.root, context=a.archive.portal.context)


@pytest.mark.parametrize(
    ("url", "response", "kind", "result"),
    [
        ("/tin.html", answer(page("Tin")), "page", Article),
        ("/cu", redirect("/tin.html"), "page", None),
        ("/robots.txt", answer(b"User-agent: *\n", kind="text/plain"), "robots", None),
        ("/sitemap.xml", answer(sitemap(f"{SITE}/a"), kind="text/xml"), "source", None),
        ("/sitemap.xml.gz", answer(PACKED, kind="application/gzip"), "source", None),
        ("/feed/", answer(RSS, kind="application/rss+xml"), "source", None),
        ("/rss.aspx", answer(RSS, kind="text/html"), "source", None),
        ("/wp-json/wp/v2/posts", answer(POSTS, kind="application/json"), "source", None),
        ("/?rest_route=/wp/v2/posts", answer(POSTS, kind="application/json"), "source", None),
        ("/tin.json", answer(b'{"a": [1]}', kind="application/json"), "page", Rejection),
        ("/feed/", answer(RSS, kind="text/xml", status="404 Not Found"), "page", Rejection),
        ("/anh.png", answer(b"\x89PNG\r\n\x1a\n", kind="image/png"), "page", Rejection),
        ("/mat.html", answer(page("Tin"), status="404 Not Found"), "page", Rejection),
        ("/hong", b"\x00\x01 no answer", "page", Rejection),
        ("http://khac.example.org/tin.html", answer(page("Tin")), "page", None),
        ("/so-do.html", answer(page("Nói về &lt;urlset> trong sơ đồ")), "page", Article),
    ],
)
def test_what_an_answer_is_taken_for(
    tmp_path: Path, url: str, response: bytes, kind: str, result: type | None
) -> None:
    (reading,) = _read(small_archive(tmp_path), (url, response)).readings
    assert reading.kind == kind
    assert type(reading.result) is (result or type(None))
    assert reading.capture.payload == b"", "what is kept is small"
    assert bool(reading.listed) is (kind == "source")


def test_a_rest_index_is_a_source_that_lists_nothing(tmp_path: Path) -> None:
    file = _read(small_archive(tmp_path), ("/wp-json/", answer(INDEX, kind="application/json")))
    (reading,) = file.readings
    assert (reading.kind, reading.source, reading.listed) == ("source", "rest", ())


@pytest.mark.parametrize("kind", ["feed", "rest", None])
def test_an_article_without_a_date_is_a_row_where_a_feed_or_rest_lists_it(
    tmp_path: Path, kind: str | None
) -> None:
    a = small_archive(tmp_path)
    listing = {
        "feed": [("/feed/", answer(RSS, kind="application/rss+xml"))],
        "rest": [("/wp-json/wp/v2/posts", answer(POSTS, kind="application/json"))],
    }
    dated = (
        "/b",
        answer(page("Tin khác", ["Một đoạn khác hẳn, dài vừa đủ để đọc thành bài báo riêng."] * 3)),
    )
    a.crawl(("/a", answer(page("Tin", date=None))), dated, *listing.get(str(kind), []))
    assert len(a.rows("articles")) == 1 + (kind is not None)
    rejected = {r["url"]: r["reason"] for r in a.rows("rejections")}
    assert rejected.get(f"{SITE}/a") == (None if kind else "undated_unlisted")


def test_only_news_sitemaps_make_articles(tmp_path: Path) -> None:
    file = _read(
        small_archive(tmp_path),
        (NEWS, answer(sitemap(f"{SITE}/a"), kind="text/xml")),
        ("/sitemap.xml", answer(sitemap(f"{SITE}/b"), kind="text/xml")),
    )
    assert [(e.url, e.news) for r in file.readings for e in r.listed] == [
        (f"{SITE}/a", True),
        (f"{SITE}/b", False),
    ]


def test_damage_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.write(("/mot.html", answer(page("Một"))), ("/hai.html", answer(page("Hai"))))
    (path,) = a.archive.warc.rglob("*.gz")
    name = path.relative_to(a.root).as_posix()
    context = a.archive.portal.context
    sound = read_warc(name, archive_root=a.root, context=context)
    record = sound.readings[0].capture.record
    assert record is not None
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[record.warc_record_offset + 99] ^= 1
    path.write_bytes(data)
    file = read_warc(name, archive_root=a.root, context=context)
    assert [r.capture.url for r in file.readings] == [f"{SITE}/hai.html"]
    assert file.damaged_places[0].startswith(f"{name} at byte {record.warc_record_offset}: ")
    assert file.records == sound.records - 1


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    file = read_warc("warc/2026/x.warc.gz", archive_root=a.root, context=a.archive.portal.context)
    assert file.damaged_places == ("warc/2026/x.warc.gz at byte 0: the file is missing",)


def test_processes_give_what_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a = small_archive(tmp_path)
    for n in range(3):
        a.write((f"/{n}.html", answer(page(f"Tin {n}"))))
    paths = sorted(p.relative_to(a.root).as_posix() for p in a.archive.warc.rglob("*.gz"))
    context = a.archive.portal.context
    one = read_all(paths, archive_root=a.root, context=context)
    assert pickle.loads(pickle.dumps(one)) == one
    monkeypatch.setattr(pipelines.read_warc, "_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(pipelines.read_warc.os, "sched_getaffinity", lambda _: {0, 1})
    assert read_all(paths, archive_root=a.root, context=context) == one
    assert [f.path for f in one] == paths


def _revisit(a: SmallArchive, url: str, block: bytes, digest: str, profile: str) -> str:
    """A run that holds one revisit record."""
    run_id = f"{a.now:%Y%m%dT%H%M%SZ}-{a.runs:06x}"
    a.runs += 1
    writer = WarcWriter(a.archive, run_id, low_water=0)
    record = make_record(
        "revisit", a.now, block, "application/http;msgtype=response", ("WARC-Target-URI", url),
        ("WARC-Payload-Digest", digest),
        ("WARC-Profile", f"http://netpreserve.org/warc/1.1/revisit/{profile}"),
    )  # fmt: skip
    writer.append((record,))
    writer.seal()
    a.now += timedelta(minutes=1)
    return run_id


@pytest.mark.parametrize("profile", ["identical-payload-digest", "server-not-modified"])
def test_a_revisit_is_seen_again_and_begins_no_version(tmp_path: Path, profile: str) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/tin.html", answer(page("Tin", ("Bản cũ, trước khi sửa.", *BODY)))))
    a.crawl(("/tin.html", answer(page("Tin"))))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" if profile.startswith("i") else b""
    again = a.now
    digest = sha256_digest(page("Tin")) if head else sha256_digest(b"")
    commit(a.archive, a.facts(_revisit(a, f"{SITE}/tin.html", head, digest, profile)), now=a.now)
    versions = a.rows("versions")
    assert [v["version"] for v in versions] == [1, 2]
    assert versions[1]["last_captured_at"] == again
    assert versions[1]["captured_at"] < again
    types = {r["captured_at"]: r["record_type"] for r in a.rows("captures")}
    assert types[again] == "revisit"
    assert verify(a.archive).findings == ()


def test_a_revisit_of_a_payload_that_is_not_there_is_no_reading_of_another_one(tmp_path: Path) -> None:
    """The address's last answer says something else: nothing was seen again."""
    a = small_archive(tmp_path)
    seen = a.now
    a.crawl(("/tin.html", answer(page("Tin"))))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    lost = sha256_digest(page("Một bản khác, đã mất"))
    run = _revisit(a, f"{SITE}/tin.html", head, lost, "identical-payload-digest")
    done = commit(a.archive, a.facts(run), now=a.now)
    assert done.status == "unhealthy", "the run read no article, and that is told"
    (version,) = a.rows("versions")
    assert version["last_captured_at"] == seen


def test_an_answer_not_modified_is_seen_again(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/tin.html", answer(page("Tin"))))
    again = a.now
    a.crawl(("/tin.html", NOT_MODIFIED))
    (version,) = a.rows("versions")
    assert version["last_captured_at"] == again
    assert version["first_captured_at"] == version["captured_at"] < again


def test_an_answer_not_modified_repeats_the_last_whole_answer(tmp_path: Path) -> None:
    """Neither an error in between, nor an empty redirect before, whose digest a 304 shares."""
    a = small_archive(tmp_path)
    a.crawl(("/mot.html", redirect("/")), ("/mot.html", answer(page("Tin một"))))
    a.crawl(("/mot.html", answer(b"busy", status="503 Busy")), ("/hai.html", answer(page("Tin hai"))))
    seen = a.now
    a.crawl(("/mot.html", NOT_MODIFIED), ("/hai.html", answer(page("Tin hai"))))
    row = next(r for r in a.rows("articles") if r["title"] == "Tin một")
    assert row["last_captured_at"] == seen
    assert [r["reason"] for r in a.rows("rejections")] == ["status"]


def test_empty_headers_are_null_in_the_tables(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    empty = b"HTTP/1.1 200 OK\r\nContent-Type:\r\nContent-Encoding: \r\nLocation:\r\n\r\n" + page("Tin")
    a.crawl(("/tin.html", empty))
    (row,) = a.rows("captures")
    assert (row["content_type"], row["content_encoding"], row["location"]) == (None, None, None)
    assert row["reading"] == "article"


def test_the_reader_covers_sources_libraries_and_data() -> None:
    facts = reader_facts()
    assert {"decode.py", "text.py", "urls.py", "model.py", "extract/__init__.py"} <= facts["sources"].keys()
    assert not {"commit.py", "tables.py", "archive.py"} & facts["sources"].keys()
    assert {"lxml", "libxml2", "tzdata", "unidata"} <= facts["versions"].keys()
    assert len(reader_id()) == 64


def test_the_reader_names_the_libraries_that_its_sources_import() -> None:
    """Parsed as Python, they import what a look at their lines says."""
    trees = [ast.parse((ROOT / "pipelines" / name).read_bytes()) for name in reader_facts()["sources"]]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {a.name.partition(".")[0] for n in nodes if isinstance(n, ast.Import) for a in n.names}
    imported |= {(n.module or "").partition(".")[0] for n in nodes if isinstance(n, ast.ImportFrom)}
    by_module = metadata.packages_distributions()
    direct = {name.lower() for module in imported for name in by_module.get(module, ())}
    required = (line for name in direct for line in metadata.requires(name) or [])
    needed = {re.split(r"[^\w.-]", line)[0].lower() for line in required}
    named = reader_facts()["versions"].keys() - {"libxml2", "tzdata", "unidata"}
    assert {"lxml", "beautifulsoup4"} <= direct <= named <= direct | needed
