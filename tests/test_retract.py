"""A retraction: the text is gone from every byte, everything else stands, and everybody can see it."""

from __future__ import annotations

from pathlib import Path

from pipelines.manifest import read_chain
from pipelines.retract import make_ready, retract
from pipelines.retractable import find
from pipelines.verify import verify
from tests.small_archive import BODY, SITE, SmallArchive, answer, page, small_archive

TITLE = "Một tin phải được gỡ bỏ hôm nay"
SECRET = "Câu này chỉ có trong một bài và sau khi gỡ bỏ thì không còn ở bất cứ đâu nữa."
REASON = "quyết định số 12"


def _article(name: str) -> tuple[str, bytes]:
    return f"/{name}.html", answer(page(f"Tin {name}", (f"Tin {name} của ngày hôm nay.", *BODY)))


def _archive(folder: Path) -> SmallArchive:
    a = small_archive(folder)
    a.crawl(_article("mot"), ("/go.html", answer(page(TITLE, (SECRET, *BODY)))), _article("hai"))
    a.crawl(_article("ba"), ("/go.html", answer(page(TITLE, (SECRET, "Thêm một câu nữa.", *BODY)))))
    return a


def _retract(a: SmallArchive, target: str, sources: bool = False) -> None:
    make_ready(a.archive, a.now)
    found = find(a.archive, target, (), sources=sources)
    retract(a.archive, found, reason=REASON, now=a.now)


def test_it(tmp_path: Path) -> None:
    a = _archive(tmp_path)
    before = a.rows("articles")
    _retract(a, f"{SITE}/go.html")
    print(read_chain(a.archive)[-1].manifest.redactions)
    report = verify(a.archive)
    assert report.findings == ()
    assert len(a.rows("articles")) == len(before) - 1
    print(a.rows("rejections"))
    assert 0
