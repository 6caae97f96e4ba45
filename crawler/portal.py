"""From a word to a portal and its archive: slugs, built-in cities, addresses.

A word on the command line is an archive's name under the output folder, the name of
a city that is built in (``crawler/portals/``, one file each), or an address. The
rules are those of RULES, "Addresses, archives, names"; nothing here asks the network.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import re
import socket
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from pipelines import urls
from pipelines.archive import Archive, Portal, create, open_archive
from pipelines.errors import ConfigurationError, UsageError

DELAY_MS = 1000
"""Pause between two requests to a live host, unless the portal block says otherwise."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9.\-]*")
_CONTACT = re.compile(r"[^\s()<>\x00-\x1f\x7f]+@[^\s()<>\x00-\x1f\x7f]+|https?://[^\s()<>\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPortal:
    """What is known of a city beforehand: the constant ``PORTAL`` of a file in ``crawler/portals/``."""

    hosts: tuple[str, ...]
    """Hosts as :func:`pipelines.urls.host` writes them."""
    seed: str
    """The address its crawl starts from."""
    language: str | None = None
    zone: str | None = None
    site_name: str | None = None
    layout: str | None = None
    """Name of a file in ``pipelines/layouts/``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line says about which portal to crawl, and how."""

    word: str
    output: Path
    contact: str | None = None
    allow_loopback: bool = False
    new: bool = False
    portal: Portal | None = None
    """A portal block given whole, as the sample city's; its archive is made where there is none."""


@cache
def known_portals() -> dict[str, KnownPortal]:
    """The built-in cities by name. The folder is the registry."""
    package = importlib.import_module("crawler.portals")
    found = {}
    for module in pkgutil.iter_modules(package.__path__):
        portal = importlib.import_module(f"crawler.portals.{module.name}").PORTAL
        assert isinstance(portal, KnownPortal)
        found[module.name] = portal
    return found


def slug_of(url: str) -> str:
    """The slug of the portal at an address: its built-in name, or its host without
    ``www.``, plus ``-PORT`` where one is written. Raises UsageError where it has none."""
    if urls.split(url) is None:
        raise UsageError(f"{url!r} is no http address; write it as https://city.example/")
    for name, known in known_portals().items():
        if urls.host(url) in known.hosts:
            return name
    slug = re.sub(r"[^a-z0-9.\-]+", "-", urls.host(url)).strip("-.")
    if not _SLUG.fullmatch(slug):
        raise UsageError(f"{url!r} has no usable host name; write it as https://city.example/")
    return slug


def is_loopback(url: str) -> bool:
    """Whether an address names this machine: 127.0.0.0/8, ::1 or localhost."""
    parts = urls.split(url)
    name = (parts.hostname or "").rstrip(".") if parts else ""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    with contextlib.suppress(OSError):
        name = socket.inet_ntoa(socket.inet_aton(name))  # 2130706433, 0x7f.1 … as the resolver reads them
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def resolve(request: Request) -> Archive:
    """The archive to crawl into, made where the rules let it be made.

    Raises:
        UsageError: a word that is neither, no contact, loopback without leave.
        ConfigurationError: a name without an archive; a folder that is another
            portal's or not ours; an output folder that cannot be written.
    """
    if request.portal is not None:
        _check(request.portal.seed, request, contact=request.portal.contact)
        return _given(request.portal, request)
    if urls.split(request.word) is not None and "://" in request.word:
        return _by_address(request)
    return _by_name(request)


def without_asking(address: str, output: Path) -> Archive | Portal:
    """The archive at an address, or the portal to make one for: of captures that others made, so that
    nobody is asked, and neither contact nor leave is needed.

    Raises:
        UsageError: the address is none.
        ConfigurationError: its folder is another portal's or not ours.
    """
    address = _plain_address(address)
    slug = slug_of(address)
    request = Request(word=address, output=output)
    portal = _portal(slug, address, known_portals().get(slug), request)
    return _there(portal, output) or portal


def without_making(request: Request, *, asking: bool) -> Archive | Portal:
    """The archive that a crawl would take, or the portal that it would make one for. Nothing is made.

    Args:
        request: as for :func:`resolve`.
        asking: whether the portal is to be asked, which needs a contact, or leave for this machine.

    Raises:
        UsageError, ConfigurationError: as :func:`resolve`, a new archive apart.
    """
    known = known_portals().get(request.word)
    if "://" in request.word:
        found = without_asking(request.word, request.output)
    elif known is not None and not (request.output / request.word / "archive.json").is_file():
        found = _portal(request.word, known.seed, known, request)
    else:
        found = _named(request.word, request.output)
    portal = found.portal if isinstance(found, Archive) else found
    if asking:
        _check(portal.seed, request, contact=portal.contact)
    return found


def _named(name: str, output: Path) -> Archive:
    """The archive of a name, which is there."""
    if not (output / name / "archive.json").is_file():
        raise ConfigurationError(
            f"there is no archive named {name} here; give an address to look at a portal without one",
            place=str(output),
        )
    archive = open_archive(output / name)
    _check_same(archive, name, archive.portal.seed)
    _check_edited(archive)
    return archive


def _plain_address(word: str) -> str:
    address = urls.without_fragment(word)
    if "@" in urlsplit(address).netloc:
        raise UsageError("an address may carry no user name or password; write it without")
    return address


def _by_address(request: Request) -> Archive:
    address = _plain_address(request.word)
    slug = slug_of(address)
    known = known_portals().get(slug)
    _check(address, request, contact=_stored_contact(request.output / slug))
    archive = _given(_portal(slug, address, known, request), request)
    if archive.portal.detected_at is None:  # an earlier address had no home page; this one may
        portal = archive.portal.model_copy(update={"seed": address})
        archive = replace(archive, identity=archive.identity.model_copy(update={"portal": portal}))
    return archive


def _by_name(request: Request) -> Archive:
    root = request.output / request.word
    known = known_portals().get(request.word)
    if not _is_name(request.word, request.output):
        raise UsageError(
            f"{request.word!r} is neither the name of an archive that is here nor an address; "
            "citynews portals lists what is here, and to begin one write https://city.example/"
        )
    if (root / "archive.json").is_file():
        archive = open_archive(root)
        _check_same(archive, request.word, archive.portal.seed)
        _check(archive.portal.seed, request, contact=archive.portal.contact)
        _check_edited(archive)
        return archive
    if known is not None and request.new:
        _check(known.seed, request, contact=None)
        return _given(_portal(request.word, known.seed, known, request), request)
    raise ConfigurationError(
        f"there is no archive named {request.word} here (is a disk missing?); to begin one type: "
        + _first_line(request.word, known),
        place=str(request.output),
    )


def _is_name(word: str, output: Path) -> bool:
    """Whether a word can be the name of an archive: built in, a host's, or a folder that is there."""
    if not _SLUG.fullmatch(word):
        return False
    return "." in word or word in known_portals() or (output / word).exists()


def _first_line(name: str, known: KnownPortal | None) -> str:
    if known is not None:
        return f"citynews crawl {name} --new --contact you@example.org"
    place = re.sub(r"-(\d+)$", r":\1", name)  # as slug_of writes a port
    if is_loopback(f"http://{place}/"):
        return f"citynews crawl http://{place}/ --allow-loopback"
    return f"citynews crawl https://{place}/ --contact you@example.org"


def _portal(slug: str, seed: str, known: KnownPortal | None, request: Request) -> Portal:
    return Portal(
        slug=slug,
        seed=seed,
        scope=known.hosts if known else (urls.host(seed),),
        site_name=known.site_name if known else None,
        language=known.language if known else None,
        zone=known.zone if known else None,
        layout=known.layout if known else None,
        delay_ms=0 if is_loopback(seed) else DELAY_MS,
        contact=request.contact,
    )


def _given(portal: Portal, request: Request) -> Archive:
    """Open the archive of this portal, or make it."""
    return _there(portal, request.output) or create(request.output, portal, now=datetime.now(UTC))


def _there(portal: Portal, output: Path) -> Archive | None:
    """The archive of this portal; ``None`` where it can be made."""
    root = output / portal.slug
    if (root / "archive.json").is_file():
        archive = open_archive(root)
        _check_same(archive, portal.slug, portal.seed)
        _check_edited(archive)
        return archive
    try:
        foreign = root.exists() and not _empty(root)
    except OSError as error:
        raise ConfigurationError(f"cannot read it: {error.strerror}", place=str(root)) from error
    if foreign:
        raise ConfigurationError(
            "the folder holds files but no archive.json; choose another with --output", place=str(root)
        )
    return None


def _empty(root: Path) -> bool:
    """Whether a path is a folder without visible files, such as a mount point."""
    return root.is_dir() and all(path.name.startswith(".") for path in root.iterdir())


def _check_same(archive: Archive, slug: str, seed: str) -> None:
    """The folder's archive is this portal's own."""
    portal = archive.portal
    hosts = (*portal.scope, urls.host(portal.seed))
    if portal.slug != slug or urls.host(seed) not in hosts:
        raise ConfigurationError(
            f"the archive here is that of {portal.slug} ({portal.seed}); choose another folder with --output",
            place=str(archive.root),
        )


def _check_edited(archive: Archive) -> None:
    """What a person may have written into the portal block means something."""
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


def _stored_contact(root: Path) -> str | None:
    return open_archive(root).portal.contact if (root / "archive.json").is_file() else None


def _check(seed: str, request: Request, *, contact: str | None) -> None:
    """Loopback needs leave; everything else needs a contact."""
    contact = request.contact or contact
    if contact is not None and not _CONTACT.fullmatch(contact):
        raise UsageError(f"{contact!r} is no contact; give a mail address or a web page with --contact")
    if is_loopback(seed):
        if not request.allow_loopback:
            raise UsageError(
                f"{seed} is this machine; permit it with --allow-loopback or CITYNEWS_ALLOW_LOOPBACK=1"
            )
    elif contact is None:
        raise UsageError(
            "a live portal needs your address, which goes into the User-Agent so that its administrators "
            "can reach you; add --contact you@example.org"
        )
