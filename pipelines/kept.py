"""What a crawl has read already, so that the commit that ends it need not read it again.

Reading is pure: the same capture under the same context, read by the same process, gives the
same result. So a result is kept under its record's id with the context it was read under, in
memory and never on disk, and is given back for just these two; what a source lists depends on no
context. Everything else that a commit says of a record (whether it is a page at all) it finds out
itself.
"""

from __future__ import annotations

from pipelines.model import Article, Capture, ReadingContext, Rejection
from pipelines.sources.answer import SourceAnswer

MAX_KEPT = 10_000
"""Most results that are kept; the commit holds as many anyway. Those beyond are read again."""


class KeptReadings:
    """Results of :func:`pipelines.extract.extract` by record, context and layout, and of
    :func:`pipelines.sources.answer.read_answer` by record.

    Args:
        limit: most results that are kept.
    """

    def __init__(self, limit: int = MAX_KEPT) -> None:
        self._limit = limit
        self._results: dict[str, tuple[ReadingContext, str | None, Article | Rejection]] = {}
        self._sources: dict[str, SourceAnswer] = {}
        self._files: set[str] = set()

    def __len__(self) -> int:
        return len(self._results) + len(self._sources)

    def keep(
        self, capture: Capture, context: ReadingContext, layout: str | None, result: Article | Rejection
    ) -> None:
        """Keep what was read of a stored capture under a context, with a layout."""
        if capture.record is not None and len(self) < self._limit:
            self._results[capture.record.warc_record_id] = (context, layout, result)
            self._files.add(capture.record.warc_filename)

    def keep_source(self, capture: Capture, answer: SourceAnswer) -> None:
        """Keep what a stored capture says as a source."""
        if capture.record is not None and len(self) < self._limit:
            self._sources[capture.record.warc_record_id] = answer
            self._files.add(capture.record.warc_filename)

    def source_of(self, capture: Capture) -> SourceAnswer | None:
        """What a capture says as a source; ``None`` where that was not read."""
        return self._sources.get(capture.record.warc_record_id) if capture.record else None

    def of(
        self, capture: Capture, context: ReadingContext, layout: str | None
    ) -> Article | Rejection | None:
        """What was read of a capture under this very context, with this very layout; ``None``
        where nothing was."""
        if capture.record is None:
            return None
        kept = self._results.get(capture.record.warc_record_id)
        return kept[2] if kept is not None and kept[:2] == (context, layout) else None

    def has_of(self, warc_filename: str) -> bool:
        """Whether anything was read of a file."""
        return warc_filename in self._files
