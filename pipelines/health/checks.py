"""The checks: each a small function that returns a sentence when something is wrong.

What a check sees, why its numbers are what they are, and what to do stands in docs/health.md.
"""

from __future__ import annotations

from pipelines.counted import counted
from pipelines.health.falls import named
from pipelines.health.figures import FACTS, Figures
from pipelines.health.levels import is_low
from pipelines.health.shares import Fall

COMPARED = 10
"""Articles with an answer key, at least, by which reading is judged."""
MANY = 10
"""Addresses of news that are asked, at least, of which it is strange that none reads as an article."""


def no_article(f: Figures) -> str | None:
    """No page was read as an article: the archive has none, or a portal that had news gives none."""
    if f.complete and f.articles == 0:
        return "no page was read as an article"
    if f.articles_before and not f.kept:
        return f"no page reads as an article any more, where {f.articles_before} did"
    many = f.asked >= MANY or f.again >= min(MANY, f.articles_before)
    if f.complete and f.articles_before and not f.read and many:
        return f"none of this run's pages was read as an article; the archive has {f.articles_before}"
    return None


def less_than_listed(f: Figures) -> str | None:
    """More of what the sources list failed than was captured."""
    low = f.complete and is_low(f.captured)
    if low and not f.levels.allows("less_than_listed", "captured", f.captured):
        listed = counted(f.listed, "address", "addresses")
        captured = counted(f.answered, "was captured", "were captured")
        return f"of {listed} that sources list, {captured} and {f.failed} failed"
    return None


def unlike_answer_key(f: Figures) -> str | None:
    """Of the articles of which pages and sources both state title or day, most state another one."""
    for name, share in ((name, f.agreement[name]) for name in FACTS if name in f.agreement):
        low = share.compared >= COMPARED and is_low(share)
        if low and not f.levels.allows("unlike_answer_key", name, share):
            return (
                f"what was read as {name} is what REST or a feed says for {share.agree} of {share.compared} "
                "articles only; status --answer-key shows both sides of the ten worst, where the city's "
                "source is wrong take it out of sources in archive.json"
            )
    return None


def agreement_fell(f: Figures) -> str | None:
    """What was captured last agrees much less with its answer key than what was captured before: the portal
    has changed its pages, or this version reads them worse."""
    if not f.falls:
        return None
    fall = f.falls[0]
    source = {"rest": "REST", "feed": "the feed"}[fall.kind]
    what = {
        "article": f"an article was read where {source} lists one for",
        "dated": f"a date was read where {source} has one for",
    }.get(fall.name, f"{fall.name} agrees with {source} for")
    which, cause = (
        ("read again", "this version reads them worse, the one before can be used until that is mended")
        if fall.again
        else ("captured last", "the portal may have changed its pages")
    )
    one_sided = fall.name in ("article", "dated")
    see = "inspect shows such pages" if one_sided else "status --answer-key shows both sides"
    return (
        f"{what} {fall.now.agree} of the {fall.now.compared} articles {which}, and for {fall.earlier.agree} "
        f"of {fall.earlier.compared} before (not for {' and '.join(fall.urls)}): {cause}; {see}, and where "
        f"it is the source that is wrong take {fall.kind} out of sources in archive.json for one run"
    )


def soft_errors(f: Figures) -> str | None:
    """Many pages answer with an error, a login, a challenge or an empty shell, and call it a success."""
    return _told(
        f,
        "soft_errors",
        "{wrong} of the {now.compared} pages answered last are no pages but messages (an error, a login, a "
        "challenge, maintenance, an empty shell), where {was} of {earlier.compared} were before "
        "({urls}): look at one in a browser, and with inspect at what it said",
    )


def articles_gone(f: Figures) -> str | None:
    """Many addresses of articles give none any more: they are not found, or lead elsewhere."""
    return _told(
        f,
        "articles_gone",
        "{wrong} of the {now.compared} articles asked again last are there no more ({urls}): the portal may "
        "have new addresses, or have lost its old news",
    )


def layout_misses(f: Figures) -> str | None:
    """The portal's layout no longer fits pages as it did."""
    return _told(
        f,
        "layout_misses",
        "the portal's layout fits {now.agree} of the {now.compared} articles captured last, and "
        "{earlier.agree} of {earlier.compared} before (not {urls}): {cause}; {mend}",
        again="the portal's layout no longer fits {wrong} of {now.compared} pages that it fitted before "
        "({urls}): {cause}; {mend}",
    )


def field_fell(f: Figures) -> str | None:
    """A field is read much more rarely in new articles, or no longer in pages that had it."""
    return _told(
        f,
        "field_fell",
        "{name} was read in {now.agree} of the {now.compared} articles captured last, and in {earlier.agree} "
        "of {earlier.compared} before (not in {urls}){more}: {cause}; inspect shows such a page",
        again="{name} is read no more in {wrong} of {now.compared} pages that had it before ({urls}){more}: "
        "{cause}; inspect shows such a page",
    )


def stale(f: Figures) -> str | None:
    """The portal publishes nothing for longer than it ever did."""
    if f.silence is None:
        return None
    return (
        f"nothing was published for {f.silence.days} days, where the longest gap in two years was "
        f"{f.silence.longest} (the newest article is of {f.silence.newest}): see in a browser whether there "
        "is news, and in status which sources are missing"
    )


def evidence_damaged(f: Figures) -> str | None:
    """Records that made rows cannot be read: the tables in place know more than the evidence at hand."""
    if f.damaged:
        return (
            f"evidence cannot be read, restore it from a copy: {f.damaged[0]} (places: {len(f.damaged)}); "
            "where there is none, say so with retract --lost"
        )
    return None


def _told(f: Figures, check: str, new: str, *, again: str | None = None) -> str | None:
    """A sentence on the first thing that fell, filled in: another one of pages that were asked again."""
    falls = f.fallen.get(check, ())
    if not falls:
        return None
    fall = falls[0]
    others = named(falls).partition(", ")[2]
    return (again if again and fall.kind == "again" else new).format(
        name=fall.name,
        now=fall.now,
        wrong=fall.now.compared - fall.now.agree,
        earlier=fall.earlier,
        was=fall.earlier.compared - fall.earlier.agree,
        urls=" and ".join(fall.urls),
        more=f", and {others} fell as well" if others else "",
        cause=_cause(fall),
        mend="mend the layout, or take it out of archive.json",
    )


def _cause(fall: Fall) -> str:
    if fall.again:
        return "this version reads them worse, the one before can be used until that is mended"
    return "the portal may have changed its pages"
