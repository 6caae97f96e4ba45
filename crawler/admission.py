"""What has to hold before a portal is crawled: contact or leave, its own folder, a sound portal block."""

from __future__ import annotations

import re

from crawler.naming import is_loopback
from pipelines import urls
from pipelines.archive import Archive
from pipelines.errors import ConfigurationError, UsageError

_CONTACT = re.compile(r"[^\s()<>\x00-\x1f\x7f]+@[^\s()<>\x00-\x1f\x7f]+|https?://[^\s()<>\x00-\x1f\x7f]+")


def check_same(archive: Archive, slug: str, seed: str) -> None:
    """The folder's archive is this portal's own. Raises ConfigurationError where it is not."""
    portal = archive.portal
    hosts = (*portal.scope, urls.host(portal.seed))
    if portal.slug != slug or urls.host(seed) not in hosts:
        raise ConfigurationError(
            f"the archive here is that of {portal.slug} ({portal.seed}); choose another folder with --output",
            place=str(archive.root),
        )


def check_edited(archive: Archive) -> None:
    """What a person may have written into the portal block means something. Raises ConfigurationError where
    it does not."""
    from pipelines.extract.zones import zone  # loads lxml, which --help can do without

    portal = archive.portal
    if portal.zone is not None and zone(portal.zone) is None:
        fault = f"field portal.zone: {portal.zone!r} is no time zone; write one like Asia/Ho_Chi_Minh"
        raise ConfigurationError(fault, place=str(archive.root / "archive.json"))
    for entry in portal.scope:
        _check_host(archive, "portal.scope", entry)
    for number, exception in enumerate(portal.tls_exceptions or ()):
        field = f"portal.tls_exceptions.{number}"
        _check_host(archive, f"{field}.host", exception.host)
        try:
            exception.last_day  # noqa: B018 - whether it is one
        except ValueError:
            fault = f"field {field}.expires: {exception.expires!r} is no day; write one like 2027-03-31"
            raise ConfigurationError(fault, place=str(archive.root / "archive.json")) from None


def _check_host(archive: Archive, field: str, entry: str) -> None:
    meant = urls.host(entry if "://" in entry else f"http://{entry}/")
    if not meant or entry != meant:
        fault = f"field {field}: {entry!r} is no host as it is written here"
        fault += f"; write {meant!r}" if meant else "; write one like 'city.example'"
        raise ConfigurationError(fault, place=str(archive.root / "archive.json"))


def check_leave(seed: str, *, contact: str | None, allow_loopback: bool) -> None:
    """Loopback needs leave; everything else needs a contact. Raises UsageError where it is not there."""
    if contact is not None and not _CONTACT.fullmatch(contact):
        raise UsageError(f"{contact!r} is no contact; give a mail address or a web page with --contact")
    if is_loopback(seed):
        if not allow_loopback:
            raise UsageError(
                f"{seed} is this machine; permit it with --allow-loopback or CITYNEWS_ALLOW_LOOPBACK=1"
            )
    elif contact is None:
        raise UsageError(
            "a live portal needs your address, which goes into the User-Agent so that its administrators "
            "can reach you; add --contact you@example.org"
        )
