"""Programs that are not ours, in an environment of their own: they judge what we write."""

from __future__ import annotations

import subprocess
from pathlib import Path

from crawler.replay.environment import environment_python

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def outside(program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run ``cdxj-indexer``, ``wacz`` or ``python`` of that environment, made on first use."""
    python = environment_python("outside", REQUIREMENTS)
    return subprocess.run(
        [python.with_name(program), *words], capture_output=True, text=True, timeout=120, check=False
    )
