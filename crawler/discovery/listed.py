"""What the crawl takes from an answer that lists: addresses, and where the list goes on."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapy.http import Response

from crawler.discovery.shape import is_paging, listing_page
from crawler.discovery.tally import KINDS, is_probe
from crawler.order import Ask, Kind
from crawler.session import Session
from pipelines.model import Capture
from pipelines.sources.answer import SourceAnswer, read_answer
from pipelines.sources.wordpress import further_posts, posts_address, totals


def take_source(session: Session, ask: Ask, response: Response) -> SourceAnswer | None:
    """Hand on what a source lists; note where it does not answer as one.

    Returns:
        What was read, or ``None``.
    """
    capture: Capture = response.meta["capture"]
    answer = (
        read_answer(response.body, response.url, capture.content_type) if response.status == 200 else None
    )
    if answer is None:
        if not _is_end(ask, response):
            note_missing(session, ask, _why(response))
        elif ask.found_by == "rest":
            _again(session, session.posts.gone(ask))
        return None
    pages = answer.lists == "pages"
    new = {e.url for e in answer.entries if pages and not session.frontier.has_found(e.url, answer.kind)}
    session.sources.answered(answer.kind, ask.url, entries=len(new))
    if answer.problem:
        session.event("source_problem", url=ask.url, problem=answer.problem)
        session.sources.missed(answer.kind, ask.url, f"is {answer.problem}, the readable part was used")
    further = tuple(_further(session, ask, answer, response))  # before its entries are known ones
    kind: Kind = "page" if pages else "source"
    for entry in answer.entries:
        session.frontier.found(
            entry.url, found_by=answer.kind, found_on=ask.url, kind=kind, depth=0 if pages else ask.depth
        )
    for url in further:
        session.frontier.found(url, found_by=answer.kind, found_on=ask.url, kind="source", depth=ask.depth)
    return answer


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
    return response.status in (400, 404) and is_paging(ask.url) and ask.found_by in ("feed", "rest")


def _further(session: Session, ask: Ask, answer: SourceAnswer, response: Response) -> Iterator[str]:
    """Where the list goes on."""
    if answer.site is not None:
        if answer.site.lists_posts:
            yield posts_address(ask.url)
    elif answer.kind == "rest":
        total = totals(_headers(response))
        further = further_posts(ask.url, len(answer.entries), total)
        if total.posts is not None:
            session.sources.stated("rest", total.posts)
            _again(session, session.posts.take(ask, total.posts, further))
        yield from further
    elif answer.kind == "feed" and _brings_new(session, answer):
        older = answer.next_page or _older_page(session, ask, answer)
        if older:
            yield older


def _again(session: Session, page: Ask | None) -> None:
    """Ask for a page of posts again, onto which a post was pulled."""
    if page is not None:
        session.event("posts_shifted", url=page.url)
        session.frontier.again(page)


def _brings_new(session: Session, answer: SourceAnswer) -> bool:
    """Whether a feed's page lists anything that no earlier one did: some servers give the first
    page whatever page they are asked for."""
    return not all(session.frontier.has_found(entry.url, "feed") for entry in answer.entries)


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
