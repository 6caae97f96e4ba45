"""``python -m crawler.cli``: what the starter becomes."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

INTERRUPTED = 11
OBJECTS_PER_COLLECTION = 10_000
"""New objects after which Python looks for circles of them, in place of 700. Most of ours live as long as the
process, and going through them again and again was a twentieth of a crawl; circles that wait are a few MB."""


class _WithoutNumpy:
    """pyarrow loads numpy and pandas where it finds them, and needs neither for ours: 0.1 s and 56 MB."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        """Nothing is found here; these two nowhere."""
        if name in ("numpy", "pandas"):
            raise ModuleNotFoundError(f"citynews does without {name}", name=name)


def begin() -> NoReturn:
    """Run the command line of this process and end with its exit code."""
    # Until the command line is there to tell of it, Ctrl-C ends what has not begun.
    signal.signal(signal.SIGINT, _interrupted)
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    sys.meta_path.insert(0, _WithoutNumpy)
    from crawler.cli.main import main

    signal.signal(signal.SIGINT, signal.default_int_handler)
    leave(main(sys.argv[1:]))


def leave(exit_code: int) -> NoReturn:
    """End the process with this very code.

    Python's own way out knows two others: 120 where standard error takes no more (a full
    disk), and death by SIGINT where Ctrl-C came while a library ran ``exec`` on a text.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(exit_code)


def _interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    with suppress(OSError):
        os.write(2, b"citynews: interrupted; nothing was begun\n")
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    begin()
