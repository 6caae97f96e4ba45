"""``python -m tests.mockcity --port N [--theme T] [--articles N] …``: the sample city in the foreground.

Prints ``listening on http://127.0.0.1:N/`` and serves until SIGINT or SIGTERM, which end
it with 0. With ``--announce`` each answer that was sent whole prints ``answered N TARGET``.
A port that is taken is one sentence on standard error and exit status 4.
"""

from __future__ import annotations

import argparse
import errno
import signal
import sys
import threading

from tests.mockcity.city import MockCity
from tests.mockcity.theme import THEMES
from tests.mockcity.truth import SMALL
from tests.mockcity.view import SOURCES

BUSY = 4


def main(argv: list[str] | None = None) -> int:
    """Serve the city until a signal comes; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mockcity", description="Serve the sample city.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes any free one")
    parser.add_argument("--announce", action="store_true", help="print a line for each answer sent")
    parser.add_argument("--theme", choices=list(THEMES), default="block", help="how pages are marked up")
    parser.add_argument("--articles", type=int, default=SMALL, help="14, 24 or more (124 is the whole city)")
    parser.add_argument("--sources", default=",".join(sorted(SOURCES)), help="those switched on, by commas")
    parser.add_argument("--conditional", action="store_true", help="send validators and 304")
    options = parser.parse_args(argv)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        with _city(options) as city:
            print(f"listening on {city.url}", flush=True)
            stop.wait()
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        print(_sentence(options.port, error), file=sys.stderr)
        return BUSY
    return 0


def _city(options: argparse.Namespace) -> MockCity:
    return MockCity(
        options.port,
        theme=options.theme,
        articles=options.articles,
        sources=filter(None, options.sources.split(",")),
        conditional=options.conditional,
        on_answer=_announce if options.announce else None,
    )


def _sentence(port: int, error: OSError) -> str:
    why = (
        "is in use by another program" if error.errno == errno.EADDRINUSE else "may not be used by this user"
    )
    return f"The sample city cannot start: port {port} on 127.0.0.1 {why}; choose another one with --port."


def _announce(number: int, target: str) -> None:
    print(f"answered {number} {target}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
