"""What only ``--torture`` runs is not collected without it."""

from __future__ import annotations

from tests.torture import WHOLE

collect_ignore = [] if WHOLE else ["test_mutants.py", "test_second_runs.py", "test_whole_crawls.py"]
