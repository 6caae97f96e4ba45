"""A year of daily runs over a city that publishes, edits, moves, withdraws and restores by a seeded script.

What must have been seen is computed from the script and from what the city was asked, by code that shares
nothing with the product:

============  ==========================================================================================
``script``    what the city does, and when; what state each article is in at any moment
``oracle``    from the script and the addresses that were asked on each day: the events that must stand
``living``    the city, the clock and the runs, day after day
``test_year`` three set-ups: REST on, with only a feed, with only listings
============  ==========================================================================================

``./citynews test`` lives some days of it, ``./citynews test --year`` the whole. The last result stands in
``docs/reliability.md``.
"""

from __future__ import annotations

import os

WHOLE = os.environ.get("CITYNEWS_YEAR") == "1"
"""Whether the whole year is lived; else some days."""
