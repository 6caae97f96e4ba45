"""Which portal a word means, and whether its archive may be made."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.naming import is_loopback, slug_of
from crawler.portal import Request, resolve
from crawler.portals import known_portals
from pipelines.archive import Portal, create, open_archive
from pipelines.errors import ConfigurationError, UsageError

CONTACT = "archive@example.org"


def ask(word: str, output: Path, **changes: object) -> Request:
    return Request(**{"word": word, "output": output, "contact": CONTACT} | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://www.city.example/news/", "city.example"),
        ("http://City.Example", "city.example"),
        ("http://127.0.0.1:8080/", "127.0.0.1-8080"),
        ("https://city.example:443/", "city.example"),
        ("https://www.thanhphohaiphong.gov.vn/tin.html", "haiphong"),
        ("http://[::1]:81/", "1-81"),
        ("https://hảiphòng.example/", "xn--hiphng-6wa8191d.example"),
    ],
)
def test_the_slug_of_an_address(address: str, slug: str) -> None:
    assert slug_of(address) == slug


def test_the_folder_of_portals_is_the_registry() -> None:
    assert known_portals()["haiphong"].zone == "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://127.9.9.9:80/", "http://[::1]/", "http://localhost/", "http://2130706433/",
     "http://0x7f000001/", "http://0177.0.0.1/", "http://a.localhost./"],
)  # fmt: skip
def test_this_machine_in_every_notation(address: str, tmp_path: Path) -> None:
    assert is_loopback(address)
    with pytest.raises(UsageError, match="--allow-loopback"):
        resolve(ask(address, tmp_path))
    assert not list(tmp_path.iterdir())


def test_an_address_makes_its_archive_and_finds_it_again(tmp_path: Path) -> None:
    made = resolve(ask("https://www.city.example/news/#top", tmp_path))
    assert made.portal.slug == "city.example"
    assert made.portal.seed == "https://www.city.example/news/"
    assert made.portal.scope == ("city.example",)
    assert made.portal.contact == CONTACT and made.portal.delay_ms == 1000 and not made.portal.detected_at
    assert resolve(ask("https://www.city.example/news/", tmp_path)).identity == made.identity
    assert resolve(ask("city.example", tmp_path)).identity == made.identity


def test_while_no_home_page_was_found_another_address_is_asked(tmp_path: Path) -> None:
    made = resolve(ask("https://city.example/nwes/", tmp_path))
    again = resolve(ask("https://city.example/news/", tmp_path))
    assert again.portal.seed == "https://city.example/news/"
    assert again.identity.archive_id == made.identity.archive_id
    again.with_portal(again.portal.model_copy(update={"detected_at": "2026-11-01T00:00:00.000000Z"}))
    assert resolve(ask("https://city.example/", tmp_path)).portal.seed == "https://city.example/news/"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("zone", "Europe/Londn", "'Europe/Londn' is no time zone"),
        ("scope", ("https://city.example/",), "write 'city.example'"),
        ("scope", ("city.example", "www.city.example"), "write 'city.example'"),
        ("scope", ("",), "write one like 'city.example'"),
    ],
)
def test_a_portal_block_that_was_edited_wrongly_is_named(
    field: str, value: object, says: str, tmp_path: Path
) -> None:
    made = resolve(ask("https://city.example/", tmp_path))
    made.with_portal(made.portal.model_copy(update={field: value}))
    for word in ("city.example", "https://city.example/"):
        with pytest.raises(ConfigurationError, match=says):
            resolve(ask(word, tmp_path))


def test_a_portal_block_that_was_edited_well_is_taken(tmp_path: Path) -> None:
    made = resolve(ask("https://city.example/", tmp_path))
    edited = {"zone": "Europe/London", "scope": ("city.example", "news.city.example", "127.0.0.1:8080")}
    made.with_portal(made.portal.model_copy(update=edited))
    assert resolve(ask("city.example", tmp_path)).portal.zone == "Europe/London"


def test_a_stored_contact_is_enough(tmp_path: Path) -> None:
    resolve(ask("https://city.example/", tmp_path))
    resolve(ask("https://city.example/", tmp_path, contact=None))
    resolve(ask("city.example", tmp_path, contact=None))


def test_loopback_has_no_delay_and_needs_no_contact(tmp_path: Path) -> None:
    made = resolve(ask("http://127.0.0.1:8080/", tmp_path, contact=None, allow_loopback=True))
    assert made.portal.delay_ms == 0
    with pytest.raises(UsageError, match="--allow-loopback"):
        resolve(ask("127.0.0.1-8080", tmp_path))


def test_leave_for_loopback_is_no_contact_for_others(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--contact"):
        resolve(ask("https://city.example/", tmp_path, contact=None, allow_loopback=True))


@pytest.mark.parametrize("contact", ["me", "a@b\r\nX: y", "(a@b)", "ftp://x/"])
def test_a_contact_is_a_mail_address_or_a_page(contact: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--contact"):
        resolve(ask("https://city.example/", tmp_path, contact=contact))


@pytest.mark.parametrize("word", ["no-such-city", "ftp://city.example/", "http://", "../up", "two words", ""])
def test_a_word_that_is_neither(word: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="neither"):
        resolve(ask(word, tmp_path))


def test_a_password_in_an_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="password"):
        resolve(ask("https://me:secret@city.example/", tmp_path))


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("city.example", "citynews crawl https://city.example/ --contact"),
        ("city.example-8080", "citynews crawl https://city.example:8080/ --contact"),
        ("127.0.0.1-8080", "citynews crawl http://127.0.0.1:8080/ --allow-loopback"),
        ("haiphong", "citynews crawl haiphong --new"),
    ],
)
def test_a_name_without_an_archive_gives_the_line_to_type(word: str, line: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=line):
        resolve(ask(word, tmp_path))
    (tmp_path / word).mkdir()  # a mount point whose disk is missing
    with pytest.raises(ConfigurationError, match=line):
        resolve(ask(word, tmp_path))
    assert not list((tmp_path / word).iterdir())


def test_a_mount_point_without_its_disk_is_a_name_too(tmp_path: Path) -> None:
    (tmp_path / "mockcity").mkdir()
    with pytest.raises(ConfigurationError, match="disk missing"):
        resolve(ask("mockcity", tmp_path))


def test_new_makes_a_built_in_portal_with_what_is_known(tmp_path: Path) -> None:
    portal = resolve(ask("haiphong", tmp_path, new=True)).portal
    assert portal.slug == "haiphong" and portal.zone == "Asia/Ho_Chi_Minh" and portal.language == "vi"
    assert portal.scope == ("thanhphohaiphong.gov.vn",)


def test_new_makes_nothing_of_an_unknown_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        resolve(ask("city.example", tmp_path, new=True))


def test_another_portals_folder(tmp_path: Path) -> None:
    archive = resolve(ask("https://one.example/", tmp_path))
    archive.root.rename(tmp_path / "two.example")
    for word in ("https://two.example/", "two.example"):
        with pytest.raises(ConfigurationError, match=r"one\.example"):
            resolve(ask(word, tmp_path))


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "city.example").mkdir()
    (tmp_path / "city.example" / "thesis.txt").write_text("mine")
    with pytest.raises(ConfigurationError, match=r"no archive\.json"):
        resolve(ask("https://city.example/", tmp_path))


def test_an_output_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError):
        resolve(ask("https://city.example/", tmp_path / "file"))


def test_a_redirected_portal_is_found_by_both_hosts(tmp_path: Path) -> None:
    portal = Portal(slug="old.example", seed="https://old.example/", scope=("new.example",), contact=CONTACT)
    create(tmp_path, portal, now=datetime.now(UTC))
    assert resolve(ask("https://old.example/", tmp_path)).portal == portal
    assert resolve(ask("old.example", tmp_path)).portal == portal


def test_a_given_portal_block_is_kept(tmp_path: Path) -> None:
    portal = Portal(
        slug="mockcity", seed="http://127.0.0.1:9/", scope=("127.0.0.1:9",), zone="Asia/Ho_Chi_Minh"
    )
    asked = ask(portal.seed, tmp_path, portal=portal, allow_loopback=True)
    assert resolve(asked).portal == portal
    assert open_archive(tmp_path / "mockcity").portal == portal
