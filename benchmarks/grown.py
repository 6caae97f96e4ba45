"""Memory of a whole run, and what its estimate was worth, on a sample city of 5,000 articles.

``.venv/bin/python -m benchmarks.grown [--articles N]`` serves the city from a process of its own,
crawls it with the command line in another one, and prints what the run took and what it had said before.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measuring import Measured, city, measure


def main() -> int:
    """Run, print, and return 0 where memory and estimate are within what they should be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grown", description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--output", type=Path, help="keep the archive here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="citynews-grown-") as temporary:
        output = options.output or Path(temporary)
        with city(options.articles) as url:
            words = ["-m", "crawler.cli", "crawl", url, "--allow-loopback", "--json", "--output", str(output)]
            took = measure([sys.executable, *words])
    if took.exit_code:
        print(took.error, file=sys.stderr)
        return 1
    said = next(event for event in map(json.loads, took.error.splitlines()) if event["event"] == "estimate")
    return _report(took, said, json.loads(took.output))


def _report(took: Measured, said: dict[str, Any], done: dict[str, Any]) -> int:
    requests = sum(
        part.get(verdict, 0) for part in done["sums"].values() for verdict in ("captured", "confirmed")
    )
    ratios = {
        "requests": said["requests"] / requests,
        "seconds": said["seconds"] / took.wall_s,
        "megabytes": said["megabytes"] / (done["warc_bytes"] / 1e6),
    }
    print(f"articles {done['articles']}, answers kept {requests}, WARC {done['warc_bytes'] / 1e6:.1f} MB")
    cost = 1000 * took.cpu_s / requests
    print(f"CPU {took.cpu_s:.1f} s, {cost:.2f} ms an answer; wall {took.wall_s:.1f} s")
    print(f"peak memory: the crawl's process {took.peak_mb:.0f} MB, with workers {took.peak_all_mb:.0f} MB")
    print(f"said before: {said}")
    print("said / happened: " + ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items()))
    sound = all(0.5 <= ratio <= 2 for ratio in ratios.values())
    return 0 if sound and took.peak_all_mb < 400 else 1


if __name__ == "__main__":
    sys.exit(main())
