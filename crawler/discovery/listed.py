"""What the crawl takes from an answer that lists: addresses, and where the list goes on."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapy.http import Response

from crawler.discovery.shape import listing_page
from crawler.discovery.tally import KINDS, is_probe
from crawler.order import Ask
from crawler.session import Session
from pipelines.model import Capture
from pipelines.sources.answer import SourceAnswer, SourceKind, read_answer
from pipelines.sources.wordpress import posts_address, posts_page, totals


def take_source(session: Session, ask: Ask, response: Response) -> SourceAnswer | None:
    """Hand on what a source lists; note where it does not answer as one.

    Returns:
        What was read, or ``None``.
    """
    capture: Capture = response.meta["capture"]
    answer = (
        read_answer(response.body, response.url, capture.content_type) if response.status == 200 else None
    )
    if response.status != 304:
        whole = answer is not None and not answer.problem
        session.ledger.note(f"not read whole: {ask.url}", "no" if whole else "yes")
    if answer is None:
        _without(session, ask, response)
        return None
    if not response.meta["repeats"]:
        session.readings.keep_source(capture, answer)
    pages = answer.lists == "pages"
    new = {e.url for e in answer.entries if pages and not session.frontier.has_found(e.url, answer.kind)}
    session.sources.answered(answer.kind, ask.url, entries=len(new))
    if answer.problem:
        session.event("source_problem", url=ask.url, problem=answer.problem)
        session.sources.missed(answer.kind, ask.url, f"is {answer.problem}, the readable part was used")
    session.recent.meet(ask, answer)
    if pages:
        _pages(session, ask, answer)
    else:
        _sources(session, ask, answer)
    _go_on(session, ask, answer, response, brings_new=bool(new))
    return answer


def _pages(session: Session, ask: Ask, answer: SourceAnswer) -> None:
    """Hand on the pages that a source lists, and which of them it says have changed."""
    first_changed = answer.kind != "sitemap"
    changed = session.recent.claims.believed(ask.url, answer.entries, newest_first=first_changed)
    for entry in answer.entries:
        session.frontier.found(
            entry.url,
            found_by=answer.kind,
            found_on=ask.url,
            changed=changed.get(entry.url),
            stated=session.recent.claims.stated(entry),
        )


def _sources(session: Session, ask: Ask, answer: SourceAnswer) -> None:
    """Hand on the sources that a sitemap index names, those left out that it says are as they were."""
    stated = [session.recent.claims.stated(entry) for entry in answer.entries]
    session.ledger.note(f"index without dates: {ask.url}", "yes" if None in stated else "no")
    for entry, changed in zip(answer.entries, stated, strict=True):
        session.frontier.found(
            entry.url,
            found_by=answer.kind,
            found_on=ask.url,
            kind="source",
            depth=ask.depth,
            changed=changed,
            wanted=changed is None,
        )


def _without(session: Session, ask: Ask, response: Response) -> None:
    """A source gave nothing to read."""
    if response.status == 304:
        session.sources.answered(ask.found_by, ask.url, entries=0)
        _named_before(session, ask)
    elif not _is_end(ask, response):
        note_missing(session, ask, _why(response))
    session.recent.missed(ask, response.status)


def _named_before(session: Session, ask: Ask) -> None:
    """A sitemap index is as it was: ask what it names, unless it says itself when that changed."""
    if session.ledger.noted(f"index without dates: {ask.url}") == "no":
        return
    for url in session.ledger.sources_on(ask.url):
        session.frontier.found(
            url, found_by="sitemap", found_on=ask.url, kind="source", depth=ask.depth, wanted=True
        )


def note_missing(session: Session, ask: Ask, why: str) -> None:
    """Keep that a source did not answer as one; once the portal is described, say so at once."""
    known = session.portal.sources
    kind = next((source.kind for source in known if source.url == ask.url), ask.found_by)
    kind = kind if kind in KINDS else "sitemap"
    session.sources.missed(kind, ask.url, why)
    if session.portal.detected_at is not None and not is_probe(ask.url, known):
        session.event("source_missing", kind=kind, url=ask.url, why=why)


def _why(response: Response) -> str:
    if response.status != 200:
        return f"answers {response.status}"
    kind = (response.meta["capture"].content_type or "bytes without a type").partition(";")[0].strip()
    return f"answers {kind[:40]} that lists nothing"


def _is_end(ask: Ask, response: Response) -> bool:
    """Whether this is only the page after the last: WordPress answers 404 for one of a feed."""
    return response.status in (400, 404) and listing_page(ask.url)[1] > 1 and ask.found_by in ("feed", "rest")


def _go_on(session: Session, ask: Ask, answer: SourceAnswer, response: Response, *, brings_new: bool) -> None:
    """Ask where the list goes on."""
    if answer.site is not None:
        if answer.site.lists_posts and session.sweep:
            _ask(session, ask, posts_address(ask.url), "rest")
    elif answer.kind == "rest":
        total, page = totals(_headers(response)), posts_page(ask.url)
        if page is not None:
            if total.posts is not None and page.order == "id":
                session.sources.stated("rest", total.posts)
            session.recent.posts(page.index).take(ask, page, answer.entries, total)
    elif answer.kind == "feed":
        # Some servers give the first page whatever page they are asked for.
        fresh = any(session.frontier.is_fresh(entry.url) for entry in answer.entries)
        older = answer.next_page or _older_page(session, ask, answer)
        if older and (brings_new if session.sweep else fresh):
            _ask(session, ask, older, "feed")


def _ask(session: Session, ask: Ask, url: str, kind: SourceKind) -> None:
    session.frontier.found(url, found_by=kind, found_on=ask.url, kind="source", depth=ask.depth, wanted=True)


def _older_page(session: Session, ask: Ask, answer: SourceAnswer) -> str | None:
    """WordPress pages its feeds without saying so. Where REST lists everything that is not needed."""
    if "wordpress" not in (answer.generator or "").lower():
        return None
    if session.sources.has_answered("rest"):
        return None
    parts = urlsplit(ask.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    page = listing_page(ask.url)[1] if "paged" in query else 1
    return urlunsplit(parts._replace(query=urlencode(query | {"paged": page + 1})))


def _headers(response: Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
