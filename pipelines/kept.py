"""What a crawl has read already, so that the commit that ends it need not read it again.

Reading is pure: the same capture under the same context, read by the same process, gives the
same result. So a result is kept under its record's id with the context it was read under, in
memory and never on disk, and is given back for just these two. Everything else that a commit
says of a record (whether it is a page at all) it finds out itself.
"""

from __future__ import annotations

from pipelines.model import Article, Capture, ReadingContext, Rejection

MAX_KEPT = 10_000
"""Most results that are kept; the commit holds as many anyway. Those beyond are read again."""


class KeptReadings:
    """Results of :func:`pipelines.extract.extract` by record, context and layout.

    Args:
        limit: most results that are kept.
    """

    def __init__(self, limit: int = MAX_KEPT) -> None:
        self._limit = limit
        self._results: dict[str, tuple[ReadingContext, str | None, Article | Rejection]] = {}
        self._files: set[str] = set()

    def __len__(self) -> int:
        return len(self._results)

    def keep(
        self, capture: Capture, context: ReadingContext, layout: str | None, result: Article | Rejection
    ) -> None:
        """Keep what was read of a stored capture under a context, with a layout."""
        if capture.record is not None and len(self._results) < self._limit:
            self._results[capture.record.warc_record_id] = (context, layout, result)
            self._files.add(capture.record.warc_filename)

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
