"""The pictures of an assembled article: captions, credits, and where they stand."""

from __future__ import annotations

from tests.mockcity.phrases import Dice, Phrases
from tests.mockcity.truth import Facts


def captions_and_places(
    phrases: Phrases, parts: list[str], paragraphs: int, number: int
) -> tuple[list[Facts], list[Facts]]:
    """Images and their placement for an article of so many paragraphs; pictures of a
    run stand together, as the city prints them."""
    dice = phrases.dice
    images: list[Facts] = []
    placement: list[Facts] = []
    after = dice.below(paragraphs)
    kind = dice.pick(["figcaption", "figcaption", "figcaption", "paragraph", "italic"])
    for index in range(dice.pick([0, 1, 1, 1, 2, 2, 3])):
        caption, credit = _caption(phrases, dice.pick(parts))
        while caption in [image["caption"] for image in images]:
            caption, credit = _caption(phrases, dice.pick(parts))
        bare = dice.chance(10)
        ending = "png" if dice.chance(20) else "jpg"
        images.append(
            {
                "src": f"/wp-content/uploads/{phrases.when:%Y/%m}/anh-{number:05d}-{index + 1}.{ending}",
                "caption": None if bare else caption,
                "credit": None if bare else credit,
            }
        )
        placement.append({"after": after, "caption_kind": None if bare else kind})
        after = after if dice.chance(60) else min(paragraphs, after + 1)
    return images, placement


def _caption(phrases: Phrases, part: str) -> tuple[str, str | None]:
    dice = phrases.dice
    text = phrases.fill(part)
    form = dice.pick(["", "", "", "(Ảnh: {}).", "Ảnh: {}.", "Ảnh: {}.", "Ảnh {}"])
    if not form:
        return text, None
    credit = "CTV" if form == "Ảnh {}" else _credit(dice)
    before = text.removesuffix(".") if form.startswith("(") else text
    return f"{before} {form.format(credit)}", credit


def _credit(dice: Dice) -> str:
    name = dice.name()
    return ".".join(word[0] for word in name.split()) if dice.chance(25) else name
