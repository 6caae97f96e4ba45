"""Signatures are those of stock OpenSSH: made with real keys and a real agent, checked by ``ssh-keygen``."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.archive import open_archive
from pipelines.errors import ConfigurationError, UsageError
from pipelines.manifest import read_chain
from pipelines.manifest.signature import check_signature, read_keys, sign_newest, signature_path
from pipelines.verify import Outside, verify
from pipelines.verify.findings import Report
from tests.mockcity import MockCity
from tests.running import assert_one_sentence, citynews
from tests.small_archive import BODY, SmallArchive, answer, page, small_archive


def make_key(folder: Path, name: str = "key", kind: str = "ed25519", passphrase: str = "") -> Path:
    subprocess.run(
        ("ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", folder / name), check=True, timeout=60
    )
    return folder / name


def article(name: str) -> tuple[str, bytes]:
    return f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của hôm nay.", *BODY)))


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    make_key(folder)
    make_key(folder, "other")
    return folder


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> SmallArchive:
    a = small_archive(tmp_path_factory.mktemp("signed"))
    a.crawl(article("mot"))
    a.crawl(article("hai"))
    return a


@pytest.fixture
def unsigned(original: SmallArchive, tmp_path: Path) -> SmallArchive:
    root = tmp_path / "copy"
    shutil.copytree(original.root, root)
    return SmallArchive(open_archive(root), now=original.now, runs=original.runs)


@pytest.fixture
def signed(unsigned: SmallArchive, keys: Path) -> SmallArchive:
    assert sign_newest(unsigned.archive, keys / "key") is not None
    return unsigned


def checked(a: SmallArchive, pubkey: Path | None = None, anchor: str | None = None) -> Report:
    return verify(a.archive, level="files", outside=Outside(pubkey=pubkey, anchor=anchor))


def codes(report: Report) -> set[str]:
    return {f.code for f in report.errors}


def digests(a: SmallArchive) -> list[str]:
    return [s.sha256 for s in read_chain(a.archive)]


def test_a_good_signature_is_told_with_its_key(signed: SmallArchive, keys: Path) -> None:
    report = checked(signed, keys / "key.pub")
    assert (report.verdict, report.exit_code, report.findings) == ("VERIFIED", 0, ())
    (told,) = report.proved
    assert re.fullmatch(r"SIGNED: manifests 1 to 2 are signed with ED25519 key SHA256:\S+", told)


def test_a_signature_without_the_key_is_not_checked(signed: SmallArchive) -> None:
    report = checked(signed)
    assert (report.verdict, report.exit_code) == ("UNVERIFIABLE", 22)
    assert "SIGNATURES NOT CHECKED: 1 manifest is signed" in report.unverifiable[0]


def test_a_key_that_is_missing_is_22(signed: SmallArchive, tmp_path: Path) -> None:
    report = checked(signed, tmp_path / "none.pub")
    assert report.exit_code == 22
    assert "the key is missing" in report.unverifiable[0]


def test_never_signed_and_not_asked_is_no_fault(unsigned: SmallArchive) -> None:
    report = checked(unsigned)
    assert report.exit_code == 0
    assert [s.partition(":")[0] for s in report.not_checked[:2]] == ["NOT ANCHORED", "NOT SIGNED"]


def test_a_key_asked_for_where_nothing_is_signed_is_22(unsigned: SmallArchive, keys: Path) -> None:
    report = checked(unsigned, keys / "key.pub")
    assert report.exit_code == 22
    assert report.unverifiable == ("NOT SIGNED: no signature by the given key covers manifests 1 to 2",)


def test_another_key_is_a_fault(signed: SmallArchive, keys: Path) -> None:
    report = checked(signed, keys / "other.pub")
    assert report.exit_code == 21
    assert codes(report) == {"manifest.signature"}


def test_one_of_several_keys_will_do(signed: SmallArchive, keys: Path, tmp_path: Path) -> None:
    both = tmp_path / "both.pub"
    both.write_text((keys / "other.pub").read_text() + "# the new one\n\n" + (keys / "key.pub").read_text())
    assert checked(signed, both).exit_code == 0


def test_what_came_after_the_signature_is_not_covered(signed: SmallArchive, keys: Path) -> None:
    signed.crawl(article("ba"))
    report = checked(signed, keys / "key.pub")
    assert report.exit_code == 22
    assert report.unverifiable == ("NOT SIGNED: no signature by the given key covers manifest 3",)
    assert sign_newest(signed.archive, keys / "key") is not None
    assert checked(signed, keys / "key.pub").exit_code == 0


def test_signing_twice_changes_nothing(signed: SmallArchive, keys: Path) -> None:
    path = signature_path(read_chain(signed.archive)[-1])
    before = path.read_bytes()
    again = sign_newest(signed.archive, keys / "key")
    assert again is not None
    assert again[1] is False
    assert path.read_bytes() == before


def test_one_who_changes_keys_is_not_told_that_it_is_signed(signed: SmallArchive, keys: Path) -> None:
    path = signature_path(read_chain(signed.archive)[-1])
    before = path.read_bytes()
    old = check_signature(read_chain(signed.archive)[-1]).key
    told = citynews("sign", signed.root.name, "--output", signed.root.parent, "--sign-key", keys / "other")
    assert (told.returncode, told.stdout) == (4, "")
    assert f"is signed already, with {old}, which is not the given key" in assert_one_sentence(told)
    assert path.read_bytes() == before
    path.unlink()  # the way out that the sentence names
    assert sign_newest(signed.archive, keys / "other") is not None
    assert checked(signed, keys / "other.pub").exit_code == 0


def test_a_key_that_does_not_sign_is_told_of_a_signed_archive_too(
    signed: SmallArchive, tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationError, match="does not sign"):
        sign_newest(signed.archive, tmp_path / "none")


def test_every_flip_and_every_cut_of_a_signature_is_found(signed: SmallArchive, keys: Path) -> None:
    stored = read_chain(signed.archive)[-1]
    path = signature_path(stored)
    good = path.read_bytes()
    path.chmod(0o644)
    signers = read_keys(keys / "key.pub")
    changed = [good[:n] + bytes([good[n] ^ 1]) + good[n + 1 :] for n in range(len(good))]
    for data in [*changed, *(good[:n] for n in range(len(good)))]:
        path.write_bytes(data)
        assert check_signature(stored).fault, data
    path.write_bytes(good)
    assert check_signature(stored, signers).fault is None


def test_a_changed_signature_has_its_code(signed: SmallArchive) -> None:
    path = signature_path(read_chain(signed.archive)[-1])
    path.chmod(0o644)
    path.write_bytes(b"")
    report = checked(signed)
    assert (codes(report), report.exit_code) == ({"manifest.signature"}, 21)
    assert report.errors[0].path == f"manifests/{path.name}"


def test_a_signature_whose_manifest_is_gone_is_found(signed: SmallArchive, keys: Path) -> None:
    read_chain(signed.archive)[-1].path.unlink()
    assert "manifest.signature" in codes(checked(signed, keys / "key.pub"))


def test_a_rewrite_with_the_stolen_key_is_found_by_an_anchor_alone(
    signed: SmallArchive, keys: Path, tmp_path: Path
) -> None:
    """History made anew, another article in it, and signed with the archivist's own key."""
    kept = digests(signed)[-1]
    forged = small_archive(tmp_path / "forged")
    forged.crawl(article("khac"))
    forged.crawl(article("hai"))
    assert sign_newest(forged.archive, keys / "key") is not None
    silent = checked(forged, keys / "key.pub")
    assert silent.exit_code == 0
    assert silent.not_checked[0].startswith("NOT ANCHORED")
    report = checked(forged, keys / "key.pub", kept)
    assert (codes(report), report.exit_code) == ({"manifest.anchor"}, 21)


def test_the_last_run_rolled_back_is_found_by_an_anchor(unsigned: SmallArchive) -> None:
    first, last = digests(unsigned)
    assert "ANCHORED: manifests 1 to 2" in checked(unsigned, anchor=last).proved[0]
    older = checked(unsigned, anchor=f"sha256:{first.upper()}")
    assert older.exit_code == 0
    assert older.not_checked[0] == "NOT ANCHORED: manifest 2 came after that digest"
    read_chain(unsigned.archive)[-1].path.unlink()
    assert "manifest.anchor" in codes(checked(unsigned, anchor=last))


def test_words_that_are_no_key_and_no_digest_are_told(unsigned: SmallArchive, tmp_path: Path) -> None:
    (tmp_path / "no.pub").write_text("not a key\n")
    with pytest.raises(UsageError, match="no public key in the form of OpenSSH"):
        checked(unsigned, tmp_path / "no.pub")
    with pytest.raises(UsageError, match="64 hex digits"):
        checked(unsigned, anchor="abc")


def test_a_key_that_does_not_sign_is_told(unsigned: SmallArchive, keys: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="does not sign"):
        sign_newest(unsigned.archive, tmp_path / "none")
    assert list(unsigned.archive.manifests.glob("*.sig")) == []


def test_without_ssh_keygen_signatures_are_not_checked(
    signed: SmallArchive, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    report = checked(signed, keys / "key.pub")
    assert report.exit_code == 22
    assert "ssh-keygen cannot be started" in report.unverifiable[0]


@pytest.fixture
def agent(keys: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real agent, as one that another user runs, that holds the key."""
    process = subprocess.Popen(("ssh-agent", "-D", "-a", keys / "agent"), stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    monkeypatch.setenv("SSH_AUTH_SOCK", str(keys / "agent"))
    subprocess.run(("ssh-add", "-q", keys / "key"), check=True, timeout=20)
    yield
    process.terminate()
    process.wait(20)


def test_the_public_half_signs_through_an_agent(
    unsigned: SmallArchive, keys: Path, tmp_path: Path, agent: None
) -> None:
    shutil.copy(keys / "key.pub", tmp_path / "only.pub")
    assert sign_newest(unsigned.archive, tmp_path / "only.pub") is not None
    assert checked(unsigned, keys / "key.pub").exit_code == 0


def test_a_crawl_signs_what_it_commits_and_inspect_shows_it(keys: Path, tmp_path: Path) -> None:
    words = ["--allow-loopback", "--limit", "3", "--output", tmp_path, "--json"]
    with MockCity() as city:
        refused = citynews("crawl", city.url, *words, "--sign-key", tmp_path / "none")
        assert refused.returncode == 4
        assert "does not sign" in refused.stderr
        done = citynews("crawl", city.url, *words, "--sign-key", keys / "key")
        assert done.returncode == 14
        archive = open_archive(tmp_path / f"127.0.0.1-{city.port}")
        (stored,) = read_chain(archive)
        assert signature_path(stored).is_file()
        told = citynews("verify", city.url, "--output", tmp_path, "--pubkey", keys / "key.pub")
        assert (told.returncode, "SIGNED: manifest 1 is signed" in told.stdout) == (0, True), told.stdout
        shown = citynews("inspect", city.url, "--output", tmp_path)
        assert f"manifests/{stored.path.name}.sig" in shown.stdout
        again = citynews("sign", city.url, "--output", tmp_path, CITYNEWS_SIGN_KEY=str(keys / "key"))
        assert (again.returncode, "was signed before" in again.stdout) == (0, True)
    assert signature_path(stored).stat().st_mode & 0o777 == 0o444
