"""A failed check is accepted: what it held back goes in, and what falls further fails again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.errors import UsageError
from pipelines.health.accept import accept
from pipelines.manifest import read_chain
from pipelines.manifest.judged import Acceptance
from pipelines.rebuild import rebuild
from pipelines.verify import verify
from tests.daily import MISSING, article, checks, digests, front, last, news, today
from tests.running import assert_one_sentence, citynews, summary
from tests.small_archive import SITE, SmallArchive, answer, page, sitemap, small_archive
from tests.test_agreement import post, text_of
from tests.test_answer_key import rest

WHY = "the city prints no bylines any more"


def red(folder: Path) -> SmallArchive:
    """Sixty signed articles, of which twelve then lose their bylines."""
    a = small_archive(folder)
    a.crawl(*news(range(60), today(a)))
    day = today(a)
    a.now += timedelta(days=1)
    a.crawl(*(article(n, day, byline=False, edition=2) for n in range(48, 60)))
    assert checks(a) == ["field_fell"]
    return a


def test_what_was_held_back_goes_in_and_the_chain_says_why(tmp_path: Path) -> None:
    a = red(tmp_path)
    held = last(a)
    done = accept(a.archive, ["field_fell"], reason=f" {WHY}\n", now=a.now)
    manifest = last(a)
    assert (manifest.kind, manifest.status, manifest.files) == ("accept", "complete", ())
    assert manifest.tables_sequence == manifest.sequence == 3 and done.health == ()
    sentence = held.health[0].sentence
    assert manifest.acceptances == (Acceptance(check="field_fell", sentence=sentence, reason=WHY),)
    assert done.rows["versions"] == 72 and len(a.rows("versions")) == 72
    report = verify(a.archive)
    assert report.findings == () and report.accepted == (
        f"ACCEPTED: field_fell, by manifest 3, {a.now:%Y-%m-%d}: {WHY}",
    )
    assert rebuild(a.archive, now=a.now).kind == "same"


def test_it_holds_and_not_for_ever(tmp_path: Path) -> None:
    a = red(tmp_path)
    accept(a.archive, ["field_fell"], reason=WHY, now=a.now)
    a.crawl(*(article(n, today(a), byline=False, edition=3) for n in range(20, 32)))
    assert checks(a) == [], "the next pages that lose it are no news"
    day = today(a, 10)
    a.crawl(*news(range(100, 125), day, unsigned=0))
    assert checks(a) == [], "nor are new articles without"
    a.crawl(*(article(n, day, byline=False, lead=False, edition=4) for n in range(20, 32)))
    assert checks(a) == ["field_fell"] and "lead is read no more in 12 of 12" in last(a).health[0].sentence


def test_all_that_fails_must_be_accepted(tmp_path: Path) -> None:
    a = red(tmp_path)
    before = digests(a)
    a.crawl(*((f"/{n}.html", MISSING) for n in range(20)), article(100, today(a)))
    assert checks(a) == ["articles_gone", "field_fell"]
    with pytest.raises(UsageError, match="articles_gone fails as well; accept it too"):
        accept(a.archive, ["field_fell"], reason=WHY, now=a.now)
    assert last(a).kind == "crawl" and digests(a) == before
    accept(a.archive, ["field_fell", "articles_gone"], reason="the city begins anew", now=a.now)
    assert checks(a) == [] and digests(a) != before and len(last(a).acceptances or ()) == 2


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("soft_errors", "soft_errors does not fail, so there is nothing to accept; these fail: field_fell"),
        ("fields_fell", "there is no check 'fields_fell'; these can be accepted: less_than_listed, "),
        ("no_article", "no_article cannot be accepted"),
        ("evidence_damaged", "retract --lost"),
    ],
)
def test_what_cannot_be_accepted(check: str, said: str, tmp_path: Path) -> None:
    a = red(tmp_path)
    with pytest.raises(UsageError) as refused:
        accept(a.archive, [check], reason=WHY, now=a.now)
    assert said in str(refused.value)
    assert len(read_chain(a.archive)) == 2 and not list(a.archive.staging.glob("*"))


def test_a_level_holds_until_it_is_well_or_worse(tmp_path: Path) -> None:
    """Of twelve listed addresses some fail: accepted at four, three, and then none."""
    a = small_archive(tmp_path)
    a.crawl(*news(range(4), today(a)))

    def run(sound: int) -> list[str]:
        today(a, 1)
        urls = [f"{SITE}/{n}.html" for n in range(12)]
        a.verdicts = dict.fromkeys(urls[sound:], ("failed", "http_500"))
        listed = "/sitemap.xml", answer(sitemap(*urls), kind="text/xml")
        broken = ((f"/{n}.html", answer(b"", status="500 Broken")) for n in range(sound, 12))
        a.crawl(listed, *broken, *news(range(sound), today(a), step=2))
        return checks(a)

    assert run(4) == ["less_than_listed"]
    accept(a.archive, ["less_than_listed"], reason="the old ones are broken for ever", now=a.now)
    assert [run(4), run(3)] == [[], []]
    assert run(1) == ["less_than_listed"], "worse by more than a tenth of all"
    assert [run(4), run(8)] == [[], []]
    assert run(4) == ["less_than_listed"], "it was well meanwhile"


def test_a_key_that_is_wrong_can_be_accepted(tmp_path: Path) -> None:
    a = small_archive(tmp_path)

    def crawl(numbers: range) -> list[str]:
        pages = ((f"/{n}", answer(page(f"Tin {n}", text_of(n)))) for n in numbers)
        a.crawl(*pages, rest(*(post(f"/{n}", "Thông cáo", text_of(n)) for n in numbers)))
        return checks(a)

    assert crawl(range(12)) == ["unlike_answer_key"]
    accept(a.archive, ["unlike_answer_key"], reason="REST gives every post one title", now=a.now)
    assert len(a.rows("articles")) == 12 and crawl(range(12, 24)) == []


def test_silence_counts_anew_from_where_it_was_accepted(tmp_path: Path) -> None:
    a = small_archive(tmp_path)
    a.crawl(*news(range(20), today(a)))
    today(a, 40)
    a.crawl(front(*range(20)))
    assert checks(a) == ["stale"]
    accept(a.archive, ["stale"], reason="the city council has its recess", now=a.now)
    for days, failed in ((30, []), (2, ["stale"])):
        today(a, days)
        a.crawl(front(*range(20)))
        assert checks(a) == failed


def test_the_command(tmp_path: Path) -> None:
    a = red(tmp_path)
    ran = a.archive.root / "runs" / read_chain(a.archive)[-1].manifest.run_id
    ran.mkdir(parents=True, exist_ok=True)
    (ran / "run.json").write_text('{"exit_code": 9, "reason": "the run is unhealthy"}')
    words = ("accept", "tin.example.vn", "field_fell", "--output", tmp_path, "--json")
    assert "ended because" in citynews("status", "tin.example.vn", "--output", tmp_path).stdout
    assert "--reason" in assert_one_sentence(citynews(*words, "--reason", " "))
    done = citynews(*words, "--reason", WHY)
    assert done.returncode == 0, done.stderr
    assert summary(done)["rows"]["versions"] == 72
    status = citynews("status", "tin.example.vn", "--output", tmp_path)
    assert "health: good" in status.stdout and "ACCEPTED: field_fell, by manifest 3, " in status.stdout
    assert "ended because" not in status.stdout, "what was accepted asks for nothing any more"
    assert WHY in status.stdout and WHY in citynews("verify", "tin.example.vn", "--output", tmp_path).stdout
    again = citynews(*words, "--reason", WHY)
    assert again.returncode == 2 and "every check is well" in assert_one_sentence(again)
    assert len(read_chain(a.archive)) == 3
