"""Manifests: canonical, chained, and every change of one shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.archive import Archive, open_archive
from pipelines.errors import ChainError
from pipelines.manifest import check_chain, files_of, read_chain
from pipelines.starting import take_up
from tests.small_archive import BODY, SmallArchive, answer, page, small_archive


@pytest.fixture
def three(tmp_path: Path) -> SmallArchive:
    a = small_archive(tmp_path)
    for name in ("mot", "hai", "ba"):
        a.crawl((f"/{name}.html", answer(page(name, (f"Tin {name} của ngày hôm nay.", *BODY)))))
    return a


def _paths(archive: Archive) -> list[Path]:
    return sorted(archive.manifests.iterdir())


def _codes(a: SmallArchive) -> list[str]:
    return [f.code for f in check_chain(a.archive)[1]]


def _write(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def test_the_chain_by_hand(three: SmallArchive) -> None:
    previous = None
    for number, path in enumerate(_paths(three.archive), 1):
        data = path.read_bytes()
        value = json.loads(data)
        canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert data == canonical.encode() + b"\n"
        assert path.name == f"{number:06}-{value['run_id']}.json"
        assert (value["sequence"], value.get("previous")) == (number, previous)
        for file in value["files"]:
            stored = (three.root / file["path"]).read_bytes()
            assert (len(stored), hashlib.sha256(stored).hexdigest()) == (file["bytes"], file["sha256"])
        previous = hashlib.sha256(data).hexdigest()
    assert len(files_of(read_chain(three.archive))) == 3
    assert _codes(three) == []


def test_values_are_integers_and_strings_only(three: SmallArchive) -> None:
    def values(value: object) -> Iterator[object]:
        if isinstance(value, (dict, list)):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from values(inner)
        else:
            yield value

    for path in _paths(three.archive):
        assert {type(v) for v in values(json.loads(path.read_bytes()))} == {int, str}


def test_every_flip_and_every_cut_of_the_newest_manifest_shows(tmp_path: Path) -> None:
    one = small_archive(tmp_path)
    one.crawl(("/mot.html", answer(page("Một"))))
    (path,) = _paths(one.archive)
    good = path.read_bytes()
    path.chmod(0o644)
    for offset in range(len(good)):
        path.write_bytes(good[:offset] + bytes([good[offset] ^ 1]) + good[offset + 1 :])
        assert _codes(one), f"a flip at {offset} went unseen"
    for length in range(0, len(good), 50):
        path.write_bytes(good[:length])
        assert _codes(one), f"a cut at {length} went unseen"


def test_tables_of_a_layout_that_is_no_more_are_to_be_read_again(three: SmallArchive) -> None:
    manifest = read_chain(three.archive)[-1].manifest
    assert manifest.read_as_now(manifest.read_with.reader)
    gone = manifest.model_copy(update={"portal": manifest.portal.model_copy(update={"layout": "joomla"})})
    assert not gone.read_as_now(manifest.read_with.reader)


def test_a_manifest_resealed_breaks_the_chain(three: SmallArchive) -> None:
    path = _paths(three.archive)[1]
    stored = read_chain(three.archive)[1].manifest
    _write(path, stored.model_copy(update={"status": "interrupted"}).encoded())
    assert _codes(three) == ["manifest.chain"]


def test_a_dropped_manifest_breaks_the_chain(three: SmallArchive) -> None:
    _paths(three.archive)[1].unlink()
    assert set(_codes(three)) == {"manifest.chain"}
    with pytest.raises(ChainError) as caught:
        read_chain(three.archive)
    assert caught.value.exit_code == 21


def test_no_run_begins_a_new_chain_over_tables_of_one_that_is_gone(three: SmallArchive) -> None:
    for path in _paths(three.archive):
        path.unlink()
    with pytest.raises(ChainError, match="there is no manifest, and articles/"):
        take_up(three.archive, datetime.now(UTC))


def test_a_doubled_manifest_breaks_the_chain(three: SmallArchive) -> None:
    path = _paths(three.archive)[2]
    path.with_name("000004-copy.json").write_bytes(path.read_bytes())
    assert set(_codes(three)) == {"manifest.chain"}


def test_a_renamed_manifest_breaks_the_chain(three: SmallArchive) -> None:
    path = _paths(three.archive)[2]
    path.rename(path.with_name("000007-x.json"))
    assert _codes(three) == ["manifest.chain"]


def test_a_manifest_of_another_archive_is_foreign(three: SmallArchive, tmp_path: Path) -> None:
    identity = json.loads((three.root / "archive.json").read_bytes())
    identity["archive_id"] = "00000000-0000-4000-8000-000000000000"
    (three.root / "archive.json").write_text(json.dumps(identity))
    faults = check_chain(open_archive(three.root))[1]
    assert {f.code for f in faults} == {"manifest.foreign"}
