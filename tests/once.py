"""What is dear to make is made once per test session, whatever the number of pytest-xdist's workers."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of that name, filled by ``make`` in the first worker that asks; the others wait for it.

    Nobody may change what lies in it: copy it first.
    """
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # a worker has its own below
    folder, mark = shared / name, shared / f"{name}.made"
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what a worker left that failed in it
            folder.mkdir()
            make(folder)
            mark.touch()
    return folder
