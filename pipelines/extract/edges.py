"""Where the text begins and ends: the byline beside or below it."""

from __future__ import annotations

import re

from pipelines.extract.blocks import Block
from pipelines.extract.byline import parse_byline
from pipelines.extract.dated import foot_date, labelled_date, stamped
from pipelines.extract.draft import Draft, Role
from pipelines.extract.facts import dates_last
from pipelines.extract.labels import is_nobody
from pipelines.extract.line_labels import ends, heads_related
from pipelines.extract.lines import at_right, byline_of, labelled_terms, vietnamese
from pipelines.extract.link_lines import is_download
from pipelines.extract.names import is_name, is_office, is_post, names
from pipelines.extract.region import boilerplate, prose, weight
from pipelines.extract.targets import leads_to_author, shares
from pipelines.extract.words import PHOTOS
from pipelines.text import fold

AFTER = 6
"""Blocks after the region in which the byline may stand."""
_LABEL = 20
"""Characters of the longest label that has a line of its own."""
_OFFICE = 60
"""Characters of the longest line that is an office above its bearer's name."""
_BESIDE = 8
_PASSED = (Role.DATE, Role.CAPTION)
_WORD = re.compile(r"\w")
_SAMPLE = 20
_NAMES = 120
"""Characters of the longest line of linked names."""


def byline(draft: Draft) -> None:
    """The byline is the article's own last line, else a line beside its title. What follows
    the last line of a text is no text."""
    texts = draft.of(Role.TEXT)
    told = (n for n in reversed(texts) if prose(draft.blocks[n]))
    # A byline with its writer's office may be as long as a paragraph.
    last = next((n for n in told if not byline_of(draft.blocks[n], plain=False).authors), None)
    if last is None:
        return
    plain = vietnamese(" ".join(draft.blocks[n].text for n in texts[:_SAMPLE]))
    lines = _below(draft, last, plain)
    written = any(byline_of(draft.blocks[n], plain=True).authors for n in lines)
    above = [n for n in _beside_title(draft, plain) if not written or draft.roles.get(n) is Role.TEXT]
    draft.roles.update(dict.fromkeys(above, Role.FURNITURE if written else Role.BYLINE))
    if not lines:
        return
    draft.roles.update(dict.fromkeys(lines, Role.BYLINE))
    for n in range(lines[-1] + 1, draft.region.span[1]):
        loose_link = draft.roles.get(n) is Role.RELATED and n not in draft.boxed
        if loose_link or draft.roles.get(n) is Role.TEXT:
            draft.roles[n] = Role.END


def trim(draft: Draft) -> None:
    """Text ends with the last line that is more than a heading, a label or an end mark; below a box of
    related news, with the last paragraph before it."""
    texts = draft.of(Role.TEXT)
    told = next((n for n in reversed(texts) if prose(draft.blocks[n])), 0)
    box = next((n for n in draft.of(Role.RELATED_HEADING) if n > told), len(draft.blocks))
    for n in reversed(texts):
        if n > box:
            draft.roles[n] = Role.END
            continue
        block = draft.blocks[n]
        mark = not _WORD.search(block.text) or block.text.strip("- ") == "30"
        dated = labelled_date(block.text) or dates_last(block.text) or foot_date(block.text)
        label = dated or labelled_terms(block) or stamped(block)
        over = (block.heading and weight(block.text) < 40) or (block.text.endswith(":") and not prose(block))
        if not (mark or label or over or boilerplate(block)):
            break
        draft.roles[n] = Role.END


def _below(draft: Draft, last: int, plain: bool) -> list[int]:
    lines: list[int] = []
    for n in range(last + 1, min(len(draft.blocks), draft.region.span[1] + AFTER)):
        block = draft.blocks[n]
        if block.image or draft.roles.get(n) is Role.CAPTION:
            continue
        # What stands below a byline and other lines is none, and may only be a label that is no text.
        near = not lines or all(draft.roles.get(m) is Role.END for m in range(lines[-1] + 1, n))
        if not near and n >= draft.region.span[1]:
            break
        # A label may end the text and name its writer.
        over = ends(block.text) and not (byline_of(block, plain=False).authors or _files(block))
        if block.chrome or over or heads_related(block.text):
            break
        if not (near or draft.roles.get(n) is Role.TEXT) or _signed_in_office(draft, n) or shares(block):
            continue
        signed = plain or _alone_at_right(draft, n) or _under_label(draft, n)
        signed = signed or (n == last + 1 and _posted(block))
        found = byline_of(block, plain=signed)
        if not found and found.labelled and draft.roles.get(n) is Role.TEXT:
            draft.roles[n] = Role.END
        elif found and near:
            lines.append(n)
    return lines


def _alone_at_right(draft: Draft, n: int) -> bool:
    """Whether a line of several words stands at the right, as writers sign; two lines there are an
    office and its bearer."""
    block = draft.blocks[n]
    if block.anchors or not at_right(block.element) or len(block.text.split()) < 2:
        return False
    beside = [draft.blocks[m] for m in (n - 1, n + 1) if 0 <= m < len(draft.blocks)]
    bare = (b for b in beside if b.text and not prose(b) and at_right(b.element))
    return all(_names_photos(b.text) for b in bare)


def _names_photos(text: str) -> bool:
    """Whether a line begins as those on pictures do, and so is nobody's office."""
    return len(text) <= _OFFICE and text.partition(" ")[0].rstrip(":").casefold() in PHOTOS


def _posted(block: Block) -> bool:
    """Whether a line is a full name, a comma, and an office that its bearer writes for."""
    name, comma, post = block.text.partition(", ")
    plain = comma and not block.anchors and len(block.text) <= _NAMES and post[-1:] not in ".!?"
    return bool(plain) and " " in name and is_office(post) and is_name(name, strict=True)


def _files(block: Block) -> bool:
    """Whether a line is a label and links to files, which may stand above the writer's name."""
    return bool(block.anchors) and all(map(is_download, block.anchors))


def _under_label(draft: Draft, n: int) -> bool:
    """Whether the line above is a writer's label and nothing else, as a field of a form is printed."""
    above = draft.blocks[n - 1].text.rstrip(":：") if n else ""
    if not 0 < len(above) <= _LABEL or draft.blocks[n - 1].heading:
        return False
    found = parse_byline(f"{above}: {draft.blocks[n].text}")
    return bool(found.labelled and found.authors) and not parse_byline(above).authors


def _signed_in_office(draft: Draft, n: int) -> bool:
    """Whether a name stands under its bearer's office, as those who sign documents print it."""
    above = draft.blocks[n - 1].text if n else ""
    return 0 < len(above) <= _OFFICE and is_nobody(above)


def _beside_title(draft: Draft, plain: bool) -> list[int]:
    """Bylines between headline and text, also below a standfirst: labelled, or right above the
    text named in the metadata or linked to an author."""
    if draft.at is None:
        return []
    found: list[int] = []
    passed = 0
    for n in range(draft.at + 1, min(len(draft.blocks), draft.at + 1 + _BESIDE)):
        block = draft.blocks[n]
        if not block.text or block.chrome or draft.roles.get(n) in _PASSED:
            continue
        if byline_of(block, plain=False) or (passed <= 1 and _linked_names(block)):
            found.append(n)
        elif draft.roles.get(n) is Role.TEXT:
            passed += 1
            if passed > 1 or found:
                break
        elif not passed and (
            fold(block.text) in draft.authors
            or _author(draft, n, plain)
            or (plain and _several(draft, n))
            or _over_post(draft, n)
        ):
            found.append(n)
    return found[:2]


def _several(draft: Draft, n: int) -> bool:
    """Whether a line in a Vietnamese page is nothing but several full names and stands right between the
    headline and the date."""
    block = draft.blocks[n]
    if n != (draft.at or 0) + 1 or block.heading or block.anchors or draft.roles.get(n + 1) is not Role.DATE:
        return False
    known = names(block.text, strict=True) if len(block.text) <= _NAMES else None
    return known is not None and len(known[0]) > 1 and all(" " in name for name in known[0])


def _over_post(draft: Draft, n: int) -> bool:
    """Whether a line is a full name, and the next one says what its bearer does for the paper."""
    block, below = draft.blocks[n], draft.blocks[n + 1] if n + 1 < len(draft.blocks) else None
    if below is None or block.heading or below.heading or not 0 < len(below.text) <= _OFFICE:
        return False
    return " " in block.text and is_post(below.text) and is_name(block.text, strict=True)


def _linked_names(block: Block) -> bool:
    """Whether a line is nothing but full names, all of them linked to their writers' pages."""
    known = names(block.text, strict=True) if block.anchors and len(block.text) <= _NAMES else None
    full = known is not None and all(len(name.split()) > 1 for name in known[0])
    return full and block.link_share > 0.8 and all(leads_to_author(a) for a in block.anchors)


def _author(draft: Draft, n: int, plain: bool) -> bool:
    """A name of two words or more that is linked to its writer's page; in Vietnamese pages also
    unlinked right under the headline. Elsewhere two capitalised words there may be anything."""
    block = draft.blocks[n]
    named = any(map(leads_to_author, block.anchors)) if block.anchors else plain and n == (draft.at or 0) + 1
    if not named or block.heading or len(block.text.split()) < 2:
        return False
    return is_name(block.text, strict=True)
