"""How archives stand: ``status`` over all of them and of one, and the figures behind it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.cli.standings import worst
from pipelines.archive import locked
from pipelines.report.standing import SPANS, at_work, disk, due, last_run, months, per_month, per_week
from tests.running import citynews, summary
from tests.small_archive import BODY, SmallArchive, answer, page, small_archive


def other(n: int) -> list[str]:
    return [f"Bài số {n}. {line}" for line in BODY]


def dated(n: int, day: date) -> tuple[str, bytes]:
    """An article of a day."""
    return f"/{n}", answer(page(f"Tin số {n}", other(n), date=f"{day:%d/%m/%Y} 08:00"))


def told(a: SmallArchive, run: str, **report: Any) -> None:
    """Leave the report of a run."""
    folder = a.archive.runs / run
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps(report), "utf-8")


def test_articles_by_week_and_month_of_publication(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    monday = date(2026, 3, 23)
    days = [monday, monday + timedelta(days=6), monday - timedelta(days=1), date(2025, 12, 31)]
    a.crawl(*(dated(n, day) for n, day in enumerate(days)))
    assert list(per_week(a.root, date(2026, 3, 30), 3).items()) == [
        ("2026-03-16", 1), ("2026-03-23", 2), ("2026-03-30", 0),
    ]  # fmt: skip
    assert per_month(a.root) == {"2025-12": 1, "2026-01": 0, "2026-02": 0, "2026-03": 3}
    assert months("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_disk_counts_every_byte_once(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/a", answer(page("Tin"))))
    found = disk(a.root)
    assert sum(found.values()) == sum(p.stat().st_size for p in a.root.rglob("*") if p.is_file())
    assert found["evidence"] and found["tables"] and found["indexes"]


def test_what_is_due_by_when(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(("/a", answer(page("Tin"))), ("/b", answer(page("Tin kia", other(1)))))
    found = due(a.root, a.now)
    assert sum(found.values()) == 2 and set(found) == {*(name for name, _ in SPANS), "later"}


def test_a_run_at_work_and_one_that_was_cut_off(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    assert last_run(a.archive) is None
    (a.archive.runs / "20260330T080000Z-000000").mkdir(parents=True)
    with locked(a.archive):
        assert at_work(a.archive)
        ran = last_run(a.archive)
        assert ran is not None and ran.state == "at work" and ran.exit_code is None
    ran = last_run(a.archive)
    assert ran is not None and ran.state == "cut off" and ran.exit_code == 13 and ran.reason


def test_the_severest_code() -> None:
    assert worst([0, None, 14, 9, 75]) == 9 and worst([75, 17, 9]) == 17 and worst([]) == 0


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """An output folder with a good archive, an unhealthy one, and one whose manifest is broken."""
    for name, code, reason in (("good", 0, None), ("ill", 9, "the run is unhealthy: no page")):
        a = small_archive(tmp_path / name)
        done = a.crawl(("/a", answer(page("Tin"))))
        told(a, done.path.stem.partition("-")[2], exit_code=code, reason=reason)
        a.root.rename(tmp_path / f"{name}.example.vn")
    broken = small_archive(tmp_path / "broken")
    broken.crawl(("/a", answer(page("Tin")))).path.write_text("{}", "utf-8")
    broken.root.rename(tmp_path / "broken.example.vn")
    return tmp_path


def test_all_archives_in_a_line_each(three: Path) -> None:
    done = citynews("status", "--output", three)
    assert done.returncode == 0 and done.stderr == ""
    head, *lines = done.stdout.splitlines()
    assert " ".join(head.split()) == "portal last run (UTC) ended health articles disk due signed"
    assert (
        "the run is unhealthy: no page" in done.stdout
        and "broken.example.vn: cannot be read: " in done.stdout
    )
    assert [line.split()[-1] for line in lines[:2]] == ["no", "no"]
    asked = citynews("status", "--check", "--json", "--output", three)
    portals = summary(asked)["portals"]
    assert asked.returncode == 21 and [p["exit_code"] for p in portals] == [21, 0, 9]
    assert citynews("status", "--answer-key", "--output", three).returncode == 2


def test_one_archive_with_disk_trend_and_digest(three: Path) -> None:
    done = citynews("status", "ill.example.vn", "--check", "--output", three)
    assert done.returncode == 9 and "no page" in done.stderr
    assert "disk: " in done.stdout and "(evidence " in done.stdout and "due: " in done.stdout
    assert "newest manifest: not signed; its sha256, to be kept elsewhere: " in done.stdout
    assert citynews("status", "ill.example.vn", "--output", three).returncode == 0
