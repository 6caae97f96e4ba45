"""Any number of further articles, assembled by seed, each with its whole truth.

The n-th article is the same whatever the number asked for. Facts (places, people,
numbers, codes) are invented for each article, so that two texts resemble each other
only where that is meant: each 40th article republishes an earlier one under another
title (``duplicate_of``), and each 50th has an earlier one's title and a slug in
``-2``, but a text of its own.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from tests.mockcity.bylines import Signed, sign, sign_copy
from tests.mockcity.phrases import Dice, Phrases, topics, words
from tests.mockcity.pictures import captions_and_places
from tests.mockcity.truth import Facts, columns

SITE_NAME = "Cổng tin tức Thành phố Cửa Bạch"
ZONE = timezone(timedelta(hours=7))
FIRST_DAY, DAYS = datetime(2018, 1, 3), 2990
WEEKDAYS = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"]
_SECTIONS = ["Chính trị", "Kinh tế", "Xã hội", "Đô thị", "Chính sách"]
_COPY_EVERY, _COPY_OF, _SECOND_EVERY, _SECOND_OF = 40, 17, 50, 13
_GOLDEN = 0.6180339887498949
"""Multiples of it, modulo 1, spread evenly however many are taken."""


def assemble(count: int = 100, seed: int = 2018) -> list[Facts]:
    """So many articles, in the order of their numbers (dates go to and fro)."""
    made: list[Facts] = []
    for number in range(count):
        dice = Dice(f"{seed}/{number}")
        if number % _COPY_EVERY == _COPY_EVERY - 1:
            made.append(_copied(made[number - _COPY_OF], dice))
        elif number % _SECOND_EVERY == 44:
            made.append(_second(made[number - _SECOND_OF], number, dice))
        else:
            made.append(_article(number, dice, _when(number, dice)))
        made[-1]["related"] = _related(made, dice)
    return made


def slug_of(title: str) -> str:
    """The slug that WordPress makes of a title: ASCII, words joined by hyphens."""
    plain = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", plain)).strip("-")


def _parts(topic: int, kind: str) -> list[str]:
    return topics()[topic].lines[kind]


def _when(number: int, dice: Dice) -> datetime:
    day = FIRST_DAY + timedelta(days=int((number * _GOLDEN) % 1 * DAYS))
    return day + timedelta(minutes=6 * 60 + dice.below(15 * 60))


def _article(number: int, dice: Dice, when: datetime, title: str | None = None) -> Facts:
    topic = dice.below(len(topics()) - 1)
    phrases = Phrases(dice, when)
    own = title or phrases.fill(dice.pick(_parts(topic, "title")))
    lead_kind = dice.pick(["excerpt"] * 9 + ["bold"] * 8 + ["excerpt+bold"] * 2 + ["none"])
    lead = _lead(phrases, topic) if lead_kind != "none" else None
    paragraphs, marks = _body(phrases, topic)
    signed = sign(dice)
    images, placement = captions_and_places(phrases, _parts(topic, "caption"), len(paragraphs), number)
    sections = [topics()[topic].section]
    if dice.chance(18):
        sections += dice.some([s for s in _SECTIONS if s not in sections], 1)
    facts = {
        **dated(own, slug_of(own), when),
        "lead": lead,
        "lead_kind": lead_kind,
        "paragraphs": paragraphs,
        "marks": marks,
        "sections": sections,
        "tags": dice.some(words()["tags"], dice.pick([0, 0, 0, 1, 1, 2])),
        "images": images,
        "placement": placement,
        "attachments": _attachments(phrases, when),
        "original": None,
        "duplicate_of": None,
    }
    return _finished(facts, signed, phrases)


def dated(title: str, slug: str, when: datetime) -> Facts:
    """What follows from title, slug and the city's local moment of publication."""
    published = when.replace(tzinfo=ZONE).astimezone(UTC)
    return {
        "slug": slug,
        "path": f"/{slug}.html",
        "title": title,
        "published_raw": f"{WEEKDAYS[when.weekday()]}, {when:%d/%m/%Y %H:%M}",
        "published_at": f"{published:%Y-%m-%dT%H:%M:%SZ}",
        "published_date": f"{when:%Y-%m-%d}",
        "published_precision": "minute",
        "published_timezone": "Asia/Ho_Chi_Minh",
        "original_label": when.year >= 2020,
        "language": "vi",
        "site_name": SITE_NAME,
    }


def _lead(phrases: Phrases, topic: int) -> str:
    lead = phrases.fill(phrases.dice.pick(_parts(topic, "lead")))
    dateline = phrases.dice.below(100)
    if dateline < 14:
        return f"(Cuabach.gov.vn) – {lead}"
    return f"{phrases.dice.pick(words()['first'])} Bạch – {lead}" if dateline < 18 else lead


def _body(phrases: Phrases, topic: int) -> tuple[list[str], dict[str, str]]:
    """Paragraphs of two or three sentences, some with sub-headings or a list."""
    dice = phrases.dice
    sentences = dice.some(_parts(topic, "body"), 4) + dice.some(_parts(-1, "body"), 4 + dice.below(2))
    filled = [phrases.fill(s) for s in dice.some(sentences, len(sentences))]
    paragraphs: list[str] = []
    marks: dict[str, str] = {}
    heads = dice.some(_parts(-1, "subhead"), 5) if dice.chance(18) else []
    listed, mark = dice.chance(22), dice.pick(["h3", "strong"])
    while filled:
        if heads and len(filled) > 3:
            marks[str(len(paragraphs))] = mark
            paragraphs.append(phrases.fill(heads.pop()))
        size = 3 if len(filled) == 3 else 2
        paragraphs.append(" ".join(filled[:size]))
        filled = filled[size:]
        if listed and len(paragraphs) > 1:
            listed = False
            _list(phrases, paragraphs, marks)
    if dice.chance(30) and str(len(paragraphs) - 1) not in marks:
        paragraphs[-1] = paragraphs[-1].removesuffix(".") + "./."
    return paragraphs, marks


def _list(phrases: Phrases, paragraphs: list[str], marks: dict[str, str]) -> None:
    dice = phrases.dice
    sign_of = dice.pick(["– {1}", "+ {1}", "* {1}", "{0}. {1}", "li"])
    paragraphs.append(phrases.fill(dice.pick(_parts(-1, "intro"))))
    for number in range(1, 4 + dice.below(2)):
        item = phrases.fill(dice.pick(_parts(-1, "item")))
        if sign_of == "li":
            marks[str(len(paragraphs))] = "li"
        paragraphs.append(item if sign_of == "li" else sign_of.format(number, item))


def _attachments(phrases: Phrases, when: datetime) -> list[Facts]:
    if not phrases.dice.chance(8):
        return []
    code = phrases.facts["X"]
    path = f"/wp-content/uploads/{when:%Y/%m}/phu-luc-{code.lower()}.pdf"
    return [{"path": path, "name": f"Phụ lục {code}.pdf"}]


def _finished(facts: Facts, signed: Signed, phrases: Phrases) -> Facts:
    """With byline, source, head and oddities, in the order of the columns of ``articles.jsonl``."""
    dice = phrases.dice
    footer = dice.pick([None, None, "cuabach.gov.vn", "cuabach.gov.vn", "cuabach.gov.vn", phrases.facts["B"]])
    captioned = [image["credit"] for image in facts["images"] if image["credit"]]
    seo, modified = _plugin(facts, dice)
    whole = {
        **facts,
        "byline": signed.byline,
        "authors": list(signed.authors),
        "photo_credits": list(dict.fromkeys([*signed.photo_credits, *captioned])),
        "source": signed.source or footer,
        "source_line": footer,
        "modified_at": modified,
        "related": [],
        "seo": seo,
        "quirks": _quirks(facts, footer, dice),
    }
    if facts["original_label"] and dice.chance(12):
        whole["original"] = f"https://baocuabach.example/tin/{facts['slug']}-{10000 + dice.below(80000)}.html"
    return {name: whole[name] for name in columns()}


def _plugin(facts: Facts, dice: Dice) -> tuple[Facts | None, str | None]:
    if dice.chance(45):
        return None, None
    at = datetime.fromisoformat(facts["published_at"])
    changed = at + timedelta(seconds=600 + dice.below(90000)) if dice.chance(40) else None
    zone = ZONE if dice.chance(25) else UTC
    seo = {
        "published": at.astimezone(zone).isoformat(),
        "modified": changed.astimezone(zone).isoformat() if changed else None,
        "author": dice.pick(["quantri", "Ban Biên tập", "bientap2"]),
        "json_ld": (kind := dice.below(3)) != 0,
        "og": kind != 1,
    }
    return seo, f"{changed:%Y-%m-%dT%H:%M:%SZ}" if changed else None


def _quirks(facts: Facts, footer: str | None, dice: Dice) -> Facts:
    quirks: Facts = {}
    if dice.chance(5):
        quirks["nfd"] = True
    if dice.chance(12):
        quirks["nbsp"] = re.findall(r"\d+ (?:m|km|ha|tấn|triệu|tỷ|giờ)\b", " ".join(facts["paragraphs"]))[:3]
    if dice.chance(6):
        first = facts["paragraphs"][-1].split()
        quirks["double_space"] = [" ".join(first[3:5])]
    if footer and dice.chance(15):
        quirks["glued_source"] = True
    return {name: value for name, value in quirks.items() if value}


def _copied(first: Facts, dice: Dice) -> Facts:
    when = datetime.fromisoformat(first["published_at"]).astimezone(ZONE).replace(tzinfo=None)
    when += timedelta(days=2 + dice.below(8), minutes=dice.below(50))
    phrases = Phrases(dice, when)
    title = f"{first['title']} – {phrases.fill('[nhìn lại|ghi chép|thêm vài điều] {P}').lower()}"
    facts = {
        **first,
        **dated(title, slug_of(title), when),
        "images": [],
        "placement": [],
        "attachments": [],
        "original": None,
        "duplicate_of": first["slug"],
    }
    whole = _finished(facts, sign_copy(dice), phrases)
    return {**whole, "original": first["path"] if whole["original_label"] else None}


def _second(first: Facts, number: int, dice: Dice) -> Facts:
    when = datetime.fromisoformat(first["published_at"]).astimezone(ZONE).replace(tzinfo=None)
    when += timedelta(days=20 + dice.below(60), minutes=dice.below(99))
    facts = _article(number, dice, when, first["title"])
    slug = first["slug"] + "-2"
    return {**facts, "slug": slug, "path": f"/{slug}.html"}


def _related(made: list[Facts], dice: Dice) -> list[Facts]:
    """The article before this one and one or two of any age, none of them itself."""
    earlier = made[:-1]
    if not earlier:
        return []
    chosen = [earlier[-1], *(dice.pick(earlier) for _ in range(1 + dice.below(2)))]
    return [{"path": p, "title": t} for p, t in {a["path"]: a["title"] for a in chosen}.items()]
