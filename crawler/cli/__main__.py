"""``python -m crawler.cli``: what the starter becomes."""

from __future__ import annotations

import sys

from crawler.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
