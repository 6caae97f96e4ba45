"""How the pages of one city, or of one platform, are marked up: one file each, with one constant, ``LAYOUT``.

The folder is the registry, and a file's name is the layout's. A city's file may also say what
is known of the city, ``CONTEXT``. A portal names its layout in the portal block of
``archive.json``; without one its pages are read by the generic reader, which is meant to be
enough.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

from pipelines.errors import ConfigurationError
from pipelines.extract.layout import Layout
from pipelines.model import ReadingContext
from pipelines.text import sha256_hex


def names() -> tuple[str, ...]:
    """The layouts that exist, sorted."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__)))


@cache
def layout(name: str | None) -> Layout | None:
    """A layout by its name, ``None`` for ``None``. Its ``name`` is then ``name@digest``, with
    the SHA-256 of its file.

    Raises:
        ConfigurationError: there is no layout of this name.
    """
    if name is None:
        return None
    if name not in names():
        sentence = f"field portal.layout: there is no layout {name!r}; known are {', '.join(names())}"
        raise ConfigurationError(sentence, place="archive.json")
    module = _module(name)
    found: Layout = module.LAYOUT
    return replace(found, name=f"{name}@{sha256_hex(Path(str(module.__file__)).read_bytes())}")


def of_portal(slug: str | None) -> tuple[Layout | None, ReadingContext]:
    """The layout and the context of the city of this slug; neither where nothing is known of it."""
    if slug not in names():
        return None, ReadingContext()
    context: ReadingContext = getattr(_module(slug), "CONTEXT", ReadingContext())
    return layout(slug), context


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name}")
