"""What is known of cities beforehand, one file per city. The folder is the registry."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPortal:
    """What is known of a city beforehand: the constant ``PORTAL`` of a file of this folder."""

    hosts: tuple[str, ...]
    """Hosts as :func:`pipelines.urls.host` writes them."""
    seed: str
    """The address its crawl starts from."""
    language: str | None = None
    zone: str | None = None
    site_name: str | None = None
    layout: str | None = None
    """Name of a file in ``pipelines/layouts/``."""


@cache
def known_portals() -> dict[str, KnownPortal]:
    """The built-in cities by name. The folder is the registry."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        portal = importlib.import_module(f"{__name__}.{module.name}").PORTAL
        assert isinstance(portal, KnownPortal)
        found[module.name] = portal
    return found
