"""Which reader read a row: one digest over everything that decides what reading gives.

Two installations with the same digest read every page alike. It covers our own sources of
reading, the versions of the libraries they use (with what these depend on), libxml2, the
time zone data and the Unicode data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from lxml import etree

from pipelines.text import canonical_json, sha256_hex

_HERE = Path(__file__).parent
_SOURCES = ("extract", "decode.py", "text.py", "urls.py", "model.py")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_IMPORT = re.compile(rb"^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)", re.M)
"""An import at the beginning of a line. To parse the sources instead takes 0.1 s of each run; a test holds
that it finds the same."""


@cache
def reader_id() -> str:
    """The reader's digest, 64 hexadecimal digits."""
    return sha256_hex(canonical_json(reader_facts()))


def reader_facts() -> dict[str, dict[str, str]]:
    """What the digest covers, by name: ``sources`` and ``versions``."""
    sources = {p.relative_to(_HERE).as_posix(): sha256_hex(p.read_bytes()) for p in _source_files()}
    versions = {name: metadata.version(name) for name in _libraries()}
    versions["libxml2"] = ".".join(map(str, etree.LIBXML_VERSION))
    versions["tzdata"] = metadata.version("tzdata")
    versions["unidata"] = unicodedata.unidata_version
    return {"sources": sources, "versions": versions}


def _source_files() -> Iterator[Path]:
    for name in _SOURCES:
        path = _HERE / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _libraries() -> set[str]:
    """Distributions that the sources import, and what these require, as installed."""
    by_module = metadata.packages_distributions()
    imported = {m.decode() for path in _source_files() for m in _IMPORT.findall(path.read_bytes())}
    return _with_requirements(d for m in imported - {"pipelines"} for d in by_module.get(m, ()))


def _with_requirements(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = [_normal(n) for n in names]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            requires = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # a requirement for another platform or an extra that is not installed
        found.add(name)
        waiting += [_normal(m[0]) for r in requires if "extra ==" not in r and (m := _NAME.match(r))]
    return found


def _normal(name: str) -> str:
    """PEP 503: one spelling per distribution."""
    return re.sub(r"[-_.]+", "-", name).lower()
