"""What holds for all tests: a busy machine makes no test fail, so examples have no time limit."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("citynews", deadline=None)
settings.load_profile("citynews")
