"""An environment of its own for programs that must not be installed beside ours.

It lies in ``.tools/`` of the checkout, holds exactly what a requirements file with
digests names, and is made on first use with the uv and the registry settings of the
starter (``./citynews``).
"""

from __future__ import annotations

import fcntl
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

from pipelines.errors import ConfigurationError
from pipelines.text import sha256_hex

CHECKOUT = Path(__file__).resolve().parents[2]


def environment_python(name: str, requirements: Path) -> Path:
    """The Python of the environment that a requirements file describes, made if need be.

    Args:
        name: what the folder's name begins with.
        requirements: pinned, with digests, the tools of builds (setuptools) among them.

    Raises:
        ConfigurationError: it cannot be made; the sentence says why.
    """
    folder = CHECKOUT / ".tools" / f"{name}-{sha256_hex(requirements.read_bytes())[:12]}"
    python = folder / "bin" / "python"
    ready = folder / ".ready"
    if ready.exists() and python.exists():
        return python
    starter = _starter()
    try:
        folder.parent.mkdir(exist_ok=True)
        with open(folder.parent / f"{name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait and find it made
            if not (ready.exists() and python.exists()):
                _make(starter, name, folder, requirements)
                ready.touch()
    except starter.SetupFailed as error:
        raise ConfigurationError(str(error)) from error
    except OSError as error:
        raise ConfigurationError(
            f"cannot set up {name}: {error.strerror}; the checkout must be writable", place=str(folder)
        ) from error
    return python


def _make(starter: ModuleType, name: str, folder: Path, requirements: Path) -> None:
    starter.say(f"installing {name} into an environment of its own (once)")
    with open(folder.parent / "lock", "w") as lock:  # the starter's: uv may be just being fetched
        fcntl.flock(lock, fcntl.LOCK_EX)
        uv = str(starter.fetch_uv())
    environment = starter.uv_environment()
    aim = f"make an environment for {name}"
    base = ["--python", sys.executable]
    starter.run([uv, "venv", "--clear", "--quiet", *base, str(folder)], environment, aim)
    pinned = [
        "--require-hashes",
        "--requirement",
        str(requirements),
        "--build-constraints",
        str(requirements),
    ]
    starter.run(
        [uv, "pip", "install", "--python", str(folder / "bin" / "python"), *pinned],
        environment,
        f"install {name}",
    )


def _starter() -> ModuleType:
    """The starter as a module: how uv is fetched and how it asks is decided there."""
    loader = SourceFileLoader("citynews_starter", str(CHECKOUT / "citynews"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module
