"""``runs/<run>/report.html``: what a run did, and how the archive stands after it, on one page.

It opens without a network and asks for nothing: no script, no picture, no font, and no link that leads
out. All text may come from the portal, and is text here, whatever it is there; a policy in the page (Content
Security Policy, Level 3) forbids the rest.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipelines.ledger import completeness
from pipelines.report.charts import bars, share
from pipelines.report.markup import safe, table
from pipelines.report.standing import UNJUDGED, Figures, how_it_ended, is_judged
from pipelines.report.style import POLICY, STYLE

Values = Mapping[str, Any]

KINDS = {"sweep": "everything known", "ordinary": "what was due"}
"""What the kinds of run ask for."""
COLUMNS = 48
"""Most bars of a chart over time; of what goes back further, years are shown, and only the last ones."""
SUMS = {"pages": "Pages and sources", "requisites": "Requisites and robots.txt"}
PARTS = ("captured", "confirmed", "not_due", "excluded", "failed", "pending")
"""Of the equation: every known address is in one of them."""


def report_page(report: Values, figures: Figures) -> str:
    """The page.

    Args:
        report: what ``run.json`` holds. What is missing in it is left out of the page.
        figures: what else is shown.
    """
    name = f"{report.get('portal', '?')}: run {report.get('run', '?')}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">\n'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(name)}</title><style>{STYLE}</style></head>\n<body>"
        f"<header><h1>{safe(name)}</h1>{_verdict(report)}</header>\n<main>\n"
        f"{''.join(_sections(report, figures))}</main></body></html>\n"
    )


def _sections(report: Values, figures: Figures) -> Iterator[str]:
    yield _section("Health", _health(report))
    yield _section("What became of each address", "".join(_sums(report.get("sums", {}))))
    yield _section("What happened to the articles", _changes(figures.changes))
    yield _section(
        "Articles by publication", bars(*_by_time(figures.per_month), about="articles by time of publication")
    )
    yield '<div class="columns">'
    yield _section("Pages, run by run", _runs(figures.runs))
    yield _section("Articles in the archive, run by run", _growth(figures.runs))
    yield _section("Fields that are known", _fields(figures))
    yield _section("Sources", _sources(report.get("sources") or {}))
    yield "</div>"
    yield _section("Completeness", _completeness(report.get("completeness") or {}))
    yield _section("Failures", _failures(report.get("failures") or []))
    yield _section("How fast the hosts answered", _latencies(report.get("latencies") or {}))
    yield _section("Where it stands", _standing(report, figures))


def _section(title: str, content: str) -> str:
    return f"<section><h2>{safe(title)}</h2>{content}</section>\n"


def _verdict(report: Values) -> str:
    code = report.get("exit_code", "?")
    mark = "good" if code == 0 else "bad"
    ended = how_it_ended(report.get("status", "?"), report.get("exit_code"))
    told = [f'<p class="{mark}">{safe(ended)}, exit code {safe(code)}</p>']
    if report.get("reason"):
        told.append(f"<p>{safe(report['reason'])}</p>")
    if report.get("kind") in KINDS:
        asked = "was to be asked" if ended in ("interrupted", "failed") else "was asked"
        told.append(f"<p>{KINDS[report['kind']]} {asked}</p>")
    if started := report.get("started"):
        seconds = report.get("duration_ms", 0) / 1000
        began = safe(str(started)[:19].replace("T", " "))
        told.append(f'<p class="soft">began {began} UTC, took {seconds:,.0f} s</p>')
    told += [f"<p>{safe(note)}</p>" for note in report.get("notes") or ()]
    return "".join(told)


def _health(report: Values) -> str:
    failed = report.get("health") or ()
    told = "".join(f'<p class="bad">{safe(sentence)}</p>' for sentence in failed)
    accepted = "".join(f"<p>{safe(sentence)}</p>" for sentence in report.get("accepted") or ())
    judged = is_judged(report.get("sums", {}))
    passed = '<p class="good">All checks passed.</p>' if judged else f"<p>{UNJUDGED}</p>"
    return (told or passed) + accepted


def _sums(sums: Values) -> Iterator[str]:
    for name, parts in sums.items():
        cells = [(part, _whole(parts, part), _kinds(parts, part)) for part in PARTS]
        rows = [
            [part.replace("_", " "), f"{count:,}", share(count, parts.get("known", 0)), kinds]
            for part, count, kinds in cells
            if count
        ]
        known = f"{SUMS.get(name, name)}: {parts.get('known', 0):,} known"
        yield table(rows, caption=known, numbers=(1,), raw=(2,))


def _changes(changes: Sequence[Values]) -> str:
    if not changes:
        return '<p class="none">Nothing that this run saw.</p>'
    counts = Counter(row["kind"].replace("_", " ") for row in changes)
    rows = [[row["kind"].replace("_", " "), row["url"], _change(row)] for row in changes]
    told = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    return table(rows, head=("what", "address", "how"), caption=told)


def _change(row: Values) -> str:
    if row["target_url"]:
        return f"leads to {row['target_url']}"
    if row["changed"]:
        more, less = row["words_added"] or 0, row["words_removed"] or 0
        return f"{', '.join(row['changed'])}: {more:,} {'word' if more == 1 else 'words'} more, {less:,} less"
    return ""


def _whole(parts: Values, part: str) -> int:
    return sum(count for name, count in parts.items() if name.partition(".")[0] == part)


def _kinds(parts: Values, part: str) -> str:
    kinds = {name.partition(".")[2]: n for name, n in parts.items() if name.startswith(f"{part}.") and n}
    return ", ".join(f"{kind} {n:,}" for kind, n in kinds.items())


def _by_time(per_month: Mapping[str, int]) -> tuple[list[tuple[str, tuple[int]]], tuple[str]]:
    """Months, or years where months are too many, and of these the last."""
    found = dict(per_month)
    if len(found) > COLUMNS:
        found = {}
        for month, count in per_month.items():
            found[month[:4]] = found.get(month[:4], 0) + count
    return [(label, (count,)) for label, count in found.items()][-COLUMNS:], ("articles",)


def _runs(runs: Sequence[Values]) -> str:
    shown = ("captured", "confirmed", "failed", "excluded")
    columns = [
        (_moment(run), [_whole(run["sums"].get("pages", {}), part) for part in shown])
        for run in runs
        if run.get("sums")
    ]
    return bars(columns, shown, about="pages and sources by what became of them, run by run")


def _growth(runs: Sequence[Values]) -> str:
    columns = [(_moment(run), [run["articles"]]) for run in runs if "articles" in run]
    return bars(columns, ("articles",), about="articles in the archive after each run")


def _moment(run: Values) -> str:
    return str(run.get("started") or run.get("run", "?"))[:16].replace("T", " ")


def _fields(figures: Figures) -> str:
    rows = [[name, f"{count:,}", share(count, figures.articles)] for name, count in figures.fields.items()]
    return table(rows, caption=f"of {figures.articles:,} articles in the tables", numbers=(1,), raw=(2,))


_NAMES = {"rest": "REST", "listing": "listings"}
"""How sources are called where it is not by their kind."""


def _sources(sources: Values) -> str:
    used = [
        [_NAMES.get(kind, kind), ", ".join(f"{n:,} {what}" for what, n in told.items() if isinstance(n, int))]
        for kind, told in sources.get("used", {}).items()
    ]
    missing = [
        [_NAMES.get(gap["kind"], gap["kind"]), gap.get("url") or "", gap.get("why") or ""]
        for gap in sources.get("missing", ())
    ]
    return (
        table(used, head=("listed news", "how much"))
        if used
        else '<p class="none">None was asked in this run.</p>'
    ) + (table(missing, head=("missing", "address", "what it answered")) if missing else "")


def _completeness(told: Values) -> str:
    said = [line.strip().removeprefix("completeness: ") for line in completeness.lines(told)]
    return "".join(f"<p>{safe(line)}</p>" for line in said) or '<p class="none">Not counted in this run.</p>'


def _failures(failures: Sequence[Values]) -> str:
    rows = [[f["why"], f["host"], f"{f['count']:,}", f["example"]] for f in failures]
    if not rows:
        return '<p class="good">No address failed.</p>'
    return table(rows, head=("class", "host", "addresses", "such as"), numbers=(2,))


def _latencies(latencies: Values) -> str:
    hosts = [
        [h["host"], f"{h['answers']:,}", f"{h['median_ms']:,}", f"{h['p95_ms']:,}", f"{h['longest_ms']:,}"]
        for h in latencies.get("hosts", ())
    ]
    if not hosts:
        return '<p class="none">Nothing was asked.</p>'
    columns = [(f"{step['ms']:,} ms", (step["answers"],)) for step in latencies.get("steps", ())]
    head = ("host", "answers", "half of them within ms", "95 % within ms", "longest, ms")
    return bars(columns, ("answers",), about="answers by the time within which they came") + table(
        hosts, head=head, numbers=(1, 2, 3, 4)
    )


def _standing(report: Values, figures: Figures) -> str:
    facts = {
        "articles, versions": f"{report.get('articles', 0):,}, {report.get('versions', 0):,}",
        "captures, rejections": f"{report.get('captures', 0):,}, {report.get('rejections', 0):,}",
        "evidence of this run": _size(report.get("warc_bytes", 0)),
        "disk": ", ".join(f"{kind} {_size(n)}" for kind, n in figures.disk.items() if n),
        "due": ", ".join(f"{n:,} {when}" for when, n in figures.due.items() if n),
        "manifest": report.get("manifest") or "none",
        "its sha256, to be kept elsewhere": report.get("manifest_sha256") or "none",
        "archive": report.get("archive", ""),
    }
    return table([[name, told] for name, told in facts.items() if told])


def _size(count: int) -> str:
    number, unit = next(
        ((count / 1000**k, u) for k, u in enumerate(("B", "kB", "MB")) if count < 1000 ** (k + 1)),
        (count / 1e9, "GB"),
    )
    return f"{number:.0f} B" if unit == "B" else f"{number:.1f} {unit}"
