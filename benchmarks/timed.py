"""The clock of :mod:`benchmarks.reading`. Run as a program it times trafilatura in the environment of the
interpreter that runs it, so it imports nothing of ours."""

from __future__ import annotations

import gc
import importlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

WARM = 24
"""Pages at the beginning that are read and not counted."""


def timed(read: Callable[[str, str], object], pages: Sequence[tuple[str, str]]) -> float:
    """CPU seconds in which a function reads all pages but the first :data:`WARM`, each once."""
    for url, html in pages[:WARM]:
        read(url, html)
    gc.collect()
    began = time.process_time()
    for url, html in pages[WARM:]:
        read(url, html)
    return time.process_time() - began


def _trafilatura() -> Callable[[str, str], object]:
    extraction = importlib.import_module("trafilatura").bare_extraction
    return lambda url, html: extraction(html, url=url, with_metadata=True, include_comments=False)


if __name__ == "__main__":
    print(json.dumps(timed(_trafilatura(), json.loads(Path(sys.argv[1]).read_text("utf-8")))))
