"""Our crawl of pages, sealed but not committed, for comparison: ``python -m benchmarks.ours URL FOLDER``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import crawler.run
from crawler.run import RunOptions, run


def end(*_: object, **__: object) -> None:
    """Stands for the commit: the process ends where it would begin."""
    os._exit(0)


def main() -> None:
    """Crawl and seal."""
    crawler.run.commit = end  # type: ignore[assignment]
    run(RunOptions(word=sys.argv[1], output=Path(sys.argv[2]), allow_loopback=True, requisites=False))


if __name__ == "__main__":
    main()
