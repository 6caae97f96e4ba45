"""The report of a run as a page: what it shows, and that nothing in it can run or ask."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from pathlib import Path
from typing import Any

from lxml import html

from crawler.latencies import STEPS_MS, Latencies
from crawler.report import failures_of
from pipelines.dispositions import Disposition
from pipelines.ledger.completeness import lines
from pipelines.report.charts import bars
from pipelines.report.markup import SHOWN
from pipelines.report.page import COLUMNS, report_page
from pipelines.report.standing import Figures, changes_of, known_fields
from tests.mockcity import Answer, MockCity
from tests.small_archive import BODY, answer, page, small_archive
from tests.test_run import crawl

HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "</title></style>",
    "<svg onload=alert(1)>", "\x1b[2J\x00\u202etxt", "&lt;b&gt;", "\ud800",
)  # fmt: skip
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "section", "div", "p", "span", "h1",
    "h2", "table", "tbody", "caption", "tr", "th", "td", "figure", "figcaption", "svg", "rect",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "viewbox", "preserveaspectratio", "role",
    "x", "y", "aria-label", "aria-hidden", "width", "height",
}  # fmt: skip


def hostile(value: Any, chance: random.Random) -> Any:
    """A report in which each text is one that somebody made to do harm."""
    if isinstance(value, str):
        return value[:4] + chance.choice(HOSTILE)
    if isinstance(value, dict):
        return {key: hostile(item, chance) for key, item in value.items()}
    return [hostile(item, chance) for item in value] if isinstance(value, list) else value


def elements(text: str) -> list[Any]:
    return list(html.document_fromstring(text).iter())


def report() -> dict[str, Any]:
    """A report with all that it can hold."""
    sums = {
        "known": 9,
        "captured": 5,
        "confirmed": 1,
        "failed.http_500": 2,
        "excluded.robots": 1,
        "pending": 0,
    }
    return {
        "portal": "tin.example.vn", "run": "20260330T080000Z-000000", "exit_code": 9, "status": "unhealthy",
        "reason": "the run is unhealthy: fewer", "health": ["fewer"],
        "started": "2026-03-30T08:00:00.000000Z",
        "completeness": {
            "articles": 3, "known_to": {"rest": 2}, "without_article": {},
            "unknown_to": {
                "rest": {"articles": 1, "known_to": {"sitemap": 1}, "examples": ["http://tin.example.vn/c"]}
            },
        },
        "sums": {"pages": sums}, "articles": 4, "duration_ms": 61_000, "manifest_sha256": "0" * 64,
        "sources": {
            "used": {"rest": {"answers": 1, "entries": 12}},
            "missing": [{"kind": "feed", "url": "http://tin.example.vn/feed/", "why": "answers 404"}],
        },
        "failures": [{"why": "http_500", "host": "tin.example.vn", "count": 2, "example": "http://tin.example.vn/x"}],
        "latencies": {
            "hosts": [{"host": "h", "answers": 3, "median_ms": 50, "p95_ms": 75, "longest_ms": 81}],
            "steps": [{"ms": 50, "answers": 2}, {"ms": 75, "answers": 1}],
        },
    }  # fmt: skip


def figures(*runs: dict[str, Any]) -> Figures:
    return Figures(
        runs=runs, per_month={"2026-01": 3, "2026-02": 0}, fields={"lead": 2, "byline": 4}, articles=4,
        disk={"evidence": 10}, due={"now": 2},
        changes=(
            {"kind": "edited", "url": "http://tin.example.vn/e", "changed": ["title"], "words_added": 2,
             "words_removed": None, "target_url": None},
            {"kind": "removal_suspected", "url": "http://tin.example.vn/r", "changed": [],
             "words_added": None, "words_removed": None, "target_url": "http://tin.example.vn/"},
        ),
    )  # fmt: skip


def test_it_shows_what_the_run_reported() -> None:
    text = html.document_fromstring(report_page(report(), figures(report()))).text_content()
    for told in (
        "unhealthy, exit code 9", "fewer", "9 known", "http_500 2", "answers 404", "http://tin.example.vn/x",
        "REST without 1 (known to sitemaps 1)", "title: 2 words more, 0 less",
        "1 removal suspected", "leads to http://tin.example.vn/",
        "took 61 s", "2026-01: 3 articles", "50\u00a0%", "100\u00a0%", "0" * 64, "12 entries", "captured",
    ):  # fmt: skip
        assert told in text, told


def test_nothing_in_it_runs_or_asks_whatever_a_report_says() -> None:
    for seed in range(20):
        chance = random.Random(seed)
        page_text = report_page(hostile(report(), chance), figures(hostile(report(), chance)))
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]", page_text)
        for element in elements(page_text):
            assert element.tag in ELEMENTS, element.tag
            assert {name.lower() for name in element.attrib} <= ATTRIBUTES, dict(element.attrib)


def test_the_policy_lets_its_own_style_in_and_nothing_else() -> None:
    tree = html.document_fromstring(report_page(report(), figures()))
    (style,) = tree.iter("style")
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ") and f"style-src 'sha256-{digest}'" in policy
    assert "url(" not in (style.text or "") and "@import" not in (style.text or "")


def test_an_empty_report_is_a_page_too() -> None:
    assert "Nothing to show yet" in report_page({}, Figures())


def test_a_chart_has_a_mark_for_each_figure_and_as_high_as_it_is() -> None:
    chart = bars([("a", (1, 3)), ("b", (0, 2))], ("x", "y"), about="q")
    heights = re.findall(
        r'<rect class="c(\d)" x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)">', chart
    )
    assert heights == [("0", "112.5", "37.5"), ("1", "0.0", "112.5"), ("1", "75.0", "75.0")]
    assert "<title>a: 3 y</title>" in chart


def test_long_lists_and_long_times_are_shortened() -> None:
    many = {**report(), "failures": [dict(report()["failures"][0], host=f"h{n}") for n in range(SHOWN + 7)]}
    months = {f"{2000 + n // 12}-{n % 12 + 1:02}": 1 for n in range(300)}
    text = report_page(many, Figures(per_month=months))
    assert "and 7 more" in text and f"h{SHOWN}<" not in text
    assert "2000: 12 articles" in text and text.count("articles</title>") <= COLUMNS


def test_latencies_are_within_their_steps() -> None:
    latencies = Latencies()
    for ms in [40] * 90 + [900] * 9 + [70_000]:
        latencies.add("a.example", ms)
    latencies.add("b.example", 3)
    told = latencies.as_json()
    assert told["hosts"][0] == {
        "host": "a.example", "answers": 100, "median_ms": 50, "p95_ms": 1000, "longest_ms": 70_000,
    }  # fmt: skip
    assert told["hosts"][1]["median_ms"] == 3
    assert sum(step["answers"] for step in told["steps"]) == 101 and told["steps"][0]["ms"] == STEPS_MS[0]
    assert Latencies().as_json() == {"hosts": [], "steps": []}


def test_failures_by_class_and_host() -> None:
    lines = [
        Disposition(url=f"http://{host}/{n}", verdict=verdict, reason=why)
        for n, (host, verdict, why) in enumerate(
            [("a", "failed", "dns"), ("b", "failed", "dns"), ("b", "failed", "dns"), ("b", "captured", None)]
        )
    ]
    assert failures_of(lines) == (
        {"why": "dns", "host": "b", "count": 2, "example": "http://b/1"},
        {"why": "dns", "host": "a", "count": 1, "example": "http://a/0"},
    )


def test_fields_that_are_known(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(
        ("/a", answer(page("Tin"))),
        ("/b", answer(page("Tin kia", [f"B. {line}" for line in BODY] + ["Hoàng Minh Khuê"]))),
    )
    found = known_fields(a.root)
    assert found["published_date"] == 2 and found["byline"] == found["authors"] == 1 and found["tags"] == 0


def test_a_run_writes_it_with_its_own_figures(tmp_path: Path) -> None:
    with MockCity() as city:
        city.override(city.truth[0]["path"], Answer(status=403))
        summary = crawl(city.url, tmp_path)
    folder = Path(summary.archive) / "runs" / summary.run
    text = html.document_fromstring((folder / "report.html").read_text("utf-8")).text_content()
    told = json.loads((folder / "run.json").read_bytes())
    assert "everything known was asked" in text and told["completeness"]
    assert lines(told["completeness"])[0].removeprefix("completeness: ") in text
    assert f"exit code {summary.exit_code}" in text and str(summary.manifest_sha256) in text
    (failure,) = told["failures"]
    assert failure["why"] == "http_403" and failure["example"].endswith(city.truth[0]["path"])
    assert failure["example"] in text
    (host,) = told["latencies"]["hosts"]
    assert host["answers"] == len(city.requests) and f"{host['answers']:,}" in text
    assert 0 < host["median_ms"] <= host["p95_ms"] <= host["longest_ms"]


def test_what_a_run_saw_happen(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    first = a.crawl(("/a", answer(page("Tin"))))
    second = a.crawl(
        ("/a", answer(page("Tin khác hẳn"))), ("/b", answer(page("Kia", [f"B. {t}" for t in BODY])))
    )
    (published,) = changes_of(a.root, first.path.stem.partition("-")[2])
    edited, other = changes_of(a.root, second.path.stem.partition("-")[2])
    assert (published["kind"], edited["kind"], other["kind"]) == ("published", "edited", "published")
    assert edited["changed"] == ["title"] and other["url"].endswith("/b")
