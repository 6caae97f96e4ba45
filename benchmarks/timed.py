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
from statistics import median

WARM = 24
"""Pages at the beginning that are read and not counted."""


def timed(read: Callable[[str, bytes], object], pages: Sequence[tuple[str, str]]) -> float:
    """CPU seconds of the median page: of all but the first :data:`WARM`, each read once, as bytes. What a
    program does once in its life, as loading its tables, falls to one page and not to all."""
    sent = [(url, html.encode()) for url, html in pages]
    for url, html in sent[:WARM]:
        read(url, html)
    gc.collect()
    took: list[int] = []
    for url, html in sent[WARM:]:
        began = time.process_time_ns()
        read(url, html)
        took.append(time.process_time_ns() - began)
    return median(took) / 1e9


def _trafilatura() -> Callable[[str, bytes], object]:
    extraction = importlib.import_module("trafilatura").bare_extraction
    return lambda url, html: extraction(html, url=url, with_metadata=True, include_comments=False)


if __name__ == "__main__":
    print(json.dumps(timed(_trafilatura(), json.loads(Path(sys.argv[1]).read_text("utf-8")))))
