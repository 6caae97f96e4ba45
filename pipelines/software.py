"""What software made a commit, for its manifest."""

from __future__ import annotations

import platform
import tomllib
from importlib import metadata
from pathlib import Path

from pipelines.text import sha256_hex

_ROOT = Path(__file__).parents[1]
_NAMED = ("lxml", "pyarrow", "scrapy", "warcio")


def software() -> dict[str, str]:
    """Names and versions of what captures, reads and writes."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text())
    version: str = project["project"]["version"]
    libraries = {name: metadata.version(name) for name in _NAMED}
    return {"citynews": version, "python": platform.python_version()} | libraries


def lock_sha256() -> str | None:
    """Digest of the lock file that the installation follows; ``None`` where there is none."""
    lock = _ROOT / "uv.lock"
    return sha256_hex(lock.read_bytes()) if lock.exists() else None
