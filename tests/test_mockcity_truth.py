"""The truth of the whole city: written by hand and assembled, at one with itself, and nothing told twice."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from itertools import combinations

import pytest

from tests.mockcity import load_articles, load_site
from tests.mockcity.assembly import WEEKDAYS, assemble, slug_of
from tests.mockcity.bylines import FORMS
from tests.mockcity.phrases import Dice
from tests.mockcity.truth import Facts, amp_facts

WHOLE = load_articles(124)
BY_SLUG = {a["slug"]: a for a in WHOLE}


def words_of(article: Facts) -> list[str]:
    return " ".join([article["lead"] or "", *article["paragraphs"]]).split()


def shingles(article: Facts) -> frozenset[str]:
    words = words_of(article)
    return frozenset(" ".join(words[i : i + 5]) for i in range(len(words) - 4))


def resemblance(articles: Iterable[Facts]) -> list[tuple[float, str, str]]:
    """Pairs by the share of the shorter one's five-word shingles that the longer one has too."""
    known = [(a, shingles(a)) for a in articles]
    pairs = combinations(known, 2)
    return sorted(
        (len(s & t) / min(len(s), len(t)), a["slug"], b["slug"])
        for (a, s), (b, t) in pairs
        if b["duplicate_of"] != a["slug"] and a["duplicate_of"] != b["slug"]
    )


def test_the_city_has_the_sizes_that_are_asked_for() -> None:
    small, by_hand = load_articles(14), load_articles(24)
    assert [a["slug"] for a in by_hand if a in small] == [a["slug"] for a in small] and len(small) == 14
    assert all(a in WHOLE for a in by_hand) and len(by_hand) == 24
    assert len(BY_SLUG) == len(WHOLE) == 124
    assert {tuple(a) for a in WHOLE} == {tuple(small[0])}, "columns, and their order"
    with pytest.raises(ValueError, match="14, 24 or more"):
        load_articles(20)


def test_assembling_is_repeatable_and_more_articles_change_none() -> None:
    some = json.dumps(assemble(60), ensure_ascii=False)
    assert some == json.dumps(assemble(130)[:60], ensure_ascii=False)
    assert some != json.dumps(assemble(60, seed=7), ensure_ascii=False)
    first = assemble(1)[0]
    assert (first["slug"], first["published_raw"]) == FIRST, "every Python must draw the same"


FIRST = ("cach-ho-tro-55-cho-ho-nuoi-ong-o-xom-ganh-lim-ba", "Thứ Tư, 03/01/2018 10:08")


@pytest.mark.parametrize("article", WHOLE, ids=list(BY_SLUG))
def test_facts_agree_with_themselves(article: Facts) -> None:
    weekday, _, printed = article["published_raw"].partition(", ")
    local = datetime.strptime(printed, "%d/%m/%Y %H:%M").replace(tzinfo=timezone(timedelta(hours=7)))
    assert weekday == WEEKDAYS[local.weekday()] and 2018 <= local.year <= 2026
    assert datetime.fromisoformat(article["published_at"]) == local
    assert article["published_date"] == local.date().isoformat()
    assert article["original_label"] == (local.year >= 2020)
    assert article["original"] is None or article["original_label"]
    captions = [i["caption"] for i in article["images"] if i["caption"]]
    for name in article["authors"] + article["photo_credits"]:
        assert name in " ".join([article["byline"] or "", *captions])
    assert all(i["credit"] in i["caption"] for i in article["images"] if i["credit"])
    credits = [i["credit"] for i in article["images"] if i["credit"]]
    assert set(credits) <= set(article["photo_credits"])
    assert article["source"] is None or article["source"] in f"{article['byline']} {article['source_line']}"
    assert len(article["images"]) == len(article["placement"])
    assert all(0 <= p["after"] <= len(article["paragraphs"]) for p in article["placement"])
    assert all((i["caption"] is None) == (p["caption_kind"] is None)
               for i, p in zip(article["images"], article["placement"], strict=True))  # fmt: skip
    assert (article["lead"] is None) == (article["lead_kind"] == "none")
    lines = [article["lead"], *article["paragraphs"], *captions, article["byline"]]
    assert len(set(lines)) == len(lines), "a line is there twice"
    assert all(int(mark) < len(article["paragraphs"]) for mark in article["marks"])
    changed = article["modified_at"]
    assert changed is None or (article["seo"] and changed > article["published_at"])


def test_the_truth_is_normal_and_holds_no_slot_that_was_left_open() -> None:
    text = json.dumps(WHOLE, ensure_ascii=False)
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[{}\[\]|]", " ".join(w for a in WHOLE for w in [a["title"], *words_of(a)]))
    assert not re.search(r"\.\.|  | [.,;:]", " ".join(p for a in WHOLE for p in a["paragraphs"]))


def test_slugs_are_those_of_their_titles() -> None:
    assert slug_of("Đường về “Ủy ban” – 3 chặng…") == "duong-ve-uy-ban-3-chang"
    site = load_site()
    for article in assemble(100):
        assert article["slug"] in (slug_of(article["title"]), slug_of(article["title"]) + "-2")
        assert set(article["sections"]) <= {s["name"] for s in site["sections"]}
        assert set(article["tags"]) <= {t["name"] for t in site["tags"]}


def test_texts_resemble_each_other_only_where_they_are_republished() -> None:
    share, *pair = resemblance(WHOLE)[-1]
    assert share <= 0.10, pair
    copies = [a for a in WHOLE if a["duplicate_of"]]
    assert len(copies) >= 3
    for copy in copies:
        first = BY_SLUG[copy["duplicate_of"]]
        assert copy["paragraphs"] == first["paragraphs"] and len(words_of(copy)) >= 40
        assert copy["title"] != first["title"] and copy["published_date"] >= first["published_date"]
        assert first["duplicate_of"] is None


def test_five_thousand_articles_are_five_thousand_stories() -> None:
    many = assemble(5000)
    assert len({a["slug"] for a in many}) == 5000
    assert len({a["images"][0]["src"] for a in many if a["images"]}) == sum(bool(a["images"]) for a in many)
    found = resemblance(many[::17])
    assert found[-1][0] <= 0.10, found[-1]


def test_a_second_slug_is_an_article_of_its_own() -> None:
    seconds = [a for a in WHOLE if a["slug"].endswith("-2") and a["slug"][:-2] in BY_SLUG]
    assert len(seconds) >= 3
    for second in seconds:
        first = BY_SLUG[second["slug"][:-2]]
        assert second["title"] == first["title"] and second["published_at"] > first["published_at"]


def test_related_links_lead_to_articles_or_moved_ones() -> None:
    site = load_site()
    paths = {a["path"] for a in WHOLE} | set(site["redirects"])
    for article in WHOLE:
        assert {r["path"] for r in article["related"]} <= paths - {article["path"]}
    for old in site["redirects"]:
        ends = [old]
        while ends[-1] in site["redirects"]:
            ends.append(site["redirects"][ends[-1]])
        assert ends[-1] in {a["path"] for a in WHOLE}


def test_every_kind_of_page_is_there() -> None:
    bylines = " | ".join(a["byline"] or "" for a in WHOLE)
    printed = [
        "Bài và ảnh: ",
        "Bài, ảnh: ",
        "Tin, ảnh: ",
        "(thực hiện)",
        "Theo ",
        "Nguồn: ",
        "(TTXVN)",
        " và ",
    ]
    for form in [*printed, "| Ảnh: ", "PV", "BBT", ". Ảnh: ", " – Ảnh: ", "Tin và ảnh: "]:
        assert form in bylines, form
    assert any(len(a["authors"]) == 3 for a in WHOLE)
    kinds = {p["caption_kind"] for a in WHOLE for p in a["placement"]}
    assert kinds == {"figcaption", "paragraph", "italic", None}
    assert {a["lead_kind"] for a in WHOLE} == {"excerpt", "bold", "excerpt+bold", "none"}
    assert {mark for a in WHOLE for mark in a["marks"].values()} == {"h3", "strong", "li"}
    assert len({a["published_date"][:4] for a in WHOLE}) == 9
    assert {q for a in WHOLE for q in a["quirks"]} == {"nbsp", "double_space", "nfd", "glued_source"}
    assert any(a["attachments"] for a in assemble(100)) and any(a["original"] for a in assemble(100))
    assert sum(a["paragraphs"][-1].endswith("./.") for a in WHOLE) > 10
    assert sum((a["lead"] or "").startswith("(Cuabach.gov.vn) – ") for a in WHOLE) > 5


@pytest.mark.parametrize("number", range(len(FORMS)))
def test_a_byline_prints_what_it_means(number: int) -> None:
    signed = FORMS[number][1](Dice(str(number)))
    for name in (*signed.authors, *signed.photo_credits, signed.source or ""):
        assert name in (signed.byline or "")
    assert signed.byline is None or signed.authors or signed.photo_credits or signed.source


def test_an_amp_page_prints_less() -> None:
    article = BY_SLUG["tau-dien-mat-dat-chay-thu-8-km-dau-tien"]
    amp = amp_facts(article)
    assert set(amp) == set(article)
    assert amp["published_raw"] is amp["published_at"] is amp["source"] is None and amp["related"] == []
    assert (amp["title"], amp["paragraphs"]) == (article["title"], article["paragraphs"])
    assert amp_facts(BY_SLUG["dan-seu-co-trang-tro-lai-dam-lac"])["source"] == "TTXVN"
