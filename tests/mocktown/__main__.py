"""``python -m tests.mocktown [--port N] [--sources feed,sitemap]``: the town in the foreground.

Prints ``listening on http://127.0.0.1:N/`` and serves until SIGINT or SIGTERM, which end
it with 0. ``--sources none`` leaves out both the feed and the sitemap.
"""

from __future__ import annotations

import argparse
import signal
import threading
from typing import get_args

from tests.mocktown.server import MockTown
from tests.mocktown.site import SOURCES, Source


def main(argv: list[str] | None = None) -> None:
    """Serve the town until a signal comes."""
    parser = argparse.ArgumentParser(prog="python -m tests.mocktown", description="Serve the English town.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes any free one")
    parser.add_argument(
        "--sources", type=_sources, default=SOURCES, help="feed,sitemap or one of them or none"
    )
    options = parser.parse_args(argv)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with MockTown(options.port, sources=options.sources) as town:
        print(f"listening on {town.url}", flush=True)
        stop.wait()


def _sources(value: str) -> frozenset[Source]:
    words = set() if value == "none" else set(value.split(","))
    if not words <= set(get_args(Source)):
        raise argparse.ArgumentTypeError(f"{value!r} is not feed, sitemap, feed,sitemap or none")
    return frozenset(source for source in SOURCES if source in words)


if __name__ == "__main__":
    main()
