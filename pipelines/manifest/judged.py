"""What a manifest says of health: checks that failed, figures that later commits are compared with, and what
somebody accepted although a check failed on it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Health(_Strict):
    """A check that failed."""

    check: str
    sentence: str


class Share(_Strict):
    """Of so many things, so many are as they should be."""

    compared: int
    agree: int


NONE = Share(compared=0, agree=0)


class Vitals(_Strict):
    """Figures of one commit's own captures (:mod:`pipelines.health.vitals` says what they count)."""

    shares: dict[str, dict[str, Share]]
    """By kind and name; those of nothing are left out."""
    days: tuple[str, ...] = ()
    """The newest days, ten at most, on which the articles under ``new`` were published; ISO 8601."""


class Acceptance(_Strict):
    """A check that failed, and that somebody says is no fault."""

    check: str
    sentence: str
    """What the check said."""
    reason: str
    """Why it is none, in that person's words."""
