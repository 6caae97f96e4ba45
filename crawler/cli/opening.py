"""From a word on the command line to an archive that is there; nothing is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from crawler.naming import slug_of
from pipelines.archive import Archive, is_archive, open_archive
from pipelines.errors import ConfigurationError, UsageError

_NAME = re.compile(r"[a-z0-9][a-z0-9.\-]*")


def open_word(word: str, output: Path) -> Archive:
    """The archive of a portal, named as its folder is, or by its address.

    Raises:
        UsageError: the word is neither.
        ConfigurationError: there is no such archive, or its ``archive.json`` is broken.
    """
    slug = archive_name(word)
    if not _NAME.fullmatch(slug):
        raise UsageError(
            f"{word!r} is neither a portal's name nor an address; citynews portals lists what is here"
        )
    folder = output / slug
    if not is_archive(folder):
        raise ConfigurationError(
            f"there is no archive named {slug} here; {_what_is(output)}", place=str(output)
        )
    return open_archive(folder)


def archive_name(word: str) -> str:
    """The name of a portal's archive, there or not, by its name or address.

    Raises:
        UsageError: an address that has none.
    """
    return slug_of(word) if "://" in word else word


def archive_folders(output: Path) -> Iterator[Path]:
    """The folders under the output folder that are archives, by name, even without an ``archive.json``."""
    try:
        found = sorted(path for path in output.glob("*/") if is_archive(path))
    except OSError as error:
        raise ConfigurationError(f"cannot read it: {error.strerror}", place=str(output)) from error
    yield from found


def _what_is(output: Path) -> str:
    names = ", ".join(folder.name for folder in archive_folders(output))
    return f"these are: {names}" if names else "give the right folder with --output, or crawl it first"
