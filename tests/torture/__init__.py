"""The archive under torture: what it must survive, done to it for real.

Processes are killed at each system call that changes a file, each such call is made to fail, disks
are filled, files are cut and flipped byte by byte, and whoever can write into an archive tampers with
it; after each, nothing that was acknowledged may be missing or doubled, and ``verify`` must find what
is not as it was. ``docs/reliability.md`` says what is promised and gives the numbers.

========================  =====================================================================
``test_sweep``            killed at the n-th call, and each call failing, from a run's start on
``test_verbs``            the same for import, retract, accept and retract --lost
``test_trace``            file and folder are synced before each acknowledgement
``test_whole_crawls``     seeded kills of whole crawls of the sample city (only with --torture)
``test_images``           what a lost write leaves: cuts, zeros, garbage; ledger, tables, disk gone
``test_full_disk``        a limit on file sizes, a small disk
``test_mutants``          wrong programs, which these tests must find (only with --torture)
``test_second_runs``      two thousand articles crawled again (only with --torture)
``test_rot``              every byte flipped, every length cut, in every kind of file
``test_tampering``        one table of what somebody may do to an archive, and the codes it gives
========================  =====================================================================

``./citynews test`` runs a seeded sample of it, ``./citynews test --torture`` all.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")

WHOLE = os.environ.get("CITYNEWS_TORTURE") == "1"
"""Whether everything is tried; else a sample."""

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed: apt-get install strace"
)


def sample(points: Sequence[T], size: int, *, seed: int = 6) -> list[T]:
    """All points with ``--torture``, else so many of them, drawn by the seed, in their order."""
    if WHOLE or size >= len(points):
        return list(points)
    return [points[n] for n in sorted(random.Random(seed).sample(range(len(points)), size))]
