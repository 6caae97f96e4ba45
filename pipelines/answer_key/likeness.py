"""When page and source say the same: of a title, of a text, of a picture.

Two prints of one thing differ for show: in quotation marks, in what stands between the blocks
of a text, in the size of a picture. What is compared here is what is left when that is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from pipelines.text import clean, words

_SHINGLE = 5
_MARKS = {
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'), **dict.fromkeys(map(ord, "‘’‚‛′`´"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"), ord("…"): "...",
}  # fmt: skip
"""Punctuation that a platform rewrites for show, in one place and not in another."""
_SHORTCODE = re.compile(r"\[/?[a-z][a-z0-9_-]*(?:\s[^\[\]]*)?\]", re.I)
"""A tag of WordPress's Shortcode API, which page builders leave in their texts where they do not run."""
_AROUND = 14
"""Words beside the title in a last line that only says where a text first appeared."""
_CUT, _END = re.compile(r"…|\.\.\."), 40
"""What stands where a text was cut, and how near its end: a few words to go on by may follow."""
_SUMMARY = 120
"""Words up to which the text of a feed may be a summary that somebody wrote; platforms cut at 55."""
_SUFFIX = re.compile(r"(?:\.(?:jpe?g|png|gif|webp|avif|bmp|svg|tiff?|heic))+$", re.I)
_BETWEEN = re.compile(r"[/?&=]")
_SIZE = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled|-rotated)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two texts are, in thousandths of their runs of five words."""

    found: int
    """Of the source's runs, how many were read: less is a text that was read in part."""
    known: int
    """Of the runs that were read, how many the source has: less is more read than the text."""

    @property
    def permille(self) -> int:
        """F1 of the two."""
        both = self.found + self.known
        return 2 * self.found * self.known // both if both else 0


def likeness(listed: str, written: Sequence[str], printed: Sequence[str]) -> Likeness:
    """Compare two texts.

    Args:
        listed: the source's text, one block per line. It holds captions and the byline too.
        written: what was read as the body; all of it must stand in the source.
        printed: all that was read, captions and byline included; all of the source must stand in it.
    """
    line = cache(_line)  # most blocks are in all three
    source, own, all_read = (_full(map(line, blocks)) for blocks in (listed.split("\n"), written, printed))
    return Likeness(found=_share(source, all_read), known=_share(own, source))


def share_of(line: str, within: Iterable[str]) -> int:
    """How much of one line stands in others, in thousandths of its runs of five words."""
    own = _lines([line])
    return _share(own, _lines(within)) if own else 1000


def own_text(text: str, title: str | None) -> str:
    """A source's text without the line by which plugins close a feed's text ("The post … appeared
    first on …", in any language): a short last line that holds the whole title."""
    before, line_break, last = text.rpartition("\n")
    name = words((title or "").casefold())
    line = words(last.casefold())
    closes = line_break and name and len(line) <= len(name) + _AROUND and len(line) > len(name)
    return before if closes and f" {' '.join(name)} " in f" {' '.join(line)} " else text


def is_summary(text: str, paragraphs: Sequence[str]) -> bool:
    """Whether a feed gives a summary, or the beginning of a text, in place of the whole: less than
    half of what was read, and short or visibly cut."""
    count = len(words(text))
    shorter = 2 * count < sum(len(words(paragraph)) for paragraph in paragraphs)
    return shorter and (count <= _SUMMARY or bool(_CUT.search(text[-_END:])))


def plain_title(title: str) -> str:
    """A title by which two prints of it are one."""
    return clean(re.sub(r"\s*([-\"'])\s*", r"\1", title.translate(_MARKS))) or ""


def picture(url: str) -> str:
    """A picture's address by which all its copies are one: the name of its file, without suffix and size.

    A city serves one picture under many addresses: in sizes (``-300x200``, ``-scaled``), through the
    hosts of a CDN (``i0.wp.com/city.example/…``), by a script that is given the file (``?url=…``), with
    a query for size or age, as ``.webp`` for ``.jpg``. The name of the file stays. An address
    that names no file of a picture is its own path and query, without the host.
    """
    path, _, query = unquote(url.partition("#")[0]).partition("?")
    for part in (path, query):
        names = [name for name in _BETWEEN.split(part) if _SUFFIX.search(name)]
        if names:
            return _SIZE.sub("", _SUFFIX.sub("", names[-1]).casefold())
    return path.partition("://")[2].partition("/")[2] + (f"?{query}" if query else "")


def _share(lines: Sequence[str], within: Sequence[str]) -> int:
    """How many of the runs of five words in some lines stand in others, in thousandths. A line
    that is shorter is one run; runs do not cross from line to line, but may be found so."""
    text = f" {' '.join(within)} "
    runs: set[str] | None = None
    total = found = 0
    for line in lines:
        count = max(1, line.count(" ") + 2 - _SHINGLE)
        total += count
        if f" {line} " in text:
            found += count
            continue
        runs = runs if runs is not None else set(_runs(text.split()))
        found += sum(run in runs for run in _runs(line.split()))
    return found * 1000 // total if total else 1000 if not within else 0


def _runs(line: Sequence[str]) -> Iterator[str]:
    for start in range(max(1, len(line) - _SHINGLE + 1)):
        yield " ".join(line[start : start + _SHINGLE])


def _lines(blocks: Iterable[str]) -> list[str]:
    return _full(map(_line, blocks))


def _line(block: str) -> str:
    """The words of a block, by which it is compared."""
    return " ".join(words(_SHORTCODE.sub(" ", block).casefold()))


def _full(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line]
