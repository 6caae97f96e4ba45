"""The composed part of the town's truth: one article for each subject, by seed.

``python -m tests.mocktown.compose`` prints the lines that stand in ``articles.jsonl``
beside the fourteen that were written by hand. The same seed always gives the same lines.
"""

from __future__ import annotations

import json
import random
import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from tests.mocktown.truth import HERE, Facts

STOCK: Facts = json.loads((HERE / "subjects.json").read_text("utf-8"))
"""What the composed articles are about, and the sentences with slots that fill them up.

Every subject has two sentences of its own; the others get numbers, places and names by chance.
"""

SEED = 20_260_305
TOWN_CLOCK = ZoneInfo("America/New_York")
"""Where summer time comes from; no page names this zone."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = (
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def compose() -> list[Facts]:
    """The composed articles, oldest first, with related links to one another."""
    chance = random.Random(SEED)
    pool = Pool(chance)
    day = datetime(2021, 8, 3, 9, 25)
    articles = []
    for number, subject in enumerate(STOCK["subjects"]):
        articles.append(_article(chance, pool, number, subject, day))
        day += timedelta(days=chance.randrange(46, 98), minutes=chance.randrange(0, 700, 5))
        day = day.replace(hour=0, minute=15) if number == 11 else day.replace(hour=max(day.hour, 7))
    for number, article in enumerate(articles):
        if number % 4 != 3:
            others = chance.sample([a for a in articles if a is not article], 1 + number % 3)
            article["related"] = [{"path": a["path"], "title": a["title"]} for a in others]
    return articles


class Pool:
    """Sentences whose slots are filled so that no two are alike."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.waiting: list[str] = []
        self.used: list[str] = []

    def sentence(self) -> str:
        """The next sentence; no form comes up twice within one article."""
        if not self.waiting:
            lately = self.used[-12:]
            fresh = [form for form in STOCK["sentences"] if form not in lately]
            self.chance.shuffle(fresh)
            self.waiting = lately[::-1] + fresh
        form, pick = self.waiting.pop(), self.chance
        self.used.append(form)
        office = pick.choice(STOCK["offices"])
        return form.format(
            office=office if form.startswith("{office}") else office[0].lower() + office[1:],
            place=pick.choice(STOCK["places"]),
            person=pick.choice(STOCK["people"]),
            money=f"{pick.randrange(3_000, 990_000, 50):,}",
            n=f"{pick.randrange(120, 4_900):,}",
            small=pick.choice(("three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")),
            years=pick.randrange(3, 39),
            months=pick.randrange(3, 23),
            percent=pick.randrange(11, 89),
            three=pick.randrange(180, 199),
        )


def _article(chance: random.Random, pool: Pool, number: int, subject: Facts, at: datetime) -> Facts:
    path = _path(number, subject["title"], at)
    byline, authors, credits = _byline(chance, number)
    images = _images(number, subject, path, chance.sample(STOCK["photographers"], 2))
    credits += [i["credit"] for i in images if i["credit"] and i["credit"] not in credits]
    kind = ("excerpt", "bold", "excerpt+bold")[number % 3] if subject["lead"] else "none"
    place = {"after": 1 + number % 3, "caption_kind": "paragraph" if number % 5 == 2 else "figcaption"}
    return {
        "slug": path.rsplit("/", 1)[1], "path": path, "title": subject["title"], **_date(number, at),
        "modified_at": None, "lead": subject["lead"], "lead_kind": kind,
        "paragraphs": _paragraphs(pool, number, subject), "marks": {}, "byline": byline, "authors": authors,
        "photo_credits": credits, "source": None, "source_line": None, "sections": [subject["section"]],
        "tags": [], "images": images, "placement": [place for _ in images], "related": [],
        "attachments": _attachments(number, at, subject["title"]), "original": None, "original_label": False,
        "duplicate_of": None, "language": "en", "site_name": "City of Wrenmouth", "seo": _seo(number, at),
        "quirks": _quirks(number, path),
    }  # fmt: skip


def _path(number: int, title: str, at: datetime) -> str:
    slug = "-".join(re.findall(r"[a-z0-9]+", title.lower().replace("’", "").replace("é", "e"))[:6])
    days = (at - datetime(2021, 1, 1)).days
    if number % 3 == 1:
        return f"/press-releases/{100 + days // 6:04d}-{slug}"
    if at.year < 2023:
        return f"/archive/{at.year}/{slug}"
    return f"/news/{at.year}/{at.month:02d}/{slug}-{200 + days}"


def _paragraphs(pool: Pool, number: int, subject: Facts) -> list[str]:
    first = f"{subject['first']} {pool.sentence()}"
    rest = [f"{pool.sentence()} {pool.sentence()}", subject["second"], pool.sentence()]
    if number % 2:
        rest[1:3] = [f"{pool.sentence()} {subject['second']}"]
    return [first, *rest[: 2 + number % 2], *([pool.sentence()] if number % 5 == 0 else []), *rest[3:]]


def _clock(at: datetime) -> str:
    half = "a.m." if at.hour < 12 else "p.m."
    return f"{(at.hour - 1) % 12 + 1}:{at.minute:02d} {half}"


def _date(number: int, at: datetime) -> Facts:
    """The printed date in one of ten forms, and what it lets a reader know."""
    month, offset = MONTHS[at.month - 1], at.replace(tzinfo=TOWN_CLOCK).utcoffset()
    assert offset is not None
    hours = int(offset.total_seconds() // 3600)
    american, british = f"{month} {at.day}, {at.year}", f"{at.day} {month} {at.year}"
    weekday = WEEKDAYS[at.weekday()]
    zone = "EDT" if hours == -4 else "EST"
    forms = (
        american,
        british,
        f"{weekday}, {american} at {_clock(at)}",
        f"{weekday}, {british}",
        f"{american}, {_clock(at)} {zone}",
        f"{SHORT_MONTHS[at.month - 1]} {at.day}, {at.year}",
        f"{british}, {at:%H:%M}",
        f"{weekday}, {american} | {_clock(at).upper().replace('.', '')} {zone}",
        f"{weekday} {british}",
        f"{british} at {at:%H:%M} (UTC{hours:+03d}:00)",
    )
    form = number % len(forms)
    instant = at.replace(tzinfo=timezone(offset)).astimezone(UTC)
    known = form in (4, 7, 9)
    return {
        "published_raw": forms[form],
        "published_at": f"{instant:%Y-%m-%dT%H:%M:%SZ}" if known else None,
        "published_date": f"{at:%Y-%m-%d}",
        "published_precision": "minute" if known or form in (2, 6) else "day",
        "published_timezone": f"{hours:+03d}:00" if known else None,
    }


def _byline(chance: random.Random, number: int) -> tuple[str | None, list[str], list[str]]:
    """The line as printed, its writers and its photographers; every fourth article has none."""
    one, two, three = chance.sample(STOCK["writers"], 3)
    photo = chance.choice(STOCK["photographers"])
    forms: tuple[tuple[str | None, list[str], list[str]], ...] = (
        (f"By {one}", [one], []),
        (None, [], []),
        (f"Story by {one}; photos by {photo}", [one], [photo]),
        (f"By {one} and {two}", [one, two], []),
        (f"Story by {one}", [one], []),
        (None, [], []),
        (f"By {one}. Photo: {photo}", [one], [photo]),
        (f"By {one}, {two} and {three}", [one, two, three], []),
        (f"Written by {one}", [one], []),
        (None, [], []),
        (f"Story and photos by {one}", [one], [one]),
        (f"By {one} | Photo by {photo}", [one], [photo]),
        (f"By {one}, Communications Office", [one], []),
    )
    return forms[number % len(forms)]


def _images(number: int, subject: Facts, path: str, photographers: list[str]) -> list[Facts]:
    if subject["caption"] is None:
        return []
    one, two = photographers
    lender = STOCK["lenders"][number % len(STOCK["lenders"])]
    forms = (
        (f"{subject['caption']} Photo: {one}", one),
        (f"{subject['caption'].removesuffix('.')} (Photo: {one}).", one),
        (subject["caption"], None),
        (f"{subject['caption']} Photo courtesy of {lender}.", lender),
        (f"{subject['caption']} Photo by {two}", two),
        (f"{subject['caption']} Courtesy of {lender}", lender),
    )
    caption, credit = forms[number % len(forms)]
    suffix = "png" if number % 4 == 0 else "jpg"
    name = re.sub(r"^\d+-|-\d+$", "", path.rsplit("/", 1)[1])
    return [{"src": f"/media/{name}.{suffix}", "caption": caption, "credit": credit}]


def _attachments(number: int, at: datetime, title: str) -> list[Facts]:
    if number % 6 != 4:
        return []
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return [
        {"path": f"/files/{at.year}/{at.month:02d}/{name}.pdf", "name": f"{title}: background paper (PDF)"}
    ]


def _seo(number: int, at: datetime) -> Facts | None:
    if number % 4 != 1:
        return None
    day = f"{at:%Y-%m-%d}" if number % 8 == 1 else None
    return {
        "published": day, "modified": None, "author": "webteam", "json_ld": day is not None, "og": True
    }  # fmt: skip


def _quirks(number: int, path: str) -> Facts:
    if path.startswith("/press-releases/"):
        return {"contact": f"Press inquiries: 555 0{140 + number}"}
    if path.startswith("/archive/"):
        return {}
    return {"label": ("Posted on", "", "Published:", "Posted:")[number % 4]}


if __name__ == "__main__":
    for line in compose():
        print(json.dumps(line, ensure_ascii=False))
