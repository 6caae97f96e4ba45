"""From a word to a portal and its archive: slugs, built-in cities, addresses.

A word on the command line is an archive's name under the output folder, the name of
a city that is built in (``crawler/portals/``, one file each), or an address. The
rules are those of RULES, "Addresses, archives, names"; nothing here asks the network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.admission import check_edited, check_leave, check_same
from crawler.naming import is_loopback, is_name, plain_address, slug_of
from crawler.portals import KnownPortal, known_portals
from pipelines import urls
from pipelines.archive import Archive, Portal, create, is_archive, open_archive
from pipelines.errors import ConfigurationError, UsageError

DELAY_MS = 1000
"""Pause between two requests to a live host, unless the portal block says otherwise."""


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
    address = plain_address(address)
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
    elif known is not None and not is_archive(request.output / request.word):
        found = _portal(request.word, known.seed, known, request)
    else:
        found = _named(request.word, request.output)
    portal = found.portal if isinstance(found, Archive) else found
    if asking:
        _check(portal.seed, request, contact=portal.contact)
    return found


def _named(name: str, output: Path) -> Archive:
    """The archive of a name, which is there."""
    if not is_archive(output / name):
        raise ConfigurationError(
            f"there is no archive named {name} here; give an address to look at a portal without one",
            place=str(output),
        )
    archive = open_archive(output / name)
    check_same(archive, name, archive.portal.seed)
    check_edited(archive)
    return archive


def _by_address(request: Request) -> Archive:
    address = plain_address(request.word)
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
    if not is_name(request.word, request.output):
        raise UsageError(
            f"{request.word!r} is neither the name of an archive that is here nor an address; "
            "citynews portals lists what is here, and to begin one write https://city.example/"
        )
    if is_archive(root):
        archive = open_archive(root)
        check_same(archive, request.word, archive.portal.seed)
        _check(archive.portal.seed, request, contact=archive.portal.contact)
        check_edited(archive)
        return archive
    if known is not None and request.new:
        _check(known.seed, request, contact=None)
        return _given(_portal(request.word, known.seed, known, request), request)
    raise ConfigurationError(
        f"there is no archive named {request.word} here (is a disk missing?); to begin one type: "
        + _first_line(request.word, known),
        place=str(request.output),
    )


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
    if is_archive(root):
        archive = open_archive(root)
        check_same(archive, portal.slug, portal.seed)
        check_edited(archive)
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


def _stored_contact(root: Path) -> str | None:
    return open_archive(root).portal.contact if (root / "archive.json").is_file() else None


def _check(seed: str, request: Request, *, contact: str | None) -> None:
    check_leave(seed, contact=request.contact or contact, allow_loopback=request.allow_loopback)
