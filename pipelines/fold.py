"""All files of an archive, read, to all rows of all tables. Pure, and the same whether a
crawl, a resumed crawl or a rebuild asks for it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.article_rows import article_rows, image_rows, link_rows
from pipelines.beyond import ALONE, Beyond
from pipelines.coverage import fold_coverage, is_captured, kinds
from pipelines.events import event_rows
from pipelines.identity import Identities, identify
from pipelines.model import Article, Capture
from pipelines.read_warc import FileReading, Reading
from pipelines.record_rows import capture_row, rejection_rows
from pipelines.rows import RecordPlace, record_place
from pipelines.tables import Placed
from pipelines.urls import url_key
from pipelines.warc.record import sha256_digest

_NOTHING = sha256_digest(b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What an archive says, and the readings it was folded from."""

    rows: Mapping[str, Sequence[Placed]]
    """By table."""
    files: tuple[FileReading, ...]
    """In commit order."""
    readings: tuple[Reading, ...]
    """All captures in commit order, revisits joined to what they refer to."""
    identities: Identities


def fold(
    files: Iterable[FileReading],
    *,
    portal: str,
    scope: Sequence[str],
    reader: str,
    beyond: Beyond = ALONE,
) -> Folded:
    """Fold all files into the rows of all tables.

    Args:
        files: in commit order, all read by one reader.
        portal: slug.
        scope: hosts of the portal.
        reader: digest of that reader.
        beyond: the rest of the archive, where these are not all its captures. The rows are then those that
            these captures make or change.
    """
    files = tuple(files)
    told = {**beyond.kinds(r.capture.url for f in files for r in f.readings), **kinds(files)}
    readings = [_as_told(r, told) for r in join_revisits(r for f in files for r in f.readings)]
    listed = {url_key(entry.url) for r in readings for entry in r.listed if entry.news}
    listed |= beyond.listed(url_key(r.capture.url) for r in readings if isinstance(r.result, Article))
    identities = identify(readings, scope, listed, beyond)
    articles = article_rows(portal, reader, readings, identities, beyond)
    rejections = list(rejection_rows(portal, reader, told, readings, identities))
    unread = {record_place(item.row): item.row.reason for item in rejections}
    revisits = _revisits(readings)
    refused = [p for p in rejections if record_place(p.row) not in revisits]
    rows: dict[str, list[Placed]] = {
        "articles": [Placed(month=a.group.month, row=a.newest) for a in articles],
        "versions": [Placed(month=a.group.month, row=r) for a in articles for r in a.rows if r.version],
        "links": [p for a in articles for p in link_rows(a, identities)],
        "images": [p for a in articles for p in image_rows(a)],
        "captures": [capture_row(portal, r, identities, unread) for r in readings],
        "coverage": fold_coverage(portal, files, readings, identities, beyond),
        "events": list(event_rows(portal, scope, readings, articles, identities)),
        "rejections": [Placed(month=p.month, row=p.row) for p in refused],
    }
    return Folded(rows=rows, files=files, readings=tuple(readings), identities=identities)


def _revisits(readings: Iterable[Reading]) -> frozenset[RecordPlace]:
    """Places of revisit records: rows of captures and of nothing else, since nothing new was read."""
    found = (r.capture.record for r in readings if r.capture.record_type == "revisit")
    return frozenset(record_place(record) for record in found if record)


def _as_told(reading: Reading, told: Mapping[str, str]) -> Reading:
    """What was asked only because pages need it is no page, whatever it answers."""
    if told.get(reading.capture.url) != "requisite":
        return reading
    return replace(reading, kind="requisite", result=None, listed=())


def join_revisits(readings: Iterable[Reading]) -> list[Reading]:
    """Give each revisit, and each 304, the reading of the capture it repeats: the same address with
    the payload that a revisit names; where none is named (a 304, or a revisit of nothing), the
    address's last whole answer before it. A payload that is not there is nobody's reading.

    Other software names a payload by the digest that its own records state, and its files come in any order.
    """
    readings = list(readings)
    whole = [r for r in readings if not _repeats(r.capture) and is_captured(r.capture)]
    stated = {(r.capture.url, r.capture.stated_digest): r for r in reversed(whole) if r.capture.stated_digest}
    answers: dict[str, list[Reading]] = defaultdict(list)
    for reading in sorted(whole, key=lambda r: r.capture.captured_at):
        answers[reading.capture.url].append(reading)
    same: dict[tuple[str, str], Reading] = {}
    joined = []
    for reading in readings:
        capture = reading.capture
        key = (capture.url, capture.payload_digest)
        if _repeats(capture):
            named = capture.record_type == "revisit" and capture.payload_digest != _NOTHING
            referent = same.get(key, stated.get(key)) if named else None
            if not named and capture.status in (304, None):
                referent = _before(answers[capture.url], capture)
            if referent is not None:
                reading = replace(referent, capture=capture, repeats=referent.capture.record)
        elif is_captured(capture):
            same[key] = reading
        joined.append(reading)
    return joined


def _repeats(capture: Capture) -> bool:
    return capture.record_type == "revisit" or capture.status == 304


def _before(answers: Sequence[Reading], capture: Capture) -> Reading | None:
    """The last of an address's answers, in order of time, that is not younger than a capture."""
    at = bisect_right(answers, capture.captured_at, key=lambda r: r.capture.captured_at)
    return answers[at - 1] if at else None
