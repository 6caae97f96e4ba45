"""The year is lived where it is asked for."""

from __future__ import annotations

from tests.year import WHOLE

collect_ignore = [] if WHOLE else ["test_year.py"]
