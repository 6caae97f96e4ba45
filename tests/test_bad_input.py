"""Bad input ends in one clear sentence, the right exit code, and nothing lost."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.warc.reader import read_records
from tests.running import assert_one_sentence, citynews, summary
from tests.site import Answer, Site, serve

NEWS = """<html lang="vi"><head><title>{title} – Cổng tin</title></head><body><article><h1>{title}</h1>
<p class="meta">Thứ Tư, 13/10/2021 17:46</p>{text}</article></body></html>"""
SENTENCE = (
    "Tổ công tác số {n} của phường đã đo lại cao độ mặt đường, ghi {n} điểm ngập và báo cáo trong ngày. "
)


def news(title: str, seed: int) -> Answer:
    """An article of a few paragraphs that resembles no other."""
    text = "".join(f"<p>{SENTENCE.format(n=seed * 10 + i) * 2}</p>" for i in range(4))
    return Answer(body=NEWS.format(title=title, text=text).encode())


def home(*paths: str) -> Answer:
    links = "".join(f'<li><a href="{p}">{p}</a></li>' for p in paths)
    return Answer(body=f"<html lang=vi><title>Cổng tin</title><body><ul>{links}</ul></body></html>".encode())


SITE = {
    "/": home("/mot.html", "/hai.html"),
    "/mot.html": news("Đo lại cao độ đường Bến Gỗ", 1),
    "/hai.html": news("Lắp trạm bơm ở ngõ Chùa Vẽ cũ", 2),
}


def crawl(site: Site, output: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    return citynews("crawl", site.url, "--allow-loopback", "--output", output, **extra)


def recorded(archive: Path) -> set[str]:
    """Addresses of which the archive's sealed files hold a response record."""
    files = archive.glob("warc/*/*.warc.gz")
    return {r.target_uri for f in files for r in read_records(f) if r.type == "response" and r.target_uri}


def test_a_word_that_is_neither_portal_nor_address(tmp_path: Path) -> None:
    done = citynews("crawl", "no-such-city", "--output", tmp_path)
    assert done.returncode == 2
    assert "no-such-city" in assert_one_sentence(done)


def test_a_built_in_name_without_an_archive_gives_the_line_to_type(tmp_path: Path) -> None:
    done = citynews("crawl", "haiphong", "--output", tmp_path, "--contact", "a@example.org")
    assert done.returncode == 4
    assert "--new" in assert_one_sentence(done)
    assert not list(tmp_path.iterdir())


def test_a_live_crawl_without_contact(tmp_path: Path) -> None:
    done = citynews("crawl", "https://city.example/", "--output", tmp_path)
    assert done.returncode == 2
    assert "--contact" in assert_one_sentence(done)
    assert not list(tmp_path.iterdir())


def test_loopback_needs_leave(tmp_path: Path) -> None:
    done = citynews("crawl", "http://127.0.0.1:9/", "--output", tmp_path, "--contact", "a@example.org")
    assert done.returncode == 2
    assert "--allow-loopback" in assert_one_sentence(done)


def test_a_network_that_does_not_answer(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        done = citynews("crawl", f"http://127.0.0.1:{port}/", "--allow-loopback", "--output", tmp_path)
    assert done.returncode == 5
    assert "robots.txt" in assert_one_sentence(done) or "reach" in done.stderr


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (Answer(status=500, body=b"<p>500</p>"), "500"),
        (Answer(content_type="image/png", body=b"\x89PNG\r\n\x1a\n0000"), "image/png"),
        (home(), "news"),
        (Answer(body=b"\xff\xfe\x00\xd8" * 50), "news"),
    ],
    ids=["answers 500", "is an image", "has no article", "is undecodable"],
)
def test_a_home_page_that_leads_to_no_news(answer: Answer, word: str, tmp_path: Path) -> None:
    with serve({"/": answer}) as site:
        done = crawl(site, tmp_path)
        assert done.returncode == 5, done.stderr
        assert word in assert_one_sentence(done)
        assert site.url in recorded(tmp_path / site.slug), "what was captured did not stay"
        assert citynews("verify", site.slug, "--output", tmp_path).returncode == 0


def test_robots_that_forbid_all(tmp_path: Path) -> None:
    rules = Answer(body=b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    with serve({**SITE, "/robots.txt": rules}) as site:
        done = crawl(site, tmp_path)
        assert done.returncode == 5
        assert "robots.txt" in assert_one_sentence(done)
        assert set(site.asked) == {"/robots.txt"}


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("not a folder")
    with serve(SITE) as site:
        done = crawl(site, target)
        assert done.returncode == 4
        assert str(target) in assert_one_sentence(done)
        assert not site.asked


def test_an_output_that_belongs_to_another_portal(tmp_path: Path) -> None:
    with serve(SITE) as one, serve(SITE) as other:
        assert crawl(one, tmp_path).returncode == 0
        (tmp_path / one.slug).rename(tmp_path / other.slug)
        done = crawl(other, tmp_path)
        assert done.returncode == 4
        assert_one_sentence(done)
        assert not other.asked


def test_one_bad_page_among_good_ones_costs_nothing_else(tmp_path: Path) -> None:
    bad = Answer(body=b"\x1f\x8b\x08 no gzip at all", headers=(("Content-Encoding", "gzip"),))
    with serve({**SITE, "/": home("/mot.html", "/hai.html", "/ba.html"), "/ba.html": bad}) as site:
        done = citynews("crawl", site.url, "--allow-loopback", "--output", tmp_path, "--json")
        assert done.returncode == 0, done.stderr
        assert summary(done)["articles"] == 2
        archive = tmp_path / site.slug
        reasons = {r["url"]: r["reason"] for r in pq.read_table(archive / "rejections").to_pylist()}
        assert reasons[f"{site.url}ba.html"] == "undecodable"
        assert f"{site.url}ba.html" in recorded(archive)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with serve(SITE) as site:
        done = crawl(site, tmp_path)
        assert done.returncode == 0, done.stderr
        return tmp_path / site.slug


def test_rebuild_of_a_corrupt_warc_uses_what_is_readable(archive: Path) -> None:
    (file,) = archive.glob("warc/*/*.warc.gz")
    ref = next(r.ref for r in read_records(file) if r.target_uri and r.target_uri.endswith("hai.html"))
    data = bytearray(file.read_bytes())
    data[ref.warc_record_offset + 30] ^= 0xFF
    file.chmod(0o644)
    file.write_bytes(data)
    done = citynews("rebuild", archive.name, "--output", archive.parent)
    assert done.returncode == 20
    assert file.name in assert_one_sentence(done)
    assert pq.read_table(archive / "articles").num_rows >= 1


def test_verify_names_a_broken_parquet_file(archive: Path) -> None:
    (file,) = archive.glob("articles/*/articles.parquet")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.chmod(0o644)
    file.write_bytes(data)
    done = citynews("verify", archive.name, "--output", archive.parent)
    assert done.returncode == 20
    assert "Traceback" not in done.stderr
    assert "articles.parquet" in done.stdout + done.stderr


@pytest.mark.parametrize("verb", ["rebuild", "verify"])
def test_an_archive_that_is_not_there(verb: str, tmp_path: Path) -> None:
    done = citynews(verb, "no-such-city", "--output", tmp_path)
    assert done.returncode in (2, 4)
    assert_one_sentence(done)


def test_a_broken_archive_json_is_named(archive: Path) -> None:
    (archive / "archive.json").write_text("{")
    done = citynews("verify", archive.name, "--output", archive.parent)
    assert done.returncode == 4
    assert "archive.json" in assert_one_sentence(done)
