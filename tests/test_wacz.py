"""The archive as one WACZ file: valid for py-wacz, the same each time, and never from altered evidence."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from crawler.replay.pages import article_pages
from pipelines.errors import ChainError, ConfigurationError, DiskFull, IntegrityError
from pipelines.warc.reader import read_records
from pipelines.warc.wacz import write_wacz
from tests.outside import outside
from tests.running import assert_one_sentence, citynews, summary
from tests.small_archive import SITE, SmallArchive, answer, page, redirect, sitemap, small_archive

TITLES = {
    "/a.html": "Cầu mới thông xe trước Tết",
    "/b.html": "../../etc/passwd",
    "/c.html": "CON‮ " + "rất dài " * 40,
    "/../../d.html": "Đường vành đai phía bắc",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SmallArchive:
    """Two runs; titles and addresses that nobody should make file names of."""
    a = small_archive(tmp_path_factory.mktemp("wacz"))
    pages = {path: answer(page(title, [f"Bài {path} kể rằng.", *BODY])) for path, title in TITLES.items()}
    listed = answer(sitemap(*(SITE + p for p in pages)), kind="application/xml")
    a.crawl(("/sitemap.xml", listed), *pages.items())
    a.crawl(("/moved.html", redirect(SITE + "/a.html")), ("/gone.html", answer(b"", status="404 Not Found")))
    return a


BODY = (
    "Ban quản lý dự án cho biết mặt cầu đã thảm nhựa xong và đang lắp đặt lan can hai bên đường dẫn.",
    "Người dân hai bờ sông sẽ không phải chờ phà mỗi sáng, và xe tải nhẹ được phép lưu thông ban ngày.",
)


@pytest.fixture(scope="module")
def wacz(made: SmallArchive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "tin.wacz"
    write_wacz(made.archive, path)
    return path


@pytest.fixture
def copied(made: SmallArchive, tmp_path: Path) -> SmallArchive:
    """The archive once more, to be damaged."""
    shutil.copytree(made.root, tmp_path / made.root.name)
    again = small_archive(tmp_path / "unused")
    again.archive = type(made.archive)(tmp_path / made.root.name, made.archive.identity)
    return again


def test_py_wacz_finds_it_valid(wacz: Path) -> None:
    said = outside("wacz", "validate", "-f", wacz)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "the passed WACZ is valid" in said.stdout


def test_py_wacz_would_notice_another_byte(wacz: Path, tmp_path: Path) -> None:
    flipped = tmp_path / "flipped.wacz"
    with ZipFile(wacz) as before, ZipFile(flipped, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "pages/pages.jsonl":
                content = content.replace("Cầu mới".encode(), b"Cau moi")
            after.writestr(entry.filename, content)
    assert outside("wacz", "validate", "-f", flipped).returncode != 0


def test_everything_is_named_stored_and_has_its_digest(wacz: Path) -> None:
    with ZipFile(wacz) as packed:
        assert packed.testzip() is None
        entries = packed.infolist()
        assert {e.compress_type for e in entries} == {ZIP_STORED}
        package = json.loads(packed.read("datapackage.json"))
        named = {r["path"]: r for r in package["resources"]}
        assert [e.filename for e in entries] == [*named, "datapackage.json", "datapackage-digest.json"]
        for path, resource in named.items():
            content = packed.read(path)
            assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
            assert resource["bytes"] == len(content)
        digest = json.loads(packed.read("datapackage-digest.json"))
        assert digest["hash"] == "sha256:" + hashlib.sha256(packed.read("datapackage.json")).hexdigest()
    assert package["wacz_version"] == "1.1.1"


def test_names_come_from_ids_only(made: SmallArchive, wacz: Path) -> None:
    with ZipFile(wacz) as packed:
        names = packed.namelist()
    files = sorted(p.name for p in made.archive.warc.glob("*/*.warc.gz"))
    assert len(files) == 2
    assert names == [
        *(f"archive/{name}" for name in files), "indexes/index.cdxj", "pages/pages.jsonl",
        "datapackage.json", "datapackage-digest.json",
    ]  # fmt: skip


def test_the_evidence_is_byte_for_byte_that_of_the_archive(made: SmallArchive, wacz: Path) -> None:
    with ZipFile(wacz) as packed:
        for path in made.archive.warc.glob("*/*.warc.gz"):
            assert packed.read(f"archive/{path.name}") == path.read_bytes()


def test_the_pages_are_the_articles(made: SmallArchive, wacz: Path) -> None:
    with ZipFile(wacz) as packed:
        head, *lines = [json.loads(line) for line in packed.read("pages/pages.jsonl").splitlines()]
    assert head == {"format": "json-pages-1.0", "id": "pages", "title": "Articles"}
    rows = {row["article_id"]: row for row in made.rows("articles")}
    assert len(rows) == len(TITLES)
    assert {line["id"] for line in lines} == set(rows)
    for line in lines:
        row = rows[line["id"]]
        assert (line["url"], line["title"]) == (row["url"], row["title"])
        assert line["ts"] == f"{row['captured_at']:%Y-%m-%dT%H:%M:%SZ}"


def test_every_line_of_the_index_leads_to_its_record(wacz: Path, tmp_path: Path) -> None:
    with ZipFile(wacz) as packed:
        packed.extractall(tmp_path)
    lines = (tmp_path / "indexes/index.cdxj").read_bytes().splitlines()
    assert lines == sorted(lines)
    found = set()
    for line in lines:
        value = json.loads(line.split(b" ", 2)[2])
        found.add((value["filename"], int(value["offset"]), int(value["length"]), value["url"]))
    stored = {
        (path.name, r.ref.warc_record_offset, r.ref.warc_record_length, r.target_uri)
        for path in (tmp_path / "archive").iterdir()
        for r in read_records(path)
        if r.type == "response"
    }
    assert found == stored


def test_the_same_archive_gives_the_same_bytes(made: SmallArchive, wacz: Path, tmp_path: Path) -> None:
    again = write_wacz(made.archive, tmp_path / "other-name.wacz")
    assert again.path.read_bytes() == wacz.read_bytes()
    assert again.sha256 == hashlib.sha256(wacz.read_bytes()).hexdigest()
    assert again.path.stat().st_mode & 0o777 == 0o644


def test_altered_evidence_is_refused_and_leaves_nothing_behind(copied: SmallArchive, tmp_path: Path) -> None:
    file = next(copied.archive.warc.glob("*/*.warc.gz"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(data)
    target = tmp_path / "out" / "tin.wacz"
    target.parent.mkdir()
    target.write_bytes(b"the last good one")
    with pytest.raises(IntegrityError, match="not what its manifest says"):
        write_wacz(copied.archive, target)
    assert [p.name for p in target.parent.iterdir()] == ["tin.wacz"]
    assert target.read_bytes() == b"the last good one"


def test_missing_evidence_and_a_broken_chain_are_refused(copied: SmallArchive, tmp_path: Path) -> None:
    file = next(copied.archive.warc.glob("*/*.warc.gz"))
    moved = file.rename(tmp_path / "elsewhere.warc.gz")
    with pytest.raises(IntegrityError, match="missing"):
        write_wacz(copied.archive, tmp_path / "a.wacz")
    moved.rename(file)
    sorted(copied.archive.manifests.glob("*.json"))[0].unlink()
    with pytest.raises(ChainError):
        write_wacz(copied.archive, tmp_path / "a.wacz")
    assert not (tmp_path / "a.wacz").exists()


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-9])])
def test_a_list_of_articles_that_is_not_whole_is_refused(
    damage: Callable[[Path], object], copied: SmallArchive, tmp_path: Path
) -> None:
    (table,) = copied.root.glob("articles/*/*.parquet")
    damage(table)
    with pytest.raises(IntegrityError, match=r"articles\.parquet") as refused:
        write_wacz(copied.archive, tmp_path / "tin.wacz")
    assert "run rebuild" in str(refused.value)
    assert not list(tmp_path.glob("*.wacz*"))
    with pytest.raises(IntegrityError, match="run rebuild"):
        article_pages(copied.archive)


def test_evidence_that_no_manifest_names_stays_out(
    made: SmallArchive, copied: SmallArchive, wacz: Path, tmp_path: Path
) -> None:
    copied.now, copied.runs = made.now, made.runs
    copied.write(("/not-yet.html", answer(page("Chưa vào sổ"))))
    assert write_wacz(copied.archive, tmp_path / "a.wacz").path.read_bytes() == wacz.read_bytes()


def test_a_full_disk_is_one_sentence(made: SmallArchive, tmp_path: Path) -> None:
    (tmp_path / ".tin.wacz.part").symlink_to("/dev/full")
    with pytest.raises(DiskFull, match="no room"):
        write_wacz(made.archive, tmp_path / "tin.wacz")
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_it_where_it_is_told(made: SmallArchive, tmp_path: Path) -> None:
    told = summary(
        citynews(
            "export", "wacz", made.root.name, tmp_path / "x.wacz", "--output", made.root.parent, "--json"
        )
    )
    assert told["pages"] == len(TITLES)
    assert told["sha256"] == hashlib.sha256((tmp_path / "x.wacz").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["zip", "tin.example.vn"], 2, "wacz"),
        (["wacz", "tin.example.vn", "articles.parquet"], 2, "does not end in .wacz"),
        (["wacz", "tin.example.vn", "no/such/folder/x.wacz"], 4, "choose another place"),
        (["wacz", "elsewhere.example.vn"], 4, "no archive named"),
    ],
)
def test_what_cannot_be_exported_is_one_sentence(
    words: list[str], code: int, sentence: str, made: SmallArchive, tmp_path: Path
) -> None:
    words[2:] = [str(tmp_path / name) for name in words[2:]]
    done = citynews("export", *words, "--output", made.root.parent)
    assert done.returncode == code
    assert sentence in assert_one_sentence(done)


def test_an_archive_without_evidence_has_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="crawl its portal first"):
        write_wacz(small_archive(tmp_path).archive, tmp_path / "a.wacz")
