"""Pages per second of our reader, with a layout and without, beside parsing alone and trafilatura.

``.venv/bin/python -m benchmarks.reading [--articles N | --pages FOLDER] [--rounds N]
[--trafilatura PYTHON]``: the article pages of the sample city in each markup that a layout knows, or the
saved pages (``*.html``) of a WordPress in a folder. Every round runs each contestant once, in a process of
its own, over the same pages; of a round the median page counts, and of these the median of the rounds is
printed. A process reads each page once, so nothing is remembered of a page when its turn comes; only the
first pages, which warm the program up, are not counted. trafilatura is no dependency of ours: ``PYTHON``
is the interpreter of an environment that has it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.markups import MARKUPS, layout_of, pages, saved
from benchmarks.measuring import measure
from benchmarks.timed import WARM, timed
from pipelines.extract import Page, extract
from pipelines.extract.layout import Layout
from pipelines.model import Capture, ReadingContext

_CONTEXT = ReadingContext(zone="Asia/Ho_Chi_Minh")
_WHEN = datetime(2026, 11, 26, tzinfo=UTC)
_PARSED, _KNOWN, _UNKNOWN = "parsed, not read", "ours, with a layout", "ours, without"


def main() -> None:
    """Run all rounds and print a table for each kind of page, or one contestant where it is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--articles", type=int, default=324)
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="read these saved pages of a WordPress")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--trafilatura", metavar="PYTHON", help="an interpreter that can import trafilatura")
    parser.add_argument("--only", nargs=3, metavar=("NAME", "LAYOUT", "PAGES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        name, layout, sources = options.only
        print(json.dumps(timed(_way(name, layout_of(layout)), json.loads(Path(sources).read_text("utf-8")))))
    elif options.pages:
        _compare("saved", "wordpress", saved(options.pages), options)
    else:
        costs = [_compare(n, m.layout, pages(m, options.articles), options) for n, m in MARKUPS.items()]
        _print("a page of each", {name: sum(cost[name] for cost in costs) for name in costs[0]})
    if not (options.only or options.trafilatura):
        print("trafilatura was not measured: --trafilatura takes an interpreter that can import it")


def _way(name: str, layout: Layout | None) -> Callable[[str, bytes], object]:
    if name == _PARSED:
        return lambda url, html: Page.parse(html, url)
    known = layout if name == _KNOWN else None
    return lambda url, html: extract(Capture(url=url, captured_at=_WHEN, payload=html), _CONTEXT, known)


def _compare(
    kind: str, layout: str, sources: list[tuple[str, str]], options: argparse.Namespace
) -> dict[str, float]:
    """What the median page costs each contestant, in seconds of CPU: the median of the rounds."""
    with tempfile.TemporaryDirectory(prefix="citynews-reading-") as folder:
        file = Path(folder) / "pages.json"
        file.write_text(json.dumps(sources), "utf-8")
        ours = [sys.executable, "-m", __spec__.name, "--only"]
        commands = {name: [*ours, name, layout, str(file)] for name in (_PARSED, _KNOWN, _UNKNOWN)}
        if options.trafilatura:
            commands["trafilatura"] = [options.trafilatura, "benchmarks/timed.py", str(file)]
        rounds = [{name: _seconds(words) for name, words in commands.items()} for _ in range(options.rounds)]
    costs = {name: median(r[name] for r in rounds) for name in commands}
    size = median(len(html.encode()) for _, html in sources[WARM:]) / 1000
    _print(f"{kind}, layout {layout}: {len(sources) - WARM} pages of {size:.1f} kB", costs)
    return costs


def _seconds(words: list[str]) -> float:
    took = measure(words)
    if took.exit_code:
        raise SystemExit(f"{' '.join(words)}: {took.error}")
    return float(json.loads(took.output))


def _print(kind: str, costs: dict[str, float]) -> None:
    print(f"{kind}; CPU time")
    for name, cost in costs.items():
        line = f"  {name:20} {1000 * cost:7.3f} ms  {cost / costs[_PARSED]:6.1f} x parsing"
        if "trafilatura" in costs:
            line += f"  {costs['trafilatura'] / cost:6.2f} x trafilatura's pages per second"
        print(line, flush=True)


if __name__ == "__main__":
    main()
