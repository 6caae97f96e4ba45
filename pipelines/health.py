"""Whether a commit may replace the tables: a list of checks, each a small function.

A check looks at figures of the run and of the archive and returns a sentence when something
is wrong. One failed check makes the commit unhealthy: the evidence is kept and named, the
tables stay as they were. Nothing is judged by what an interrupted run left undone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from pipelines.agreement import Agreement, Fall
from pipelines.fold import Folded
from pipelines.manifest import Health, Share
from pipelines.urls import in_scope, url_key

COMPARED = 10
"""Articles with an answer key, at least, by which reading is judged."""
FACTS = ("title", "day")
"""Fields that page and source must mostly agree on. Texts often differ for good reasons: a page builder
puts into REST what no page shows. Their share is told, and judges nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is judged."""

    complete: bool
    """Whether the run came to its end."""
    articles_before: int
    """Rows of ``articles`` in the tables in place."""
    articles: int
    """Rows of ``articles`` that this commit would write."""
    kept: int
    """Captures of earlier files that are still read as articles."""
    read: int
    """Captures of this commit's new files that were read as articles."""
    listed: int
    """Addresses in scope that sources captured in the new files list."""
    answered: int
    """Of these, how many were captured or confirmed by now."""
    failed: int
    """Of these, how many failed at the last attempt."""
    asked: int
    """Of these, how many the new files hold an answer of."""
    again: int
    """Addresses of articles in earlier files that the new files hold an answer of."""
    agreement: Mapping[str, Share] = field(default_factory=dict)
    """How far reading and answer key agree, field by field."""
    falls: tuple[Fall, ...] = ()
    """Fields on which they agree much less than they did."""
    damaged: tuple[str, ...] = ()
    """Places in WARC files committed earlier that can no longer be read."""


class Rest:
    """What the archive has beyond a fold: here nothing, since that is of the whole."""

    @property
    def articles(self) -> int:
        """Rows of ``articles``."""
        return 0

    def verdicts(self, key: str) -> set[str]:
        """What ``coverage`` says of the addresses with a URL key."""
        return set()


NOTHING_ELSE = Rest()


def figures(
    folded: Folded,
    new_files: Collection[str],
    *,
    scope: Collection[str],
    complete: bool,
    articles_before: int,
    key: Agreement,
    rest: Rest = NOTHING_ELSE,
) -> Figures:
    """Count a fold.

    Args:
        folded: the whole archive, or what is new and what that touches.
        new_files: the WARC files that this commit adds.
        scope: hosts of the portal.
        complete: whether the run came to its end.
        articles_before: rows of ``articles`` in the tables in place.
        key: what REST and feeds say of the articles, against what was read.
        rest: what is not in hand.
    """
    new = [r for r in folded.readings if r.capture.record and r.capture.record.warc_filename in new_files]
    listed = {url_key(e.url) for r in new for e in r.listed if in_scope(e.url, scope)}
    asked = {url_key(r.capture.url) for r in new}
    state = {key: found | rest.verdicts(key) for key, found in _verdicts(folded, listed).items()}
    return Figures(
        complete=complete,
        articles_before=articles_before,
        articles=len(folded.rows["articles"]) + rest.articles,
        kept=_read_in(folded, frozenset(f.path for f in folded.files) - frozenset(new_files)) + rest.articles,
        read=_read_in(folded, new_files),
        listed=len(listed),
        answered=sum(not found.isdisjoint(_ANSWERED) for found in state.values()),
        failed=sum("failed" in found and found.isdisjoint(_ANSWERED) for found in state.values()),
        asked=len(listed & asked),
        again=len(_article_keys(folded, new_files) & asked),
        agreement=key.whole.fields,
        falls=key.falls,
        damaged=tuple(p for f in folded.files if f.path not in new_files for p in f.damaged_places),
    )


_ANSWERED = ("captured", "confirmed")


def no_article(f: Figures) -> str | None:
    """No page was read as an article: the archive has none, or a portal that had news gives none."""
    if f.complete and f.articles == 0:
        return "no page was read as an article"
    if f.articles_before and not f.kept:
        return f"no page reads as an article any more, where {f.articles_before} did"
    if f.complete and f.articles_before and not f.read and (f.asked or f.again):
        return f"none of this run's pages was read as an article; the archive has {f.articles_before}"
    return None


def less_than_listed(f: Figures) -> str | None:
    """More of what the sources list failed than was captured."""
    if f.complete and f.failed > f.answered:
        return f"of {f.listed} addresses that sources list, {f.answered} were captured and {f.failed} failed"
    return None


def unlike_answer_key(f: Figures) -> str | None:
    """Of the articles of which pages and sources both state title or day, most state another one."""
    for name, share in ((name, f.agreement[name]) for name in FACTS if name in f.agreement):
        if share.compared >= COMPARED and 2 * share.agree < share.compared:
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


def evidence_damaged(f: Figures) -> str | None:
    """Records that made rows cannot be read: the tables in place know more than the evidence at hand."""
    if f.damaged:
        return (
            f"evidence cannot be read, restore it from a copy: {f.damaged[0]} ({len(f.damaged)} places); "
            "where there is none, say so with retract --lost"
        )
    return None


Check = Callable[[Figures], str | None]
CHECKS: tuple[Check, ...] = (
    no_article,
    less_than_listed,
    unlike_answer_key,
    agreement_fell,
    evidence_damaged,
)


def examine(f: Figures) -> tuple[Health, ...]:
    """The checks that failed."""
    found = ((check.__name__, check(f)) for check in CHECKS)
    return tuple(Health(check=name, sentence=sentence) for name, sentence in found if sentence)


def _read_in(folded: Folded, files: Collection[str]) -> int:
    """How many captures in some files are of articles that make rows."""
    admitted = (i for g in folded.identities.groups if g.admitted for i in g.positions)
    records = (folded.readings[i].capture.record for i in admitted)
    return sum(record is not None and record.warc_filename in files for record in records)


def _article_keys(folded: Folded, new_files: Collection[str]) -> set[str]:
    """URL keys of the captures in earlier files that are of articles."""
    admitted = (i for g in folded.identities.groups if g.admitted for i in g.positions)
    captures = (folded.readings[i].capture for i in admitted)
    return {url_key(c.url) for c in captures if c.record and c.record.warc_filename not in new_files}


def _verdicts(folded: Folded, keys: Collection[str]) -> dict[str, set[str]]:
    """Verdicts on the addresses of some URL keys, in any spelling."""
    found: dict[str, set[str]] = {key: set() for key in keys}
    for item in folded.rows["coverage"]:
        if (key := item.row.url_key) in found:  # type: ignore[union-attr]
            found[key].add(item.row.verdict)  # type: ignore[union-attr]
    return found
